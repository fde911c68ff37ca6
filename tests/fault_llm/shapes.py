"""Models that know the answer and give it in another shape than they were asked for, each by name; asked to
mend it, they give it again."""

import json
from collections.abc import Callable
from typing import Any

from tests.fault_llm.answers import APART, nearest
from tests.fault_llm.exchange import Received
from tests.fault_llm.prompted import prompted
from tests.fault_llm.speakers import speaker

Shape = Callable[[str, str], str]


def _whole(statements: Any, **more: Any) -> str:
    return json.dumps({"statements": statements, "unanswered": [], "differ": [], **more})


def _one(text: Any, cites: Any) -> str:
    return _whole([{"text": text, "cites": cites}])


# Of the key and the sentence that answers. In these, no statement can be read.
UNREADABLE: dict[str, Shape] = {
    "text-number": lambda key, words: _one(12, [key]),
    "text-null": lambda key, words: _one(None, [key]),
    "text-list": lambda key, words: _one([words], [key]),
    "text-object": lambda key, words: _one({"en": words}, [key]),
    "text-half-emoji": lambda key, words: _one("\ud83d", [key]),
    "text-huge-number": lambda key, words: _one("?", [key]).replace('"?"', "9" * 6_000),
    "text-missing": lambda key, words: _whole([{"statement": words, "cites": [key]}]),
    "statements-of-text": lambda key, words: _whole([words]),
    "statements-of-numbers": lambda key, words: _whole([1, 2.5, True]),
    "statements-of-null": lambda key, words: _whole([None]),
    "statements-of-lists": lambda key, words: _whole([[words, key]]),
    "statements-of-nothing": lambda key, words: _whole([{}]),
    "statements-object": lambda key, words: _whole({"1": words}),
    "statements-text": lambda key, words: _whole(words),
    "statements-null": lambda key, words: _whole(None),
    "citations-for-cites": lambda key, words: _whole([{"text": words, "citations": [1]}]),
    "keys-twice": lambda key, words: _whole([words]).replace(
        '"unanswered"', f'"statements": [{json.dumps(words)}], "unanswered"'
    ),
    "another-key": lambda key, words: json.dumps({"answer": words, "sources": [1]}),
    "a-list-of-text": lambda key, words: json.dumps([words]),
    "a-number": lambda key, words: "42",
    "too-deep": lambda key, words: '{"statements": ' + "[" * 40 + json.dumps(words) + "]" * 40 + "}",
}
# In these, the statement can be read and what it relies on can't.
UNCITED: dict[str, Shape] = {
    "cites-of-numbers": lambda key, words: _one(words, [1]),
    "cites-object": lambda key, words: _one(words, {key: words}),
    "cites-null": lambda key, words: _one(words, None),
    "cites-number": lambda key, words: _one(words, 1),
    "cites-words": lambda key, words: _one(words, [words]),
    "cites-half-emoji": lambda key, words: _one(words, [f"{key} \ud83d"]),
    "cites-evidence": lambda key, words: _one(words, [{"passage": key}]),
}
# And these are read as they were meant.
READ: dict[str, Shape] = {
    "cites-key": lambda key, words: _one(words, key),
    "cites-in-brackets": lambda key, words: _one(words, [f"[{key}]"]),
    "a-list": lambda key, words: json.dumps([{"text": words, "cites": [key]}]),
    "statement-for-list": lambda key, words: _whole({"text": words, "cites": [key]}),
    "lists-in-lists": lambda key, words: _whole([[{"text": words, "cites": [key]}]]),
    "wrapped": lambda key, words: json.dumps({"answer": json.loads(_one(words, [key]))}),
    "some-of-them": lambda key, words: _whole([7, {"text": words, "cites": [key]}, None]),
    "beside-it": lambda key, words: _whole(
        [{"text": words, "cites": [key]}], unanswered={"a": 1}, differ=["x", 3]
    ),
}
SHAPES: dict[str, Shape] = {**UNREADABLE, **UNCITED, **READ}


def _says(name: str, shape: Shape) -> None:
    kind = "unreadable" if name in UNREADABLE else "uncited" if name in UNCITED else "read"

    @speaker(f"shape:{name}", f"the answer in another shape, {kind}: {name}")
    def _(received: Received) -> str:
        prompt = prompted(received)
        if prompt.kind in APART:
            return APART[prompt.kind](prompt)
        return shape(*nearest(prompt)) if prompt.kind == "answer" else shape("P1.1", "It was mended.")


for _name, _shape in SHAPES.items():
    _says(_name, _shape)
