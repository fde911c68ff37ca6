"""Whether a sentence has anything to do with what was asked, and with the article it stands in. What was put
into an article for whoever reads it by machine mostly has not.

Low bars, that keep out what is plainly beside the point: `python -m benchmarks.injection` counts how often.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.article import Article, Quote
from retrieval.embed import Embedder, TokenVectors
from service.answering import LONG, PARLEY, NearnessBars, Passage
from service.answering.extractive import PassageTokens, Recent
from service.english import CAPITAL, SMALL, plain_words, stem, words

_READ = 100_000  # code points of an article
_CAPITALISED = rf"{CAPITAL}\w{{2,}}"
_NAME = re.compile(rf"(?<=[^\W\d_,;’'“”] ){_CAPITALISED}")


_Version = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Of an article, how often it has each; of several, how many of them have it."""

    words: Mapping[str, int]
    names: Mapping[str, int]

    def lacks(self, own: "_Vocabulary", around: "_Vocabulary") -> tuple[set[str], set[str]]:
        """The words and the names that, of these articles, `own` alone has, and there only `around`."""
        return _alone(self.words, own.words, around.words), _alone(self.names, own.names, around.names)


class Nearness:
    """Safe to share between threads."""

    def __init__(
        self, embedder: Embedder, tokens: PassageTokens, bars: NearnessBars = PARLEY.nearness
    ) -> None:
        self._embedder = embedder
        self._tokens = tokens
        self._bars = bars
        self._asked: Recent[str, TokenVectors] = Recent(kept=64)
        self._articles: Recent[_Version, _Vocabulary] = Recent(kept=256)
        self._together: Recent[tuple[_Version, ...], _Vocabulary] = Recent(kept=16)

    def fits(self, question: str, passage: Passage, quote: Quote, shown: Sequence[Article] = ()) -> bool:
        """Of a quotation that stands in the passage. `shown` are the articles that are read with it."""
        near = self._near(question, passage, quote)
        return near >= self._bars.close or self._belongs(question, passage.article, quote, shown)

    def _belongs(self, question: str, article: Article, quote: Quote, shown: Sequence[Article]) -> bool:
        """Whether its words are those of its article, or of others about the same."""
        whole, around = self._vocabulary(article), _read(_paragraph(article.text, quote))
        every = self._all_of(list({each.id: each for each in (*shown, article)}.values()))
        strange, strangers = every.lacks(whole, around)
        named = (every.names.keys() & _NAME.findall(quote.text)) - strangers
        if named or len(every.words) - len(strange) < self._bars.short:
            return True
        own = words(quote.text)
        shared = len(own & words(question))
        at_home = len((own & every.words.keys()) - strange) / max(1, len(own))
        return at_home >= self._bars.at_home or shared > 1 or (shared > 0 and at_home >= self._bars.sharing)

    def _vocabulary(self, article: Article) -> _Vocabulary:
        return self._articles.get((article.id, article.version), lambda: _read(article.text[:_READ]))

    def _all_of(self, articles: Sequence[Article]) -> _Vocabulary:
        """Put together once for those that are shown together."""
        versions = tuple((article.id, article.version) for article in articles)
        return self._together.get(versions, lambda: _united(map(self._vocabulary, articles)))

    def _near(self, question: str, passage: Passage, quote: Quote) -> float:
        """MaxSim (scoring.py), of a long question as of a shorter one."""
        asked = self._asked.get(question, lambda: self._embedder.tokens(question))
        read = self._tokens.of(passage.hit.chunk)
        inside = (read.starts >= quote.start) & (read.ends <= quote.end)
        if not inside.any() or not len(asked.vectors):
            return 0.0
        sims = asked.vectors @ read.vectors[inside].astype(np.float32).T
        longer = max(0.0, math.log2(len(asked.vectors) / LONG))
        return float(sims.max(axis=1).mean()) + self._bars.longer * longer


def _united(each: Iterable[_Vocabulary]) -> _Vocabulary:
    having, names = Counter[str](), Counter[str]()
    for one in each:
        having.update(one.words.keys())
        names.update(one.names.keys())
    return _Vocabulary(having, names)


def _alone(every: Mapping[str, int], own: Mapping[str, int], around: Mapping[str, int]) -> set[str]:
    return {word for word, count in own.items() if every[word] == 1 and count <= around.get(word, 0)}


def _read(text: str) -> _Vocabulary:
    stems = Counter(stem(word) for word in plain_words(text) if word not in SMALL)
    return _Vocabulary(stems, Counter(re.findall(_CAPITALISED, text)))


def _paragraph(text: str, quote: Quote) -> str:
    start, end = text.rfind("\n", 0, quote.start) + 1, text.find("\n", quote.end)
    return text[start : end if end >= 0 else len(text)]
