"""What a recipe makes of a suite, and what recipes have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from evals.cases import Case, Document, Suite
from evals.scoring.matching import normalised, occurrences
from retrieval.article import Sentence
from retrieval.decode import decode
from retrieval.errors import SourceError
from retrieval.regions import regions
from retrieval.segment import sentences

_ABOUT_IT = 0.5  # of the question's words: what holds an answer and so many of them states it
_NEAR_IT = 0.3  # what may state it
_FEWEST_LETTERS = 4
_ASKING = """
about according also been could did does during from have into many much other over said says should than
that their them then there they this those under were what when where which while whom whose will with would
your
"""
_QUESTION_WORDS = frozenset(_ASKING.split())


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


def plain(text: str) -> str:
    """For `holds` and `tells`, which are asked of many texts: its words, a space around each."""
    return f" {normalised(text)} "


def holds(plain_text: str, words: str) -> bool:
    """As `nugget_in`, of a text made plain."""
    wanted = normalised(words)
    return bool(wanted) and f" {wanted} " in plain_text


def may_tell(case: Case, plain_text: str, *, shared: float = _NEAR_IT) -> bool:
    """Whether the text may answer: it holds a spelling of a vital nugget, and so much of the question's
    words. Where the case has no nuggets this can't be told, and is False."""
    spellings = (spelling for nugget in case.nuggets if nugget.vital for spelling in nugget.any)
    if not any(holds(plain_text, spelling) for spelling in spellings):
        return False
    asked = _words_of(plain(case.question))
    return len(asked & _words_of(plain_text)) >= shared * len(asked)


def _words_of(plain_text: str) -> frozenset[str]:
    """The words that tell what it is about: not the short ones, nor those of asking."""
    return frozenset({word for word in plain_text.split() if len(word) >= _FEWEST_LETTERS} - _QUESTION_WORDS)


def stating(case: Case, text: str) -> str:
    """The one sentence that answers, of an article whose quotation isn't known; empty where several might."""
    found = [text[s.start : s.end] for s in sentences_of(text)]
    telling = [sentence for sentence in found if may_tell(case, plain(sentence), shared=_ABOUT_IT)]
    return telling[0] if len(telling) == 1 and len(occurrences(text, telling[0])) == 1 else ""


def without_given(case: Case) -> Case:
    """Searched for in the whole corpus: an added article could not be found in the given one."""
    return replace(case, given_doc=None)


def is_taken(document: Document) -> bool:
    """Whether Parley would take it: a suite whose cases have kinds may hold no other."""
    try:
        decode(document.id, document.text.encode())
    except (SourceError, UnicodeEncodeError):
        return False
    return bool(document.text.strip())
