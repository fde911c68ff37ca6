"""What a language model is asked: the prompt, with all that others wrote between delimiters that they can't
know, and the form that its answer should have.

Delimiters alone stop no injection (https://genai.owasp.org/llmrisk/llm01-prompt-injection/): what the model
says is verified whatever it was led to say.
"""

import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from prompts import Prompt, Rendered
from service.answering.passage import Passage

Nonce = Callable[[], str]
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn"})

_EVIDENCE = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"passage": {"type": "string"}, "words": {"type": "string"}},
        "required": ["passage", "words"],
        "additionalProperties": False,
    },
}


def _items(named: str, **properties: object) -> dict[str, object]:
    its = {named: {"type": "string"}, "evidence": _EVIDENCE, **properties}
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": its,
            "required": list(its),
            "additionalProperties": False,
        },
    }


# Every property required and none besides, as strict structured output wants it:
# https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
SCHEMA: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "statements": _items("text"),
        "unanswered": {"type": "array", "items": {"type": "string"}},
        "conflicts": _items("about"),
    },
    "required": ["statements", "unanswered", "conflicts"],
    "additionalProperties": False,
}


def nonce() -> str:
    return secrets.token_hex(8)


def asked(prompt: Prompt, values: Mapping[str, str], *, make: Nonce = nonce) -> Rendered:
    """The prompt with what others wrote, made visible, behind a nonce that none of it has."""
    shown = {name: visible(text) for name, text in values.items()}
    mark = make()
    while any(mark in text for text in shown.values()):
        mark = make()
    return prompt.render({**shown, "nonce": mark})


def visible(text: str) -> str:
    """Without characters that a reader doesn't see and a model does, such as tags and direction marks
    (https://www.unicode.org/reports/tr36/); a page break and its like part words still. Words are found in
    the article without them too."""
    return "".join(c if _seen(c) else " " if c.isspace() else "" for c in text)


def _seen(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in _UNSEEN


def listed(passages: Mapping[str, Passage]) -> str:
    return "\n\n".join(
        f"[{key}] {_heading(passage)}\n{passage.hit.chunk.text}" for key, passage in passages.items()
    )


def _heading(passage: Passage) -> str:
    facts = passage.article.facts
    known: Sequence[str | None] = (facts.outlet, facts.title, facts.published)
    return ", ".join(" ".join(fact.split()) for fact in known if fact) or "an article of unknown origin"
