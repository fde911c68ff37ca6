"""Adds copies of articles in which the answers are other ones, so that a right answer shows the conflict.

After the counterfactual robustness of RGB (Chen et al., 2024). An article has one copy, which changes what
all its cases ask about: many copies would drown the article itself.
"""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from evals.cases import Case, Document, Evidence, Kind, Nugget, Suite
from evals.recipes.items import Changes, apply, changed_item, changed_name, items
from evals.recipes.made import Made, is_taken, noted, stating, without_given
from evals.scoring.matching import any_in

OUTLET = "Another outlet (edited copy)"
_KINDS = frozenset({None, Kind.SINGLE_FACT, Kind.ATTRIBUTION, Kind.NUMERIC, Kind.TEMPORAL})
_OTHER_KIND = "are of a kind that has no one fact to change"
_NOT_STATED = "have no vital nugget that a quotation states"
_NOTHING = "have no number, day, month or name in the answer that could be changed"
_CLASH = "clash with a change of the same article"


@dataclass(frozen=True, slots=True)
class _Changing:
    case: Case
    nugget: Nugget
    doc_id: str
    quote: str


@dataclass(slots=True)
class _Copy:
    """One article's changes, and the cases that they are for."""

    document: Document
    changes: dict[str, str] = field(default_factory=dict)
    cases: list[_Changing] = field(default_factory=list)

    def add(self, one: _Changing, changes: Changes) -> bool:
        """False where it would change what another case asks, or that one's change what this asks."""
        merged = {**changes, **self.changes}
        everyone = [*self.cases, one]
        if any(apply(merged, each.case.question) != each.case.question for each in everyone):
            return False
        if any(not _sides(each, merged) for each in everyone):
            return False
        if len(set(merged.values())) < len(merged):
            return False  # two things would become one
        self.changes, self.cases = merged, everyone
        return True


def contradict(suite: Suite, seed: int) -> Made:
    """The cases that ask for one fact that can be changed, as cases of kind conflict; no others."""
    copies = {document.id: _Copy(document) for document in suite.documents if is_taken(document)}
    left_out: Counter[str] = Counter()
    for case in suite.cases:
        why = _place(case, copies, random.Random(f"{seed} {case.id}"))  # noqa: S311 - a sample, not a secret
        if why:
            left_out[why] += 1
    made = [copy for copy in copies.values() if copy.cases]
    edited = {copy.document.id: _edited(copy, copies) for copy in made}
    of_case = {
        one.case.id: _conflict(one, copy, edited[copy.document.id].id) for copy in made for one in copy.cases
    }
    cases = tuple(of_case[case.id] for case in suite.cases if case.id in of_case)
    documents = (*(copy.document for copy in copies.values()), *edited.values())
    return Made(documents, cases, left_out, (f"{len(edited)} articles have an edited copy",))


def _place(case: Case, copies: dict[str, _Copy], chance: random.Random) -> str:
    """Puts the case's change into its article's copy, or tells why that cannot be."""
    if case.kind not in _KINDS or case.turns or not case.answerable:
        return _OTHER_KIND
    stated = _stated(case, copies)
    found = False
    for one in stated:
        copy = copies[one.doc_id]
        for changes in _possible(one, copy.document.text, copy.changes, chance):
            found = True
            if copy.add(one, changes):
                return ""
    if not stated:
        return _NOT_STATED
    return _CLASH if found else _NOTHING


def _stated(case: Case, copies: Mapping[str, _Copy]) -> list[_Changing]:
    """The vital nuggets, each with a quotation that states it."""
    return [
        _Changing(case, nugget, piece.doc_id, quote)
        for nugget in case.nuggets
        if nugget.vital
        for piece in (case.evidence[number] for number in nugget.evidence)
        if piece.doc_id in copies
        if any_in(quote := piece.quote or stating(case, copies[piece.doc_id].document.text), nugget.any)
    ]


def _possible(one: _Changing, text: str, known: Changes, chance: random.Random) -> list[Changes]:
    """Changes of what stands both in the nugget and in the quotation, in random order."""
    spelled = [spelling for spelling in one.nugget.any if any_in(one.quote, [spelling])]
    in_nugget = {item for spelling in spelled for item in items(spelling)}
    shared = [item for item in dict.fromkeys(items(one.quote)) if item in in_nugget]
    found = [{item: known[item]} if item in known else changed_item(item, text, chance) for item in shared]
    persons = [said.speaker for said in one.case.said if any_in(" / ".join(spelled), said.speaker)]
    for names in (*persons, one.nugget.any):
        already = {name: known[name] for name in names if name in known}
        found.append(already or changed_name(names, text, chance))
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


def _edited(copy: _Copy, copies: dict[str, _Copy]) -> Document:
    id_ = f"{copy.document.id}-edited"
    while id_ in copies:
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
        kind=Kind.CONFLICT,
        answers=(),
        nuggets=sides,
        evidence=evidence,
        said=(),
        forbidden=(),
    )
    return noted(changed, "contradicted", f"{sides[0].any[0]!r} against {sides[1].any[0]!r} of a copy")
