"""Every reported statement of an article, also those that are only most likely somebody's: a ledger may say
so, a check of what an answer tells may not. And what is reported inside quotations, a level deeper."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from retrieval.article import Sentence, Span
from service.answering.said.antecedents import Antecedents
from service.answering.said.carrying_on import carried_on, stands_between
from service.answering.said.turns import turns
from service.answering.said.unnamed import Line
from service.answering.said.utterances import (
    CLOSE,
    OPEN,
    Utterance,
    View,
    another_opens,
    by_sentence,
    carried,
    goes_on,
    line_of,
    made,
    views_of,
)
from service.english import (
    FIRST,
    MASK,
    SUBJECTS,
    Spoken,
    any_of,
    clauses,
    leading_subject,
    named_alone,
    spoken,
)

FAR_BACK = 12  # sentences of a turn
_NEAR = 3  # sentences
_HE_DOES = re.compile(
    rf"(?:[^,;:]{{1,80}},\s|Then\s|But\s"
    rf"|And\s)?(?P<who>(?i:{any_of(SUBJECTS[:2])}))\s[a-z]"
)


def utterances(
    text: str, sentences: Sequence[Sentence], views: Sequence[View] | None = None
) -> tuple[Utterance, ...]:
    """In order of the text, the outer before the inner. `sentences` are consecutive; what stands before the
    first is unknown. `views` are theirs, where they are known."""
    if not sentences:
        return ()
    views = views_of(text, sentences) if views is None else views
    found = by_sentence(text, views, turns(text, sentences))
    lines = _speak_on(text, views, found)
    inner = _Inner(text, lines)
    spoken_of = ((one, *inner.of(one, view.bare, at)) for at, view in enumerate(views) for one in found[at])
    return tuple(one for line in spoken_of for one in line if one.words.start < one.words.end)


def _speak_on(text: str, views: Sequence[View], found: list[tuple[Utterance, ...]]) -> list[Line]:
    """What is all quotation, behind a sentence that tells of one who speaks or does something, is most likely
    theirs; a ledger may say so, a check of what an answer tells may not. Returns every sentence's line."""
    meant, lines = Antecedents(text), list[Line]()
    for at, view in enumerate(views):
        if at and not found[at] and view.all_quoted:
            one = _before_quote(views, found, at) or _doing(text, views, lines, at, meant)
            found[at] = carried(one, view) if one else ()
        if at:
            found[at] = carried_on(view, found[at], found[at - 1], views[at - 1].bare) or found[at]
        if at and at + 1 < len(views) and views[at + 1].joined and not found[at]:
            found[at] = stands_between(text, view, found[at - 1], found[at + 1])
        lines.append(line_of(view, found[at]))
    return lines


def _before_quote(views: Sequence[View], found: Sequence[tuple[Utterance, ...]], at: int) -> Utterance | None:
    """Who alone speaks in the sentence before."""
    before, view = views[at - 1], views[at]
    every = [one for one in found[at - 1] if not one.depth and one.source]
    speaking = [one for one in every if not one.act] or every
    if not speaking or len({(one.source.start, one.source.end) for one in speaking if one.source}) > 1:
        return None
    if view.joined or goes_on(before, view):
        loose = not before.all_quoted or not another_opens(before, view)
    else:
        loose = not before.all_quoted and _is_quoted_whole(views, at)
    return speaking[-1] if loose else None


def _doing(
    text: str, views: Sequence[View], lines: Sequence[Line], at: int, meant: Antecedents
) -> Utterance | None:
    """ "Roe laughed. “No.”": whom the sentence before in the paragraph is about, if somebody by name."""
    before, view = views[at - 1], views[at]
    if MASK in before.bare or not (view.joined or _is_quoted_whole(views, at)):
        return None
    pronoun = _HE_DOES.match(before.bare)
    span = leading_subject(before.bare, len(before.bare))
    if pronoun:
        source = meant.of(pronoun["who"].lower(), lines[:-1])
        speaker = Span(before.at.start + pronoun.start("who"), before.at.start + pronoun.end("who"))
    elif span and (name := named_alone(before.bare, span)):
        source = speaker = Span(before.at.start + name.start, before.at.start + name.end)
    else:
        return None
    if source is None or not meant.person(source):
        return None
    return Utterance(speaker, source, "said", view.at, view.at)


def _is_quoted_whole(views: Sequence[View], at: int) -> bool:
    """Whether the paragraph that begins there is one quotation, or opens one, and nothing else."""
    if views[at].text[:1] not in OPEN:
        return False
    rest = takewhile(lambda i: views[i].joined, range(at + 1, len(views)))
    return all(views[i].all_quoted for i in rest)


class _Inner:
    """What is reported inside quoted words, a level deeper: by whom they name, by "I" who speaks them, and by
    "he" another than who speaks."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._lines = lines
        self._meant = Antecedents(text)

    def of(self, one: Utterance, bare: str, at: int) -> tuple[Utterance, ...]:
        low = one.words.start - one.sentence.start
        if not one.turn and bare[low : low + 1] != MASK:
            return ()
        said = self._text[one.words.start : one.words.end]
        marks = {ord(mark): " " for mark in OPEN + CLOSE if mark not in "’'"}
        plain = bare[low : low + len(said)] if one.turn else said.translate(marks)
        view = View(one.words, said, plain, joined=False, clauses=clauses(plain, plain, acts=True))
        inner = (self._of(view, report, one, at) for report in spoken(plain, view.clauses))
        deeper = (
            replace(each, depth=each.depth + one.depth + 1)
            for each in inner
            if each.source or (each.speaker and not each.act)
        )
        return tuple(replace(each, sentence=one.sentence) for each in deeper)

    def _of(self, view: View, report: Spoken, outer: Utterance, at: int) -> Utterance:
        one, pronoun = made(view, report), report.clause.pronoun
        if pronoun == FIRST[0] or (pronoun in FIRST[1:2] and outer.turn and outer.verb == "wrote"):
            return replace(one, source=outer.source)
        if pronoun == FIRST[2] and outer.turn and outer.verb != "wrote":
            return replace(one, source=self._before(outer, at))
        if pronoun in SUBJECTS[:2]:
            return replace(one, source=self._another(pronoun, view, report, outer, at))
        return one

    def _before(self, outer: Utterance, at: int) -> Span | None:
        """Who had the turn before: "you told me"; nobody where that isn't known, or another is spoken to."""
        if outer.speaker and self._text.startswith(" (to ", outer.speaker.end):
            return None
        name = self._last(outer.source) if outer.source else None
        near = reversed(self._lines[max(0, at - FAR_BACK) : at])
        spoke = (span for line in takewhile(lambda one: one.speakers, near) for span in line.speakers[-1:])
        return next((span for span in spoke if name and self._last(span) != name), None)

    def _another(self, pronoun: str, view: View, report: Spoken, outer: Utterance, at: int) -> Span | None:
        if outer.source is None:
            return None
        name = self._last(outer.source)
        before = Line(view.at.start, view.bare[: report.clause.start], ())
        lines = (*self._lines[max(0, at - _NEAR) : at], before)
        return self._meant.of(pronoun, [self._without(name, line, turn=outer.turn) for line in lines])

    def _without(self, name: str, line: Line, *, turn: bool) -> Line:
        others = () if turn else (span for span in line.speakers if self._last(span) != name)
        return replace(line, bare=line.bare.replace(name, "-" * len(name)), speakers=tuple(others))

    def _last(self, span: Span) -> str:
        return self._text[span.start : span.end].split()[-1]
