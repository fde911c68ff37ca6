"""What a language model gets to read of the articles, and the form that its answer should have."""

from collections.abc import Mapping, Sequence

from service.answering import Passage

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


def listed(passages: Mapping[str, Passage]) -> str:
    return "\n\n".join(
        f"[{key}] {_heading(passage)}\n{passage.hit.chunk.text}" for key, passage in passages.items()
    )


def _heading(passage: Passage) -> str:
    facts = passage.article.facts
    known: Sequence[str | None] = (facts.outlet, facts.title, facts.published)
    return ", ".join(" ".join(fact.split()) for fact in known if fact) or "an article of unknown origin"
