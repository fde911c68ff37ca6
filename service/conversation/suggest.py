"""Questions to begin with, drawn from the articles at hand: who is quoted there, and to whom they spoke."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import chain, islice
from threading import Lock

from retrieval.article import Region, Sentence
from retrieval.record import Record
from retrieval.search import Searcher
from service.answering.said import attribute
from service.english import NameKind, mentions

_ARTICLES = 20
_QUESTIONS = 3
_BROAD = ("What is this about?",)
_TRIED = 20
_NAMED = 10
_Body = tuple[str, list[Sentence]]


class Suggestions:
    """Worked out once for each version of the corpus. `answered` tells whether a question is: none is
    suggested that isn't. Safe to share between threads."""

    def __init__(self, record: Record, searcher: Searcher, answered: Callable[[str], bool]) -> None:
        self._record = record
        self._searcher = searcher
        self._answered = answered
        self._lock = Lock()
        self._found: tuple[int, list[str]] | None = None

    def questions(self) -> list[str]:
        """Up to three, none where nobody is quoted or named."""
        now = self._record.corpus_version()
        with self._lock:
            if self._found is None or self._found[0] != now:
                self._found = (now, self._work_out())
            return self._found[1]

    def _work_out(self) -> list[str]:
        rows = self._record.article_rows(limit=_ARTICLES)
        bodies = [self._body(row.id, row.version) for row in rows]
        quoted = _of_the_quoted(bodies)
        asked = chain(quoted.values(), _of_the_named(bodies, leave=quoted.keys()))
        precise = islice(filter(self._answered, islice(asked, _TRIED)), _QUESTIONS - len(_BROAD))
        return [*precise, *filter(self._answered, _BROAD if rows else ())]

    def _body(self, article_id: str, version: int) -> _Body:
        opened = self._searcher.open(article_id, version)
        sentences = [s for chunk in opened.chunks for s in chunk.sentences if s.region is Region.BODY]
        return opened.article.text, sentences


def _of_the_quoted(bodies: Sequence[_Body]) -> dict[str, str]:
    """One a person, by the last name, whether the article gives all of it; first those with a listener."""
    said = [one for text, sentences in bodies for one in attribute(text, sentences) if one is not None]
    asked: dict[str, str] = {}
    for (speaker, listener), _ in Counter((s.speaker, s.to or s.venue) for s in said).most_common():
        if speaker is None or listener is None or not (_is_name(speaker) and _is_name(listener)):
            continue
        asked.setdefault(speaker.split()[-1], f"What did {speaker} say to {listener}?")
    for speaker, _ in Counter(s.speaker for s in said).most_common():
        if speaker is not None and _is_name(speaker):
            asked.setdefault(speaker.split()[-1], f"What did {speaker} say?")
    return asked


def _of_the_named(bodies: Sequence[_Body], *, leave: Set[str]) -> Iterator[str]:
    """Of what is named most, in more than a word of which the last isn't one to leave out."""
    named = Counter(
        mention.text
        for text, sentences in bodies
        for sentence in sentences
        for mention in mentions(text[sentence.start : sentence.end])
        if mention.kind is not NameKind.DAY and " " in mention.text.removeprefix("the ")
    )
    for name, _ in named.most_common(_NAMED):
        if _is_name(name.removeprefix("the ")) and name.split()[-1] not in leave:
            yield f"What do the articles say about {name}?"


def _is_name(words: str) -> bool:
    return words[:1].isupper() and words.isprintable() and len(words) <= 40
