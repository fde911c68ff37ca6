"""Sections of an overview: what stands under one heading, each thing once, no more than an answer holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.answering import Draft, Overviewing, Policy
from service.answering.broad.articles import Told, Whole
from service.answering.extractive import Cited, Corrections, draft, says_again

Scored = tuple[float, Cited]
"""With its worth."""


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Cited, ...]


def joined(heading: str, sections: Iterable[Section]) -> Section:
    """What several hold under one heading, each article's sentences as they stand in it."""
    lines = {line for section in sections if section.heading == heading for line in section.lines}
    order = sorted(lines, key=of_text)
    return Section(heading, tuple(order))


def of_text(line: Cited) -> tuple[str, int]:
    """Its place: the article's id, and where in it."""
    return line.passage.article.id, line.sentence.start


def best_first(each: Scored) -> tuple[float, str, int]:
    return -each[0], *of_text(each[1])


def likeliest(found: Iterable[Scored], by: Overviewing) -> list[Scored]:
    """Those that are worth not much less than the best, if that is worth telling."""
    order = sorted(found, key=best_first)
    least = max(by.likely, order[0][0] - by.below) if order else 0.0
    return [each for each in order if each[0] >= least][: by.told]


def enough(found: Iterable[Scored], least: float, by: Overviewing) -> list[Scored]:
    """What says it plainly; of what says it less plainly, as much as makes a few."""
    order = sorted(found, key=best_first)
    return [each for at, each in enumerate(order) if each[0] >= (least if at < by.few else by.plain)]


def by_source(articles: Sequence[Told], found: Sequence[Scored], *, most: int | None = None) -> list[Section]:
    each = most or (3 if len({line.passage.article.id for _, line in found}) > 3 else 4)
    sections = []
    for told in articles:
        its = sorted((f for f in found if f[1].passage.article.id == told.article.id), key=best_first)
        lines = sorted((line for _, line in its[:each]), key=lambda line: line.sentence.start)
        sections.append(Section(told.source, tuple(lines)))
    return [section for section in sections if section.lines]


def drafts(
    sections: Iterable[Section],
    whole: Mapping[str, Whole],
    *,
    policy: Policy,
    corrected: Corrections,
    once: bool = True,
) -> list[Draft]:
    """In their order, as many as an answer holds. `once`: without copies of what stands before."""
    told: list[Cited] = []
    made = []
    for section in sections:
        for line in section.lines:
            again = once and copies(line, told, policy)
            if len(told) < policy.overview.most and not again:
                told.append(line)
                said = whole[line.passage.article.id].said.get(line.sentence)
                its = draft(replace(line, said=said), policy=policy, corrected=corrected)
                made.append(replace(its, heading=section.heading))
    return made


def copies(line: Cited, told: Sequence[Cited], policy: Policy) -> bool:
    return any(line.text == one.text or says_again(one, line, policy) for one in told)
