"""A package's answerer: asked where the settings name it, and believed in nothing."""

from pathlib import Path

import pytest

from retrieval.errors import PackageFault
from service.bootstrap import open_service
from service.errors import InvalidRequest, SettingsError
from service.outside import ANSWERERS
from service.wire import AnswerOut, ChatRequest
from tests.conftest import MakeSettings, add
from tests.outside.conftest import Offer

TRUE = "Harbour master Ana Lind said the quay at Orrin would stay shut until the cranes were mended."
QUESTION = "How long will the quay at Orrin stay shut?"
PROPOSES = """
from dataclasses import replace
from service.answering.answer import *

def part(quote, text=None, said=None):
    return DraftPart(text or quote.text, quote, said)

def offered(settings, embedder):
    return Answerer()

class Answerer:
    def answer(self, question, passages, *, timings, watch):
        true = passages[0].quote(passages[0].hit.chunk.sentences[0])
"""
LIES = """
        lie = "The quay reopens tomorrow."
        moved = replace(true, text=lie, end=true.start + len(lie))
        Q, P, N = StatementKind.QUOTE, StatementKind.PARAPHRASE, StatementKind.NOTICE
        watch.draft(Draft(Q, (part(moved),)))
        return Proposal(
            Status.ANSWERED,
            (
                Draft(Q, (part(moved),)),
                Draft(Q, (part(true, lie),)),
                Draft(Q, (DraftPart(lie),)),
                Draft(Q, (DraftPart("Tomorrow it reopens: "), part(true, said=Said("The tomorrow people")))),
                Draft(P, (part(true, lie),)),
                Draft(N, (DraftPart(lie),)),
            ),
            unanswered=("why it reopens tomorrow", "the quay"),
            conflicts=(ProposedConflict("tomorrow", (true, true)),),
            made_by=Maker("extractive"),
        )
"""


def answered(offer: Offer, folder: Path, make_settings: MakeSettings, code: str, **asked: str) -> AnswerOut:
    offer("oracle", ANSWERERS, "oracle", PROPOSES + code)
    service = open_service(make_settings(folder / "data", answerer="oracle"), command="a test")
    try:
        add(service, f"{TRUE}\n")
        return service.chat.ask(ChatRequest.model_validate({"question": QUESTION} | asked))
    finally:
        service.close()


def test_nothing_false_comes_through(offer: Offer, tmp_path: Path, make_settings: MakeSettings) -> None:
    answer = answered(offer, tmp_path, make_settings, LIES)
    assert answer.text == f"“{TRUE}” [1]"
    (cited,) = answer.model_dump()["citations"]
    assert (cited["quote"]["text"], cited["said"]) == (TRUE, None)
    assert "tomorrow" not in answer.model_copy(update={"diagnostics": None}).model_dump_json().lower()
    assert set(answer.diagnostics.dropped) >= {
        "quote_not_in_article",
        "words_differ_from_quote",
        "uncited",
        "lead_in_not_in_article",
        "said_not_in_article",
        "notice_claims_something",
    }
    assert answer.produced_by.answerer == "oracle"


def test_ours_answers_whoever_asks_for_it(offer: Offer, tmp_path: Path, make_settings: MakeSettings) -> None:
    answer = answered(offer, tmp_path, make_settings, "        raise KeyError", answerer="extractive")
    assert (answer.status, answer.produced_by.answerer) == ("answered", "extractive")


def test_a_language_model_that_is_not_there_is_not_promised(
    offer: Offer, tmp_path: Path, make_settings: MakeSettings
) -> None:
    with pytest.raises(InvalidRequest, match="there is no generative answerer here"):
        answered(offer, tmp_path, make_settings, LIES, answerer="generative")


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("        raise KeyError('vote')", r"failed: KeyError: 'vote' \(oracle\.py, line 14\)"),
        ("        return 'tomorrow'", "gave no Proposal"),
        ("def offered(settings, embedder): return settings.vote", "cannot be made: AttributeError"),
        ("import nothing_of_the_name", "cannot be loaded: ModuleNotFoundError"),
        ("offered = 7", "is nothing that can be called"),
    ],
)
def test_what_it_gets_wrong_is_said_by_the_name_of_the_package(
    offer: Offer, tmp_path: Path, make_settings: MakeSettings, code: str, what: str
) -> None:
    with pytest.raises(PackageFault, match=rf"oracle \(oracle:offered\) of the package oracle 2\.1 {what}"):
        answered(offer, tmp_path, make_settings, code)


def test_one_that_is_not_installed_keeps_parley_from_starting(
    offer: Offer, tmp_path: Path, make_settings: MakeSettings
) -> None:
    offer("oracle", ANSWERERS, "oracle", PROPOSES)
    with pytest.raises(SettingsError, match="no installed package has an answerer auger") as refused:
        open_service(make_settings(tmp_path / "data", answerer="auger"), command="a test")
    assert refused.value.remedy.startswith("Installed: oracle.")


def test_it_takes_the_name_of_none_of_ours(offer: Offer, tmp_path: Path, make_settings: MakeSettings) -> None:
    offer("usurper", ANSWERERS, "generative", PROPOSES)
    with pytest.raises(PackageFault, match=r"usurper 2\.1 claims generative, which is Parley's own"):
        open_service(make_settings(tmp_path / "data", answerer="generative"), command="a test")
