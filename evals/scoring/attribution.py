"""Whether an answer names who said it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from evals.cases import Document, GoldSaid
from evals.results import ResultCitation, ResultStatement
from evals.scoring.answers import Judged
from evals.scoring.matching import Gold, any_in, matches, nugget_in, occurrences
from evals.scoring.metrics import Value, scored, unscored

_PRONOUNS = frozenset(["he", "she", "they", "it", "him", "her", "them", "who", "i", "we", "you"])


class Heard(StrEnum):
    """What became of a gold saying in an answer."""

    RIGHT = "attributed"
    WRONG = "not attributed"
    UNREPORTED = "not reported"


def attribution_accuracy(judged: Judged, documents: Mapping[str, Document]) -> Value:
    """Gold sayings attributed rightly / gold sayings of the case, where something was answered.

    A saying is reported by a claim with an exact citation that matches its quotation (any evidence, where
    it has none). It is attributed rightly where one such claim, in its text or in what those citations
    know of who said it,
    - names the speaker in one of the gold spellings, and, where the gold has one, the listener or venue;
    - holds no rival: no such citation has another speaker, and the claim's own words, those cited left
      out, don't name another gold speaker of the case, unless the claim reports words of that one too
      or the gold has that one as the listener.
    A saying that no claim reports is not attributed rightly.
    """
    if not judged.case.said:
        return unscored("the case has no gold speaker")
    if not judged.case.answerable or not judged.answered:
        return unscored("nothing was answered, or could be")
    found = [heard(judged, said, documents) for said in judged.case.said]
    return scored(found.count(Heard.RIGHT) / len(found))


def heard(judged: Judged, said: GoldSaid, documents: Mapping[str, Document]) -> Heard:
    reports = list(_reports(judged, said, documents))
    right = any(
        _names(claim, citations, said) and not _has_rival(judged, claim, citations, said, documents)
        for claim, citations in reports
    )
    return Heard.RIGHT if right else Heard.WRONG if reports else Heard.UNREPORTED


def _reports(
    judged: Judged, said: GoldSaid, documents: Mapping[str, Document]
) -> Iterator[tuple[ResultStatement, list[ResultCitation]]]:
    """The claims that report a saying, each with its citations that match it."""
    gold = _places(judged, said, documents)
    matching = {c.id: c for c in judged.result.citations if c.exact and any(matches(c, g) for g in gold)}
    for claim in judged.claims:
        found = [matching[id_] for id_ in claim.citations if id_ in matching]
        if found:
            yield claim, found


def _places(judged: Judged, said: GoldSaid, documents: Mapping[str, Document]) -> tuple[Gold, ...]:
    """Where the saying stands: in the articles of the case's evidence."""
    if said.quote is None:
        return judged.gold
    doc_ids = dict.fromkeys(piece.doc_id for piece in judged.case.evidence)
    found = [(doc_id, occurrences(documents[doc_id].text, said.quote)) for doc_id in doc_ids]
    return tuple(Gold(doc_id, spans) for doc_id, spans in found if spans)


def _names(claim: ResultStatement, citations: list[ResultCitation], said: GoldSaid) -> bool:
    known = "\n".join([claim.text, *(c.speaker or "" for c in citations)])
    if not any_in(known, said.speaker):
        return False
    around = "\n".join([claim.text, *(f"{c.to or ''}\n{c.venue or ''}" for c in citations)])
    return not said.to or any_in(around, said.to)


def _has_rival(
    judged: Judged,
    claim: ResultStatement,
    citations: list[ResultCitation],
    said: GoldSaid,
    documents: Mapping[str, Document],
) -> bool:
    if any(_is_other(citation.speaker, said) for citation in citations):
        return True
    own = _own_words(claim, judged)
    reported = [
        other.speaker
        for other in judged.case.said
        if any(reporting is claim for reporting, _ in _reports(judged, other, documents))
    ]
    innocent = (said.speaker, said.to, *reported)
    return any(
        any_in(own, rival.speaker) and not any(_same(rival.speaker, names) for names in innocent)
        for rival in judged.case.said
    )


def _is_other(speaker: str | None, said: GoldSaid) -> bool:
    """Whether a speaker is named and is not the gold one; a pronoun names nobody."""
    if not speaker or speaker.strip().casefold() in _PRONOUNS:
        return False
    return not any(nugget_in(speaker, name) or nugget_in(name, speaker) for name in said.speaker)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(any_in(name, other) for name in one) or any(any_in(name, one) for name in other)


def _own_words(claim: ResultStatement, judged: Judged) -> str:
    """The claim without the quotations it cites: the words by which it attributes them."""
    text = claim.text
    for citation in judged.result.citations:
        if citation.id in claim.citations and citation.quote:
            text = text.replace(citation.quote, "\n")
    return text
