"""What typesetting changed, read as letters, by the models too."""

from tokenizers import Tokenizer

from retrieval.embed import Embedder
from retrieval.model_download import TOKENIZER
from retrieval.model_files import default_dir
from retrieval.typeset import as_read, read_as_read


def test_ligatures_soft_hyphens_and_divided_words_are_read_as_letters() -> None:
    assert as_read("The o\ufb03\u00adcer’s \ufb01nal o\ufb00er, nego-\ntiated in D\u0133k") == (
        "The officer’s final offer, negotiated in Dijk"
    )
    assert as_read("a three-year plan -\nhe said") == "a three-year plan -\nhe said"


def test_a_text_set_in_ligatures_is_embedded_as_in_letters(embedder: Embedder) -> None:
    plain = "The officers sold the flat waffles of the firm."
    typeset = "The o\ufb03cers sold the \ufb02at wa\ufb04es of the \ufb01rm."
    one, other = embedder.embed([plain, typeset])
    assert (one == other).all()
    divided = embedder.embed(["The offi-\ncers sold the flat waffles of the firm."])[0]
    assert (one == divided).all()


def test_the_pieces_are_placed_in_the_text_as_it_is_written() -> None:
    text = "An o\ufb03cer left a nego-\ntiation."
    pieces = read_as_read(Tokenizer.from_file(str(default_dir() / TOKENIZER)))
    found = pieces.encode(text, add_special_tokens=False)
    places = [text[start:end] for start, end in found.offsets]
    assert {"o\ufb03cer", "nego-\ntiation"} <= set(places)
