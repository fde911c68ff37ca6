"""Sections of an overview: what stands under one heading, each thing once, no more than an answer holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.answering import Draft, Policy
from service.answering.extractive import Cited, alike, draft


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Cited, ...]


def drafts(sections: Iterable[Section], *, most: int, policy: Policy) -> list[Draft]:
    """In their order. What says the same as one before it is a copy."""
    told: list[Cited] = []
    made = []
    for section in sections:
        for line in section.lines:
            if len(told) < most and not copies(line, told, policy):
                told.append(line)
                made.append(replace(draft(line, policy=policy), heading=section.heading))
    return made


def copies(line: Cited, told: Sequence[Cited], policy: Policy) -> bool:
    return any(
        line.sentence == one.sentence and line.passage.article.id == one.passage.article.id for one in told
    ) or any(alike(line.text, one.text, share=policy.choosing.alike) for one in told)
