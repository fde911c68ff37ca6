"""Sections of an overview: what stands under one heading, each thing once, no more than an answer holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.answering import Draft, Policy
from service.answering.extractive import Cited, draft, says_again


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Cited, ...]


def drafts(sections: Iterable[Section], *, policy: Policy, once: bool = True) -> list[Draft]:
    """In their order, as many as an answer holds. `once`: without copies of what stands before."""
    told: list[Cited] = []
    made = []
    for section in sections:
        for line in section.lines:
            if len(told) < policy.overview.most and not (once and copies(line, told, policy)):
                told.append(line)
                made.append(replace(draft(line, policy=policy), heading=section.heading))
    return made


def copies(line: Cited, told: Sequence[Cited], policy: Policy) -> bool:
    return any(line.text == one.text or says_again(one, line, policy) for one in told)
