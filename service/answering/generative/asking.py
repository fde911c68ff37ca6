"""What a language model gets to read of the articles, and the form that its answer should have."""

from collections.abc import Mapping
from itertools import groupby

from service.answering import Passage
from service.answering.extractive import Cited
from service.answering.verified import is_plain
from service.english import plain_words

_LONGEST = 200  # code points of an outlet or a title


def text() -> dict[str, object]:
    return {"type": "string"}


def array(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def whole(**properties: object) -> dict[str, object]:
    """Every property required and none besides, as strict structured output wants it:
    https://platform.openai.com/docs/guides/structured-outputs#supported-schemas"""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SCHEMA: Mapping[str, object] = whole(
    premise=array(whole(assumed=text(), cites=array(text()))),
    statements=array(whole(text=text(), cites=array(text()))),
    differ=array(whole(about=text(), cites=array(text()))),
    unanswered=array(text()),
)


def listed(shown: Mapping[str, Cited]) -> str:
    """Each sentence on a line of its own behind its key, an article's under the line that names it."""
    parts: list[str] = []
    above = None
    for _, lines in groupby(shown.items(), lambda one: one[0].partition(".")[0]):
        sentences = list(lines)
        passage = sentences[0][1].passage
        parts += [] if passage.article.id == above else [f"[{_heading(passage)}]"]
        parts.append("\n".join(_line(key, cited) for key, cited in sentences) + "\n")
        above = passage.article.id
    return "\n".join(parts).rstrip()


def _line(key: str, cited: Cited) -> str:
    speaker = _speaker(cited)
    return " ".join([key, *([f"{{{speaker}}}"] if speaker else []), *cited.text.split()])


def _speaker(cited: Cited) -> str | None:
    """Who says it, and to whom or where, if the sentence itself doesn't name them."""
    said = cited.said
    if said is None or said.speaker is None or plain_words(said.speaker)[-1] in plain_words(cited.text):
        return None
    told = [said.speaker, f"to {said.to}" if said.to else None, said.venue]
    return ", ".join(" ".join(each.split()) for each in told if each)


def _heading(passage: Passage) -> str:
    facts = passage.article.facts
    named = [" ".join(fact.split())[:_LONGEST] for fact in (facts.outlet, facts.title) if fact]
    published = [facts.published] if facts.published else []
    return ", ".join([*filter(is_plain, named), *published]) or "An article of unknown origin"
