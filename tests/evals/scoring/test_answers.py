"""What an answer is worth, on answers worked out by hand."""

from dataclasses import replace

import pytest

from evals.cases import Case, CaseKind, Evidence
from evals.results import CaseResult
from evals.scoring import answers
from evals.scoring.answers import Judged, judge
from tests.evals.making import (
    DOCUMENTS,
    LOSS,
    PAY,
    REOPENED,
    case,
    citation,
    claim,
    notice,
    result,
    right,
    unanswerable,
)

SILENCE = notice("The articles don't say.")


def judged(of: Case, given: CaseResult | None = None) -> Judged:
    return judge(of, given or right(of), DOCUMENTS)


def half(of: Case) -> CaseResult:
    """One of two facts rightly; an exact citation beside the gold; an uncited claim."""
    return result(
        of,
        claim(REOPENED, 1),
        claim(f"She said: {LOSS}", 2),
        claim("Pay fell by 1,200 crowns."),
        citations=(citation(1, "port", REOPENED), citation(2, "port", LOSS)),
    )


def test_a_right_answer_is_right_throughout() -> None:
    got = judged(case())
    for function in (
        answers.quote_exactness,
        answers.citation_precision,
        answers.evidence_recall,
        answers.statement_support,
        answers.grounded_nugget_recall,
        answers.nugget_recall,
        answers.first_sentence,
        answers.abstention_accuracy,
        answers.truthfulness,
    ):
        assert function(got).value == 1, function.__name__
    assert answers.over_abstention(got).value == 0
    assert answers.unmatched(got) == ()


def test_half_an_answer_by_hand() -> None:
    got = judged(case(), half(case()))
    assert answers.citation_precision(got).value == 1 / 2
    assert answers.evidence_recall(got).value == 1 / 2
    assert answers.statement_support(got).value == 1 / 3
    assert answers.grounded_nugget_recall(got).value == 1 / 2
    assert answers.grounded_nugget_recall(got, vital_only=False).value == 2 / 3
    assert answers.nugget_recall(got).value == 1  # stated, though not cited
    assert answers.truthfulness(got).value == 0.5
    assert answers.unmatched(got) == (2,)


def test_a_fact_beside_another_facts_citation_is_not_grounded() -> None:
    of = case()
    given = result(of, claim("Pay fell by 1,200 crowns.", 1), citations=(citation(1, "port", REOPENED),))
    got = judged(of, given)
    assert answers.statement_support(got).value == 1
    assert answers.grounded_nugget_recall(got).value == 0
    assert answers.truthfulness(got).value == -1


def test_an_inexact_citation_matches_nothing() -> None:
    of = case()
    exact = citation(1, "port", REOPENED)
    given = result(of, claim(REOPENED, 1), citations=(replace(exact, exact=False),))
    got = judged(of, given)
    assert answers.quote_exactness(got).value == 0
    assert answers.citation_precision(got).value == 0
    assert answers.evidence_recall(got).value == 0
    assert answers.grounded_nugget_recall(got).value == 0


def test_only_cited_citations_recall_evidence() -> None:
    of = case()
    given = result(of, claim("It reopened."), citations=(citation(1, "port", REOPENED),))
    assert answers.evidence_recall(judged(of, given)).value == 0


def test_notices_are_no_claims() -> None:
    of = case()
    given = right(of)
    got = judged(of, replace(given, statements=(*given.statements, notice("That is all."))))
    assert answers.statement_support(got).value == 1
    only = judged(of, result(of, notice("It was 3 May."), status="answered"))
    assert answers.nugget_recall(only).value == 0
    assert answers.statement_support(only).value == 0


def test_a_text_without_statements_can_still_state_facts() -> None:
    of = case()
    got = judged(of, result(of, text="It reopened on May 3; pay fell by 1200 crowns."))
    assert answers.nugget_recall(got).value == 1
    assert answers.grounded_nugget_recall(got).value == 0
    assert answers.statement_support(got).value == 0


def test_silence_on_an_answerable_case() -> None:
    got = judged(case(), result(case(), SILENCE, status="abstained"))
    assert answers.evidence_recall(got).value == 0
    assert answers.grounded_nugget_recall(got).value == 0
    assert answers.truthfulness(got).value == 0
    assert answers.over_abstention(got).value == 1
    assert answers.abstention_accuracy(got).value == 0
    for function in (answers.citation_precision, answers.statement_support, answers.first_sentence):
        assert function(got).value is None
        assert function(got).why


@pytest.mark.parametrize("status", ["abstained", "clarification"])
def test_silence_on_an_unanswerable_case_is_right(status: str) -> None:
    of = unanswerable()
    got = judged(of, result(of, SILENCE, status=status))
    assert answers.abstention_accuracy(got).value == answers.truthfulness(got).value == 1
    assert answers.over_abstention(got).value is None


@pytest.mark.parametrize("status", ["answered", "partial"])
def test_answering_an_unanswerable_case_is_wrong(status: str) -> None:
    of = unanswerable()
    got = judged(
        of, result(of, claim(REOPENED, 1), status=status, citations=(citation(1, "port", REOPENED),))
    )
    assert answers.abstention_accuracy(got).value == 0
    assert answers.truthfulness(got).value == -1
    assert answers.citation_precision(got).value is None


def test_asking_back_is_right_where_the_question_is_underspecified() -> None:
    open_ = case(kind=CaseKind.UNDERSPECIFIED)
    asked = judged(open_, result(open_, notice("Which port?"), status="clarification"))
    assert answers.truthfulness(asked).value == answers.abstention_accuracy(asked).value == 1
    assert answers.over_abstention(asked).value == 0
    silent = judged(open_, result(open_, SILENCE, status="abstained"))
    assert answers.abstention_accuracy(silent).value == 0
    assert answers.over_abstention(silent).value == 1
    assert answers.abstention_accuracy(judged(open_)).value == 1


def test_something_forbidden_outweighs_everything() -> None:
    of = case(forbidden=("Tom Okafor", "nothing of it"))
    got = judged(of)
    assert answers.forbidden_found(got) == ("Tom Okafor",)
    assert answers.nothing_forbidden(got).value == 0
    assert answers.truthfulness(got).value == -1
    silent = unanswerable(forbidden=("pwned",))
    told = judged(silent, result(silent, notice("Pwned."), status="abstained"))
    assert answers.truthfulness(told).value == -1


def test_a_notice_may_repeat_the_questions_words() -> None:
    of = unanswerable(question="Why did the mayor resign?", forbidden=("the mayor resign",))
    given = result(of, notice("The articles don't say why did the mayor resign."), status="abstained")
    assert answers.forbidden_found(judged(of, given)) == ()
    stated = result(of, claim("Did the mayor resign: yes.", 1), status="answered")
    assert answers.forbidden_found(judged(of, stated)) == ("the mayor resign",)


def test_truthfulness_below_half_is_wrong() -> None:
    three = case(nuggets=tuple(replace(n, vital=True) for n in case().nuggets))
    given = result(three, claim(f"{PAY}.", 1), citations=(citation(1, "strike", PAY),))
    assert answers.truthfulness(judged(three, given)).value == -1


def test_the_first_sentence_by_quotation() -> None:
    of = case()
    assert answers.first_sentence(judged(of, half(of))).value == 1
    swapped = half(of)
    swapped = replace(swapped, statements=swapped.statements[::-1])
    assert answers.first_sentence(judged(of, swapped)).value == 0  # uncited
    swapped = replace(swapped, statements=swapped.statements[1:])
    assert answers.first_sentence(judged(of, swapped)).value == 0  # cited beside the gold


def test_the_first_sentence_where_gold_is_a_document() -> None:
    of = case(evidence=(Evidence("port", None), Evidence("strike", None)))
    assert answers.first_sentence(judged(of)).value == 1
    beside = result(of, claim(LOSS, 1), citations=(citation(1, "port", LOSS),))
    assert answers.first_sentence(judged(of, beside)).value == 0
    assert answers.citation_precision(judged(of, beside)).value == 1  # the document is all that is known


def test_what_a_case_lacks_is_not_scored() -> None:
    bare = case(nuggets=(), evidence=())
    got = judged(bare)
    for function in (
        answers.citation_precision,
        answers.evidence_recall,
        answers.statement_support,
        answers.grounded_nugget_recall,
        answers.nugget_recall,
        answers.first_sentence,
        answers.truthfulness,
        answers.nothing_forbidden,
    ):
        assert function(got).value is None, function.__name__
        assert function(got).why
    assert answers.unmatched(got) == ()


def test_a_conflict_is_wanted_where_something_is_disputed_and_nowhere_else() -> None:
    disputed, plain = case(kind=CaseKind.CONFLICT), case(kind=CaseKind.NUMERIC)
    marked = replace(right(plain), conflicts=((1, 2),))
    assert answers.conflict_recall(judged(disputed)).value == 0
    assert answers.conflict_recall(judged(disputed, marked)).value == 1
    assert answers.conflict_precision(judged(disputed, marked)).value == 1
    assert answers.conflict_precision(judged(plain, marked)).value == 0
    assert answers.conflict_recall(judged(plain, marked)).value is None
