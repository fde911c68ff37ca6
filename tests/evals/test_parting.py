"""Whether the cases that were looked at say more of an answerer than those kept back, in words."""

from dataclasses import replace

import pytest

from evals.cases import Gates
from evals.gates import judge
from evals.parting import parting
from evals.statistics import fisher
from evals.summary import CaseSummary, Group, Summary
from tests.evals.making import case, right
from tests.evals.summarised import case_summary, summed


def split(name: str, passed: int, of: int, *, kind: str | None = None) -> list[CaseSummary]:
    return [
        replace(case_summary(f"{name}{kind}{n}", passed=n < passed, kind=kind), split=name) for n in range(of)
    ]


def with_cases(cases: list[CaseSummary], **grounded: float) -> Summary:
    summary = summed([case()], [right(case())])
    groups = []
    for name in sorted({one.split for one in cases}):
        members = [one for one in cases if one.split == name]
        means = {"grounded_nugget_recall": grounded[name]} if name in grounded else {}
        groups.append(Group(name, len(members), sum(one.passed for one in members), means))
    return replace(summary, cases=tuple(cases), splits=tuple(groups))


def test_where_test_is_worse_it_is_said_with_the_kinds() -> None:
    cases = [
        *split("dev", 27, 30, kind="temporal"),
        *split("dev", 9, 10, kind="numeric"),
        *split("test", 3, 15, kind="temporal"),
        *split("test", 5, 5, kind="numeric"),
    ]
    summary = with_cases(cases, dev=0.91, test=0.4)
    (told,) = parting(summary)
    assert told.startswith(
        "dev and test part: 36 of 40 dev cases (90%) and 8 of 20 test cases (40%) are right."
    )
    assert "go by test. Grounded nugget recall is 0.91 on dev, 0.40 on test." in told
    assert told.endswith("Furthest below dev, of test: temporal (3 of 15, dev 27 of 30).")
    assert told in judge(Gates(), summary, None).remarks


def test_few_cases_do_not_tell() -> None:
    (told,) = parting(with_cases([*split("dev", 4, 4), *split("test", 1, 3)]))
    assert "4 of 4 dev cases (100%) and 1 of 3 test cases (33%) are right: too few to tell" in told


def test_that_test_is_easier_is_told_too() -> None:
    (told,) = parting(with_cases([*split("dev", 3, 30), *split("test", 18, 20)]))
    assert "The test cases are easier" in told


def test_one_split_alone_parts_from_nothing() -> None:
    assert parting(with_cases(split("dev", 3, 30))) == []
    assert parting(with_cases(split("test", 3, 30))) == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [((3, 4, 1, 4), 0.48571), ((0, 5, 0, 5), 1.0), ((8, 10, 1, 6), 0.03497), ((10, 10, 0, 10), 1.08e-05)],
)
def test_fishers_exact_test_by_hand(table: tuple[int, int, int, int], expected: float) -> None:
    """The lady who tasted tea (1935), the example in SciPy's documentation, and 2 / C(20, 10)."""
    one, of_one, other, of_other = table
    assert fisher(one, of_one, other, of_other) == pytest.approx(expected, rel=1e-2)
    assert fisher(other, of_other, one, of_one) == pytest.approx(expected, rel=1e-2)
