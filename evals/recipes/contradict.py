"""Adds copies of articles in which the answers are other ones, so that a right answer shows the conflict.

After the counterfactual robustness of RGB (Chen et al., 2024). An article has at most three copies, each of
which changes what several of its cases ask about: a copy a case would drown the article itself.
"""

import random
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evals.cases import Case, CaseKind, Document, Evidence, Nugget, Suite
from evals.recipes.items import Changes, apply, changed_item, changed_name, items
from evals.recipes.made import Made, is_taken, noted, stating, without_given
from evals.scoring.matching import any_in

OUTLET = "Another outlet (edited copy)"
_MOST_COPIES = 3
_KINDS = frozenset({None, CaseKind.SINGLE_FACT, CaseKind.ATTRIBUTION, CaseKind.NUMERIC, CaseKind.TEMPORAL})
_OTHER_KIND = "are of a kind that has no one fact to change"
_SEVERAL = "are answered by several articles together"
_NOT_STATED = "have no vital nugget that a quotation states"
_NOTHING = "have no number, day, month or name in the answer that could be changed"
_CLASH = "would change what another case of the article asks or quotes"


@dataclass(frozen=True, slots=True)
class _Changing:
    case: Case
    nugget: Nugget
    doc_id: str
    quote: str


@dataclass(slots=True)
class _Copy:
    """An article's changes, and the cases that they are for, each with its own."""

    document: Document
    changes: dict[str, str] = field(default_factory=dict)
    cases: list[tuple[_Changing, Changes]] = field(default_factory=list)

    def add(self, one: _Changing, changes: Changes) -> bool:
        """False where a change for one case would touch what another asks or quotes."""
        if any(self.changes.get(old, new) != new for old, new in changes.items()):
            return False
        if {*self.changes.values()} & {new for old, new in changes.items() if old not in self.changes}:
            return False  # two things would become one
        merged = {**self.changes, **changes}
        everyone = [*self.cases, (one, changes)]
        if not all(_is_untouched(each, own, merged) for each, own in everyone) or not _sides(one, merged):
            return False
        self.changes, self.cases = merged, everyone
        return True


def _is_untouched(one: _Changing, own: Changes, merged: Changes) -> bool:
    """The question holds nothing that is changed, in whatever case, and the quotation its own alone."""
    asked = one.case.question.casefold()
    folded = {old.casefold(): "" for old in merged}
    return apply(folded, asked) == asked and apply(merged, one.quote) == apply(own, one.quote)


def contradict(suite: Suite, seed: int) -> Made:
    """The cases that ask for one fact that can be changed, as cases of kind conflict; no others."""
    documents = [document for document in suite.documents if is_taken(document)]
    copies = {document.id: [_Copy(document) for _ in range(_MOST_COPIES)] for document in documents}
    left_out: Counter[str] = Counter()
    for case in suite.cases:
        why = _place(case, copies, random.Random(f"{seed} {case.id}"))  # noqa: S311 - a sample, not a secret
        if why:
            left_out[why] += 1
    made = [(n, copy) for found in copies.values() for n, copy in enumerate(found, start=1) if copy.cases]
    edited = [_edited(copy, n, copies.keys()) for n, copy in made]
    conflicts = {
        one.case.id: _conflict(one, copy, document.id)
        for (_, copy), document in zip(made, edited, strict=True)
        for one, _ in copy.cases
    }
    cases = tuple(conflicts[case.id] for case in suite.cases if case.id in conflicts)
    remark = f"{len(edited)} edited copies of {len({copy.document.id for _, copy in made})} articles"
    return Made((*documents, *edited), cases, left_out, (remark,))


def _place(case: Case, copies: Mapping[str, Sequence[_Copy]], chance: random.Random) -> str:
    """Puts the case's change into a copy of its article, or tells why that cannot be."""
    if case.kind not in _KINDS or case.turns or not case.answerable:
        return _OTHER_KIND
    if len({piece.doc_id for piece in case.evidence}) > 1:
        return _SEVERAL
    texts = {id_: found[0].document.text for id_, found in copies.items()}
    stated = _stated(case, texts)
    if not stated:
        return _NOT_STATED
    reason = _NOTHING
    for one in stated:
        for copy in copies[one.doc_id]:
            for changes in _possible(one, copy, chance):
                if copy.add(one, changes):
                    return ""
                reason = _CLASH
    return reason


def _stated(case: Case, texts: Mapping[str, str]) -> list[_Changing]:
    """The vital nuggets, each with a quotation that states it."""
    return [
        _Changing(case, nugget, piece.doc_id, quote)
        for nugget in case.nuggets
        if nugget.vital
        for piece in (case.evidence[number] for number in nugget.evidence)
        if piece.doc_id in texts
        if any_in(quote := piece.quote or stating(case, texts[piece.doc_id]), nugget.any)
    ]


def _possible(one: _Changing, copy: _Copy, chance: random.Random) -> list[Changes]:
    """Changes of what stands both in the nugget and in the quotation, in random order."""
    text, known = f"{copy.document.text} {' '.join(copy.changes.values())}", copy.changes
    spelled = [spelling for spelling in one.nugget.any if any_in(one.quote, [spelling])]
    in_nugget = {item for spelling in spelled for item in items(spelling)}
    shared = [item for item in dict.fromkeys(items(one.quote)) if item in in_nugget]
    found = [changed_item(item, text, chance) for item in shared if item not in known]
    persons = [said.speaker for said in one.case.said if any_in(" / ".join(spelled), said.speaker)]
    found += [changed_name(names, text, chance) for names in (*persons, one.nugget.any)]
    chance.shuffle(found)
    return [changes for changes in found if changes]


def _sides(one: _Changing, changes: Changes) -> tuple[Nugget, Nugget] | None:
    """What the article says and what the copy says; None where an answer could not tell them apart."""
    other = apply(changes, one.quote)
    ours = tuple(words for words in one.nugget.any if not any_in(other, [words]))
    spelled = (apply(changes, words) for words in one.nugget.any)
    theirs = tuple(dict.fromkeys(new for new in spelled if new not in one.nugget.any))
    theirs = tuple(words for words in theirs if not any_in(one.quote, [words]))
    if not any_in(one.quote, ours) or not any_in(other, theirs):
        return None
    return (
        Nugget(one.nugget.text, True, ours, (0,)),
        Nugget(apply(changes, one.nugget.text), True, theirs, (1,)),
    )


def _edited(copy: _Copy, number: int, taken: Container[str]) -> Document:
    id_ = f"{copy.document.id}-edited-{number}"
    while id_ in taken:
        id_ += "-again"
    title = apply(copy.changes, copy.document.title) if copy.document.title else None
    text = apply(copy.changes, copy.document.text)
    return replace(copy.document, id=id_, text=text, title=title, source=OUTLET, url=None)


def _conflict(one: _Changing, copy: _Copy, edited: str) -> Case:
    sides = _sides(one, copy.changes)
    assert sides is not None, "the change was accepted"
    evidence = (
        Evidence(copy.document.id, one.quote),
        Evidence(edited, apply(copy.changes, one.quote)),
    )
    changed = replace(
        without_given(one.case),
        kind=CaseKind.CONFLICT,
        answers=(),
        nuggets=sides,
        evidence=evidence,
        said=(),
        forbidden=(),
    )
    return noted(changed, "contradicted", f"{sides[0].any[0]!r} against {sides[1].any[0]!r} of a copy")
