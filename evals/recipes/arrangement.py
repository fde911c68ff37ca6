"""More articles, or the same in another order: the cases stay as they are.

`distract` measures robustness to noise (RGB; Chen et al., 2024): the answer is still there, in a larger
haystack. `reorder` finds answers that depend on the order in which articles came in.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from evals.cases import Case, Document, Suite
from evals.errors import SuiteError
from evals.recipes.made import Made, is_taken, noted, plain, without_given
from evals.scoring.matching import normalised

_ROUNDING = 1e-9
_FEWEST_WORDS = 2  # of a spelling that tells gold text: one word is everywhere


def distract(suite: Suite, seed: int, *, source: Suite, share: float) -> Made:
    """Articles of `source` are added until they are `share` of the corpus. Raises SuiteError when it has too
    few: one that holds the gold of some case is no distractor."""
    wanted = ceil(share * len(suite.documents) / (1 - share) - _ROUNDING)
    candidates = list(source.documents)
    random.Random(seed).shuffle(candidates)  # noqa: S311 - a sample, not a secret
    skipped: Counter[str] = Counter()
    chosen: list[Document] = []
    for document in _harmless(candidates, suite, skipped) if wanted else ():
        chosen.append(document)
        if len(chosen) == wanted:
            break
    if len(chosen) < wanted:
        most = len(chosen) / (len(chosen) + len(suite.documents))
        raise SuiteError(
            f"{source.name} has {len(chosen)} articles to add, and {wanted} are needed for {share:g}",
            remedy=f"lower --share to {int(most * 100) / 100:g}, or take them from a larger suite",
        )
    added = tuple(_renamed(document, suite, source) for document in chosen)
    freed = [case for case in suite.cases if _is_freed(case) and wanted]
    cases = tuple(
        noted(without_given(case) if _is_freed(case) and wanted else case, "distracted", _share(added, suite))
        for case in suite.cases
    )
    remarks = [f"{len(added)} articles were added, so that {_share(added, suite)}"]
    if skipped:
        told = ", ".join(f"{count} {why}" for why, count in sorted(skipped.items()))
        remarks.append(f"passed over in {source.name}: {told}")
    if freed:
        remarks.append(f"{len(freed)} cases were asked of one article, and now of the whole corpus")
    held = sum(case.given_doc is not None for case in cases)
    if held and wanted:
        remarks.append(f"{held} cases are unanswerable from their own article alone, and still asked of it")
    return Made(suite.documents + added, cases, remarks=tuple(remarks))


def reorder(suite: Suite, seed: int) -> Made:
    """The articles in another order, which is the order of ingestion."""
    documents = list(suite.documents)
    shuffled = documents[:]
    chance = random.Random(seed)  # noqa: S311 - a shuffle, not a secret
    while shuffled == documents and len(documents) > 1:
        chance.shuffle(shuffled)
    cases = tuple(noted(case, "reordered", "the articles come in another order") for case in suite.cases)
    return Made(tuple(shuffled), cases)


def _harmless(candidates: list[Document], suite: Suite, skipped: Counter[str]) -> Iterator[Document]:
    """Those without gold text, each once. Why others were passed over is counted."""
    gold = _gold_words(suite)
    known = {normalised(document.text) for document in suite.documents}
    for document in candidates:
        text = plain(document.text)
        if not is_taken(document):
            skipped["are no text that Parley takes"] += 1
        elif text.strip() in known:
            skipped["are in the corpus already"] += 1
        elif any(f" {words} " in text for words in gold):
            skipped["hold gold text"] += 1
        else:
            known.add(text.strip())
            yield document


def _gold_words(suite: Suite) -> frozenset[str]:
    """Quotations of the evidence, and the spellings of nuggets that are longer than a word."""
    quotes = {normalised(piece.quote) for case in suite.cases for piece in case.evidence if piece.quote}
    spellings = {normalised(words) for case in suite.cases for n in case.nuggets for words in n.any}
    return frozenset(words for words in quotes | spellings if len(words.split()) >= _FEWEST_WORDS)


def _renamed(document: Document, suite: Suite, source: Suite) -> Document:
    taken = {known.id for known in suite.documents}
    id_ = f"distractor-{source.name}-{document.id}"
    while id_ in taken:
        id_ = f"distractor-{id_}"
    return replace(document, id=id_)


def _is_freed(case: Case) -> bool:
    """A case that no added article could reach; one that can't be answered from its own article might be
    answered by another, so it stays as it is."""
    return case.given_doc is not None and case.answerable


def _share(added: tuple[Document, ...], suite: Suite) -> str:
    return f"{len(added) / (len(added) + len(suite.documents)):.0%} of the corpus are distractors"
