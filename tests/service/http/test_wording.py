"""What a model says in its own words: told where a judge, asked over the wire, finds it borne out."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from service.bootstrap import open_service
from service.model import Limits
from tests.conftest import MakeSettings, add
from tests.fault_llm import Exchange, Received
from tests.fault_llm.answers import APART, stated, whole
from tests.fault_llm.prompted import Prompted, prompted
from tests.service.http.modelled import PATIENT, Modelled, modelled
from tests.service.http.streamed import EVENTS, Sent, read

TEXT = (
    "Minister Ann Roe told Radio Vell on Sunday that the ferry to Brandt will close in May.\n\n"
    "The crew of the ferry has 40 people, and most of them live in Brandt.\n\n"
    "The harbour was built in 1950 by the town of Brandt.\n"
)
QUESTION = "What is known of the ferry to Brandt and its crew?"
CLOSES = "According to Ann Roe, the ferry to Brandt will be closed in May."
CREW = "Forty people make up the ferry's crew."
VERBATIM = "The harbour was built in 1950 by the town of Brandt."
Judges = Callable[[Prompted], str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Modelled]:
    service = open_service(make_settings(tmp_path_factory.mktemp("ferry")), command="test")
    add(service, TEXT, name="ferry.txt", outlet="The Post")
    with modelled(service) as made:
        yield made
    service.close()


def key_of(prompt: Prompted, words: str) -> str:
    return next(key for key, sentence in prompt.sentences.items() if words in sentence)


def saying(*texts: tuple[str, str], judge: Judges = APART["verdict"]) -> Callable[[Received], str]:
    def says(received: Received) -> str:
        prompt = prompted(received)
        if prompt.kind == "verdict":
            return judge(prompt)
        return json.dumps(whole(*(stated(text, key_of(prompt, words)) for text, words in texts)))

    return says


def no(prompt: Prompted) -> str:
    return APART["verdict"](prompt).replace('"yes"', '"no"')


def kinds(answer: dict[str, Any]) -> list[str]:
    return [statement["kind"] for statement in answer["statements"]]


def test_what_the_judge_finds_borne_out_is_told_as_it_was_written(world: Modelled) -> None:
    world.plays(says=saying((CLOSES, "close in May"), (VERBATIM, "harbour")))
    answer = world.ask(QUESTION)
    first, second = answer["statements"]
    assert (first["kind"], first["text"]) == ("paraphrase", CLOSES)
    assert [part["origin"] for part in first["parts"]] == ["model"]
    cited = answer["citations"][first["citations"][0] - 1]
    assert cited["quote"]["text"] == TEXT.partition("\n")[0]
    assert second["kind"] == "quote"
    worded = answer["diagnostics"]["worded"]
    assert worded[0] == {"told": True, "reasons": [], "judge": "yes"}
    assert answer["diagnostics"]["tokens"]["requests"] == 2
    assert world.client.get(f"/v1/answers/{answer['id']}").json() == answer


@pytest.mark.parametrize("judge", [no, lambda _: "Yes, all of it.", lambda _: '{"verdicts": []}'])
def test_without_a_clear_yes_its_quotation_is_told(world: Modelled, judge: Judges) -> None:
    world.plays(says=saying((CLOSES, "close in May"), judge=judge))
    answer = world.ask(QUESTION)
    assert kinds(answer) == ["quote"]
    (worded,) = answer["diagnostics"]["worded"]
    assert (worded["told"], worded["reasons"]) == (False, ["judged_not_borne_out"])
    assert worded["judge"] in ("no", "failed")


def test_what_a_rule_forbids_no_judge_is_asked_of(world: Modelled) -> None:
    world.plays(says=saying(("Ann Roe said that the ferry to Brandt will close in June.", "close in May")))
    answer = world.ask(QUESTION)
    assert kinds(answer) == ["quote"]
    (worded,) = answer["diagnostics"]["worded"]
    assert worded["judge"] is None
    assert len(world.model.received) == 1


def test_the_judge_sees_the_statement_and_its_quotations_alone(world: Modelled) -> None:
    world.plays(says=saying((CLOSES, "close in May")))
    world.ask(QUESTION)
    _, asked = world.model.received
    assert CLOSES in asked.user
    assert TEXT.partition("\n")[0] in asked.user
    for word in ("What is known", "crew of the ferry", "scripted"):
        assert word not in asked.user + asked.system


def test_a_request_can_have_quotations_alone(world: Modelled) -> None:
    world.plays(says=saying((CLOSES, "close in May")))
    answer = world.ask(QUESTION, wording="quotes")
    assert kinds(answer) == ["quote"]
    assert len(world.model.received) == 1
    response = world.client.post("/v1/chat", json={"question": QUESTION, "wording": "free"})
    assert response.status_code == 422


def test_a_judge_that_cannot_be_asked_leaves_the_quotations(world: Modelled) -> None:
    def plays(exchange: Exchange) -> None:
        if prompted(exchange.received).kind == "verdict":
            exchange.refuse(500)
        else:
            exchange.say()

    world.plays(plays, says=saying((CLOSES, "close in May"), (CREW, "40 people")))
    answer = world.ask(QUESTION)
    assert kinds(answer) == ["quote", "quote"]
    assert {worded["judge"] for worded in answer["diagnostics"]["worded"]} <= {"failed", None}
    assert (answer["status"], answer["diagnostics"]["degraded"]) == ("answered", "judge_unavailable")


def test_what_is_wrong_with_the_model_itself_is_told_rather(world: Modelled) -> None:
    def plays(exchange: Exchange) -> None:
        if prompted(exchange.received).kind == "verdict":
            exchange.refuse(500)
            return
        exchange.begin()
        exchange.piece(exchange.text.removesuffix("}"))
        exchange.finish("length")

    world.plays(plays, says=saying((CLOSES, "close in May")))
    answer = world.ask(QUESTION)
    assert kinds(answer) == ["quote"]
    assert answer["diagnostics"]["degraded"] == "model_too_long"


def test_a_judge_that_keeps_failing_keeps_nobody_from_asking_the_model(world: Modelled) -> None:
    def plays(exchange: Exchange) -> None:
        if prompted(exchange.received).kind == "verdict":
            exchange.refuse(401)
        else:
            exchange.say()

    with modelled(world.service, patient=False) as impatient:
        impatient.plays(plays, says=saying((CLOSES, "close in May")))
        degraded = [impatient.ask(QUESTION)["diagnostics"]["degraded"] for _ in range(7)]
        kinds_asked = [prompted(received).kind for received in impatient.model.received]
    assert degraded == ["judge_unavailable"] * 7
    assert (kinds_asked.count("answer"), kinds_asked.count("verdict")) == (7, 5)


def test_at_an_endpoint_of_one_slot_the_judge_is_heard_after_the_model(world: Modelled) -> None:
    slot = threading.Lock()

    def plays(exchange: Exchange) -> None:
        with slot:
            if prompted(exchange.received).kind == "verdict":
                exchange.say()
                return
            first, _, rest = exchange.text.partition("}, ")
            exchange.begin()
            exchange.piece(first + "}, ")
            for _ in range(8):  # for longer than the judge is waited for
                exchange.wait(0.2)
                exchange.piece(" ")
            exchange.piece(rest)
            exchange.finish()

    with modelled(world.service, limits=replace(PATIENT, idle=1.2)) as made:
        made.plays(plays, says=saying((CLOSES, "close in May"), (CREW, "40 people")))
        answer = made.ask(QUESTION)
    assert kinds(answer) == ["paraphrase", "paraphrase"]
    assert answer["diagnostics"]["degraded"] is None


def test_model_mending_and_judge_have_one_time_together(world: Modelled) -> None:
    def plays(exchange: Exchange) -> None:
        exchange.begin()
        if prompted(exchange.received).kind == "answer":
            exchange.piece("no form at all")
            exchange.finish()
            return
        for _ in range(100):
            exchange.wait(0.05)
            exchange.piece(" ")

    with modelled(world.service, limits=Limits(), seconds=3.0) as hurried:
        hurried.plays(plays)
        degraded = hurried.ask(QUESTION)["diagnostics"]["degraded"]
        kinds_asked = [prompted(received).kind for received in hurried.model.received]
    assert (degraded, kinds_asked) == ("model_timeout", ["answer", "repair"])


def test_a_statement_is_told_once_its_verdict_is_in_while_the_model_goes_on(world: Modelled) -> None:
    go_on = threading.Event()

    def plays(exchange: Exchange) -> None:
        if prompted(exchange.received).kind == "verdict":
            exchange.say()
            return
        first, _, rest = exchange.text.partition("}, ")
        exchange.begin()
        exchange.piece(first + "}, ")
        while not go_on.is_set():
            exchange.wait(0.02)
        exchange.piece(rest)
        exchange.finish()

    world.plays(plays, says=saying((CLOSES, "close in May"), (VERBATIM, "harbour")))
    events: list[Sent] = []
    with world.client.stream("POST", "/v1/chat", json={"question": QUESTION}, headers=EVENTS) as response:
        for event in read(response):
            events += [event] if event else []
            if event and event.name == "statement":
                go_on.set()
    told = [event.data["statement"]["kind"] for event in events if event.name == "statement"]
    assert told == ["paraphrase", "quote"]
    assert events[-1].name == "done"


def test_an_answer_keeps_its_order_however_long_a_verdict_takes(world: Modelled) -> None:
    asked = threading.Event()

    def judge(prompt: Prompted) -> str:
        asked.wait(0.2)
        return APART["verdict"](prompt)

    said = (VERBATIM, "harbour"), (CLOSES, "close in May"), (CREW, "40 people")
    world.plays(says=saying(*said, judge=judge))
    answer = world.ask(QUESTION)
    cited = [answer["citations"][one["citations"][0] - 1]["quote"]["text"] for one in answer["statements"]]
    assert [text.split()[1] for text in cited] == ["harbour", "Ann", "crew"]
