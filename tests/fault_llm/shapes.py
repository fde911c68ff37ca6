"""Models that know the answer and give it in another shape than they were asked for, each by name; asked to
mend it, they give it again."""

import json
from collections.abc import Callable
from typing import Any

from tests.fault_llm.answers import nearest
from tests.fault_llm.exchange import Received
from tests.fault_llm.prompted import prompted
from tests.fault_llm.speakers import speaker

Shape = Callable[[str, str], str]


def _whole(statements: Any, **more: Any) -> str:
    return json.dumps({"statements": statements, "unanswered": [], "conflicts": [], **more})


def _one(text: Any, evidence: Any) -> str:
    return _whole([{"text": text, "evidence": evidence}])


def _cited(key: Any, words: Any) -> list[dict[str, Any]]:
    return [{"passage": key, "words": words}]


# Of a passage's key and its sentence that answers. In these, no statement can be read.
UNREADABLE: dict[str, Shape] = {
    "text-number": lambda key, words: _one(12, _cited(key, words)),
    "text-null": lambda key, words: _one(None, _cited(key, words)),
    "text-list": lambda key, words: _one([words], _cited(key, words)),
    "text-object": lambda key, words: _one({"en": words}, _cited(key, words)),
    "text-half-emoji": lambda key, words: _one("\ud83d", _cited(key, words)),
    "text-huge-number": lambda key, words: _one("?", _cited(key, words)).replace('"?"', "9" * 6_000),
    "text-missing": lambda key, words: _whole([{"statement": words, "evidence": _cited(key, words)}]),
    "statements-of-text": lambda key, words: _whole([words]),
    "statements-of-numbers": lambda key, words: _whole([1, 2.5, True]),
    "statements-of-null": lambda key, words: _whole([None]),
    "statements-of-lists": lambda key, words: _whole([[words, key]]),
    "statements-of-nothing": lambda key, words: _whole([{}]),
    "statements-object": lambda key, words: _whole({"1": words}),
    "statements-text": lambda key, words: _whole(words),
    "statements-null": lambda key, words: _whole(None),
    "citations-for-evidence": lambda key, words: _whole([{"text": words, "citations": [1]}]),
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
    "evidence-key": lambda key, words: _one(words, key),
    "evidence-of-keys": lambda key, words: _one(words, [key]),
    "evidence-of-numbers": lambda key, words: _one(words, [1]),
    "evidence-object": lambda key, words: _one(words, {key: words}),
    "evidence-null": lambda key, words: _one(words, None),
    "passage-number": lambda key, words: _one(words, _cited(1, words)),
    "words-list": lambda key, words: _one(words, _cited(key, [words])),
    "words-half-emoji": lambda key, words: _one(words, _cited(key, f"{words} \ud83d")),
}
# And these are read as they were meant.
READ: dict[str, Shape] = {
    "a-list": lambda key, words: json.dumps([{"text": words, "evidence": _cited(key, words)}]),
    "statement-for-list": lambda key, words: _whole({"text": words, "evidence": _cited(key, words)}),
    "lists-in-lists": lambda key, words: _whole([[{"text": words, "evidence": _cited(key, words)}]]),
    "wrapped": lambda key, words: json.dumps({"answer": json.loads(_one(words, _cited(key, words)))}),
    "some-of-them": lambda key, words: _whole([7, {"text": words, "evidence": _cited(key, words)}, None]),
    "beside-it": lambda key, words: _whole(
        [{"text": words, "evidence": _cited(key, words)}], unanswered={"a": 1}, conflicts=["x", 3]
    ),
}
SHAPES: dict[str, Shape] = {**UNREADABLE, **UNCITED, **READ}


def _says(name: str, shape: Shape) -> None:
    kind = "unreadable" if name in UNREADABLE else "uncited" if name in UNCITED else "read"

    @speaker(f"shape:{name}", f"the answer in another shape, {kind}: {name}")
    def _(received: Received) -> str:
        prompt = prompted(received)
        if prompt.kind == "condense":
            return prompt.question
        return shape(*nearest(prompt)) if prompt.kind == "answer" else shape("P1", "It was mended.")


for _name, _shape in SHAPES.items():
    _says(_name, _shape)
