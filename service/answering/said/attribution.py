"""Who said it, to whom, where and when, as the article has it.

Deterministic rules over the sentences around a quotation; where they disagree or fall short, nothing is
said. A pronoun is resolved only to the sole speaker of the two sentences before it, and a quotation
without a reporting clause takes the one beside it in its paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Sentence, Span
from service.answering import Said
from service.english import (
    ARTICLES,
    CAPITAL,
    HE,
    MASK,
    SHE,
    UNITS,
    ReportingClause,
    any_of,
    clauses,
    is_outlet,
    masked,
    quoted_by_outlet,
    quoted_spans,
    speaks_aside,
    speaks_for_an_outlet,
)

_OWN_SUBJECT = re.compile(rf"(?:The |A |An |In [^,]+, )?{CAPITAL}\w+")
_SEX = {
    "he": re.compile(rf"\b(?:{any_of(HE)}|himself|Mr)\b", re.I),
    "she": re.compile(rf"\b(?:{any_of(SHE)}|herself|Mrs|Ms)\b", re.I),
}
_OFFICE = re.compile(rf"^(?:{any_of(ARTICLES, UNITS[1:3])}|some|several|officials|police)\b", re.I)


def attribute(
    text: str, sentences: Sequence[Sentence], *, whole: Span | None = None
) -> tuple[Said | None, ...]:
    """For each of an article's consecutive sentences, who said it; None where nobody is named.

    `sentences` must be in order. What stands before the first of them is unknown, so a pronoun there
    stays unresolved.
    """
    if not sentences:
        return ()
    span = whole or Span(sentences[0].start, sentences[-1].end)
    quotes = tuple(
        Span(quote.start + span.start, quote.end + span.start)
        for quote in quoted_spans(text[span.start : span.end])
    )
    views = [
        _Sentence(text[s.start : s.end], masked(text, quotes, start=s.start, end=s.end)) for s in sentences
    ]
    explicit = [_explicit(view) for view in views]
    resolved: list[Said | None] = []
    for at in range(len(explicit)):
        resolved.append(_resolved(at, text, views, explicit, resolved))
    _carry(text, sentences, views, explicit, resolved)
    return tuple(
        said if said and any((said.speaker, said.to, said.venue, said.when)) else None for said in resolved
    )


class _Sentence:
    """A sentence with and without its quotations."""

    def __init__(self, text: str, bare: str) -> None:
        self.text = text
        self.bare = bare
        own = re.sub(rf"[{MASK}\W]+", "", bare)
        self.all_quoted = MASK in bare and not own


class _Explicit:
    """What a sentence itself says: `pronoun` is set where its speaker only points back, `rivals` where
    it has several."""

    def __init__(self, said: Said, pronoun: str | None = None, rivals: tuple[str, ...] = ()) -> None:
        self.said = said
        self.pronoun = pronoun
        self.rivals = rivals


def _explicit(view: _Sentence) -> _Explicit | None:
    found = () if speaks_aside(view.bare) else clauses(view.text, view.bare)
    if not found:
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


def _outermost(bare: str, found: list[ReportingClause]) -> list[ReportingClause]:
    """The clauses that report for the sentence: one inside the "that" clause of another doesn't.

    "X said that Y told Z" is X's. A closing clause vouches for all that stands before it
    ("X told aides he would go, a diplomat said"), unless that stands in quotation marks.
    """
    if len(found) < 2:
        return found
    first, rest = found[0], found[1:]
    if not first.closing:
        rest = [clause for clause in rest if clause.closing or not _within(bare, first, clause)]
    else:
        rest = [clause for clause in rest if not _within(bare, first, clause)]
    return [first, *rest]


def _within(bare: str, outer: ReportingClause, inner: ReportingClause) -> bool:
    """Whether no new main clause begins between the two."""
    between = bare[outer.end : inner.start]
    return not re.search(
        rf"[;]|,?\s(?:while|whereas|but|and)\s+{MASK}*,?\s*$|\w,\s*$|[.!?]\s|\.{MASK}", between
    )


def _words(view: _Sentence, clause: ReportingClause) -> str:
    return (
        view.text[clause.speaker.start : clause.speaker.end].strip()
        if clause.speaker
        else f"<{clause.pronoun}>"
    )


def _of_clause(view: _Sentence, clause: ReportingClause, venue: str | None) -> _Explicit:
    beside = clause.adjuncts
    speaker = _words(view, clause) if clause.speaker else None
    return _Explicit(Said(speaker, beside.to, beside.venue or venue, beside.when), clause.pronoun)


def _resolved(
    at: int,
    text: str,
    views: Sequence[_Sentence],
    explicit: Sequence[_Explicit | None],
    resolved: Sequence[Said | None],
) -> Said | None:
    """A pronoun is the speaker of the sentence before; failing that, the sole speaker of the two before,
    unless the sentence between is about somebody else."""
    own = explicit[at]
    if own is None or own.pronoun not in {"he", "she"} or at == 0:
        return own.said if own else None
    before, earlier = resolved[at - 1], explicit[at - 1]
    if (
        before is None
        and at > 1
        and not (earlier and earlier.rivals)
        and not _OWN_SUBJECT.match(views[at - 1].bare)
    ):
        before = resolved[at - 2]
    speaker = before.speaker if before else None
    if speaker is None or not _person(speaker, text) or _other_sex(at, own.pronoun, views, explicit):
        return own.said
    return replace(own.said, speaker=speaker)


def _other_sex(
    at: int, pronoun: str, views: Sequence[_Sentence], explicit: Sequence[_Explicit | None]
) -> bool:
    """Whether the two sentences before speak of a "she" where this one has a "he", or the reverse, and so
    perhaps of two people."""
    other = "she" if pronoun == "he" else "he"
    if any(clause is not None and clause.pronoun == other for clause in explicit[max(0, at - 3) : at]):
        return True
    near = views[at - 1].bare
    return bool(_SEX[other].search(near) and not _SEX[pronoun].search(near))


def _person(name: str, text: str) -> bool:
    """Whether a name is a person's by the article: a first name stands before the last one somewhere."""
    if _OFFICE.match(name) or " and " in name or is_outlet(name):
        return False
    if re.search(
        r"\b(?:Ministry|Department|Office|House|Council|Commission|Union|Committee|Party|Court|Inc|Corp|University)\b",
        name,
    ):
        return False
    last = name.split()[-1]
    first = r"\b\w[\w.’'-]{1,40} (?:[a-z]{2,3} ){0,2}"  # the text may be one word of a megabyte
    return any(found[0][0].isupper() for found in re.finditer(rf"{first}{re.escape(last)}\b", text))


def _carry(
    text: str,
    sentences: Sequence[Sentence],
    views: Sequence[_Sentence],
    explicit: Sequence[_Explicit | None],
    resolved: list[Said | None],
) -> None:
    """Gives a sentence that is all quotation the clause of its paragraph: the one before it, else after."""
    for at, view in enumerate(views):
        if not view.all_quoted or explicit[at] is not None or (at and _turn(views, at)):
            continue
        if (at and resolved[at - 1] and MASK in views[at - 1].bare and _joined(text, sentences, at)) or (
            at and resolved[at - 1] and text[: sentences[at].start].rstrip().endswith(":")
        ):
            resolved[at] = resolved[at - 1]
    for at in range(len(views) - 2, -1, -1):
        if (
            views[at].all_quoted
            and resolved[at] is None
            and _joined(text, sentences, at + 1)
            and views[at + 1].bare.startswith(MASK)
            and not _turn(views, at + 1)
        ):
            resolved[at] = resolved[at + 1]


def _turn(views: Sequence[_Sentence], at: int) -> bool:
    """Whether a sentence opens a new quotation right after the end of another: “No.” “Yes.” are two
    people's, as far as can be told."""
    return views[at - 1].all_quoted and views[at - 1].text[-1:] in '”"’»' and views[at].text[:1] in '“"‘«'


def _joined(text: str, sentences: Sequence[Sentence], at: int) -> bool:
    """Whether a sentence and the one before stand in one paragraph."""
    return "\n" not in text[sentences[at - 1].end : sentences[at].start]
