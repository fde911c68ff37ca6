"""Every reported statement of an article's sentences: who says what, as it is written and as it is meant.

Each clause that reports gives one, those inside another's words a level deeper. A quotation without a clause
goes to whoever speaks beside it in its paragraph, or spoke when the quotation was opened: one that its
paragraph leaves open goes on in the next, which opens it anew.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from retrieval.article import Sentence, Span
from service.answering.said.antecedents import FAR, Antecedents, Line, whose
from service.answering.said.turns import Turn, turns
from service.english import (
    FIRST,
    MASK,
    SUBJECTS,
    Adjuncts,
    ReportingClause,
    Spoken,
    any_of,
    clauses,
    leading_subject,
    masked,
    named_alone,
    quoted_spans,
    spoken,
)

_OPEN, _CLOSE = "“\"«‘'", "”\"»’'"
_WOULD = re.compile(rf"[^.;:?“”\"{MASK}]{{1,100}}?\s(?:would|could)\s(?!have\b|not (?:say|speak|comment|discuss|answer|confirm|name)\b|neither\b)[^?“”\"{MASK}]+$")
_ASKED = frozenset(("asked", "asks", "wondered"))
_HE_DOES = re.compile(rf"(?:[^,;:]{{1,80}},\s|Then\s|But\s|And\s)?(?P<who>(?i:{any_of(SUBJECTS[:2])}))\s[a-z]")


@dataclass(frozen=True, slots=True)
class Utterance:
    """`speaker` is written where it is said ("she"), `source` where whoever is meant is named; each is None
    where the article doesn't tell. `depth` is 0 for what the article reports, 1 for what somebody reports in
    it. `turn` marks a speaker's turn in a transcript, `asks` the interviewer's, `act` what is done by words
    rather than told ("denied the report")."""

    speaker: Span | None
    source: Span | None
    verb: str
    words: Span
    sentence: Span
    depth: int = 0
    adjuncts: Adjuncts = field(default_factory=Adjuncts)
    asks: bool = False
    turn: bool = False
    act: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A sentence with and without its quotations, and the clauses that report in it. `joined`: it stands in
    the paragraph of the one before."""

    at: Span
    text: str
    bare: str
    joined: bool
    clauses: tuple[ReportingClause, ...]

    def words(self, span: Span | None) -> str:
        return self.text[span.start - self.at.start : span.end - self.at.start] if span else ""

    @property
    def all_quoted(self) -> bool:
        return MASK in self.bare and not any(letter.isalnum() for letter in self.bare.replace(MASK, ""))

    @property
    def left_open(self) -> bool:
        return self.bare.endswith(MASK) and self.text[-1] not in _CLOSE


def utterances(text: str, sentences: Sequence[Sentence]) -> tuple[Utterance, ...]:
    """In order of the text, the outer before the inner. `sentences` are consecutive; what stands before the
    first is unknown."""
    if not sentences:
        return ()
    views = views_of(text, sentences)
    found = by_sentence(text, views, turns(text, sentences))
    lines = _speak_on(text, views, found)
    inner = Inner(text, lines)
    spoken_of = ((one, *inner.of(one, view.bare, at)) for at, view in enumerate(views) for one in found[at])
    return tuple(one for line in spoken_of for one in line if one.words.start < one.words.end)


def _speak_on(text: str, views: Sequence[View], found: list[tuple[Utterance, ...]]) -> list[Line]:
    """What is all quotation, behind a sentence that tells of one who speaks or does something, is most likely
    theirs; a ledger may say so, a check of what an answer tells may not. Returns every sentence's line."""
    meant, lines = Antecedents(text), list[Line]()
    for at, view in enumerate(views):
        if at and not found[at] and view.all_quoted:
            one = _before_quote(views, found, at) or _doing(text, views, lines, at, meant)
            found[at] = _carried(one, view) if one else ()
        elif at and not found[at] and view.joined and _WOULD.match(view.bare):
            found[at] = _indirect(view, found[at - 1])
        lines.append(line_of(view, found[at]))
    return lines


def _indirect(view: View, before: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """ "Roe said he was ready. The boats would sail on Monday.": a report that goes on without a verb."""
    said = [one for one in before if not one.depth and not one.act and one.source and not one.turn]
    if len(before) != 1 or len(said) != 1 or said[0].verb in _ASKED:
        return ()
    return (replace(said[0], speaker=None, verb="said", words=view.at, sentence=view.at, adjuncts=Adjuncts()),)


def _before_quote(
    views: Sequence[View], found: Sequence[tuple[Utterance, ...]], at: int
) -> Utterance | None:
    """Who alone speaks in the sentence before."""
    before, view = views[at - 1], views[at]
    speaking = [one for one in found[at - 1] if not one.depth and one.source]
    if not speaking or len({(one.source.start, one.source.end) for one in speaking if one.source}) > 1:
        return None
    if view.joined or _goes_on(before, view):
        loose = not before.all_quoted or not _another_opens(before, view)
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
    if views[at].text[:1] not in _OPEN:
        return False
    rest = takewhile(lambda i: views[i].joined, range(at + 1, len(views)))
    return all(views[i].all_quoted for i in rest)


def by_sentence(
    text: str, views: Sequence[View], labelled: Sequence[Turn | None]
) -> list[tuple[Utterance, ...]]:
    found = _forward(text, views, labelled)
    for at in range(len(views) - 2, -1, -1):
        if not found[at] and views[at].all_quoted and _leads_into(views, at):
            ahead = next((one for one in found[at + 1] if one.depth == 0), None)
        elif not found[at] and views[at].all_quoted and views[at + 1].joined and len(found[at + 1]) == 1:
            only = found[at + 1][0]  # "“Would he go?” Jane Roe asked.": two sentences to the eye
            ahead = only if only.words.start >= only.words.end else None
        else:
            continue
        if ahead:
            found[at] = _carried(ahead, views[at])
    return found


def views_of(text: str, sentences: Sequence[Sentence]) -> list[View]:
    low, high = sentences[0].start, sentences[-1].end
    quotes = tuple(Span(q.start + low, q.end + low) for q in quoted_spans(text[low:high]))
    views = []
    first = end = 0
    for one in sentences:
        while first < len(quotes) and quotes[first].end <= one.start:
            first += 1
        last = first
        while last < len(quotes) and quotes[last].start < one.end:
            last += 1
        bare = masked(text, quotes[first:last], start=one.start, end=one.end)
        joined = end > 0 and "\n" not in text[end : one.start]
        own = text[one.start : one.end]
        views.append(View(Span(one.start, one.end), own, bare, joined, clauses(own, bare, acts=True)))
        end = one.end
    return views


def _forward(
    text: str, views: Sequence[View], labelled: Sequence[Turn | None]
) -> list[tuple[Utterance, ...]]:
    meant = Antecedents(text)
    found: list[tuple[Utterance, ...]] = []
    lines: list[Line] = []
    for at, (view, turn) in enumerate(zip(views, labelled, strict=True)):
        told = None if turn else _reported(view, lines[-FAR:], meant) or _going_on(views, at, found)
        own = _of_turn(view, turn) if turn else told or ()
        found.append(own)
        lines.append(line_of(view, own))
    return found


def line_of(view: View, own: Sequence[Utterance]) -> Line:
    speaking = (one.source for one in own if one.source and not one.depth and not one.act)
    return Line(view.at.start, view.bare, tuple(speaking))


def _of_turn(view: View, turn: Turn) -> tuple[Utterance, ...]:
    start = max(view.at.start, turn.begins)
    if start >= view.at.end:
        return ()
    words = Span(start, view.at.end)
    return (
        Utterance(
            turn.label,
            turn.source,
            "asked" if turn.asks else "wrote" if turn.label == turn.source else "said",
            words,
            view.at,
            asks=turn.asks,
            turn=True,
        ),
    )


def _reported(view: View, before: Sequence[Line], meant: Antecedents) -> tuple[Utterance, ...]:
    found, asides = list[Utterance](), list[Utterance]()
    for one in spoken(view.bare, view.clauses):
        made = _made(view, one)
        pronoun = one.clause.pronoun or whose(view.words(made.speaker))
        if pronoun in FIRST:
            continue
        if pronoun:
            here = tuple(other.source for other in found if other.source and not other.act and other not in asides)
            asked = one.clause.verb[:4] in ("repl", "answ") and before and " asked " in before[-1].bare
            source = _meant(view, one, pronoun, here, before[:-1] if asked else before, meant)
            made = replace(made, source=source or made.source)
        found.append(made)
        asides.extend([made] if one.clause.aside else ())
    return tuple(found)


def _meant(
    view: View,
    one: Spoken,
    pronoun: str,
    here: tuple[Span, ...],
    before: Sequence[Line],
    meant: Antecedents,
) -> Span | None:
    """Of whom a clause speaks: who speaks around it, who was meant before, or its sentence's subject."""
    clause, start = one.clause, view.at.start
    part = max(view.bare.rfind(mark, 0, clause.start) for mark in ":;") + 1
    own = Line(start, view.bare[:part], here, by_subject=True)
    subject = Line(start, view.bare[: clause.start], (), by_subject=True)
    order = [[own]] if one.depth else [[subject], [*before, own]] if clause.aside else [[*before, own]]
    if not one.depth:
        order.append([subject])
    found = next((span for lines in order if (span := meant.of(pronoun, lines))), None)
    if found:
        meant.learn(pronoun, found)
    return found


def _made(view: View, one: Spoken) -> Utterance:
    clause, start = one.clause, view.at.start
    speaker = clause.speaker or _pronoun_at(view, clause)
    written = Span(start + speaker.start, start + speaker.end) if speaker else None
    words = Span(start + one.words.start, start + one.words.end)
    source = None if clause.pronoun else written
    return Utterance(written, source, clause.verb, words, view.at, one.depth, clause.adjuncts, act=clause.act)


def _pronoun_at(view: View, clause: ReportingClause) -> Span | None:
    at = view.text.lower().find(clause.pronoun, clause.start, clause.end) if clause.pronoun else -1
    return Span(at, at + len(clause.pronoun or "")) if at >= 0 else None


def _going_on(
    views: Sequence[View], at: int, found: Sequence[tuple[Utterance, ...]]
) -> tuple[Utterance, ...]:
    """A sentence that is all quotation, given to the one who speaks in the sentence before it."""
    if not at or not views[at].all_quoted or not found[at - 1]:
        return ()
    view, before = views[at], views[at - 1]
    beside = view.joined and MASK in before.bare and not _another_opens(before, view)
    if not (beside or _goes_on(before, view) or before.text.rstrip().endswith(":")):
        return ()
    speaking = [one for one in found[at - 1] if one.depth == 0 and not one.act]
    if not speaking:
        return ()
    last = speaking[-1]
    # "“No,” he said, an aide said": the quotation is his.
    inner = [one for one in found[at - 1] if one.depth and one.words.start == last.words.start < one.words.end]
    return _carried(replace(inner[-1], depth=0) if inner and before.bare[:1] == MASK else last, view)


def _leads_into(views: Sequence[View], at: int) -> bool:
    """Whether the next sentence goes on with the quotation that this one is."""
    view, after = views[at], views[at + 1]
    if _goes_on(view, after):
        return True
    return after.joined and after.bare.startswith(MASK) and not _another_opens(view, after)


def _goes_on(view: View, after: View) -> bool:
    """Whether a quotation left open by one paragraph is opened anew by the next."""
    return not after.joined and view.left_open and after.text[:1] in _OPEN


def _another_opens(view: View, after: View) -> bool:
    """Whether a new quotation stands right after the end of another: “No.” “Yes.” are two people's, as far as
    can be told."""
    return view.all_quoted and view.text[-1:] in _CLOSE and after.text[:1] in _OPEN


def _carried(one: Utterance, view: View) -> tuple[Utterance, ...]:
    return (replace(one, words=view.at, sentence=view.at, act=False),)


class Inner:
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
        plain = said.translate({ord(mark): " " for mark in _OPEN + _CLOSE if mark not in "’'"})
        view = View(one.words, said, plain, joined=False, clauses=clauses(plain, plain, acts=True))
        made = (self._made(view, report, one, at) for report in spoken(plain, view.clauses))
        return tuple(
            replace(each, sentence=one.sentence, depth=each.depth + one.depth + 1) for each in made if each.source
        )

    def _made(self, view: View, report: Spoken, outer: Utterance, at: int) -> Utterance:
        made, pronoun = _made(view, report), report.clause.pronoun
        if pronoun == FIRST[0] or (pronoun in FIRST[1:2] and outer.turn and outer.verb == "wrote"):
            return replace(made, source=outer.source)
        if pronoun in SUBJECTS[:2]:
            return replace(made, source=self._another(pronoun, view, report, outer, at))
        return made

    def _another(self, pronoun: str, view: View, report: Spoken, outer: Utterance, at: int) -> Span | None:
        if outer.source is None:
            return None
        name = self._text[outer.source.start : outer.source.end].split()[-1]
        before = Line(view.at.start, view.bare[: report.clause.start], ())
        lines = [
            replace(
                line,
                bare=line.bare.replace(name, "-" * len(name)),
                speakers=tuple(
                    s for s in line.speakers if not outer.turn and self._text[s.start : s.end].split()[-1] != name
                ),
            )
            for line in (*self._lines[max(0, at - 3) : at], before)
        ]
        return self._meant.of(pronoun, lines)
