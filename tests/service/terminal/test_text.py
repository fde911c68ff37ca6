"""A terminal obeys control characters, so none of an article's reach it."""

import json
import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Span
from retrieval.errors import UnreadableSource
from retrieval.outcome import Ingested, Outcome
from service.articles import ArticleSummary, ShownTitle
from service.terminal.harmless import harmless, inert_json
from service.terminal.text import answer_text, article_table, ingested_line
from service.wire import AnswerOut, CitationOut

HOSTILE = [
    "\x1b[2J\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\x00\x08\x7f",
    "\r\noverwritten",
    "\u202etxet\u2066",
    "\u200b\u2060\ufeff",
    "\U000e0041\U000e007f",
    "\u2028\u2029\x85\x0b\x0c",
    "\t",
    "👨‍👩‍👧",
    "می‌خواهم",
    "Зеленський — “так”",
]
words = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=10)), max_size=8).map(" ".join)
thorough = settings(max_examples=150, deadline=None)


def commands(text: str) -> list[str]:
    """Characters that a terminal obeys, or that change the order of what is read."""
    joiners = "\u200c\u200d"
    return [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in joiners + "\n"]


@thorough
@given(words)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = harmless(text)
    assert commands(shown) == []
    assert "\n" not in shown


@thorough
@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@thorough
@given(words)
def test_json_on_a_terminal_is_harmless_and_means_the_same(text: str) -> None:
    shown = inert_json(json.dumps({"text": text}, indent=2, ensure_ascii=False))
    assert commands(shown) == []
    assert json.loads(shown) == {"text": text}


def answer(text: str) -> AnswerOut:
    quote = {"text": text, "start": 0, "end": len(text)}
    article = {
        "id": "a_1",
        "version": 1,
        "title": text,
        "outlet": text,
        "published": None,
        "url": text,
        "sha256": "",
        "link": "/articles/a_1?version=1",
    }
    said = {"speaker": text, "to": text, "venue": text, "when": text}
    citation = {"id": 1, "article": article, "quote": quote, "said": said, "check": "exact"}
    citation["also_in"] = [article | {"id": "a_2", "outlet": f"{text} too"}]
    statement = {
        "id": "s1",
        "kind": "quote",
        "text": text,
        "start": 0,
        "end": len(text),
        "citations": [1],
        "parts": [{"text": text, "origin": "article", "citation": 1}],
    }
    return AnswerOut.model_validate(
        {
            "id": "ans_1",
            "conversation_id": "c_1",
            "question": "Q?",
            "standalone_question": text,
            "status": "answered",
            "text": text,
            "statements": [statement],
            "citations": [citation],
            "unanswered": [],
            "conflicts": [],
            "timings": {},
            "produced_by": {"answerer": "extractive", "model": None, "prompt": None, "corpus_version": 1},
            "diagnostics": {"dropped": {}, "degraded": None},
        }
    )


def shown(given_: AnswerOut, *, base_url: str = "") -> str:
    def title(citation: CitationOut) -> ShownTitle:
        return ShownTitle(text=str(citation.article.title), origin="article")

    return answer_text(given_, shown_title=title, base_url=base_url)


@thorough
@given(words)
def test_an_answer_is_harmless_wherever_the_words_stand(text: str) -> None:
    assert commands(shown(answer(text), base_url="http://127.0.0.1:8000")) == []


def listed(**known: object) -> ArticleSummary:
    nothing = dict.fromkeys(("title", "outlet", "published", "url", "language", "left_out"))
    row = {"id": "a_1", "version": 3, "authors": [], "retrieved_at": "", **nothing, **known}
    return ArticleSummary.model_validate(row)


@thorough
@given(words)
def test_a_list_of_articles_has_a_harmless_line_each(text: str) -> None:
    row = listed(outlet=text, shown_title=ShownTitle(text=text, origin="article"))
    table = article_table([row, row])
    assert commands(table) == []
    assert table.count("\n") == 1


def test_an_answer_shows_its_quotations_and_where_they_stand() -> None:
    text = shown(answer("They met for two hours."), base_url="http://127.0.0.1:8000")
    assert text.startswith("(Understood as: They met for two hours.)\nThey met for two hours. [1]\n")
    assert text.count("They met for two hours. [1]") == 1
    assert "    “They met for two hours.”" not in text, "it stands in the statement"
    assert "undated; also in They met for two hours. too said by" in " ".join(text.split())
    assert "said by They met for two hours." in text
    assert text.endswith("    http://127.0.0.1:8000/articles/a_1?version=1")
    assert "/articles/" not in shown(answer("They met."))
    whole = answer("They met for two hours.")
    cut = whole.statements[0].model_copy(update={"text": "They met."})
    assert "    “They met for two hours.”" in shown(whole.model_copy(update={"statements": [cut]}))


def test_a_copy_says_whose_it_is() -> None:
    row = listed(shown_title=ShownTitle(text="Two envoys", origin="article"), copy_of="a_2")
    assert article_table([row]).endswith("“Two envoys”  (the same text as a_2)")
    near = row.model_copy(update={"copy_differs": "words"})
    assert article_table([near]).endswith("(nearly the same text as a_2)")
    other = row.model_copy(update={"copy_differs": "figures"})
    assert article_table([other]).endswith("(nearly the same text as a_2, with other figures)")


def test_an_unknown_outlet_and_title_are_said_to_be() -> None:
    row = listed(
        published="2025-08-17T09:30:00+02:00", shown_title=ShownTitle(text="Two envoys", origin="parley")
    )
    assert article_table([row]) == "a_1  v3  2025-08-17  unknown outlet  [no title: Two envoys]"
    assert "parley ingest" in article_table([])


def test_what_became_of_a_file_is_a_harmless_line() -> None:
    done = Ingested("a\x1b.txt", Outcome.UPDATED, "a_1", 2)
    assert ingested_line(done) == "a\ufffd.txt: updated as a_1 version 2"
    assert ingested_line(replace(done, notes=("pages\x1b without text: 1",))).endswith(
        "; pages\ufffd without text: 1"
    )
    assert "follows character 1,200 is kept" in ingested_line(replace(done, left_out=Span(1_200, 1_300)))
    why = UnreadableSource("it is\nempty", remedy="Fill it.")
    assert ingested_line(Ingested("b", Outcome.REFUSED, error=why)) == "b: refused: it is empty. Fill it."


def test_who_made_it_is_said_where_a_model_was_to() -> None:
    plain = answer("They met.")
    assert "Written by" not in shown(plain)
    by = plain.produced_by.model_copy(update={"answerer": "generative", "model": "m\x1b[31m"})
    written = plain.model_copy(update={"produced_by": by})
    assert shown(written).endswith("(Written by m\ufffd[31m and checked against the articles)")
    diagnostics = plain.diagnostics.model_copy(update={"degraded": "model_timeout"})
    assert shown(plain.model_copy(update={"diagnostics": diagnostics})).endswith(
        "(Reduced service: model_timeout)"
    )
    both = written.model_copy(update={"diagnostics": diagnostics})
    assert "articles; reduced service: model_timeout)" in " ".join(shown(both).split())


def test_headings_stand_above_what_stands_under_them() -> None:
    one = answer("They met.")
    under = [one.statements[0].model_copy(update={"heading": heading}) for heading in ("Zorn", "Zorn", "Ng")]
    text = shown(one.model_copy(update={"statements": under, "question": "They met."}))
    assert text.startswith("Zorn:\nThey met. [1]\nThey met. [1]\n\nNg:\nThey met. [1]\n")
