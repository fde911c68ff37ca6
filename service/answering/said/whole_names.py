"""A first name that stands alone is whose whole name an article gives with it, where that is one person's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.article import Span
from service.answering.said.utterances import Utterance
from service.english import NameKind, mentions

_LONGEST = 40_000  # code points that are read for whole names


def whole_names(text: str, told: Iterable[Utterance]) -> Iterator[Utterance]:
    first, last = dict[str, list[Span]](), set[str]()
    for one in mentions(text[:_LONGEST]):
        words = one.text.split()
        if one.kind is NameKind.PERSON and len(words) > 1:
            first.setdefault(words[0], []).append(Span(one.start, one.end))
            last.add(words[-1])
    for each in told:
        name = text[each.source.start : each.source.end] if each.source else ""
        meant = [] if name in last else first.get(name, [])
        alike = len({text[span.start : span.end].split()[-1] for span in meant}) == 1
        yield replace(each, source=meant[0]) if alike else each
