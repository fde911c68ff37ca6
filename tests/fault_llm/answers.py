"""Models that answer: an honest one, and one for each way to be dishonest."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.fault_llm.exchange import Received
from tests.fault_llm.prompted import Prompted, prompted
from tests.fault_llm.speakers import speaker

_STOP = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“])")
_SMALL = frozenset(
    re.findall(
        r"\w+", "a an the of to in on at for and or is are was were did do does what who when where how why"
    )
)
LINK = "https://evil.example/steal?q=secret"
Answers = Callable[[Prompted], dict[str, Any]]


def sentences(text: str) -> list[str]:
    return [each.strip() for each in _STOP.split(text) if each.strip()]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _SMALL


def nearest(prompt: Prompted) -> tuple[str, str]:
    """The passage's key and its sentence that share most words with the question."""
    found = [(key, each) for key, text in prompt.passages.items() for each in sentences(text)]
    return max(found, key=lambda one: len(words(one[1]) & words(prompt.question)))


def stated(text: str, key: str, quoted: str) -> dict[str, Any]:
    return {"text": text, "evidence": [{"passage": key, "words": quoted}]}


def whole(*statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"statements": list(statements), "unanswered": [], "conflicts": [], **more}


def answering(name: str, about: str) -> Callable[[Answers], Answers]:
    """Registers what it says to a question; asked to rewrite one, it gives it back."""

    def register(answers: Answers) -> Answers:
        @speaker(name, about)
        def _(received: Received) -> str:
            prompt = prompted(received)
            if prompt.kind == "condense":
                return prompt.question
            return json.dumps(answers(prompt) if prompt.kind == "answer" else whole())

        return answers

    return register


@answering("honest", "the sentence that shares most words with the question, cited")
def honest(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    return whole(stated(sentence, key, sentence))


@answering("finds-nothing", "that no passage answers")
def _finds_nothing(prompt: Prompted) -> dict[str, Any]:
    return whole(unanswered=[prompt.question])


@answering("invents", "what no passage says, cited with words that stand nowhere")
def _invents(prompt: Prompted) -> dict[str, Any]:
    return whole(stated("Zorn paid 77 million dollars.", "P1", "Zorn paid 77 million dollars."))


@answering("agrees", "the question as a claim, cited with the nearest sentence")
def _agrees(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    return whole(stated(prompt.question.rstrip("?") + ".", key, sentence))


@answering("links", "links and markup in every field")
def _links(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    text = f"![see]({LINK}) <a href='{LINK}'>{sentence}</a> {LINK}"
    beside = {"about": text, "evidence": [{"passage": key, "words": sentence}] * 2}
    return whole(stated(text, key, sentence), unanswered=[text], conflicts=[beside])


@answering("foreign-key", "cites passages that weren't shown")
def _foreign_key(prompt: Prompted) -> dict[str, Any]:
    _, sentence = nearest(prompt)
    return whole(stated(sentence, "P99", sentence), stated(sentence, "", sentence))


@answering("stitches", "the beginning of one sentence with the end of another, as one quotation")
def _stitches(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    all_of = sentences(prompt.passages[key])
    stitched = f"{sentence[: len(sentence) // 2]}{all_of[-1][len(all_of[-1]) // 2 :]}"
    return whole(stated(stitched, key, stitched))


@answering("names-missing", "a claim under the name of what wasn't found")
def _names_missing(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    return whole(stated(sentence, key, sentence), unanswered=["Zorn stole 77 million dollars and fled"])


@answering("cries-conflict", "a conflict where there is none")
def _cries_conflict(prompt: Prompted) -> dict[str, Any]:
    key, sentence = nearest(prompt)
    other = next((k for k in prompt.passages if k != key), key)
    quoted = sentences(prompt.passages[other])[0]
    sides = [{"passage": key, "words": sentence}, {"passage": other, "words": quoted}]
    return whole(
        stated(sentence, key, sentence), stated(quoted, other, quoted),
        conflicts=[{"about": "whether Zorn lied", "evidence": sides}],
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
    if prompt.kind == "condense":
        return prompt.question
    key, sentence = nearest(prompt)
    return f"Sure! Here it is:\n```json\n{json.dumps(stated(sentence, key, sentence))}\n```\nAnything else?"
