"""The shapes on the wire: strict in, whole out."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from retrieval.article import Facts, Quote, Region
from service.answering import (
    Answer,
    Citation,
    CitedArticle,
    Conflict,
    Diagnostics,
    Maker,
    Origin,
    Part,
    ProducedBy,
    PromptUsed,
    Said,
    Statement,
    StatementKind,
    Status,
)
from service.articles import RegionOut
from service.wire import AnswerOut, ChatRequest, When

when = TypeAdapter[str](When)


@pytest.mark.parametrize(
    "text",
    [
        "2025-08-17",
        "2024-02-29",
        "2025-08-17T09:30:00Z",
        "2025-08-17T09:30:00+02:00",
        "2025-08-17T09:30:00.125-04:00",
    ],
)
def test_a_date_or_a_time_with_its_offset(text: str) -> None:
    assert when.validate_python(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "2025-08",
        "2025-8-17",
        "20250817",
        "2025-W33-7",
        "2025-229",
        "2025-02-29",
        "2025-13-01",
        "2025-08-17T09:30:00",
        "2025-08-17 09:30:00+02:00",
        "2025-08-17T09:30+02:00",
        "20250817T093000+0200",
        "2025-08-17T25:00:00Z",
        "2025-08-17T09:30:00+0200",
        " 2025-08-17",
        "2025-08-17\n",
        "２０２５-08-17",
        "Sunday",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValidationError, match="neither YYYY-MM-DD nor RFC 3339"):
        when.validate_python(text)


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1)), st.times(), st.integers(-14 * 60, 14 * 60))
def test_every_date_and_time_of_rfc_3339_is_taken(day: date, time: object, offset: int) -> None:
    assert when.validate_python(day.isoformat())
    sign, minutes = ("-" if offset < 0 else "+"), timedelta(minutes=abs(offset))
    hours, rest = divmod(int(minutes.total_seconds()) // 60, 60)
    clock = str(time).partition(".")[0]
    assert when.validate_python(f"{day.isoformat()}T{clock}{sign}{hours:02}:{rest:02}")


@settings(deadline=None)
@given(st.text(min_size=1, max_size=50))
def test_a_question_is_taken_as_it_is_or_refused(text: str) -> None:
    wrong = not text.strip() or "\x00" in text or any(0xD800 <= ord(c) < 0xE000 for c in text)
    try:
        taken = ChatRequest.model_validate({"question": text})
    except ValidationError:
        assert wrong
    else:
        assert not wrong
        assert taken.question == text


def test_length_is_counted_in_code_points() -> None:
    assert len(ChatRequest(question="🕊" * 2000).question) == 2000
    with pytest.raises(ValidationError, match="2000"):
        ChatRequest(question="🕊" * 2001)


def answer(*, said: Said | None = None) -> Answer:
    facts = Facts(title="Title", outlet=None, published="2025-08-17", url=None)
    cited = CitedArticle("a_1", 2, facts, "0" * 64, "/articles/a_1")
    quote = Quote("a_1", 2, 3, 8, "“Да” ")
    part = Part(quote.text, Origin.ARTICLE, 1)
    return Answer(
        id="ans_1",
        conversation_id="c_1",
        question="Q?",
        standalone_question="Q?",
        status=Status.PARTIAL,
        text="“Да”  [1]",
        statements=(Statement("s1", StatementKind.QUOTE, quote.text, 0, 5, (part,), (1,)),),
        citations=(Citation(1, cited, quote, said),),
        unanswered=("Why?",),
        conflicts=(Conflict("how long", (1,)),),
        produced_by=ProducedBy(Maker("generative", "m", PromptUsed("answer", "3", "abc")), 7),
        diagnostics=Diagnostics({"uncited": 2}),
        timings={"total": 1.5},
    )


def test_an_answer_goes_out_whole() -> None:
    out = AnswerOut.model_validate(answer(said=Said(speaker="Envoy"))).model_dump()
    assert out["status"] == "partial"
    assert out["citations"] == [
        {
            "id": 1,
            "article": {
                "id": "a_1",
                "version": 2,
                "title": "Title",
                "outlet": None,
                "published": "2025-08-17",
                "url": None,
                "sha256": "0" * 64,
                "link": "/articles/a_1",
            },
            "quote": {"text": "“Да” ", "start": 3, "end": 8},
            "said": {"speaker": "Envoy", "to": None, "venue": None, "when": None},
            "check": "exact",
        }
    ]
    assert out["statements"][0]["parts"] == [{"text": "“Да” ", "origin": "article", "citation": 1}]
    assert out["conflicts"] == [{"about": "how long", "citations": [1]}]
    assert out["produced_by"]["corpus_version"] == 7
    assert out["diagnostics"]["dropped"] == {"uncited": 2}
    assert "hits" not in out["diagnostics"]
    assert AnswerOut.model_validate(answer()).model_dump()["citations"][0]["said"] is None


def test_an_answer_read_back_is_the_same_bytes() -> None:
    out = AnswerOut.model_validate(answer(said=Said(to="press")))
    assert AnswerOut.model_validate_json(out.model_dump_json()).model_dump_json() == out.model_dump_json()


@pytest.mark.parametrize("kind", Region)
def test_an_article_can_be_shown_with_every_kind_of_region(kind: Region) -> None:
    assert RegionOut.model_validate({"kind": kind, "start": 0, "end": 1}).kind == kind
