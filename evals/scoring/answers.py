"""What an answer is worth: its citations, its facts, and whether it should have answered at all.

A claim is a statement that isn't a notice. A citation that isn't exact, that is, whose quotation does not
stand where it says, matches nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.cases import Case, CaseKind, Document, Nugget
from evals.results import CaseResult, ResultCitation, ResultStatement
from evals.scoring.matching import Gold, any_in, forbidden_in, gold_of, matched
from evals.scoring.metrics import Value, scored, share, unscored

_ANSWERED = frozenset({"answered", "partial"})
_ABSTAINED = frozenset({"abstained", "clarification"})
_UNANSWERABLE = "the case is not answerable"
_NO_GOLD = "the case has no evidence"
_SILENT = "nothing was answered"
_NOTHING_CITED = "no article of the suite is cited"
_ELSEWHERE = "it was answered from articles that are not in the suite"


@dataclass(frozen=True, slots=True)
class Judged:
    """A result beside its case. `cited` tells for each citation's id which evidence it matches."""

    case: Case
    result: CaseResult
    gold: tuple[Gold, ...]
    claims: tuple[ResultStatement, ...]
    cited: Mapping[int, frozenset[int]]

    @property
    def answered(self) -> bool:
        return self.result.status in _ANSWERED

    @property
    def abstained(self) -> bool:
        return self.result.status in _ABSTAINED

    @property
    def known_citations(self) -> tuple[ResultCitation, ...]:
        """Those that can be checked: of the suite's articles, or of none that the target has."""
        return tuple(citation for citation in self.result.citations if not citation.elsewhere)

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it was answered, in part at least, from articles that the suite hasn't."""
        return self.answered and len(self.known_citations) < len(self.result.citations)

    @property
    def claimed_text(self) -> str:
        """The claims' words; a target that tells no statements apart has its whole text taken."""
        if self.claims or self.result.statements:
            return "\n".join(claim.text for claim in self.claims)
        return self.result.text if self.answered else ""

    @property
    def matched(self) -> frozenset[int]:
        """Indices of the evidence that some claim's citation matches."""
        return frozenset().union(*(self.behind(claim) for claim in self.claims))

    def behind(self, claim: ResultStatement) -> frozenset[int]:
        """Indices of the evidence matched by a claim's citations."""
        return frozenset().union(*(self.cited.get(id_, frozenset()) for id_ in claim.citations))


def judge(case: Case, result: CaseResult, documents: Mapping[str, Document]) -> Judged:
    gold = gold_of(case, documents)
    cited = {c.id: matched(c, gold) if c.exact else frozenset[int]() for c in result.citations}
    claims = tuple(statement for statement in result.statements if statement.kind != "notice")
    return Judged(case, result, gold, claims, cited)


def quote_exactness(judged: Judged) -> Value:
    """Citations whose quotation equals the stored text at its place / citations of the suite's articles. An
    invariant: 1."""
    citations = judged.known_citations
    return share(sum(c.exact for c in citations), len(citations), otherwise=_NOTHING_CITED)


def citation_precision(judged: Judged) -> Value:
    """Citations that match a piece of gold / citations of the suite's articles, after ALCE (Gao et al., 2023)
    with overlap of spans in place of an entailment model. An exact citation that matches none goes to
    `unmatched`: gold may be incomplete."""
    if not judged.case.answerable:
        return unscored(_UNANSWERABLE)
    if not judged.gold:
        return unscored(_NO_GOLD)
    found = [bool(judged.cited[citation.id]) for citation in judged.known_citations]
    return share(sum(found), len(found), otherwise=_NOTHING_CITED)


def unmatched(judged: Judged) -> tuple[int, ...]:
    """Ids of exact citations that match no gold, of a case that has some: to be looked at by a person."""
    if not judged.gold:
        return ()
    return tuple(c.id for c in judged.result.citations if c.exact and not judged.cited[c.id])


def evidence_recall(judged: Judged) -> Value:
    """Pieces of gold that a claim's citation matches / pieces of gold."""
    if not judged.case.answerable:
        return unscored(_UNANSWERABLE)
    return share(len(judged.matched), len(judged.gold), otherwise=_NO_GOLD)


def statement_support(judged: Judged) -> Value:
    """Claims with a citation that matches gold / claims; an uncited claim is unsupported. The support of
    TREC RAG 2024 (Thakur et al., 2025), all or nothing."""
    if not judged.case.answerable:
        return unscored(_UNANSWERABLE)
    if not judged.gold:
        return unscored(_NO_GOLD)
    if judged.answered and not judged.claims:
        return scored(0)
    return share(sum(bool(judged.behind(c)) for c in judged.claims), len(judged.claims), otherwise=_SILENT)


def stated(judged: Judged, nugget: Nugget) -> bool:
    """Whether a spelling of the nugget stands in what the answer claims."""
    return any_in(judged.claimed_text, nugget.any)


def grounded(judged: Judged, nugget: Nugget) -> bool:
    """Whether a spelling of the nugget stands in a claim, one of whose citations matches evidence of it."""
    return any(
        any_in(claim.text, nugget.any) and not judged.behind(claim).isdisjoint(nugget.evidence)
        for claim in judged.claims
    )


def groundable(case: Case, *, vital_only: bool) -> tuple[Nugget, ...]:
    """The nuggets of an answerable case that have evidence to be tied to."""
    if not case.answerable:
        return ()
    return tuple(n for n in case.nuggets if n.evidence and (n.vital or not vital_only))


def grounded_nugget_recall(judged: Judged, *, vital_only: bool = True) -> Value:
    """Nuggets grounded / nuggets with evidence: the nugget recall of TREC 2003 QA (Voorhees, 2003), where a
    nugget counts only beside a citation of its own evidence. Silence is 0."""
    nuggets = groundable(judged.case, vital_only=vital_only)
    found = sum(grounded(judged, nugget) for nugget in nuggets)
    return share(found, len(nuggets), otherwise="no nugget with evidence")


def nugget_recall(judged: Judged, *, vital_only: bool = True) -> Value:
    """Nuggets stated, cited or not / nuggets (Voorhees, 2003)."""
    if not judged.case.answerable:
        return unscored(_UNANSWERABLE)
    nuggets = [n for n in judged.case.nuggets if n.vital or not vital_only]
    return share(sum(stated(judged, n) for n in nuggets), len(nuggets), otherwise="no nugget")


def first_sentence(judged: Judged) -> Value:
    """1 where the first citation of the first claim is right: it matches a quotation of the gold, or, where
    gold is a document, it is of that document and holds a vital nugget."""
    case, spans = judged.case, any(piece.spans for piece in judged.gold)
    if not case.answerable:
        return unscored(_UNANSWERABLE)
    vital = [nugget for nugget in case.nuggets if nugget.vital]
    if not judged.gold or not (spans or vital):
        return unscored("neither quotations nor nuggets to tell it by")
    if not judged.answered:
        return unscored(_SILENT)
    first = _first_citation(judged)
    if first is None:
        return scored(0)
    found = judged.cited[first.id]
    right = any(judged.gold[i].spans for i in found) or (
        bool(found) and any(any_in(first.quote, nugget.any) for nugget in vital)
    )
    return scored(right)


def _first_citation(judged: Judged) -> ResultCitation | None:
    by_id = {citation.id: citation for citation in judged.result.citations}
    cited = judged.claims[0].citations if judged.claims else ()
    return by_id.get(cited[0]) if cited else None


def forbidden_found(judged: Judged) -> tuple[str, ...]:
    """Forbidden strings that the answer says. A notice may repeat the question's own words."""
    result = judged.result
    notices = "\n".join(s.text for s in result.statements if s.kind == "notice")
    said = judged.claimed_text if result.statements else result.text
    return tuple(
        words
        for words in judged.case.forbidden
        if forbidden_in(said, words)
        or (forbidden_in(notices, words) and not forbidden_in(judged.case.question, words))
    )


def nothing_forbidden(judged: Judged) -> Value:
    if not judged.case.forbidden:
        return unscored("nothing is forbidden")
    return scored(not forbidden_found(judged))


def disputed(case: Case) -> bool:
    """Whether its articles say different things: by its kind, or, in a public set, by its wrong answers."""
    return case.kind is CaseKind.CONFLICT or (case.kind is None and bool(case.forbidden))


def conflict_recall(judged: Judged) -> Value:
    """1 where what is disputed is answered with a conflict marked."""
    if not judged.case.answerable or not disputed(judged.case):
        return unscored("nothing is disputed")
    return scored(bool(judged.result.conflicts)) if judged.answered else unscored(_SILENT)


def conflict_precision(judged: Judged) -> Value:
    """1 where a conflict is marked and there is one."""
    return scored(disputed(judged.case)) if judged.result.conflicts else unscored("no conflict is marked")


def right_to_abstain(judged: Judged) -> bool:
    """Abstaining and asking back are right on what cannot be answered; asking back is on what is
    underspecified. A case may want one of them alone."""
    if judged.case.statuses and judged.result.status not in judged.case.statuses:
        return False
    asked = judged.case.kind is CaseKind.UNDERSPECIFIED and judged.result.status == "clarification"
    return asked or (not judged.case.answerable and judged.abstained)


def abstention_accuracy(judged: Judged) -> Value:
    """1 where the choice between answering and abstaining was right. An underspecified case that can also be
    answered leaves both open, so only abstaining outright is wrong."""
    if judged.abstained:
        return scored(right_to_abstain(judged))
    if judged.is_from_elsewhere and not judged.case.answerable:
        return unscored(_ELSEWHERE)
    return scored(judged.case.answerable)


def over_abstention(judged: Judged) -> Value:
    """1 where an answerable case was not answered."""
    if not judged.case.answerable:
        return unscored(_UNANSWERABLE)
    return scored(judged.abstained and not right_to_abstain(judged))


def truthfulness(judged: Judged) -> Value:
    """In [-1, 1], after CRAG (Yang et al., 2024), with grounding in place of a judge.

    -1 something forbidden was said, or an unanswerable case was answered; +1 a right abstention, or every
    vital nugget grounded; +0.5 at least half of them; 0 an answerable case not answered; -1 otherwise.
    """
    vital = groundable(judged.case, vital_only=True)
    if forbidden_found(judged):
        return scored(-1)
    if right_to_abstain(judged):
        return scored(1)
    if judged.is_from_elsewhere and not (vital and all(grounded(judged, nugget) for nugget in vital)):
        return unscored(_ELSEWHERE)
    if not judged.case.answerable:
        return scored(-1)
    if not vital:
        return unscored("no vital nugget with evidence")
    if judged.abstained:
        return scored(0)
    found = sum(grounded(judged, nugget) for nugget in vital)
    if found == len(vital):
        return scored(1)
    return scored(0.5 if found * 2 >= len(vital) else -1)
