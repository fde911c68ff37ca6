"""An answer, of what its answerer proposed and what of that stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.article import Hit
from retrieval.timing import Timings
from service.answering import Answer, Diagnostics, Passage, ProducedBy, Proposal, Status, Tokens
from service.answering.composed import Assembly
from service.answering.generative import JUDGE_UNAVAILABLE, Deliberation, tokens_of
from service.answers import QuestionTurn
from service.conversation import Rewritten, Understood
from service.scope import Scope
from service.wire import ChatRequest

_ONE = "Only the one article that was chosen was searched."


@dataclass(frozen=True, slots=True)
class Searched:
    """What an answerer is given, and the first hits that it was found by. `rewritten` is what a model made of
    a follow-up, `articles` how many there are, where an overview is of the nearest of them."""

    understood: Understood
    rewritten: Rewritten | None
    corpus_version: int
    hits: Sequence[Hit]
    passages: Sequence[Passage]
    timings: Timings = field(default_factory=Timings)
    articles: int | None = None


def answer_of(
    request: ChatRequest,
    turn: QuestionTurn,
    searched: Searched,
    scope: Scope,
    proposal: Proposal,
    assembly: Assembly,
    *,
    judged: Deliberation | None = None,
) -> Answer:
    """`judged` is what a judge said of its statements."""
    standalone = searched.understood.standalone
    status = assembly.conclude(proposal)
    if status is Status.ABSTAINED and len(scope.article_ids or ()) == 1:
        assembly.add_notice(_ONE)
    if scope.undated:
        assembly.add_notice(_left_out(scope.undated, "without a date"))
    if scope.changed:
        assembly.add_notice(_left_out(scope.changed, "whose text has changed since"))
    if searched.articles is not None and status is Status.ANSWERED:
        _tell_limit(searched.articles, assembly)
    composed = assembly.composed()
    return Answer(
        id=turn.id,
        conversation_id=turn.conversation_id,
        question=request.question,
        standalone_question=standalone,
        status=status,
        text=composed.text,
        statements=composed.statements,
        citations=composed.citations,
        unanswered=proposal.unanswered if status is proposal.status else (standalone,),
        conflicts=assembly.conflicts(proposal),
        produced_by=ProducedBy(proposal.made_by, searched.corpus_version),
        diagnostics=_diagnostics(proposal, assembly, searched.hits if request.include else None, judged),
        timings=searched.timings.as_dict(),
    )


def _diagnostics(
    proposal: Proposal, assembly: Assembly, hits: Sequence[Hit] | None, judged: Deliberation | None
) -> Diagnostics:
    """`dropped`: what verification refused, and what the answerer kept back."""
    unjudged = JUDGE_UNAVAILABLE if judged and judged.unavailable else None
    return Diagnostics(
        dropped=dict(sorted((assembly.dropped + Counter(proposal.refused)).items())),
        degraded=proposal.degraded or unjudged,
        hits=None if hits is None else tuple(hits),
        confidence=proposal.confidence,
        left_out=None if proposal.left_out is None else dict(proposal.left_out),
        tokens=(proposal.tokens or Tokens()) + tokens_of(judged.spent) if judged else proposal.tokens,
        worded=tuple(assembly.worded),
    )


def _tell_limit(articles: int, assembly: Assembly) -> None:
    heard = len({citation.quote.article_id for citation in assembly.composed().citations})
    assembly.add_notice(f"This is told from {heard} of {articles:,} articles, those nearest to the question.")


def _left_out(count: int, which: str) -> str:
    were = f"1 article {which} was" if count == 1 else f"{count:,} articles {which} were"
    return f"{were} left out of the search."
