"""What a person means by a short follow-up: conversations on articles of their own, with what is expected."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from service.wire import AnswerOut
from tests.service.talk.measure import HERE, Talk, plain, same, talking

_LINES = (HERE / "conversations.jsonl").read_text("utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in _LINES]
TYPED: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "newcomer.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with talking(tmp_path_factory.mktemp("ferry") / "data", [HERE / "ferry"]) as talk:
        yield talk


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with talking(tmp_path_factory.mktemp("dam") / "data", [HERE / "dam"]) as talk:
        yield talk


def answers(talk: Talk, turns: list[str]) -> list[AnswerOut]:
    told = [talk.on(turns[0])]
    for turn in turns[1:]:
        told.append(talk.on(turn, told[0].conversation_id))
    return told


@pytest.mark.parametrize("case", CASES, ids=lambda case: " | ".join(case["turns"]))
def test_a_short_follow_up_means_what_a_person_means(ferry: Talk, case: dict[str, Any]) -> None:
    _holds(ferry, case)


@pytest.mark.parametrize("case", TYPED, ids=lambda case: " | ".join(case["turns"]))
def test_what_a_newcomer_types_is_taken_as_it_is_meant(dam: Talk, case: dict[str, Any]) -> None:
    _holds(dam, case)


def _holds(talk: Talk, case: dict[str, Any]) -> None:
    *before, answer = answers(talk, case["turns"])
    quoted = [citation.quote.text for citation in answer.cited]
    assert answer.status == case.get("status", answer.status), answer.text
    assert plain(answer.standalone_question) == plain(case.get("shown", answer.standalone_question))
    for words in case.get("says", []):
        assert words in answer.text
    for words in case.get("quotes", []):
        assert any(words in quote for quote in quoted), answer.text
    for words in case.get("never", []):
        assert words not in answer.text
    assert bool(answer.conflicts) or "conflict" not in case, answer.text
    told = [citation.quote.text for turn in before for citation in turn.cited]
    if "new" in case:
        assert quoted
        assert not set(quoted) & set(told), answer.text
    if "first" in case:
        assert [statement.text for statement in answer.statements] == [before[0].statements[0].text]
    if "alone" in case:
        assert same(answer, talk.ask(case["turns"][-1]))
    _stands(talk, answer)


def _stands(talk: Talk, answer: AnswerOut) -> None:
    for citation in answer.cited:
        article = talk.service.corpus.record.article(citation.article.id, version=citation.article.version)
        assert article.text[citation.quote.start : citation.quote.end] == citation.quote.text
