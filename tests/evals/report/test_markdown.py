import pytest

from evals.cases import CaseKind
from evals.report import markdown
from tests.evals.making import case, result, right
from tests.evals.report.made import Reported, reported, small


def _rendered(run: Reported) -> str:
    return markdown.render(run.summary, run.verdict, run.comparison)


def test_the_verdict_comes_first_then_reasons_scores_kinds_and_changes() -> None:
    page = _rendered(small())
    places = [
        page.index(words)
        for words in ("harbour: fail", "2 of 4 cases", "below its floor", "Grounded nuggets", "| attribution")
    ]
    assert places == sorted(places)
    assert "Regressed: bad" in page
    assert "Improved: good" in page
    assert "answered the unanswerable 1" in page


def test_without_a_baseline_nothing_is_said_of_changes() -> None:
    only = case()
    page = _rendered(reported([only], [right(only)]))
    assert "harbour: pass" in page
    assert "Regressed" not in page


def test_changes_over_a_few_articles_are_too_few_to_tell() -> None:
    assert "better" not in _rendered(small())


@pytest.mark.parametrize("words", ["a | b", "line\nbreak", "# heading\u2028- item", "<img src=x>"])
def test_words_of_the_suite_make_no_markup(words: str) -> None:
    cases = [case(id=words)]
    page = _rendered(reported(cases, [result(cases[0], status="abstained")], regressed=[words]))
    plain = _rendered(reported([case()], [result(case(), status="abstained")], regressed=["c1"]))
    assert len(page.splitlines()) == len(plain.splitlines())
    assert page.count("<") == page.count("\\<")
    assert page.count("|") - page.count("\\|") == plain.count("|")


def test_a_large_bad_run_stays_under_sixty_lines() -> None:
    kinds = list(CaseKind)
    cases = [case(id=f"case-{n}", kind=kinds[n % len(kinds)]) for n in range(60)]
    ids = [one.id for one in cases]
    floors = dict.fromkeys(
        ("truthfulness", "nugget_recall", "evidence_recall", "abstention_accuracy", "recall@1", "mrr"), 0.9
    )
    run = reported(cases, [result(c, status="abstained") for c in cases], regressed=ids, floors=floors)
    assert len(_rendered(run).splitlines()) < 60
    assert "and 50 more" in _rendered(run)
