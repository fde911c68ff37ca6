"""Takes the evidence of some cases out of the corpus, so that the right answer is that there is none.

`remove-gold` removes whole articles, for suites with many articles. `remove-evidence` cuts the sentences of
the evidence and keeps the rest of the article, which is harder, and all that can be done with few articles.
After RGB's negative rejection (Chen et al., 2024) and the unanswerable half of SQuAD 2.0.

One corpus serves all cases of a suite, so about half of the answerable cases lose their evidence and the
other half keep theirs. A case that would be left with a part of it is left out.
"""

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, field, replace

from evals.cases import Case, CaseKind, Document, Evidence, Suite
from evals.recipes.made import Made, may_tell, noted, plain, sentences_of, stating
from evals.scoring.matching import occurrences
from retrieval.article import Sentence, Span

_SHARED = "shares evidence with cases of the other half"
_STILL_TOLD = "the rest of the corpus may still answer it"
_LOST_DOCUMENT = "what it refers to was removed"
_NO_QUOTE = "which sentence is its evidence is not known"

# A piece is what is removed whole: an article's id, or an article's id and the number of a sentence.
Piece = Hashable


@dataclass(slots=True)
class _Plan:
    """Which cases keep their evidence and which lose it, and the pieces that follow from that."""

    kept: set[str] = field(default_factory=set)
    robbed: set[str] = field(default_factory=set)
    needed: set[Piece] = field(default_factory=set)
    removed: set[Piece] = field(default_factory=set)

    def keep(self, id_: str, pieces: Set[Piece]) -> bool:
        if pieces & self.removed:
            return False
        self.kept.add(id_)
        self.needed |= pieces
        return True

    def rob(self, id_: str, pieces: Set[Piece]) -> bool:
        if pieces & self.needed:
            return False
        self.robbed.add(id_)
        self.removed |= pieces
        return True


def remove_gold(suite: Suite, seed: int) -> Made:
    """Without the articles that hold the evidence of about half of the answerable cases."""
    pieces = {case.id: frozenset[Piece](_documents_of(case)) for case in suite.cases}
    texts = {document.id: plain(document.text) for document in suite.documents}
    told = {
        case.id
        for case in _answerable(suite)
        if any(may_tell(case, text) for id_, text in texts.items() if id_ not in pieces[case.id])
        or may_tell(case, _said_before(case))
    }
    plan = _plan(suite, pieces, seed, never=told)
    documents = tuple(document for document in suite.documents if document.id not in plan.removed)
    return _made(suite, plan, documents, dict.fromkeys(told, _STILL_TOLD), what="the articles that answer it")


def remove_evidence(suite: Suite, seed: int) -> Made:
    """Without the sentences that hold the evidence of about half of the answerable cases."""
    texts = _Texts.of(suite)
    pieces = {case.id: frozenset[Piece](_sentences_of(case, texts)) for case in suite.cases}
    never = _uncuttable(suite, texts, pieces)
    plan = _plan(suite, pieces, seed, never=never.keys())
    cut = (_cut(document, texts.sentences[document.id], plan.removed) for document in suite.documents)
    documents = tuple(document for document in cut if document.text.strip())
    return _made(suite, plan, documents, never, what="the sentences that answer it")


def _made(
    suite: Suite, plan: _Plan, documents: tuple[Document, ...], why: Mapping[str, str], *, what: str
) -> Made:
    """`why` has the reasons of cases that could not lose their evidence; where it was taken from them all the
    same, for the sake of another case, that is the reason they are left out."""
    texts = {document.id: document.text for document in documents}
    left_out: Counter[str] = Counter()
    cases = []
    for case in suite.cases:
        if case.id in plan.robbed:
            given = case.given_doc if case.given_doc in texts else None
            cases.append(_robbed(replace(case, given_doc=given), f"{what} are removed"))
        elif (case.id in plan.kept or not case.answerable) and _is_whole(case, texts):
            cases.append(noted(case, "kept", "what is known of it is in the corpus"))
        else:
            left_out[why.get(case.id, _SHARED) if case.answerable else _LOST_DOCUMENT] += 1
    if not plan.robbed:
        return Made(documents, (), Counter(why.values()))
    return Made(documents, tuple(cases), left_out, _remarks(suite, plan))


def _answerable(suite: Suite) -> list[Case]:
    return [case for case in suite.cases if case.answerable]


def _plan(suite: Suite, pieces: Mapping[str, Set[Piece]], seed: int, *, never: Set[str]) -> _Plan:
    """In random order every other case is to lose its evidence, and what can't be so gets the other lot.
    `never` are cases that cannot lose theirs."""
    plan = _Plan()
    cases = _answerable(suite)
    random.Random(seed).shuffle(cases)  # noqa: S311 - a sample, not a secret
    for case in cases:
        may_lose = case.id not in never and bool(pieces[case.id])
        wanted = may_lose and len(plan.robbed) <= len(plan.kept)
        own = pieces[case.id]
        if wanted:
            _ = plan.rob(case.id, own) or plan.keep(case.id, own)
        else:
            _ = plan.keep(case.id, own) or (may_lose and plan.rob(case.id, own))
    return plan


def _robbed(case: Case, remark: str) -> Case:
    kind = CaseKind.UNANSWERABLE if case.kind else None
    changed = replace(case, kind=kind, answerable=False, answers=(), nuggets=(), evidence=(), said=())
    return noted(changed, "robbed", f"{remark}, so it is to be declined")


def _documents_of(case: Case) -> set[str]:
    given = {case.given_doc} if case.given_doc is not None else set()
    return {piece.doc_id for piece in case.evidence} | given


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the articles hold, by their ids."""

    whole: Mapping[str, str]
    plain: Mapping[str, str]
    sentences: Mapping[str, tuple[Sentence, ...]]

    @classmethod
    def of(cls, suite: Suite) -> "_Texts":
        whole = {document.id: document.text for document in suite.documents}
        return cls(
            whole,
            {id_: plain(text) for id_, text in whole.items()},
            {id_: sentences_of(text) for id_, text in whole.items()},
        )

    def quote(self, case: Case, piece: Evidence) -> str:
        """Empty where it isn't known."""
        return piece.quote or stating(case, self.whole[piece.doc_id])


def _sentences_of(case: Case, texts: _Texts) -> set[tuple[str, int]]:
    """Those that hold a part of the evidence, wherever it stands; of evidence without a quotation, all."""
    found = set()
    for piece in case.evidence:
        text = texts.whole[piece.doc_id]
        spans = occurrences(text, texts.quote(case, piece)) or (Span(0, len(text)),)
        for number, sentence in enumerate(texts.sentences[piece.doc_id]):
            if any(sentence.start < span.end and span.start < sentence.end for span in spans):
                found.add((piece.doc_id, number))
    return found


def _uncuttable(suite: Suite, texts: _Texts, pieces: Mapping[str, Set[Piece]]) -> dict[str, str]:
    """Why cases cannot lose their evidence."""
    why: dict[str, str] = {}
    for case in _answerable(suite):
        if not all(texts.quote(case, piece) for piece in case.evidence):
            why[case.id] = _NO_QUOTE
        elif _is_still_told(case, texts, pieces[case.id]):
            why[case.id] = _STILL_TOLD
    return why


def _is_still_told(case: Case, texts: _Texts, own: Set[Piece]) -> bool:
    """By another sentence, together with its neighbours, or by what was said before."""
    if may_tell(case, _said_before(case)):
        return True
    for id_ in texts.whole if case.given_doc is None else [case.given_doc]:
        if not may_tell(case, texts.plain[id_]):
            continue
        kept = [s for n, s in enumerate(texts.sentences[id_]) if (id_, n) not in own]
        left = [texts.whole[id_][sentence.start : sentence.end] for sentence in kept]
        if any(may_tell(case, plain(" ".join(left[max(0, n - 1) : n + 2]))) for n in range(len(left))):
            return True
    return False


def _said_before(case: Case) -> str:
    return plain(" ".join(turn.text for turn in case.turns))


def _cut(document: Document, found: tuple[Sentence, ...], removed: Set[Piece]) -> Document:
    """Without those sentences; the paragraphs stay apart. A title that repeats one goes too."""
    kept, end = "", 0
    gone = [sentence for number, sentence in enumerate(found) if (document.id, number) in removed]
    for sentence in gone:
        kept += document.text[end : sentence.start]
        rest = document.text[sentence.end :]
        space = rest[: len(rest) - len(rest.lstrip())]
        ends_paragraph = ("\n" in space or space == rest) and not kept.endswith("\n")
        kept = kept.rstrip(" ") if ends_paragraph else kept
        end = sentence.end + (0 if ends_paragraph else len(space))
    title = document.title
    if title and any(title in document.text[sentence.start : sentence.end] for sentence in gone):
        title = None
    return replace(document, text=kept + document.text[end:], title=title)


def _is_whole(case: Case, texts: Mapping[str, str]) -> bool:
    """Its given document, its evidence and its sayings are all in the corpus."""
    named = {piece.doc_id for piece in case.evidence} | ({case.given_doc} if case.given_doc else set())
    if not named <= texts.keys():
        return False
    sayings = (said.quote for said in case.said if said.quote)
    return all(not piece.quote or piece.quote in texts[piece.doc_id] for piece in case.evidence) and all(
        any(saying in texts[piece.doc_id] for piece in case.evidence) for saying in sayings
    )


def _remarks(suite: Suite, plan: _Plan) -> tuple[str, ...]:
    unknown = sum(case.id in plan.robbed and not case.nuggets for case in suite.cases)
    remarks = [f"{len(plan.robbed)} cases lost their evidence, {len(plan.kept)} kept it"]
    if unknown:
        remarks.append(
            f"that nothing else answers it was not checked for {unknown} of the former: they have no nuggets"
        )
    return tuple(remarks)
