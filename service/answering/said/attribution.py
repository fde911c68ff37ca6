"""Who said it, to whom, where and when, as the article has it.

Deterministic rules over the sentences around a quotation; where they disagree or fall short, nothing is
said. A pronoun is resolved only to the sole speaker of the two sentences before it, and a quotation
without a reporting clause takes the one beside it in its paragraph.
"""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Sentence
from service.answering import Said
from service.answering.said.turns import Turn, turns
from service.answering.said.utterances import Utterance, View, by_sentence, views_of
from service.english import (
    ReportingClause,
    quoted_by_outlet,
    speaks_aside,
    speaks_for_an_outlet,
    within,
)


def attribute(
    text: str, sentences: Sequence[Sentence], views: Sequence[View] | None = None
) -> tuple[Said | None, ...]:
    """For each of an article's consecutive sentences, who said it; None where nobody is named, or several.

    `sentences` must be in order. What stands before the first of them is unknown, so a pronoun there
    stays unresolved. `views` are the sentences', where they are known.
    """
    if not sentences:
        return ()
    views = views_of(text, sentences) if views is None else views
    # In a letter whoever is named in a sentence counts, not whoever wrote it.
    labelled = [None if turn and turn.written else turn for turn in turns(text, sentences)]
    found = zip(views, labelled, by_sentence(text, views, labelled), strict=True)
    return tuple(
        said if said and any((said.speaker, said.to, said.venue, said.when)) else None
        for said in (_said(text, *one) for one in found)
    )


def _said(text: str, view: View, turn: Turn | None, told: Sequence[Utterance]) -> Said | None:
    if turn:
        return Said(text[turn.source.start : turn.source.end]) if turn.source and not turn.asks else None
    own = _explicit(view)
    if own is None:
        return _carried(text, told[0]) if view.all_quoted and told else None
    if own.pronoun is None:
        return own.said
    meant = {
        (one.source.start, one.source.end) for one in told if one.source and not one.depth and not one.act
    }
    return replace(own.said, speaker=text[slice(*meant.pop())]) if len(meant) == 1 else own.said


def _carried(text: str, one: Utterance) -> Said:
    beside = one.adjuncts
    return Said(
        text[one.source.start : one.source.end] if one.source else None, beside.to, beside.venue, beside.when
    )


class _Explicit:
    """What a sentence itself says: `pronoun` is set where its speaker only points back, `rivals` where
    it has several."""

    def __init__(self, said: Said, pronoun: str | None = None, rivals: tuple[str, ...] = ()) -> None:
        self.said = said
        self.pronoun = pronoun
        self.rivals = rivals


def _explicit(view: View) -> _Explicit | None:
    found = [
        clause for clause in view.clauses if not (clause.act or clause.aside or _is_thought(view, clause))
    ]
    if not found or speaks_aside(view.bare):
        return None
    outlets = [clause for clause in found if speaks_for_an_outlet(view.text, clause)]
    people = [clause for clause in found if clause not in outlets]
    # A pronoun after a name is taken for its bearer: “No,” Roe said, and she added: “Never.”
    people = [clause for i, clause in enumerate(_outermost(view.bare, people)) if i == 0 or clause.speaker]
    if len(people) > 1 and len({_words(view, clause) for clause in people}) > 1:
        return _Explicit(Said(), rivals=tuple(_words(view, clause) for clause in people))
    venue = _words(view, outlets[0]) if outlets and people else None
    if people:
        return _of_clause(view, people[0], venue)
    source = quoted_by_outlet(view.bare, outlets[0])
    if source:
        return _of_clause(view, replace(outlets[0], speaker=source), _words(view, outlets[0]))
    return _of_clause(view, outlets[0], None)


def _is_thought(view: View, clause: ReportingClause) -> bool:
    """Whether it stands in what another thinks, denies or offers: "Roe fears Doe said so"."""
    return not clause.closing and any(
        other.act and other.end <= clause.start and within(view.bare, other, clause) for other in view.clauses
    )


def _outermost(bare: str, found: list[ReportingClause]) -> list[ReportingClause]:
    """The clauses that report for the sentence: one inside the "that" clause of another doesn't.

    "X said that Y told Z" is X's. A closing clause vouches for all that stands before it
    ("X told aides he would go, a diplomat said"), unless that stands in quotation marks.
    """
    if len(found) < 2:
        return found
    first, rest = found[0], found[1:]
    if not first.closing:
        rest = [one for one in rest if _vouches(bare, first, one) or not within(bare, first, one)]
    else:
        rest = [clause for clause in rest if not within(bare, first, clause)]
    return [first, *rest]


def _vouches(bare: str, outer: ReportingClause, one: ReportingClause) -> bool:
    """Whether a clause reports one before it: "Roe left, a diplomat said", "Roe replied, he said, that"."""
    return one.closing or one.inside or bare[outer.reach : one.start].strip() == ","


def _words(view: View, clause: ReportingClause) -> str:
    return (
        view.text[clause.speaker.start : clause.speaker.end].strip()
        if clause.speaker
        else f"<{clause.pronoun}>"
    )


def _of_clause(view: View, clause: ReportingClause, venue: str | None) -> _Explicit:
    beside = clause.adjuncts
    speaker = _words(view, clause) if clause.speaker else None
    return _Explicit(Said(speaker, beside.to, beside.venue or venue, beside.when), clause.pronoun)
