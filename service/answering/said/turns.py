"""The turns of a transcript: paragraphs that begin with who speaks ("Q:", "SMITH:", "Jane Roe:")."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from retrieval.article import Sentence, Span
from service.answering.said.interviewees import interviewed
from service.answering.said.interviews import answers
from service.answering.said.letters import Letter, letters
from service.answering.said.posts import Post, posts
from service.answering.said.set_apart import set_apart
from service.english import CAPITAL, LINK, NAME_WORD, lazily, named_alone, offices

_LABEL = lazily(
    rf"^[ \t*]*(?:\[?\d{{1,2}}[:.]\d\d\]?[ \t]+(?:[–—-][ \t]+)?)?(?P<who>(?:{CAPITAL}"
    rf"|@\w)[^:\n“”\"!?;*]{{0,48}}?)"
    rf"(?:,?[ \t]\d{{1,2}}[:.]\d\d)?:\**[ \t]+(?=[^\s“\"«])"
    r"|^[ \t*]*(?P<alone>[QA])\.[ \t]+(?=\S)",
    re.M,
)
_IN_BRACKETS = lazily(r"\((?P<who>[^()\n]{2,60})\)")
# "Q: Jane Roe, Evening Post. Will you ...?"
_ASKER = lazily(
    rf"(?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD}){{1,3}}), (?:from |of |with )?(?:the"
    rf" )?{NAME_WORD}(?: {NAME_WORD}){{0,3}}\.\s"
)
_INTRODUCED = lazily(
    rf"\b(?:I[’']m|I am|[Yy]ou[’']re with|[Tt]his is|[Mm]y name is)"
    rf" (?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD}){{1,3}})"
)
_ASKS = lazily(r"q|question|questioner|reporter|journalist|interviewer|moderator|host|presenter|anchor", re.I)
_ANSWERS = lazily(r"a|answer", re.I)
_MOST_LETTERS = 50  # of one article
_AROUND = 12_000  # code points before and after what is asked about, in which a transcript must show


@dataclass(frozen=True, slots=True)
class Turn:
    """`source` names who speaks, where the article does; `begins` is where the label ends, `ends` where a
    signature begins."""

    label: Span
    source: Span | None
    asks: bool
    begins: int
    ends: int | None = None
    written: bool = False


def turns(text: str, sentences: Sequence[Sentence]) -> list[Turn | None]:
    """For each of consecutive sentences the turn that it stands in. A paragraph without a label goes on with
    the turn before it where another turn follows."""
    posted = list(islice(chain(set_apart(text, sentences), posts(text, sentences)), _MOST_LETTERS))
    told = _told(text, sentences)
    return [_posted(one, posted) or turn for one, turn in zip(sentences, told, strict=True)]


def _posted(one: Sentence, posted: Sequence[Post]) -> Turn | None:
    post = next((each for each in posted if one.start < each.end and each.start < one.end), None)
    return Turn(post.writer, post.writer, asks=False, begins=post.start, ends=post.end) if post else None


def _told(text: str, sentences: Sequence[Sentence]) -> list[Turn | None]:
    written = list(islice(letters(text, sentences), _MOST_LETTERS))
    if written:
        return [_written(one, written) for one in sentences]
    who, asked, told = answers(text, sentences)
    if who:
        return [_answered(one, who, asked, told) for one in sentences]
    low = text.rfind("\n", 0, max(0, sentences[0].start - _AROUND)) + 1
    labels = _labels(text, low, sentences[-1].end + _AROUND)
    if not _transcript(labels):
        return [None] * len(sentences)
    every = [_turn(label) for label in labels]
    named = {text[one.source.start : one.source.end] for one in every if one.source}
    answering = (
        next((one.source for one in every if one.source), None)
        if len(named) == 1
        else interviewed(text, _first_asked(text), labelled=True)
    )
    every = [replace(one, source=answering) if _ANSWERS.fullmatch(_of(text, one)) else one for one in every]
    every = _introduced(text, every)
    last = every[-1].label.start
    end_of_last = text.find("\n", last)
    found: list[Turn | None] = []
    at = -1
    for one in sentences:
        while at + 1 < len(every) and every[at + 1].label.start < one.end:
            at += 1
        over = end_of_last >= 0 and one.start > end_of_last
        found.append(None if at < 0 or over else every[at])
    return found


def _written(one: Sentence, letters: Sequence[Letter]) -> Turn | None:
    """A letter that is printed whole is one turn."""
    letter = next((each for each in letters if each.start <= one.start and one.end <= each.end), None)
    return (
        Turn(letter.writer, letter.writer, asks=False, begins=letter.start, written=True) if letter else None
    )


def _answered(one: Sentence, who: Span, asked: Sequence[Span], told: Sequence[Span]) -> Turn | None:
    if _holds(asked, one.start):
        return Turn(Span(one.start, one.start), None, asks=True, begins=one.start)
    return Turn(who, who, asks=False, begins=one.start) if _holds(told, one.start) else None


def _holds(spans: Sequence[Span], at: int) -> bool:
    """Whether one of these, which stand in order, holds a place."""
    last = bisect_right(spans, at, key=lambda one: one.start) - 1
    return last >= 0 and at < spans[last].end


def _first_asked(text: str) -> int:
    asked = (one.start() for one in _LABEL.finditer(text) if _ASKS.fullmatch(_name(one)))
    return next(asked, len(text))


def _transcript(labels: Sequence[re.Match[str]]) -> bool:
    """Whether labels are those of speakers: somebody asks, or two speak and one of them twice."""
    names = [_name(label) for label in labels]
    asked = sum(bool(_ASKS.fullmatch(name)) for name in names)
    if asked and len(names) > asked:
        return True
    last = Counter(_last(label) for label in labels if _named(_name(label)))
    return len(last) > 1 and max(last.values()) > 1


def _labels(text: str, low: int, high: int) -> list[re.Match[str]]:
    """Those of speakers: one word alone ("Interview:") is a name where another label ends in it."""
    every = [one for one in _LABEL.finditer(text, low, high) if _speaks(_name(one))]
    last = Counter(_last(one) for one in every)
    return [
        one
        for one in every
        if " " in _name(one)
        or _name(one).startswith("@")
        or last[_last(one)] > 1
        or (len(_name(one)) > 2 and _name(one).isupper())
        or _ASKS.fullmatch(_name(one))
        or _ANSWERS.fullmatch(_name(one))
    ]


def _last(label: re.Match[str]) -> str:
    return _name(label).split()[-1].casefold()


def _speaks(name: str) -> bool:
    return bool(_ASKS.fullmatch(name) or _ANSWERS.fullmatch(name)) or _named(name)


def _name(label: re.Match[str]) -> str:
    """Without what stands in brackets: "SPOKESPERSON (Ms Jane Roe)", "ROE (by telephone)"."""
    return (label["who"] or label["alone"]).partition(" (")[0]


def _named(name: str) -> bool:
    return name.startswith("@") or named_alone(_cased(name), Span(0, len(name))) is not None


def _cased(name: str) -> str:
    """ "PRESIDENT ORLAN DESK" as its office and name are written elsewhere."""
    cased = name.title() if name.isupper() else name
    return cased if len(cased) == len(name) else name


def _of(text: str, turn: Turn) -> str:
    return text[turn.label.start : turn.label.end]


def _turn(label: re.Match[str]) -> Turn:
    name = _name(label)
    start = label.start("who") if label["who"] else label.start("alone")
    span = Span(start, start + len(name))
    beside = _IN_BRACKETS.search(label.string, span.end, label.end())
    last = name.split()[-1].lower()
    called = offices.is_known_role(last) or _ASKS.fullmatch(name)
    if beside and called and (given := named_alone(label.string, Span(*beside.span("who")))):
        return Turn(span, given, asks=bool(_ASKS.fullmatch(name)), begins=label.end())
    if _ASKS.fullmatch(name) and (asker := _ASKER.match(label.string, label.end())):
        return Turn(span, Span(*asker.span("who")), asks=True, begins=label.end())
    if _ASKS.fullmatch(name) or _ANSWERS.fullmatch(name):
        return Turn(span, None, asks=bool(_ASKS.fullmatch(name)), begins=label.end())
    bare = named_alone(_cased(name), Span(0, len(name)))
    source = Span(start + bare.start, start + bare.end) if bare else span
    return Turn(span, source, asks=False, begins=label.end())


def _introduced(text: str, every: list[Turn]) -> list[Turn]:
    """Who asks by an office alone, named where they name themselves: "you're with Jane Roe"; nobody where
    two do under one label."""
    named: dict[str, list[Span]] = {}
    for one, after in zip(every, [*every[1:], None], strict=True):
        own = _INTRODUCED.search(text, one.begins, after.label.start if after else len(text))
        itself = Span(*own.span("who")) if own and one.source is None else None
        given = (one.source if one.asks else None) or itself
        if given and len(_of(text, one)) > 1:
            named.setdefault(_of(text, one), []).append(given)
    agreed = {
        label: spans[0]
        for label, spans in named.items()
        if len({text[span.start : span.end] for span in spans}) == 1
    }
    return [replace(one, source=one.source or agreed.get(_of(text, one))) for one in every]
