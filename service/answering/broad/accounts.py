"""Where the articles differ: the sentences that correct or deny what was told, which name both."""

import re
from collections.abc import Sequence

from service.answering import headings
from service.answering.broad.articles import Told, Weights
from service.answering.broad.sections import Section

_MOST = 5
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ions?)|revis(?:es|ed|ions?)|retract(?:s|ed|ions?)|contradict(?:s|ed|ions?)"
    r"|den(?:ies|ied|ials?)|disputed|refut(?:es|ed)|dismiss(?:es|ed))\b|, not (?:the )?[\w.]*\d",
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
