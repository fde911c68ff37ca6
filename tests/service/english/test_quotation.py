import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.english.quotation import MASK, masked, quoted_spans


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“Yes,” she said. “No.”", ["“Yes,”", "“No.”"]),
        ('He called it "odd" twice.', ['"odd"']),
        ("‘I won’t go,’ he said.", ["‘I won’t go,’"]),
        ("The workers’ union and the ’90s", []),
        ("“It goes on\n\n“and on,” he said.", ["“It goes on", "“and on,”"]),
        ("``Fine '' , she said .", ["``Fine ''"]),
        ("„Ja“, sagte er. »Nein«, sie.", ["„Ja“", "»Nein«"]),
        ("« Oui », dit-il. ‹Non›, she said.", ["« Oui »", "‹Non›"]),
        ("”Ja”, sa hon. »Nej», sa han.", ["”Ja”", "»Nej»"]),
        ("He called it ‚a shame‘ and left.", ["‚a shame‘"]),
        ("« Un\n\n» deux », dit-il.", ["« Un", "» deux »"]),
        ('The 30" pipe, the 5\' 2" man', []),
        ('"The 30" pipe is ours," she said. "Ours."', ['"The 30" pipe is ours,"', '"Ours."']),
        ('"Nobody buys a 12"," he said.', ['"Nobody buys a 12","']),
        ("A 30″ pipe: ″Ours,″ she said.", ["″Ours,″"]),
    ],
)
def test_finds_quotations(text: str, quoted: list[str]) -> None:
    assert [text[span.start : span.end] for span in quoted_spans(text)] == quoted


@given(st.text(alphabet='ab9 “”"‘’„«»‹›″‚\n.', max_size=80))
def test_masking_keeps_every_offset(text: str) -> None:
    spans = quoted_spans(text)
    bare = masked(text, spans, start=0, end=len(text))
    assert len(bare) == len(text)
    assert all(shown in {MASK, own} for shown, own in zip(bare, text, strict=True))
