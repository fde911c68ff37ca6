"""What a recipe makes of a suite, and what recipes have in common."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from evals.cases import Case, Document, Suite
from evals.scoring.matching import any_in, normalised
from retrieval.article import Region, Sentence
from retrieval.regions import regions
from retrieval.segment import sentences

_WORD = re.compile(r"[^\W_]+")
_LEAST_SHARED = 0.5  # of the question's words, for a text to be about it
_FEWEST_LETTERS = 4
_QUESTION_WORDS = frozenset(
    "about according also been could did does during from have into many much other over said says should "
    "than that their them then there they this those under were what when where which while whom whose will "
    "with would your".split()
)


@dataclass(frozen=True, slots=True)
class Made:
    """`left_out` tells of cases that are not in it, by the reason; `remarks` what else a reader of the
    figures must know."""

    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


Make = Callable[[Suite, int], Made]


def noted(case: Case, suffix: str, remark: str) -> Case:
    """The case under an id of its own, its origin in the notes."""
    origin = f"From {case.id}: {remark}."
    return replace(case, id=f"{case.id}-{suffix}", notes=f"{case.notes} {origin}".lstrip())


def sentences_of(text: str) -> tuple[Sentence, ...]:
    return sentences(text, regions(text))


def first_sentence(text: str, *, among: Iterable[Sentence]) -> str:
    """Of the body, if there is one."""
    found = list(among)
    body = [sentence for sentence in found if sentence.region is Region.BODY]
    chosen = (body or found)[:1]
    return " ".join(text[chosen[0].start : chosen[0].end].split()) if chosen else ""


def words_of(question: str) -> frozenset[str]:
    """The words that tell what it is about: not the short ones, nor those of asking."""
    found = {word for word in _WORD.findall(normalised(question)) if len(word) >= _FEWEST_LETTERS}
    return frozenset(found - _QUESTION_WORDS)


def tells(case: Case, text: str) -> bool:
    """Whether the text may well answer: it holds a spelling of a vital nugget, and half of the question's
    words. Where the case has no nuggets this can't be told, and is False."""
    if not any(any_in(text, nugget.any) for nugget in case.nuggets if nugget.vital):
        return False
    asked = words_of(case.question)
    return len(asked & words_of(text)) >= _LEAST_SHARED * len(asked)


def without_given(case: Case) -> Case:
    """Searched for in the whole corpus: an added article could not be found in the given one."""
    return replace(case, given_doc=None)
