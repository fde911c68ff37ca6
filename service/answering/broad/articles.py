"""The articles of the passages found, whole: what an overview is composed of."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from retrieval.article import Article, Region, Sentence
from retrieval.segment import sentences
from service.answering import Passage, Said, headings
from service.answering.extractive import Cited, Recent, is_correction, taken_back_by
from service.answering.said import Cast, Reported, View, attribute, reported, views_of
from service.english import (
    CAPITALISED,
    DAYS,
    DEMONSTRATIVES,
    MONTHS,
    OWNERS,
    SUBJECTS,
    any_of,
    words,
)

_POINTING = any_of(map(str.title, (*SUBJECTS, *DEMONSTRATIVES, *OWNERS)))
_LEANS = re.compile(rf"[“\"]?(?:But|And|Yet|So|Still|However|Then|There|{_POINTING})\b")
_PRONOUN = rf"\b(?:{any_of((*SUBJECTS, *OWNERS))})\b"
_ASIDE = re.compile(
    r"(?:\d{1,2}[:.]\d\d\b[ :–—-]*)?(?:An? )?(?:Correction|Clarification|Editor|Read more|Note)\b.{0,30}?:"
    r"|The following\b|In last \w+[’']s issue|[QA]:",
    re.I,
)
_NAMES = re.compile(rf"\d|{CAPITALISED}")
_SHORT, _LONG = 6, 70  # words
_FEW = 4  # articles of which a word's share says little: then it is that of sentences
_READ = 40_000  # code points of an article
# What makes a sentence worth telling, beside what the reader makes of it: its weight among the articles, and
# that it needs the one before it. By hand.
WEIGHS, LEANS = 3.0, 2.0


class Whole:
    """What is made of one version of an article, each thing once, when it is asked for."""

    def __init__(self, article: Article) -> None:
        self.article = _beginning(article)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.article.text, self.article.regions)

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        return tuple(s for s in self.sentences if s.region is Region.BODY)

    @cached_property
    def _telling(self) -> tuple[Sentence, ...]:
        """The body's and the posts' that it shows."""
        return tuple(s for s in self.sentences if s.region.tells)

    @cached_property
    def _views(self) -> list[View]:
        return views_of(self.article.text, self._telling) if self._telling else []

    @cached_property
    def said(self) -> dict[Sentence, Said | None]:
        who = attribute(self.article.text, self._telling, self._views)
        return dict(zip(self._telling, who, strict=True))

    @cached_property
    def cast(self) -> Cast:
        return Cast(self.article)

    @cached_property
    def words(self) -> dict[str, frozenset[str]]:
        """Of each sentence the content words, inflection off."""
        texts = (self.article.text[s.start : s.end] for s in self.sentences)
        return {text: words(text) for text in texts}

    @cached_property
    def all_words(self) -> frozenset[str]:
        """Also of its title."""
        return frozenset().union(words(self.article.facts.title or ""), *self.words.values())

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The words of its title, and those that several of its sentences have."""
        counted = Counter(word for own in self.words.values() for word in own)
        several = (word for word, count in counted.items() if count > 1)
        return words(self.article.facts.title or "").union(several)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words with a capital that no sentence opens with, but for days and months."""
        found = re.findall(rf"(?<=[\w,;:] ){CAPITALISED}", self.article.text)
        return frozenset(found) - {*DAYS, *MONTHS}

    @cached_property
    def reported(self) -> tuple[Reported, ...]:
        return reported(self.article, self.cast, self._views)

    @cached_property
    def corrects(self) -> bool:
        return is_correction(self.article)


def _beginning(article: Article) -> Article:
    """Of a very long one."""
    if len(article.text) <= _READ:
        return article
    cut = article.text.rfind("\n", 0, _READ) + 1 or _READ
    regions = tuple(replace(r, end=min(r.end, cut)) for r in article.regions if r.start < cut)
    return replace(article, text=article.text[:cut], regions=regions)


Kept = Recent[tuple[str, int], Whole]


@dataclass(frozen=True)
class Told:
    """An article, in the order of the others: by day, the undated last. `passages` are those found of it."""

    whole: Whole
    passages: tuple[Passage, ...]
    near: float

    @property
    def article(self) -> Article:
        return self.whole.article

    @property
    def order(self) -> tuple[str, str]:
        return self.article.facts.published or "9", self.article.id

    @property
    def day(self) -> str:
        """ISO, empty where it isn't known."""
        return (self.article.facts.published or "")[:10]

    @property
    def source(self) -> str:
        return headings.by_source(self.article)

    @property
    def by_day(self) -> str:
        """What its sentences stand under, where they go by day."""
        return headings.by_day(self.article) if self.day else self.source

    @cached_property
    def body(self) -> tuple[Cited, ...]:
        """Who said them isn't told yet."""
        passage = replace(self.passages[0], around=self.whole.body)
        return tuple(Cited(passage, one, None) for one in self.whole.body if one not in self._again)

    @cached_property
    def _again(self) -> frozenset[Sentence]:
        """What another article is cited for."""
        return frozenset().union(*(passage.hit.again for passage in self.passages))

    @property
    def reported(self) -> tuple[Reported, ...]:
        starts = {sentence.start for sentence in self._again}
        return tuple(one for one in self.whole.reported if one.sentence.start not in starts)

    @property
    def all_words(self) -> frozenset[str]:
        """Of a copy those that are its own."""
        if not self._again:
            return self.whole.all_words
        return frozenset().union(*(self.whole.words[line.text] for line in self.body))

    @property
    def headline(self) -> Cited | None:
        """What stands above the text; a line between two paragraphs isn't what it is about."""
        shown = (Region.HEADLINE, Region.BODY)
        first = next((s for s in self.whole.sentences if s.region in shown), None)
        return Cited(self.passages[0], first, None) if first and first.region is Region.HEADLINE else None

    def names(self, name: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.article.text) is not None


def articles_of(passages: Iterable[Passage], kept: Kept, *, most: int) -> list[Told]:
    """Those of the best passages, whatever order these come in."""
    of: dict[tuple[str, int], list[Passage]] = {}
    for passage in passages:
        of.setdefault((passage.article.id, passage.article.version), []).append(passage)
    near = {key: max(p.hit.fused for p in its) for key, its in of.items()}
    found = []
    for key in sorted(of, key=lambda key: (-near[key], key))[:most]:
        its = tuple(sorted(of[key], key=lambda p: p.hit.chunk.start))
        found.append(Told(kept.get(key, partial(Whole, its[0].article)), its, near[key]))
    return sorted(found, key=lambda told: told.order)


def of_each(articles: Sequence[Told], telling: Callable[[str], float]) -> list[Passage]:
    """The passages of their bodies: the most telling of each article, then the next of each."""
    turns: list[tuple[int, tuple[str, str], Passage]] = []
    for told in articles:
        body = [passage for passage in told.passages if passage.hit.chunk.region is Region.BODY]
        best = sorted(body, key=lambda passage: -telling(passage.hit.chunk.text))
        turns += [(turn, told.order, passage) for turn, passage in enumerate(best)]
    return [passage for *_, passage in sorted(turns, key=lambda each: each[:2])]


def latest(articles: Sequence[Told], most: int) -> list[Told]:
    """Of those that bear a day, where any do: what bears none may be older than all."""
    return [told for told in articles if told.day][-most:] or list(articles[-most:])


class Weights:
    """Of the articles a word weighs by the share of them that have it, a sentence by its words."""

    def __init__(self, articles: Sequence[Told]) -> None:
        wholes = [told.whole for told in articles]
        self._words = {text: own for whole in wholes for text, own in whole.words.items()}
        texts = [told.all_words for told in articles]
        if len(texts) < _FEW:
            texts = [self._words[line.text] for told in articles for line in told.body]
        counted = Counter(word for own in texts for word in own)
        self._weight = {word: count / len(texts) for word, count in counted.items() if count > 1}
        self._most = 1.0
        self._most = max((self.of(line.text) for told in articles for line in told.body), default=0.0) or 1.0

    def of(self, text: str) -> float:
        """In [0, 1]: 1 is the weightiest sentence of all."""
        own = self._words[text]
        return math.fsum(self._weight.get(word, 0.0) for word in own) / math.sqrt(len(own) or 1) / self._most

    def weightiest(self, lines: Sequence[Cited], *, beside: Sequence[Cited], most: int) -> list[Cited]:
        """One after the other, each by what it says that those before it don't (maximal marginal relevance,
        Carbonell and Goldstein, 1998)."""
        chosen, left = list(beside), [line for line in lines if line not in beside]
        while left and len(chosen) - len(beside) < most:
            best = max(left, key=lambda line: (self._news(line, chosen), -line.sentence.start))
            chosen.append(best)
            left.remove(best)
        return chosen[len(beside) :]

    def _news(self, line: Cited, chosen: Sequence[Cited]) -> float:
        own = self._words[line.text]
        said = max((len(own & self._words[one.text]) / (len(own) or 1) for one in chosen), default=0.0)
        return self.of(line.text) * (1 - said)


def names_anything(text: str) -> bool:
    """Whether a name or a figure stands behind its first word."""
    return _NAMES.search(text.partition(" ")[2]) is not None


def leans(line: Cited) -> bool:
    """Whether it needs the sentence before."""
    return _LEANS.match(line.text) is not None or re.search(_PRONOUN, line.text) is not None


def stands_alone(line: Cited) -> bool:
    """Whether it is a sentence of its own, and says something without the one before it, which the one behind
    it doesn't take back."""
    text = line.text
    long_enough = _SHORT <= len(text.split()) <= _LONG
    asks = text.rstrip(" ”\"’'»").endswith("?")
    passage = line.passage
    return (
        long_enough
        and not asks
        and not _LEANS.match(text)
        and not _ASIDE.match(text)
        and taken_back_by(line.sentence, passage.around, passage.article.text) is None
    )
