import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import Case, CaseKind, Document, Evidence
from evals.report import marking
from evals.report.html import island
from evals.results import ResultCitation
from retrieval.article import Span
from tests.evals.making import DOCUMENTS, REOPENED, case, claim, result, right
from tests.evals.report.made import reported, small

BREAKING = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    '"><img src=x>',
    "\u2028",
    "&lt;",
)
HOSTILE = st.sampled_from(BREAKING) | st.text(st.characters(exclude_categories=()))


class _Page(HTMLParser):
    """The elements, in order, each with its attributes; and the text in each kind of element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = f"{tag}#{dict(attrs).get('id', '')}"

    def handle_data(self, data: str) -> None:
        self.text[self._open] = self.text.get(self._open, "") + data

    def count(self, tag: str) -> int:
        return sum(found == tag for found, _ in self.elements)


def _bodies(page: str) -> list[dict[str, object]]:
    bodies: list[dict[str, object]] = json.loads(_Page(page).text["script#bodies"])
    return bodies


def test_the_page_holds_verdict_scores_kinds_and_cases_without_scripts() -> None:
    page = small().page()
    without = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    for words in ("2 gates don’t hold", "below its floor", "Grounded nuggets, vital", "Attribution",
                  "Who is the moon?", "answered all the same", "9e7dc1c4f1aa", "Revision"):  # fmt: skip
        assert words in without
    assert "What of &lt;b&gt;pay&lt;/b&gt;?" in without


def test_regressions_come_first_then_improvements_and_the_test_split_is_last() -> None:
    page = small().page()
    groups = re.findall(r'data-group="(\w+)"( open)?', page)
    assert groups == [("regressed", " open"), ("improved", " open"), ("failing", " open"), ("test", "")]
    assert "don’t tune on these" in page
    assert page.count('class="case ') == 4


def test_nothing_is_fetched_and_only_the_pages_own_style_and_script_are_allowed() -> None:
    page = small().page()
    found = _Page(page)
    policy = next(a["content"] or "" for _, a in found.elements if "http-equiv" in a)
    for tag in ("style", "script"):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
        assert len(inline) == 1
        assert f"'sha256-{b64encode(sha256(inline[0].encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    attributes = [(name, value) for _, given in found.elements for name, value in given.items()]
    assert not [
        a for a in attributes if a[0] in {"src", "srcset", "style", "action"} or a[0].startswith("on")
    ]
    assert all((value or "").startswith("#") for name, value in attributes if name == "href")


def test_a_body_tells_the_articles_words_from_ours_and_what_was_found() -> None:
    body = _bodies(small().page())[1]["trials"]
    assert isinstance(body, list)
    trial = body[0]
    assert trial["statements"][0]["parts"] == [
        ["Mayor Ilse Brandt: ", False],
        ["“We lost 40 million crowns.”", True],
    ]
    assert [nugget["found"] for nugget in trial["nuggets"]] == ["missed", "missed", "missed"]
    assert [citation["standing"] for citation in trial["citations"]] == ["review"]
    assert [hit[4] for hit in trial["hits"]] == [True, True]


def test_a_citation_that_is_not_exact_is_told_and_marked_nowhere() -> None:
    asked = case()
    wrong = ResultCitation(1, "port", 0, 10, "not there", exact=False)
    page = reported([asked], [result(asked, claim("not there", 1), citations=(wrong,))]).page()
    trials = _bodies(page)[0]["trials"]
    assert isinstance(trials, list)
    assert trials[0]["citations"][0]["standing"] == "inexact"
    assert not any(run[1] for source in trials[0]["sources"] for w in source["windows"] for run in w["runs"])
    assert "doesn’t stand where the citation says" in page


def test_no_interval_is_shown_where_it_would_rest_on_a_few_articles() -> None:
    asked = case()
    assert "fewer than five independent groups" in reported([asked], [right(asked)]).page()


def test_trials_are_kept_apart() -> None:
    asked = case()
    results = [right(asked), replace(result(asked, status="abstained"), trial=1)]
    page = reported([asked], results, trials=2).page()
    assert "1 of 2 trials right" in page
    trials = _bodies(page)[0]["trials"]
    assert isinstance(trials, list)
    assert [trial["trial"] for trial in trials] == [0, 1]


def test_an_empty_run_is_reported_too() -> None:
    assert "0<span> of 0</span>" in reported([], []).page()


def test_cases_whose_ids_look_alike_have_links_of_their_own() -> None:
    cases = [case(id="a b"), case(id="a-b"), case(id="a/b")]
    found = _Page(reported(cases, [right(one) for one in cases]).page())
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=10, deadline=None)
def test_no_text_breaks_out(question: str, answer: str, article: str) -> None:
    """The page has the same elements whatever the words, and the words come back from its data."""
    page, calm = _page_of(question, answer, article), _page_of("Q", "A", "T")
    assert [tag for tag, _ in _Page(page).elements] == [tag for tag, _ in _Page(calm).elements]
    trials = _bodies(page)[0]["trials"]
    assert isinstance(trials, list)
    shown = "".join(run[0] for run in trials[0]["sources"][0]["windows"][0]["runs"])
    assert shown == f"{article}x".encode("utf-8", "replace").decode()


def _page_of(question: str, answer: str, article: str) -> str:
    document = Document("d", f"{article}x", title="Title")
    asked = Case("c", question, CaseKind.SINGLE_FACT, evidence=(Evidence("d", None),), notes=answer)
    wrong = ResultCitation(1, "d", 0, 0, answer, exact=False)
    told = result(asked, claim(f"Say {answer}", 1), citations=(wrong,))
    return reported([asked], [told], documents=[document]).page()


@given(st.recursive(HOSTILE, lambda inner: st.lists(inner, max_size=3)))
def test_data_comes_back_from_its_block(data: object) -> None:
    block = str(island(data))
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == data


@given(
    st.text(min_size=1, max_size=3000),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 400)), max_size=6),
    st.sampled_from([0, 8000]),
)
def test_windows_are_the_text_letter_for_letter_and_hold_every_mark(
    text: str, places: list[tuple[int, int]], whole_below: int
) -> None:
    spans = [Span(a % len(text), min(len(text), a % len(text) + length)) for a, length in places]
    cited, gold = dict(enumerate(spans[::2], 1)), spans[1::2]
    found = marking.windows(text, cited, gold, whole_below=whole_below)
    for window in found:
        assert "".join(run.text for run in window.runs) == text[window.start : window.end]
    for number, span in cited.items():
        marked = "".join(run.text for w in found for run in w.runs if number in run.cited)
        assert marked == text[span.start : span.end]
    golden = sum(len(run.text) for window in found for run in window.runs if run.gold)
    assert golden == len({at for span in gold for at in range(span.start, span.end)})


@pytest.mark.parametrize("large", [False, True])
def test_long_articles_are_cut_around_what_is_marked(large: bool) -> None:
    text = f"{'far away ' * 2000}{REOPENED}{' far off' * 2000}"
    document = replace(DOCUMENTS["port"], text=text)
    at = text.index(REOPENED)
    count = 160 if large else 1
    cases = [case(id=f"c{n}", evidence=(Evidence("port", REOPENED),), nuggets=()) for n in range(count)]
    cited = ResultCitation(1, "port", at, at + len(REOPENED), REOPENED, exact=True)
    results = [result(one, claim(REOPENED, 1), citations=(cited,)) for one in cases]
    page = reported(cases, results, documents=[document]).page()
    trials = _bodies(page)[0]["trials"]
    assert isinstance(trials, list)
    runs = trials[0]["sources"][0]["windows"][0]["runs"]
    assert [REOPENED, [1], True] in runs
    assert sum(len(run[0]) for run in runs) < 600
