"""Every reported statement of an article's sentences: who says what, as it is written and as it is meant.

Each clause that reports gives one, those inside another's words a level deeper. A quotation without a clause
goes to whoever speaks beside it in its paragraph, or spoke when the quotation was opened: one that its
paragraph leaves open goes on in the next, which opens it anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retrieval.article import Sentence, Span
from service.answering.said.antecedents import FAR, Antecedents
from service.answering.said.one_line import in_one_line, with_whole_numbers
from service.answering.said.turns import Turn
from service.answering.said.unnamed import Line, whose
from service.english import (
    ARTICLES,
    CLOSING_MARKS,
    FIRST,
    IN_VIEW,
    MASK,
    NAME_WORD,
    OBJECTS,
    OPENING_MARKS,
    QUESTION_WORDS,
    SUBJECTS,
    Adjuncts,
    ReportingClause,
    Spoken,
    any_of,
    clauses,
    lazily,
    masked,
    quoted_spans,
    spoken,
)

# "Roe asked Doe about it", not "Roe was asked"
_ASKS = lazily(
    r"(?<!\bwas)(?<!\bwere)(?<!\bbeen)(?<!\bbeing)(?:(?<!,) asked "
    rf"(?P<whom>(?={NAME_WORD}|(?:{any_of(ARTICLES)})\s))?"
    rf"| (?:reminded|pressed|challenged|accused|told) (?P<hearer>(?={NAME_WORD})))"
)
_TO_ANOTHER = {
    subject: lazily(rf"\b(?:told|tells|reminded|assured|asked|warned|promised|informed)\s{whom}\b")
    for subject, whom in zip(SUBJECTS, (*OBJECTS[:2], "it", OBJECTS[2]), strict=True)
}
_ANSWERING = ("repl", "answ", "reto", "coun")
_ABOUT = lazily(rf"\s(?:about|for|on|over|if|whether|{any_of(QUESTION_WORDS)})\s")
# "Jane Roe is its chair, and [she] says", "Jane Roe was heckled as [she] said"
_AND_ONE = lazily(r"(?:,\s(?:and|but)|\s(?:as|while|when|before|after))\s$")
OPEN, CLOSE = OPENING_MARKS, CLOSING_MARKS


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
        return self.bare.endswith(MASK) and self.text[-1] not in CLOSE


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
            found[at] = carried(ahead, views[at])
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
        read, bare = in_one_line(own), with_whole_numbers(in_one_line(bare))
        views.append(View(Span(one.start, one.end), own, bare, joined, clauses(read, bare, acts=True)))
        end = one.end
    return views


def _forward(
    text: str, views: Sequence[View], labelled: Sequence[Turn | None]
) -> list[tuple[Utterance, ...]]:
    meant = Antecedents(text)
    found: list[tuple[Utterance, ...]] = []
    lines: list[Line] = []
    for at, (view, turn) in enumerate(zip(views, labelled, strict=True)):
        one = turn and not (turn.written and MASK in view.bare)
        told = None if one else _reported(view, lines[-FAR:], meant) or _going_on(views, at, found)
        own = told or (_of_turn(view, turn) if turn else ())
        found.append(own)
        lines.append(line_of(view, own))
    return found


def line_of(view: View, own: Sequence[Utterance]) -> Line:
    top = [one for one in own if one.source and not one.depth]
    speaking = [one.source for one in top if one.source and not one.act]
    doing = [one.source for one in top if one.source and one.act]
    return Line(view.at.start, view.bare, tuple(speaking), doing=tuple(doing))


def _of_turn(view: View, turn: Turn) -> tuple[Utterance, ...]:
    start, end = max(view.at.start, turn.begins), min(view.at.end, turn.ends or view.at.end)
    if start >= end:
        return ()
    words = Span(start, end)
    return (
        Utterance(
            turn.label,
            turn.source,
            "asked" if turn.asks else "wrote" if turn.written else "said",
            words,
            view.at,
            asks=turn.asks,
            turn=True,
        ),
    )


def _reported(view: View, before: Sequence[Line], meant: Antecedents) -> tuple[Utterance, ...]:
    found: list[Utterance] = []
    here: list[Span] = []
    for one in spoken(view.bare, view.clauses):
        each = made(view, one)
        pronoun = one.clause.pronoun or whose(view.words(each.speaker))
        named = each.source is not None and meant.person(each.source)
        topic = one.clause.entry and not named and " " not in view.words(each.speaker)
        if pronoun in FIRST or topic:
            continue
        if pronoun:
            answers = one.clause.verb[:4] in _ANSWERING
            source = _meant(view, one, pronoun, tuple(here), _asked(before) if answers else before, meant)
            each = replace(each, source=source or each.source)
        found.append(each)
        here.extend([each.source] if each.source and not (each.act or one.clause.aside) else ())
    return tuple(found)


def _asked(before: Sequence[Line]) -> Sequence[Line]:
    """Of whom one may be who answers: of "Roe asked Doe about it" Doe alone, of "Roe asked about it" those of
    whom was told before."""
    asks = _ASKS.search(before[-1].bare) if before else None
    if not asks:
        return before
    last = before[-1]
    whom = Line(last.start, " " * asks.end() + _without_topic(last.bare[asks.end() :]), ())
    return before[:-1] if asks["whom"] is None and asks["hearer"] is None else [whom]


def _without_topic(whom: str) -> str:
    """Of "Doe about Roe" Doe alone: what is asked about is named there, and doesn't answer."""
    about = _ABOUT.search(whom)
    return whom[: about.start()] + whom[about.start() :].lower() if about else whom


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
    subject = Line(start, view.bare[: clause.start], here if pronoun == "it" else (), by_subject=True)
    if one.depth and _TO_ANOTHER[pronoun].search(view.bare, 0, clause.start):
        return None  # "Roe reminded him that he had written": not Roe
    aside = clause.aside or (clause.verb == IN_VIEW and view.bare[clause.start] in "Aa")  # "as he puts it"
    first = aside or _AND_ONE.search(view.bare, 0, clause.start) is not None
    order = [[own]] if one.depth else [[subject], [*before, own]] if first else [[*before, own]]
    if not one.depth:
        order.append([subject])
    found = next((span for lines in order if (span := meant.of(pronoun, lines))), None)
    if found:
        meant.learn(pronoun, found)
    return found


def made(view: View, one: Spoken) -> Utterance:
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
    beside = view.joined and MASK in before.bare and not another_opens(before, view)
    if not (beside or goes_on(before, view) or before.text.rstrip().endswith(":")):
        return ()
    speaking = [one for one in found[at - 1] if one.depth == 0 and not one.act]
    if not speaking:
        return ()
    last = speaking[-1]
    # "“No,” he said, an aide said": the quotation is his.
    inner = [
        one for one in found[at - 1] if one.depth and one.words.start == last.words.start < one.words.end
    ]
    return carried(replace(inner[-1], depth=0) if inner and before.bare[:1] == MASK else last, view)


def _leads_into(views: Sequence[View], at: int) -> bool:
    """Whether the next sentence goes on with the quotation that this one is."""
    view, after = views[at], views[at + 1]
    if goes_on(view, after):
        return True
    return after.joined and after.bare.startswith(MASK) and not another_opens(view, after)


def goes_on(view: View, after: View) -> bool:
    """Whether a quotation left open by one paragraph is opened anew by the next."""
    return not after.joined and view.left_open and after.text[:1] in OPEN


def another_opens(view: View, after: View) -> bool:
    """Whether a new quotation stands right after the end of another: “No.” “Yes.” are two people's, as far as
    can be told."""
    return view.all_quoted and view.text[-1:] in CLOSE and after.text[:1] in OPEN


def carried(one: Utterance, view: View) -> tuple[Utterance, ...]:
    return (replace(one, words=view.at, sentence=view.at, act=False),)
