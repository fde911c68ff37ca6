"""Sections of an overview: what stands under one heading, each thing once, no more than an answer holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.answering import Draft, Policy
from service.answering.broad.articles import Whole
from service.answering.extractive import Cited, draft, says_again


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Cited, ...]


def drafts(
    sections: Iterable[Section], whole: Mapping[str, Whole], *, policy: Policy, once: bool = True
) -> list[Draft]:
    """In their order, as many as an answer holds. `once`: without copies of what stands before."""
    told: list[Cited] = []
    made = []
    for section in sections:
        for line in section.lines:
            if len(told) < policy.overview.most and not (once and copies(line, told, policy)):
                told.append(line)
                said = whole[line.passage.article.id].said.get(line.sentence)
                made.append(replace(draft(replace(line, said=said), policy=policy), heading=section.heading))
    return made


def copies(line: Cited, told: Sequence[Cited], policy: Policy) -> bool:
    return any(line.text == one.text or says_again(one, line, policy) for one in told)
