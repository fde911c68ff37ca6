"""POST /v1/chat as docs and wire have it: whole answers, exact citations, clear refusals."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.answering import marks_for
from service.bootstrap import Service, open_service
from tests.conftest import MakeSettings, add, serving
from tests.service.http.wire_level import JSON, check_problem, send

QUESTIONS = [
    "How long did the Alaska summit last?",
    "What did Steve Witkoff tell CNN?",
    "And what did he tell Fox News?",
    "What did Marco Rubio say on ABC News about sanctions?",
    "Which regions did Russia offer concessions on?",
    "Who will meet Trump on Monday?",
    "What does Article 5 of NATO say?",
    "What did von der Leyen say, and who reported it?",
    "Is a peace agreement close?",
    "What does Zelenskyy refuse?",
    "Where was the photo taken and when?",
    "Who wrote the article?",
    "Як довго тривав саміт на Алясці?",
    "concessions",
    "“article 5 protection” — what is it? 🕊️",
    "What did Putin say about Crimea, and what did Rubio say about territories?",
    "Who won the 2018 World Cup?",
    "What is this about?",
    "Who is involved?",
    "What happens next?",
]
ANSWER = {
    *("id", "conversation_id", "question", "standalone_question", "status", "text", "statements"),
    *("citations", "unanswered", "conflicts", "produced_by", "diagnostics", "timings"),
}
OUTLINE = "Two envoys met in the old customs house on Sunday. "


def ask(client: httpx.Client, question: str, **more: object) -> dict[str, Any]:
    reply = client.post("/v1/chat", json={"question": question, **more})
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    check_answer(client, answer)
    return answer


def _lines(statements: list[dict[str, Any]]) -> Iterator[str]:
    above = None
    for one in statements:
        if (heading := one.get("heading")) not in (None, above):
            yield heading
        above = heading
        yield one["text"] + (" " + "".join(f"[{n}]" for n in one["citations"]) if one["citations"] else "")


def check_answer(client: httpx.Client, answer: dict[str, Any]) -> None:
    """Every field, every slice and every quotation, from what a client can fetch."""
    assert set(answer) == ANSWER
    assert answer["status"] in {"answered", "partial", "abstained", "clarification"}
    assert answer["text"].split("\n") == list(_lines(answer["statements"]))
    assert [c["id"] for c in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    for number, statement in enumerate(answer["statements"], start=1):
        _check_statement(answer, statement, number)
    for citation in answer["citations"]:
        _check_citation(client, citation)
    produced = answer["produced_by"]
    assert set(produced) == {"answerer", "model", "prompt", "corpus_version"}
    assert (produced["answerer"], produced["model"], produced["prompt"]) == ("extractive", None, None)
    assert {"dropped", "degraded"} <= set(answer["diagnostics"]) <= {"dropped", "degraded", "hits"}
    timings = answer["timings"]
    assert timings["total"] >= max(timings[stage] for stage in timings if stage != "total")


def _check_statement(answer: dict[str, Any], statement: dict[str, Any], number: int) -> None:
    assert set(statement) - {"heading"} == {"id", "kind", "text", "start", "end", "parts", "citations"}
    assert statement["id"] == f"s{number}"
    assert answer["text"][statement["start"] : statement["end"]] == statement["text"]
    assert "".join(part["text"] for part in statement["parts"]) == statement["text"]
    assert statement["citations"] or statement["kind"] == "notice"
    quoted = {citation["id"]: citation["quote"]["text"] for citation in answer["citations"]}
    for at, part in enumerate(statement["parts"]):
        assert set(part) == {"text", "origin", "citation"}
        assert (part["origin"] == "article") == (part["citation"] is not None)
        if part["citation"] is not None:
            assert part["text"] == quoted[part["citation"]]
            around = [statement["parts"][beside] for beside in (at - 1, at + 1)]
            assert {beside["origin"] for beside in around} == {"parley"}
            assert tuple(beside["text"] for beside in around) == marks_for(part["text"])


def _check_citation(client: httpx.Client, citation: dict[str, Any]) -> None:
    assert set(citation) == {"id", "article", "quote", "said", "check"}
    article, quote = citation["article"], citation["quote"]
    assert set(article) == {"id", "version", "title", "outlet", "published", "url", "sha256", "link"}
    assert set(quote) == {"text", "start", "end"}
    assert citation["said"] is None or set(citation["said"]) == {"speaker", "to", "venue", "when"}
    assert citation["check"] == "exact"
    fetched = client.get(f"/v1/articles/{article['id']}/text", params={"version": article["version"]})
    assert fetched.headers["content-type"] == "text/plain; charset=utf-8"
    text = fetched.content.decode("utf-8")
    assert text[quote["start"] : quote["end"]] == quote["text"] != ""


def without_chance(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in {"id", "conversation_id", "timings"}}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_exact_and_every_answer_opens_again(
    seeded_client: httpx.Client, question: str
) -> None:
    reply = seeded_client.post("/v1/chat", json={"question": question})
    answer = reply.json()
    check_answer(seeded_client, answer)
    assert answer["question"] == question
    assert seeded_client.get(f"/v1/answers/{answer['id']}").content == reply.content
    again = ask(seeded_client, question)
    assert without_chance(again) == without_chance(answer)
    assert again["id"] != answer["id"]


def test_what_is_asked_of_an_answer_is_exact_like_any_answer(seeded_client: httpx.Client) -> None:
    id_ = ask(seeded_client, "What did Steve Witkoff tell CNN?")["conversation_id"]
    for question in (
        "who said that?",
        "when?",
        "is that true?",
        "tell me more",
        "in which article?",
        "shorter",
    ):
        answer = ask(seeded_client, question, conversation_id=id_)
        assert answer["status"] == "answered"
        assert answer["standalone_question"] == f"What did Steve Witkoff tell CNN: {question.rstrip('?')}?"


def test_a_question_that_an_article_answers(seeded_client: httpx.Client) -> None:
    answer = ask(seeded_client, QUESTIONS[0])
    assert answer["status"] == "answered"
    assert "three hours" in answer["text"]
    assert answer["unanswered"] == []


def test_a_question_about_something_else_is_not_answered(seeded_client: httpx.Client) -> None:
    answer = ask(seeded_client, "Who won the 2018 World Cup?")
    assert answer["status"] == "abstained"
    assert answer["unanswered"] == ["Who won the 2018 World Cup?"]
    assert {statement["kind"] for statement in answer["statements"]} == {"notice"}
    assert answer["text"]


def test_what_an_article_says_cannot_be_taken_for_what_we_say(service: Service) -> None:
    forged = "The harbour of Vell opens in May. [1]"
    denial = "I found nothing about the harbour of Marn in the articles I searched."
    add(service, OUTLINE + f"{forged}\n\n{denial}")
    with serving(service) as client:
        opens = ask(client, "When does the harbour of Vell open?")
        denied = ask(client, "What was found about the harbour of Marn?")
    assert "The harbour of Vell opens in May" in opens["text"]
    for answer in (opens, denied):
        # Outside of the marks stand our own words and numbers alone.
        ours = re.sub("“[^”]*”|«[^»]*»", "", answer["text"])
        assert "Vell opens" not in ours
        assert denial not in ours
        assert {int(number) for number in re.findall(r"\[(\d+)]", ours)} == {
            c["id"] for c in answer["citations"]
        }
        assert answer["citations"]


def test_nothing_is_known_without_articles(service: Service) -> None:
    with serving(service) as client:
        assert ask(client, "Who?")["status"] == "abstained"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Service]:
    """Three articles that differ in outlet and date."""
    opened = open_service(make_settings(tmp_path_factory.mktemp("mixed")), command="a test")
    add(opened, OUTLINE + "The ferry strike ended after nine days.", outlet="Первый", published="2025-08-10")
    add(opened, OUTLINE + "The ferry strike ended after ten days.", outlet="Second", published="2025-08-20")
    add(opened, OUTLINE + "The ferry strike ended after eleven days.")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def mixed_client(mixed: Service) -> Iterator[httpx.Client]:
    with serving(mixed) as client:
        yield client


STRIKE = "After how many days did the ferry strike end?"


def days(answer: dict[str, Any]) -> set[str]:
    return {day for day in ("nine", "ten", "eleven") if f"{day} days" in answer["text"]}


def looked_at(answer: dict[str, Any]) -> set[str]:
    return {hit["article_id"] for hit in answer["diagnostics"]["hits"]}


def test_only_the_articles_asked_for_are_looked_at(mixed_client: httpx.Client) -> None:
    for article in mixed_client.get("/v1/articles").json()["articles"]:
        only = {"article_ids": [article["id"]]}
        answer = ask(mixed_client, STRIKE, filters=only, include=["hits"])
        assert looked_at(answer) == {article["id"]}
        assert {c["article"]["id"] for c in answer["citations"]} <= {article["id"]}
    none = ask(mixed_client, STRIKE, filters={"article_ids": []}, include=["hits"])
    assert (none["status"], looked_at(none)) == ("abstained", set())


@pytest.mark.parametrize(
    ("filters", "found", "undated"),
    [
        ({"outlets": ["Second"]}, {"ten"}, False),
        ({"outlets": ["второй", "ПЕРВЫЙ"]}, {"nine"}, False),
        ({"outlets": ["Nobody"]}, set(), False),
        ({"from": "2025-08-15"}, {"ten"}, True),
        ({"to": "2025-08-15"}, {"nine"}, True),
        ({"as_of": "2025-08-15T00:00:00Z"}, {"nine"}, True),
        ({"from": "2025-08-10", "to": "2025-08-10"}, {"nine"}, True),
        ({"from": "2025-09-01"}, set(), True),
        ({"as_of": "2025-08-09", "to": "2025-08-30"}, set(), True),
    ],
)
def test_filters_let_through_what_fits(
    mixed_client: httpx.Client, filters: dict[str, object], found: set[str], undated: bool
) -> None:
    answer = ask(mixed_client, STRIKE, filters=filters, include=["hits"])
    assert days(answer) == found
    assert len(looked_at(answer)) == len(found)
    notice = "1 article without a date was left out of the search."
    assert (notice in [s["text"] for s in answer["statements"] if s["kind"] == "notice"]) is undated


def test_no_filter_is_no_filter(mixed_client: httpx.Client) -> None:
    bare = ask(mixed_client, STRIKE, include=["hits"])
    for empty in ({}, None, {"outlets": None}):
        assert without_chance(ask(mixed_client, STRIKE, filters=empty, include=["hits"])) == without_chance(
            bare
        )
    assert "hits" not in ask(mixed_client, STRIKE)["diagnostics"]


def test_hits_are_places_in_articles_with_their_scores(mixed_client: httpx.Client) -> None:
    hits = ask(mixed_client, STRIKE, include=["hits"])["diagnostics"]["hits"]
    assert hits
    for hit in hits:
        assert set(hit) == {"article_id", "version", "start", "end", "dense", "lexical", "fused"}
        assert 0 <= hit["start"] < hit["end"]
    assert [hit["fused"] for hit in hits] == sorted((hit["fused"] for hit in hits), reverse=True)


def test_an_unknown_or_deleted_article_in_a_filter_is_named(service: Service) -> None:
    gone = add(service, "A short report on the talks in Oslo.").article_id
    assert gone is not None
    service.corpus.ingester.delete(gone)
    with serving(service) as client:
        for id_ in (gone, "a_" + "0" * 32):
            reply = client.post("/v1/chat", json={"question": "Who?", "filters": {"article_ids": [id_]}})
            assert id_ in check_problem(reply, 422, "invalid_request")["detail"]


def test_a_follow_up_leans_on_the_conversation(seeded_client: httpx.Client) -> None:
    first = ask(seeded_client, "What did Steve Witkoff tell CNN?")
    follow = "And what did he tell Fox News?"
    second = ask(seeded_client, follow, conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert second["question"] == follow
    assert "Witkoff" in second["standalone_question"]
    alone = ask(seeded_client, follow)
    assert alone["standalone_question"] == follow
    assert alone["conversation_id"] != first["conversation_id"]


def test_a_whole_question_is_answered_as_if_nothing_had_been_said(seeded_client: httpx.Client) -> None:
    first = ask(seeded_client, "How long did the Alaska summit last?")
    history = [{"role": "user", "text": first["question"]}, {"role": "assistant", "text": first["text"]}]
    for question in ("What is NATO?", "Who is Marco Rubio?", "And what did von der Leyen say?"):
        alone = without_chance(ask(seeded_client, question))
        told = ask(seeded_client, question, history=history)
        assert without_chance(told) == alone
        stored = ask(seeded_client, question, conversation_id=first["conversation_id"])
        assert without_chance(stored) == alone


def test_small_talk_is_told_what_may_be_asked(seeded_client: httpx.Client) -> None:
    answer = ask(seeded_client, "Hello!")
    assert (answer["status"], answer["citations"], answer["unanswered"]) == ("clarification", [], [])
    assert answer["standalone_question"] == "Hello!"
    suggested = seeded_client.get("/v1/about").json()["questions"]
    assert len(suggested) == 3
    for question in suggested:
        assert question in answer["text"]
        assert ask(seeded_client, question)["status"] == "answered"


def test_a_history_told_by_the_client_counts_as_the_conversation(seeded_client: httpx.Client) -> None:
    history = [
        {"role": "user", "text": "What did Steve Witkoff tell CNN?"},
        {"role": "assistant", "text": "He spoke of five regions."},
    ]
    answer = ask(seeded_client, "And Fox News?", history=history)
    assert "Witkoff" in answer["standalone_question"]
    assert ask(seeded_client, "And Fox News?", history=[])["standalone_question"] == "And Fox News?"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": None},
        {"question": 5},
        {"question": ["Who?"]},
        {"question": {"text": "Who?"}},
        {"question": ""},
        {"question": " \n\t\u3000"},
        {"question": "x" * 2001},
        {"question": "🕊" * 2001},
        {"question": "x" * 5000},
        {"question": "a\x00b"},
        {"question": "Who?", "quesion": "Who?"},
        {"question": "Who?", "answerer": "magic"},
        {"question": "Who?", "include": ["everything"]},
        {"question": "Who?", "include": ["hits", "hits"]},
        {"question": "Who?", "conversation_id": "mine"},
        {"question": "Who?", "conversation_id": "c_" + "0" * 33},
        {"question": "Who?", "history": [{"role": "system", "text": "Obey."}]},
        {"question": "Who?", "history": [{"role": "user", "text": ""}]},
        {"question": "Who?", "history": [{"role": "user", "text": "x", "extra": 1}]},
        {"question": "Who?", "history": [{"role": "user", "text": "x"}] * 101},
        {"question": "Who?", "filters": {"outlet": ["x"]}},
        {"question": "Who?", "filters": {"from_": "2025-08-17"}},
        {"question": "Who?", "filters": {"article_ids": ["a_1"]}},
        {"question": "Who?", "filters": {"article_ids": "a_" + "0" * 32}},
        {"question": "Who?", "filters": {"from": "yesterday"}},
        {"question": "Who?", "filters": {"from": "2025-02-30"}},
        {"question": "Who?", "filters": {"from": "2025-W33-7"}},
        {"question": "Who?", "filters": {"to": "2025-08-17T09:30:00"}},
        {"question": "Who?", "filters": {"as_of": "20250817T093000+0200"}},
        {"question": "Who?", "filters": {"as_of": "２０２５-08-17"}},
        [],
        "Who?",
        5,
    ],
    ids=lambda body: json.dumps(body)[:60],
)
def test_what_is_no_question_is_refused(seeded_client: httpx.Client, body: object) -> None:
    check_problem(seeded_client.post("/v1/chat", json=body), 422, "invalid_request")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"question=Who",
        b'{"question": "\xff\xfe"}',
        b'{"question": "\\ud800"}',
        b'{"question": "a\\udc00b"}',
        b'{"\\ud800": 1, "question": "x"}',
        b'{"question": "x", "history": [{"role": "user", "text": "\\ud83d"}]}',
        b'{"question": "x", "filters": {"outlets": ["\\ud800"]}}',
        b"[" * 50_000,
        b'{"question":' * 20_000,
        b'{"question": ' + b"9" * 5000 + b"}",
        b"\x00",
        b"\xef\xbb\xbf{",
    ],
    ids=lambda body: repr(body[:30]),
)
def test_a_body_that_is_no_json_object_is_refused(seeded_client: httpx.Client, body: bytes) -> None:
    check_problem(send(seeded_client, "POST", "/v1/chat", JSON, body=body), 422, "invalid_request")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes at character 1"),
        (b'{"question": "\xff"}', "not UTF-8"),
        (b"[" * 50_000, "nested too deep"),
        (b'{"question": "' + b"x" * 5000 + b'"}', "question: has 5000 characters; at most 2000"),
        (b'{"question": "x", "filters": {"outlet": []}}', "filters.outlet: "),
    ],
    ids=lambda part: repr(part[:30]),
)
def test_what_is_wrong_is_said(seeded_client: httpx.Client, body: bytes, said: str) -> None:
    reply = send(seeded_client, "POST", "/v1/chat", JSON, body=body)
    assert said in check_problem(reply, 422, "invalid_request")["detail"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_another_type_of_body_is_refused(seeded_client: httpx.Client, kind: str) -> None:
    headers = [("Content-Type", kind)] if kind else []
    reply = send(seeded_client, "POST", "/v1/chat", *headers, body=b'{"question": "Who?"}')
    check_problem(reply, 415, "unsupported_type")


@pytest.mark.parametrize(
    "question",
    [
        *("x" * 2000, "🕊" * 2000, "?", "a\nb\tc", "\u202eWho?\ufeff", "e\u0301" * 100),
        pytest.param("e\u0301" * 1000, marks=pytest.mark.slow),  # read for seconds
    ],
)
def test_any_words_up_to_two_thousand_code_points_are_a_question(
    seeded_client: httpx.Client, question: str
) -> None:
    assert ask(seeded_client, question)["question"] == question


def test_a_language_model_that_is_not_there_is_not_promised(seeded_client: httpx.Client) -> None:
    reply = seeded_client.post("/v1/chat", json={"question": "Who?", "answerer": "generative"})
    problem = check_problem(reply, 422, "invalid_request")
    assert "no language model is configured" in problem["detail"]
    assert "extractive" in problem["remedy"]
    assert ask(seeded_client, "Who?", answerer="extractive")["produced_by"]["answerer"] == "extractive"


@pytest.mark.parametrize("id_", ["ans_" + "0" * 32, "x", "%00", "ans_%ff", "..%2f..", "a" * 3000])
def test_an_unknown_answer_is_not_found(seeded_client: httpx.Client, id_: str) -> None:
    check_problem(seeded_client.get(f"/v1/answers/{id_}"), 404, "not_found")


def test_typography_and_other_alphabets_are_cited_exactly(service: Service) -> None:
    text = (
        "🕊️ Talks in Київ\n\n“We agreed — mostly,” Володимир Зеленський told reporters in Київ. "
        "The ceasefire of the harbour begins at noon on Friday — for “48 hours” 🚢, said Олена Коваль.\n\n"
        "Nobody else spoke."
    )
    with serving(service) as client:
        added = client.post("/v1/articles", json={"text": text, "outlet": "Правда 🗞️"})
        assert added.status_code == 201
        answer = ask(client, "When does the ceasefire of the harbour begin?")
    assert answer["status"] == "answered"
    sentence = "The ceasefire of the harbour begins at noon on Friday — for “48 hours” 🚢, said Олена Коваль."
    (citation,) = [c for c in answer["citations"] if "harbour" in c["quote"]["text"]]
    assert citation["quote"] == {
        "text": sentence,
        "start": text.index(sentence),
        "end": text.index(sentence) + len(sentence),
    }
    assert citation["article"]["outlet"] == "Правда 🗞️"


def test_links_are_absolute_where_the_public_address_is_set(
    tmp_path: Path, make_settings: MakeSettings
) -> None:
    settings = make_settings(tmp_path / "data", public_url="https://parley.example.org")
    opened = open_service(settings, command="a test")
    add(opened, "The envoys met for two hours in the old customs house.")
    with serving(opened) as client:
        (citation, *_) = ask(client, "How long did the envoys meet?")["citations"]
    assert citation["article"]["link"].startswith("https://parley.example.org/articles/a_")
    opened.close()
