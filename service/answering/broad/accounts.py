"""Where the articles differ: the sentences that correct or deny what was told, which name both."""

import re
from collections.abc import Sequence

from service.answering import headings
from service.answering.broad.articles import Told, Weights
from service.answering.broad.sections import Section

_MOST = 5
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ion)|revised|contradict\w*|disputed|den(?:ies|ied)|never (?:said|agreed)"
    r"|never been (?:shown|told|asked)|(?:dismissed|rejected|described) .{1,60} as|invent(?:ed|ion)"
    r"|account of what)\b|, not (?:the )?[\w.]*\d",
    re.I,
)


def differences(articles: Sequence[Told], weights: Weights) -> Section:
    found = [
        (-weights.of(line.text), at, line)
        for at, line in enumerate(line for told in articles for line in told.body)
        if _CORRECTS.search(line.text)
    ]
    best = sorted(found, key=lambda each: each[:2])[:_MOST]
    return Section(
        headings.ON_DIFFERENCES, tuple(line for *_, line in sorted(best, key=lambda each: each[1]))
    )
