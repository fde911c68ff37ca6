"""What of a suite cannot be scored, because Parley refuses an article: told by name, and never a zero."""

from collections.abc import Mapping
from dataclasses import replace

from evals.cases import Case, Suite

_NAMED = 5


def leave_out(suite: Suite, refused: Mapping[str, str]) -> Suite:
    """Without the documents of these ids, given with why Parley refuses them, and with the cases that need
    one set apart."""
    there = {document.id for document in suite.documents}
    known = {id_: why for id_, why in refused.items() if id_ in there}
    if not known:
        return suite
    unscored = tuple(case for case in suite.cases if needs(case) & known.keys())
    return replace(
        suite,
        documents=tuple(document for document in suite.documents if document.id not in known),
        cases=tuple(case for case in suite.cases if not needs(case) & known.keys()),
        refused=suite.refused | known,
        unscored=(*suite.unscored, *unscored),
    )


def needs(case: Case) -> frozenset[str]:
    """The documents that its gold stands in, and the one that it is asked of."""
    given = [case.given_doc] if case.given_doc is not None else []
    return frozenset([*given, *(piece.doc_id for piece in case.evidence)])


def remarks(suite: Suite) -> list[str]:
    """What a reader of the suite or of a run has to know of it."""
    if not suite.refused:
        return []
    all_ = len(suite.refused) + len(suite.documents)
    named = [why if why.startswith(id_) else f"{id_}: {why}" for id_, why in suite.refused.items()]
    told = [f"Parley refuses {len(named)} of {all_:,} articles: {_listed(named, '; ')}."]
    if suite.unscored:
        count = f"{len(suite.unscored)} case{'' if len(suite.unscored) == 1 else 's'}"
        ids = _listed([case.id for case in suite.unscored], ", ")
        told.append(f"Not scored, as they need one of these: {count} ({ids}).")
    return told


def _listed(names: list[str], between: str) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return between.join(names[:_NAMED]) + more
