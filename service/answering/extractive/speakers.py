"""Whether a sentence is said by the one asked about: by name, by what the articles call them, by the office
that they tie to them."""

from collections.abc import Iterable
from functools import partial

from retrieval.article import Article, Sentence, Span
from service.answering import Passage, Policy, Rule, Said
from service.answering.asked import Question, names_one_of
from service.answering.extractive.recent import Recent
from service.answering.said import Cast, known
from service.english import offices, plain_words

_MOSTLY = 0.5  # of the words asked for


class Casts:
    """The people of articles, kept. Safe to share between threads."""

    def __init__(self, *, kept: int) -> None:
        self._kept: Recent[tuple[str, int], Cast] = Recent(kept=kept)

    def of(self, question: Question, passages: Iterable[Passage], policy: Policy) -> "Speakers":
        """Nobody is looked up where no speaker is asked for."""
        if not question.speaker or Rule.BEARER not in policy.rules:
            return Speakers(question, {})
        return Speakers(question, self._by_article(passages))

    def among(self, passages: Iterable[Passage]) -> list[Cast]:
        """Of the passages' articles."""
        return list(self._by_article(passages).values())

    def _by_article(self, passages: Iterable[Passage]) -> dict[tuple[str, int], Cast]:
        articles = {_key(passage.article): passage.article for passage in passages}
        return {key: self._kept.get(key, partial(Cast, article)) for key, article in articles.items()}


class Speakers:
    """Of one question's articles."""

    def __init__(self, question: Question, casts: dict[tuple[str, int], Cast]) -> None:
        self._asked = question.speaker
        self._casts = casts
        people = known(person for cast in casts.values() for person in cast.everyone)
        self._called = {
            id(person): (
                " ".join(p.name for p in one.among),
                " ".join(o for p in one.among for o in p.offices),
            )
            for one in people.everyone
            for person in one.among
        }

        told = {(frozenset(plain_words(n)), frozenset(plain_words(o))) for n, o in self._called.values()}
        self._whole = [(n, o) for n, o in told if self._asked <= n | o]

    def asked_for(self, passage: Passage, sentence: Sentence, said: Said | None) -> int:
        """2 if the one asked about said it, 1 if perhaps, or if it begins with that name, -1 if somebody else
        said it, 0 if none of these is plain."""
        if not self._asked:
            return 0
        if said is None or said.speaker is None:
            # Nobody is named as saying it: then a sentence that begins with the name is about its bearer.
            text = passage.article.text[sentence.start : sentence.end]
            return 1 if names_one_of(self._asked, " ".join(text.split()[:5])) else 0
        name, office = self._bearer(passage.article, sentence, said.speaker)
        if self._is_another(name or said.speaker, office):
            return -1
        if names_one_of(self._asked, name):
            return 2
        shared = self._shared(f"{said.speaker} {office}")
        return 2 if shared == 1 else 1 if shared >= _MOSTLY else -1

    def _is_another(self, name: str, office: str) -> bool:
        """Whether the articles know one who is all that is asked for, and this one differs: in a name that
        both have, or in the rank of an office ("the deputy mayor")."""
        names, held = frozenset(plain_words(name)), frozenset(plain_words(office))
        lacks = self._asked - names - held
        if lacks and lacks <= offices.RANKS and not names & self._asked:
            return any(lacks <= theirs for _, theirs in self._whole)
        if lacks:
            return bool(names - self._asked) and any(lacks <= theirs for theirs, _ in self._whole)
        ranked = (held & offices.RANKS) - self._asked
        unranked = any(not (theirs & offices.RANKS) - self._asked for _, theirs in self._whole)
        return bool(ranked) and not names & self._asked and unranked

    def _shared(self, told: str) -> float:
        return sum(names_one_of(frozenset((word,)), told) for word in self._asked) / len(self._asked)

    def _bearer(self, article: Article, sentence: Sentence, speaker: str) -> tuple[str, str]:
        """All names and all offices of the one whom the article means there; none, where it doesn't tell."""
        cast = self._casts.get(_key(article))
        start = article.text.rfind(speaker, 0, sentence.end)
        person = cast.meant(Span(start, start + len(speaker))) if cast and start >= 0 else None
        return self._called[id(person)] if person else ("", "")


def _key(article: Article) -> tuple[str, int]:
    return article.id, article.version
