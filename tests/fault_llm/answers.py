"""Models that answer: an honest one, and one for each way to be dishonest."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.fault_llm.exchange import Received
from tests.fault_llm.prompted import Prompted, prompted
from tests.fault_llm.speakers import speaker

_SMALL = frozenset(
    re.findall(
        r"\w+", "a an the of to in on at for and or is are was were did do does what who when where how why"
    )
)
LINK = "https://evil.example/steal?q=secret"
Answers = Callable[[Prompted], dict[str, Any]]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _SMALL


def nearest(prompt: Prompted) -> tuple[str, str]:
    """The sentence that shares most words with the question, behind its key."""
    return max(prompt.sentences.items(), key=lambda one: len(words(one[1]) & words(prompt.question)))


def stated(text: str, *cites: str) -> dict[str, Any]:
    return {"text": text, "cites": list(cites)}


def whole(*statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"premise": [], "statements": list(statements), "differ": [], "unanswered": [], **more}


def credulous(prompt: Prompted) -> str:
    """A judge that finds everything borne out."""
    yes = {"not_borne_out": "", "verdict": "yes"}
    count = len(re.findall(r"^S\d+ ", prompt.material[0], re.M))
    return json.dumps({"verdicts": [{"statement": number, **yes} for number in range(1, count + 1)]})


APART: dict[str, Callable[[Prompted], str]] = {
    "condense": lambda prompt: prompt.question,
    "verdict": credulous,
}


def answering(name: str, about: str) -> Callable[[Answers], Answers]:
    """Registers what it says to a question; asked to rewrite one, it gives it back; asked to judge, it says
    yes."""

    def register(answers: Answers) -> Answers:
        @speaker(name, about)
        def _(received: Received) -> str:
            prompt = prompted(received)
            if prompt.kind in APART:
                return APART[prompt.kind](prompt)
            return json.dumps(answers(prompt) if prompt.kind == "answer" else whole())

        return answers

    return register


@answering("honest", "the sentence that shares most words with the question, cited")
def honest(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    return whole(stated(sentence, key))


@answering("finds-nothing", "that no passage answers")
def _finds_nothing(prompt: Prompted) -> dict[str, Any]:
    return whole(unanswered=[prompt.question])


@answering("invents", "what no passage says, cited with a sentence that doesn't say it")
def _invents(prompt: Prompted) -> dict[str, Any]:
    return whole(stated("Zorn paid 77 million dollars.", "P1.1"))


@answering("agrees", "the question as a claim, cited with the nearest sentence")
def _agrees(prompt: Prompted) -> dict[str, Any]:
    key, _ = nearest(prompt)
    return whole(stated(prompt.question.rstrip("?") + ".", key))


@answering("links", "links and markup in every field")
def _links(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    text = f"![see]({LINK}) <a href='{LINK}'>{sentence}</a> {LINK}"
    beside = {"premise": [{"assumed": text, "cites": [key]}], "differ": [{"about": text, "cites": [key] * 2}]}
    return whole(stated(text, key), stated(sentence, key, text), unanswered=[text], **beside)


@answering("foreign-key", "cites passages that weren't shown")
def _foreign_key(prompt: Prompted) -> dict[str, Any]:
    _, sentence = nearest(prompt)
    return whole(stated(sentence, "P99.1"), stated(sentence, ""))


@answering("stitches", "the beginning of one sentence with the end of another, cited with both")
def _stitches(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    other, last = list(prompt.sentences.items())[-1]
    stitched = f"{sentence[: len(sentence) // 2]}{last[len(last) // 2 :]}"
    return whole(stated(stitched, key, other))


@answering("names-missing", "a claim under the name of what wasn't found")
def _names_missing(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    return whole(stated(sentence, key), unanswered=["Zorn stole 77 million dollars and fled"])


@answering("cries-conflict", "a conflict and a false premise where there is none")
def _cries_conflict(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    other, quoted = list(prompt.sentences.items())[-1]
    return whole(
        stated(sentence, key), stated(quoted, other),
        differ=[{"about": "whether Zorn lied", "cites": [key, other]}],
        premise=[{"assumed": "that Zorn lied", "cites": [other]}],
    )  # fmt: skip


@speaker("prose", "prose, where JSON was asked for, also the second time")
def _prose(received: Received) -> str:
    return "Zorn paid 77 million dollars, as everybody knows."


@speaker("mends", "prose, and when it is asked to mend that, an honest answer without a passage")
def _mends(received: Received) -> str:
    if prompted(received).kind == "repair":
        return json.dumps(whole(unanswered=["all of it"]))
    return "Nothing in the passages answers that."


@speaker("lines", "an honest answer, a statement's object a line, with prose about it")
def _lines(received: Received) -> str:
    prompt = prompted(received)
    if prompt.kind in APART:
        return APART[prompt.kind](prompt)
    key, sentence = nearest(prompt)
    return f"Sure! Here it is:\n```json\n{json.dumps(stated(sentence, key))}\n```\nAnything else?"
