"""Services over real HTTP on loopback: Parley's own, and OpenAI-compatible endpoints, also broken ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.cases import Case, CaseTurn, Suite
from evals.errors import TargetUnreachable
from evals.gates import judge
from evals.remote import OpenAIChat, ParleyService, open_remote
from evals.results import CaseResult
from evals.runner import read_results, read_run, run
from evals.scoring.failures import Failure
from evals.scoring.metrics import Metric
from evals.summary import score_all, summarise
from service.bootstrap import open_service
from tests.conftest import MakeSettings, add, serving
from tests.evals.making import DOCUMENTS
from tests.evals.scripted import Asked, Reply, chat, chatting, endpoint
from tests.running import free_port

KEY = "0123456789abcdef"


@pytest.fixture(scope="module")
def parley(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[str]:
    """A keyed service that knows the suite's articles by other names, and one more."""
    service = open_service(make_settings(tmp_path_factory.mktemp("parley"), api_key=KEY), command="a test")
    for name, document in DOCUMENTS.items():
        add(service, document.text, name=f"{name}-of-theirs.txt")
    add(service, "The lighthouse of Skerry was painted green in June.", name="lighthouse.txt")
    with serving(service) as client:
        yield str(client.base_url)
    service.close()


def target(suite: Suite, url: str, **given: Any) -> ParleyService | OpenAIChat:
    return open_remote(suite, url, **({"key": None, "model": None} | given))


def test_parleys_articles_are_known_by_their_text(harbour: Suite, parley: str) -> None:
    service = target(harbour, parley, key=KEY)
    answer = service.ask(harbour.cases[1], trial=1)
    service.close()
    assert isinstance(service, ParleyService)
    (cited,) = answer.citations
    assert (answer.status, answer.trial, answer.error) == ("answered", 1, None)
    assert (cited.doc_id, cited.exact, cited.speaker) == ("strike", True, "Tom Okafor")
    assert {hit.doc_id for hit in answer.hits} == {"port", "strike"}
    assert answer.timings["total"] > 0
    assert service.provenance()["documents_there"] == 2


def test_over_http_it_scores_as_in_process(
    harbour: Suite, parley: str, in_process: Any, tmp_path: Path
) -> None:
    service = target(harbour, parley, key=KEY)
    ours = score_all(harbour, run(harbour, harbour.cases, in_process, tmp_path / "ours"))
    theirs = score_all(harbour, run(harbour, harbour.cases, service, tmp_path / "theirs"))
    service.close()
    assert [one.failure for one in theirs] == [one.failure for one in ours] == [Failure.FINE] * 3
    for metric in (Metric.EVIDENCE_RECALL, Metric.CITATION_PRECISION, Metric.QUOTE_EXACTNESS):
        assert [one[metric] for one in theirs] == [one[metric] for one in ours]


def test_what_is_cited_of_other_articles_is_not_in_the_suite_and_not_made_up(
    harbour: Suite, parley: str, tmp_path: Path
) -> None:
    asked = Case("x", "What colour was the lighthouse of Skerry painted?", answerable=False)
    more = replace(harbour, cases=(*harbour.cases, asked))
    service = target(more, parley, key=KEY)
    results = run(more, more.cases, service, tmp_path)
    service.close()
    (cited,) = results[-1].citations
    assert (cited.doc_id, cited.exact, cited.elsewhere) == (None, False, True)
    assert read_results(tmp_path) == results
    scores = score_all(more, results)
    assert scores[-1].failure is Failure.NOT_IN_SUITE
    assert {scores[-1][metric] for metric in (Metric.QUOTE_EXACTNESS, Metric.TRUTHFULNESS)} == {None}
    verdict = judge(more.gates, summarise(more, read_run(tmp_path), results, scores), None)
    assert verdict.passed, "nothing that could be checked is wrong"
    assert any("1 answer rests on articles that are not in this suite" in one for one in verdict.remarks)


def test_that_a_service_lacks_the_suites_articles_is_told(harbour: Suite, tmp_path: Path) -> None:
    def like_parley(asked: Asked) -> Reply:
        return (500, {}) if asked.body else (200, {"articles": [], "total": 0})

    with endpoint(like_parley) as url:
        service = target(harbour, url.removesuffix("/v1"))
        results = run(harbour, harbour.cases[:1], service, tmp_path)
        service.close()
    summary = summarise(harbour, read_run(tmp_path), results, score_all(harbour, results))
    assert "The service has 0 of the suite's 2 articles" in " ".join(
        judge(harbour.gates, summary, None).remarks
    )


@pytest.mark.parametrize("elsewhere", [(404, b""), (200, b"<html>a page of its own</html>"), (200, [])])
def test_a_model_that_is_named_is_asked_of_an_endpoint_that_lists_none(
    harbour: Suite, elsewhere: Reply
) -> None:
    def without_a_list(asked: Asked) -> Reply:
        return chat("On 3 May.") if asked.path == "/v1/chat/completions" else elsewhere

    with endpoint(without_a_list) as url:
        service = target(harbour, url, model="small")
        answer = service.ask(harbour.cases[0], trial=0)
        service.close()
        with pytest.raises(TargetUnreachable):
            target(harbour, url)
    assert (answer.status, answer.text) == ("answered", "On 3 May.")


def test_a_given_document_and_what_was_said_before_are_sent(harbour: Suite, parley: str) -> None:
    service = target(harbour, parley, key=KEY)
    turns = (CaseTurn("user", "Who closed the port of Varn?"), CaseTurn("assistant", "The port authority."))
    asked = Case("x", "Why?", turns=turns, given_doc="port")
    answer = service.ask(asked, trial=0)
    service.close()
    assert "port of Varn" in answer.standalone_question
    assert {hit.doc_id for hit in answer.hits} == {"port"}


def test_without_its_key_it_is_not_reached(harbour: Suite, parley: str) -> None:
    with pytest.raises(TargetUnreachable, match="401") as refused:
        target(harbour, parley)
    assert "--key-env" in refused.value.remedy


def test_a_question_that_it_refuses_fails_that_case(harbour: Suite, parley: str) -> None:
    service = target(harbour, parley, key=KEY)
    answer = service.ask(Case("x", "w" * 2_001), trial=0)
    service.close()
    assert answer.status == "error"
    assert (answer.error or "").startswith("422")


@pytest.mark.parametrize(
    "reply",
    [(200, b"<html>"), (200, {"answer": 1}), (200, []), (500, {"detail": "broken"}), (503, b"")],
    ids=["not JSON", "another shape", "a list", "500", "503"],
)
def test_what_is_no_answer_of_parleys_fails_that_case(harbour: Suite, reply: Reply) -> None:
    def like_parley(asked: Asked) -> Reply:
        return reply if asked.body else (200, {"articles": [], "total": 0})

    with endpoint(like_parley) as url:
        service = target(harbour, url.removesuffix("/v1"))
        answer = service.ask(harbour.cases[0], trial=0)
        service.close()
    assert isinstance(service, ParleyService)
    assert (answer.status, bool(answer.error)) == ("error", True)


def test_a_chat_endpoint_is_asked_with_its_history_model_and_key(harbour: Suite) -> None:
    asked: list[Asked] = []

    def reply(one: Asked) -> Reply:
        asked.append(one)
        return chat("On 3 May.")

    turns = (CaseTurn("user", "Tell me about the port."), CaseTurn("assistant", "It is a port."))
    with endpoint(chatting(reply)) as url:
        service = target(harbour, f"{url}/", key=KEY)
        answer = service.ask(replace(harbour.cases[0], turns=turns), trial=0)
        other = target(harbour, url, model="large")
        other.ask(harbour.cases[0], trial=0)
        service.close()
        other.close()
    assert service.provenance()["model"] == "tiny"
    assert [one.body["model"] for one in asked] == ["tiny", "large"]
    assert asked[0].body["messages"] == [
        {"role": "user", "content": "Tell me about the port."},
        {"role": "assistant", "content": "It is a port."},
        {"role": "user", "content": "When did the port reopen?"},
    ]
    assert [one.headers.get("Authorization") for one in asked] == [f"Bearer {KEY}", None]
    assert (answer.status, answer.text, answer.citations) == ("answered", "On 3 May.", ())
    assert answer.timings["total"] > 0


def test_a_chat_endpoint_scores_zero_on_citations_and_the_verdict_says_why(
    harbour: Suite, tmp_path: Path
) -> None:
    with endpoint(chatting(lambda _: chat("It reopened on 3 May; pay fell by 1,200 crowns."))) as url:
        service = target(harbour, url)
        results = run(harbour, harbour.cases, service, tmp_path)
        service.close()
    summary = summarise(harbour, read_run(tmp_path), results, score_all(harbour, results))
    means = {m.metric: m.mean.value for m in summary.metrics if m.mean is not None}
    assert means[Metric.NUGGET_RECALL] == 1
    for metric in (Metric.EVIDENCE_RECALL, Metric.STATEMENT_SUPPORT, Metric.GROUNDED_NUGGET_RECALL):
        assert means[metric] == 0
    assert Metric.QUOTE_EXACTNESS not in means
    assert any("no citations" in remark for remark in judge(harbour.gates, summary, None).remarks)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("I don't know.", "abstained"),
        ("I’m sorry, but I don’t know who won.", "abstained"),
        ("The articles do not mention it.", "abstained"),
        ("I am unable to answer this.", "abstained"),
        ("There is no information on that in the passages.", "abstained"),
        ("It reopened on 3 May.", "answered"),
        ("The mayor knows it.", "answered"),
    ],
)
def test_refusals_in_words_count_as_abstained(harbour: Suite, text: str, status: str) -> None:
    with endpoint(chatting(lambda _: chat(text))) as url:
        service = target(harbour, url)
        answer = service.ask(harbour.cases[0], trial=0)
        service.close()
    assert answer.status == status


def test_half_a_character_in_a_reply_can_be_written(harbour: Suite, tmp_path: Path) -> None:
    half = b'{"choices": [{"message": {"content": "a \\ud83d b"}}]}'
    with endpoint(chatting(lambda _: (200, half))) as url:
        service = target(harbour, url)
        (answer,) = run(harbour, harbour.cases[:1], service, tmp_path)
        service.close()
    assert answer.text == "a ? b"
    assert read_results(tmp_path) == [answer]


@pytest.mark.parametrize(
    "reply",
    [
        (200, b"{"),
        (200, {"choices": []}),
        (200, []),
        (500, {"error": "broken"}),
        (502, b"<html>"),
        (429, b""),
    ],
)
def test_what_is_no_chat_completion_fails_that_case_and_no_other(
    harbour: Suite, tmp_path: Path, reply: Reply
) -> None:
    replies = iter([reply, chat("On 3 May."), chat("I don't know.")])
    with endpoint(chatting(lambda _: next(replies))) as url:
        service = target(harbour, url)
        results = run(harbour, harbour.cases, service, tmp_path)
        service.close()
    assert [result.status for result in results] == ["error", "answered", "abstained"]
    assert str(reply[0] if reply else "") in (results[0].error or "")


@pytest.mark.parametrize(
    "models",
    [(404, b""), (200, b"<html>"), (200, []), (200, {"data": []}), (200, {"data": [1]})],
)
def test_a_service_that_is_neither_is_unreachable(harbour: Suite, models: Reply) -> None:
    with (
        endpoint(lambda asked: models if asked.path == "/v1/models" else (404, b"")) as url,
        pytest.raises(TargetUnreachable, match="does not answer as Parley"),
    ):
        target(harbour, url)


@pytest.mark.parametrize("url", ["http://[::1", "nonsense", "ftp://127.0.0.1", "http://127.0.0.1:99999999"])
def test_an_address_that_is_none_is_unreachable(harbour: Suite, url: str) -> None:
    with pytest.raises(TargetUnreachable):
        target(harbour, url)


def test_a_key_that_no_header_holds_is_told(harbour: Suite) -> None:
    with pytest.raises(TargetUnreachable):
        target(harbour, "http://127.0.0.1:1", key="ключ")


def test_where_nothing_listens_it_is_unreachable(harbour: Suite) -> None:
    with pytest.raises(TargetUnreachable) as unreachable:
        target(harbour, f"http://127.0.0.1:{free_port()}")
    assert "--url" in unreachable.value.remedy


def test_a_service_that_dies_half_way_leaves_what_was_done(harbour: Suite, tmp_path: Path) -> None:
    asked: list[str] = []

    def dying(one: Asked) -> Reply:
        asked.append(one.body["messages"][-1]["content"])
        return None if len(asked) == 2 else chat("On 3 May.")

    def again() -> list[CaseResult]:
        service = target(harbour, url)
        try:
            return run(harbour, harbour.cases, service, tmp_path)
        finally:
            service.close()

    with endpoint(chatting(dying)) as url:
        with pytest.raises(TargetUnreachable, match="does not answer"):
            again()
        assert [result.case_id for result in read_results(tmp_path)] == ["c1"]
        assert [result.case_id for result in again()] == ["c1", "c2", "c3"]
    first, second, third = (case.question for case in harbour.cases)
    assert asked == [first, second, second, third]
