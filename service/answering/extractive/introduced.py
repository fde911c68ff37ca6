"""Who somebody is, where that alone is asked: the sentences in which an article ties an office to them."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from retrieval.article import Sentence
from service.answering import Passage
from service.answering.asked import Question
from service.answering.extractive.choosing import alike
from service.answering.said import Cast, Person, Somebody, Tie, known
from service.english import PRESENTLY, NameKind, any_of, closed, offices, plain_words, words_of

_MOST = 3  # sentences
_IS = any_of((*closed.BE, "'s", "’s"))
_WHO_IS = re.compile(
    rf"who(?: exactly)? ?(?:{_IS})(?: exactly)? (?P<who>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){{0,4}}?)", re.I
)
_WHOSE_JOB = re.compile(
    rf"what ?(?:{_IS}) (?P<who>[^\W\d_][\w.’'-]*(?: [\w.-]+){{0,4}}?)[’']s? (?:job|office|role|title)",
    re.I,
)
_WHO_HOLDS = re.compile(
    r"who ?(?:is|'s|’s|s)(?: currently)? (?P<office>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,4}?)"
    rf"(?: (?:{any_of(PRESENTLY)}))?",
    re.I,
)
_DESCRIBES = re.compile(r",? who\b|, (?:an?|the|whose|one of) ", re.I)
_NOT_IN_OFFICE = words_of(
    "next new future acting deputy interim former ex first last previous incoming outgoing"
)
_OTHER_RANKS = any_of(words_of("deputy vice assistant former ex previous shadow"))
_LEADING = offices.PREPOSITIONS | {"after", "before", "since", "during", "without", "until"}
Introduction = tuple[Passage, Sentence]


def asks_who(asks: Question) -> str | None:
    """Whose office is asked for: "Roe" of "Who is Roe?"."""
    asked = asks.asked().rstrip(" ?!.")
    found = _WHO_IS.fullmatch(asked) or _WHOSE_JOB.fullmatch(asked)
    return found["who"] if found else None


def introductions(who: str, passages: Sequence[Passage], casts: Iterable[Cast]) -> list[Introduction]:
    """Of each who is called so, the sentence that says most of their office, and what says another; none of
    one whose office no passage tells."""
    people = known(person for cast in casts for person in cast.everyone)
    named = [one for one in people.called(who) if one.kind is NameKind.PERSON]
    found: list[Introduction] = []
    for one in named:
        found += _of_one(one, passages, most=_MOST if len(named) == 1 else 1)
    return found[:_MOST]


def asks_holder(asks: Question) -> str | None:
    """Which office is asked about: "the mayor" of "Who's the mayor now?", but not "the next mayor"."""
    found = _WHO_HOLDS.fullmatch(asks.asked().rstrip(" ?!."))
    office = found["office"] if found else ""
    said = plain_words(office)
    return office if any(map(offices.is_known_role, said)) and not _NOT_IN_OFFICE & set(said) else None


def in_office(office: str, passages: Sequence[Passage], casts: Iterable[Cast]) -> list[Introduction]:
    """The latest sentence that ties an office to the one who holds it; none where several may, since none of
    them is told to have held it once."""
    asked = offices.telling(plain_words(office))
    holders = known(person for cast in casts for person in cast.everyone).holders(office)
    current = [one for one in holders if not any(t.is_past and t.role in asked for _, t in one.ties())]
    if len(current) != 1 or current[0].kind is not NameKind.PERSON:
        return []
    places = [
        (passage.article.facts.published or "", -at, (passage, sentence))
        for at, (tie, (passage, sentence)) in enumerate(_places(current[0], passages))
        if tie.role in asked and not tie.is_past
    ]
    return [max(places, key=lambda each: each[:2])[2]] if places else []


def ranks_of(office: str, text: str) -> list[bool]:
    """Of each time that it names that office, whether as a lower or a former one: "the deputy mayor"."""
    said = list(takewhile(lambda word: word not in offices.PREPOSITIONS, plain_words(office)))
    roles = [at for at, word in enumerate(said) if offices.is_known_role(word)]
    words = [word for word in said[: roles[-1] + 1] if word not in closed.ARTICLES] if roles else []
    if not words:
        return []
    name = r"[ -]".join(map(re.escape, words))
    found = re.finditer(rf"\b(?P<rank>(?:{_OTHER_RANKS})[ -])?{name}\b", text, re.I)
    return [bool(each["rank"]) for each in found]


def _of_one(one: Somebody, passages: Sequence[Passage], *, most: int) -> list[Introduction]:
    places = _places(one, passages)
    if not places:
        return _described(one, passages)[:1]
    chosen: list[tuple[Tie, Introduction]] = []
    for tie, place in sorted(places, key=lambda each: _says_most(*each), reverse=True):
        new = all(tie.role != other.role and not alike(text_of(place), text_of(its)) for other, its in chosen)
        if new and len(chosen) < most:
            chosen.append((tie, place))
    return [place for _, place in chosen]


def _places(one: Somebody, passages: Sequence[Passage]) -> list[tuple[Tie, Introduction]]:
    """Each office of theirs, with the sentence that tells it."""
    held: dict[str, list[tuple[Person, Tie]]] = {}
    for person, tie in one.ties():
        if tie.role:
            held.setdefault(person.article_id, []).append((person, tie))
    return [
        (tie, (passage, sentence))
        for passage in passages
        for sentence in passage.hit.chunk.sentences
        if sentence.region.tells and sentence not in passage.hit.again
        for _, tie in held.get(passage.article.id, ())
        if sentence.start <= tie.span.start and tie.span.end <= sentence.end
    ]


def _described(one: Somebody, passages: Sequence[Passage]) -> list[Introduction]:
    """Behind the name, what they do: "Roe, who sells nets", "Roe, a widow from Hafn"."""
    spans = {(person.article_id, span) for person in one.among for span in person.mentions}
    return [
        (passage, sentence)
        for passage in passages
        for sentence in passage.hit.chunk.sentences
        if sentence.region.tells and sentence not in passage.hit.again
        for article, span in spans
        if article == passage.article.id
        and sentence.start <= span.start < span.end <= sentence.end
        and _DESCRIBES.match(passage.article.text, span.end, sentence.end)
        and not leads_in(passage.article.text[sentence.start : span.start])
    ]


def leads_in(before: str) -> bool:
    """ "In talks with Roe, the union walked out": the comma ends what stands in front."""
    first = next(iter(plain_words(before)), "")
    return "," not in before and first in _LEADING


def _says_most(tie: Tie, place: Introduction) -> tuple[bool, bool, int, str, int]:
    """An office before a doing, a present one before what is past; of two that say as much the later."""
    passage, sentence = place
    day = passage.article.facts.published or ""
    return tie.is_office, not tie.is_past, len(tie.told), day, -sentence.start


def text_of(place: Introduction) -> str:
    passage, sentence = place
    return passage.article.text[sentence.start : sentence.end]
