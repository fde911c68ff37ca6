"""What a client tells of an answer before, found in the articles again: its sentences that stand there."""

from collections.abc import Callable, Sequence

from retrieval.article import Quote
from service.answering import Passage
from service.conversation import unmarked
from service.english import plain_words

_SEARCHED = 4  # stretches of the text that are searched for
_STRETCH = 60  # words
_FEWEST = 4  # words of a sentence that is known again by its words


def told_in(text: str, find: Callable[[str], Sequence[Passage]]) -> list[Quote]:
    """Whole sentences, in the order in which the text tells them, each from the first article that has it."""
    said = unmarked(text).split()
    told = _closed(text)
    found: dict[str, tuple[int, Quote]] = {}
    for at in range(0, min(len(said), _SEARCHED * _STRETCH), _STRETCH):
        for passage in find(" ".join(said[at : at + _STRETCH])):
            for sentence in passage.hit.chunk.sentences:
                quote = passage.quote(sentence)
                words = _closed(quote.text)
                if sentence.region.tells and len(words.split()) >= _FEWEST and words in told:
                    found.setdefault(words, (told.index(words), quote))
    return [quote for _, quote in sorted(found.values(), key=lambda one: (one[0], one[1].start))]


def _closed(text: str) -> str:
    return f" {' '.join(plain_words(unmarked(text)))} "
