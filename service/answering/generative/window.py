"""Which of the passages found a language model gets to read: as many as fit, and of one article and its
copies no more than a few before the others have come.

Copies are told by shared runs of words (Broder, On the resemblance and containment of documents, 1997).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.article import Article
from service.answering import PARLEY, Passage
from service.answering import Window as Limits

_HEADING = 40  # tokens of an article's outlet, title and date
_KEY = 4  # tokens of a sentence's key
_RUN = 5  # words
_READ = 100_000  # code points of an article that are compared
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

# Why a passage is left out.
NO_ROOM = "no_room"
COPY = "copy_of_another"
ASIDE = "caption_or_byline"  # or a headline, which stands above its article's sentences

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Window:
    """`left_out` counts passages by reason."""

    passages: tuple[Passage, ...]
    left_out: dict[str, int]


def window(passages: Sequence[Passage], *, limits: Limits = PARLEY.window) -> Window:
    """In their order, which is best first. The same passages give the same window."""
    text = [passage for passage in passages if passage.hit.chunk.region.tells]
    shown = _Shown(text, limits)
    crowded = [at for at in range(len(text)) if not shown.take(at, most=limits.each)]
    for at in crowded:
        shown.take(at)
    left_out = Counter(shown.refused) + Counter({ASIDE: len(passages) - len(text)})
    return Window(tuple(shown.passages), dict(sorted(left_out.items())))


def tokens(text: str) -> int:
    """An upper estimate for any model's own count: three bytes of UTF-8 to a token."""
    return -(-len(text.encode("utf-8", "replace")) // 3)


class _Shown:
    """What has been taken so far, and the room that is left."""

    def __init__(self, passages: Sequence[Passage], limits: Limits) -> None:
        self._all = passages
        self._limits = limits
        self._runs = [_runs(passage.hit.chunk.text) for passage in passages]
        self._family = _families(passages, self._runs, limits.copied)
        self._taken = Counter[int]()
        self._places: list[int] = []
        self._left = limits.budget
        self.refused = Counter[str]()

    @property
    def passages(self) -> list[Passage]:
        return [self._all[at] for at in sorted(self._places)]

    def take(self, at: int, *, most: int | None = None) -> bool:
        """False where `most` of its article are taken already, so that it has to be asked for again."""
        passage = self._all[at]
        family = self._family[passage.article.id]
        cost = self._cost(passage)
        if self._says_nothing_more(at, family):
            self.refused[COPY] += 1
        elif most is not None and self._taken[family] >= most:
            return False
        elif cost > self._left:
            self.refused[NO_ROOM] += 1
        else:
            self._left -= cost
            self._taken[family] += 1
            self._places.append(at)
        return True

    def _cost(self, passage: Passage) -> int:
        chunk, shown = passage.hit.chunk, {self._all[at].article.id for at in self._places}
        heading = 0 if passage.article.id in shown else _HEADING
        return tokens(chunk.text) + _KEY * len(chunk.sentences) + heading

    def _says_nothing_more(self, at: int, family: int) -> bool:
        """A copy with another figure in it says something else."""
        mine = [place for place in self._places if self._family[self._all[place].article.id] == family]
        known: Runs = frozenset().union(*(self._runs[place] for place in mine))
        if not mine or len(self._runs[at] & known) < self._limits.same * len(self._runs[at]):
            return False
        figures = {figure for place in mine for figure in _FIGURE.findall(self._all[place].hit.chunk.text)}
        return figures.issuperset(_FIGURE.findall(self._all[at].hit.chunk.text))


def _runs(text: str) -> Runs:
    """Of a text of fewer words, all of them as one run."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _families(passages: Sequence[Passage], runs: Sequence[Runs], copied: float) -> dict[str, int]:
    """Articles by id, each with the number of the family of copies that it is in: that of the first whose
    article has what was found of it, or of which its own article has what was found."""
    found: dict[str, Runs] = {}
    articles: dict[str, Article] = {}
    for passage, its in zip(passages, runs, strict=True):
        articles[passage.article.id] = passage.article
        found[passage.article.id] = found.get(passage.article.id, frozenset()) | its
    whole = {id_: _runs(article.text[:_READ]) | found[id_] for id_, article in articles.items()}
    firsts: list[str] = []
    family: dict[str, int] = {}
    for id_ in found:
        first = next(
            (
                f
                for f in firsts
                if _copies(found[id_], whole[f], copied) or _copies(found[f], whole[id_], copied)
            ),
            id_,
        )
        if first == id_:
            firsts.append(id_)
        family[id_] = firsts.index(first)
    return family


def _copies(some: Runs, whole: Runs, share: float) -> bool:
    return len(some & whole) >= share * len(some)
