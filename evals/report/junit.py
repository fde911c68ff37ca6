"""A run as JUnit XML, which continuous integration shows case by case."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from evals.cases import Case, Suite
from evals.report import wording
from evals.scoring.failures import Failure
from evals.summary import CaseSummary, Summary

# What XML 1.0 has no place for, not even escaped (section 2.2).
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(suite: Suite, summary: Summary) -> str:
    """Characters that XML cannot hold become U+FFFD."""
    cases = {case.id: case for case in suite.cases}
    failed = sum(not case.passed for case in summary.cases) - _errors(summary)
    root = Element("testsuites")
    skipped = len(summary.not_scored)
    counts = {"tests": len(summary.cases) + skipped, "failures": failed, "errors": _errors(summary)}
    counts |= {"skipped": skipped} if skipped else {}
    told = {"name": _valid(suite.name)} | {name: str(count) for name, count in counts.items()}
    group = SubElement(root, "testsuite", told)
    for case in summary.cases:
        _testcase(group, suite.name, case, cases)
    for case_id in summary.not_scored:
        name = {"name": _valid(case_id), "classname": _valid(suite.name)}
        about = "not scored: it needs an article that Parley refuses"
        SubElement(SubElement(group, "testcase", name), "skipped", message=about)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _testcase(group: Element, suite: str, case: CaseSummary, cases: Mapping[str, Case]) -> None:
    name = {"name": _valid(case.case_id), "classname": _valid(f"{suite}.{case.kind or case.split}")}
    testcase = SubElement(group, "testcase", name)
    if case.passed:
        return
    kind = "error" if case.failure is Failure.ERROR else "failure"
    about = wording.FAILURES[case.failure]
    problem = SubElement(testcase, kind, type=case.failure.value, message=f"{case.failure.value}: {about}")
    figures = [f"{metric} {value:.3f}" for metric, value in case.values.items()]
    asked = cases[case.case_id].question if case.case_id in cases else ""
    problem.text = _valid("\n".join([asked, *figures]))


def _errors(summary: Summary) -> int:
    return sum(case.failure is Failure.ERROR for case in summary.cases)


def _valid(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
