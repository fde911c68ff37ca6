"""A language model as the judge of statements: it sees each with its quotations, and nothing else of what was
asked, found or told, so that what misled the writer doesn't reach it. Anything but a clear yes is a no."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field

from prompts import Prompt
from service.answering.generative.asking import array, text, whole
from service.answering.verified import Exhibit, Word
from service.model import (
    AskerLeft,
    LanguageModel,
    ModelFault,
    ModelGarbage,
    ModelSuspended,
    ModelTimeout,
    ModelTooLong,
    Nonce,
    Spent,
    always_there,
    ended,
    fenced,
    nonce,
)

SCHEMA: Mapping[str, object] = whole(
    verdicts=array(
        whole(
            statement={"type": "integer"},
            not_borne_out=text(),
            verdict={"type": "string", "enum": ["yes", "no"]},
        )
    )
)
JUDGE_UNAVAILABLE = "judge_unavailable"  # it gave no verdict on some of an answer's statements
_SECONDS = 60.0
_CLOSING = 5.0  # seconds for its thread to end, which looks whether it shall every few hundredths of one
_LONGEST = 64 * 1024  # code points of its answer
# In one call: some 500 words to read, and six verdicts to write. A small or middling model that has many to
# keep apart leaves some out or takes one for another, and what it leaves out is told as a quotation; a call
# that fails takes fewer along. Chosen, not measured: no model is asked here.
_AT_ONCE = 6  # statements
_MOST_SHOWN = 6_000  # code points of these and their quotations; a longer one is shown alone

_LOG = logging.getLogger(__name__)

Asked = tuple[str, tuple[Exhibit, ...]]  # a statement, and its quotations


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """Safe to share between threads. Without `eager` an answer's statements are put to it after the last, so
    that the same statements are always asked in the same words. `within`: seconds of an answer, from its
    beginning, after which none of its statements waits for a verdict any more."""

    model: LanguageModel
    prompt: Prompt
    eager: bool = True
    within: float = _SECONDS
    nonce: Nonce = nonce
    clock: Callable[[], float] = field(default=time.monotonic)

    def words(self, asked: Sequence[Asked], *, left: Callable[[], bool], spent: Spent) -> list[Word]:
        """One for each. Raises ModelFault, also where it has none for any."""
        shown = fenced(self.prompt, {"statements": _listed(asked)}, make=self.nonce)
        said = self.model.say(shown, schema=SCHEMA, left=left, spent=spent)
        with ended(said):
            verdicts = read("".join(_bounded(said)))
        words = [verdicts.get(number, Word.FAILED) for number in range(1, len(asked) + 1)]
        if all(word is Word.FAILED for word in words):
            raise ModelGarbage("the judge's answer holds no verdict that can be read")
        return words


def _listed(asked: Sequence[Asked]) -> str:
    return "\n".join(
        line
        for number, (statement, quotations) in enumerate(asked, start=1)
        for line in (f"S{number} {_line(statement)}", *(line for each in quotations for line in _shown(each)))
    )


def _shown(quotation: Exhibit) -> list[str]:
    beside = [f"  ({_line('; '.join(quotation.beside))})"] if quotation.beside else []
    return [f"- {_line(quotation.text)}", *beside]


def _together(waiting: Iterable[Asked]) -> list[Asked]:
    """The first of them that are put to it in one call."""
    batch: list[Asked] = []
    length = 0
    for asked in waiting:
        length += len(_listed([asked]))
        if batch and (len(batch) == _AT_ONCE or length > _MOST_SHOWN):
            break
        batch.append(asked)
    return batch


def _line(text: str) -> str:
    return " ".join(text.split())


def _bounded(said: Iterable[str]) -> list[str]:
    pieces: list[str] = []
    length = 0
    for piece in said:
        pieces.append(piece)
        length += len(piece)
        if length > _LONGEST:
            raise ModelTooLong("the judge's answer is longer than is read")
    return pieces


def read(said: str) -> dict[int, Word]:
    """The words by their statements' numbers. Of a statement that has two, both must be a yes. A reply that
    isn't one object, but for what was thought before it and a fence around it, says nothing."""
    said = said.rpartition("</think>")[2].strip()
    try:
        answer = json.loads(_unfenced(said), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return {}
    listed = answer.get("verdicts") if isinstance(answer, dict) else None
    found: dict[int, Word] = {}
    for each in listed if isinstance(listed, list) else []:
        number = each.get("statement") if isinstance(each, dict) else None
        if type(number) is int:
            clear = each.get("verdict") == "yes" and each.get("not_borne_out") == ""
            found[number] = Word.YES if clear and found.get(number, Word.YES) is Word.YES else Word.NO
    return found


def _unfenced(said: str) -> str:
    return (
        said.removeprefix("```").removeprefix("json").removesuffix("```") if said.startswith("```") else said
    )


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Raises ValueError where a key stands twice."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(key)
        found[key] = value
    return found


class Deliberation:
    """What a judge says of one answer's statements. It is asked on a thread of its own, of what has come up
    since it was asked last; one that had no word in time while statements were still being made is asked once
    more when they all are: an endpoint may do one thing at a time. `unavailable` tells whether it gave no
    verdict though somebody waited for it. Whoever makes it closes it."""

    def __init__(self, judge: ModelJudge, *, left: Callable[[], bool] = always_there) -> None:
        self.spent = Spent()
        self.unavailable = False
        self._judge = judge
        self._left = left
        self._until = judge.clock() + judge.within
        self._words: dict[Asked, Word] = {}
        self._seen = 0  # of these, when there was none for what was asked last
        self._waiting: list[Asked] = []
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._eager = judge.eager
        self._all_made = False
        self._given_up = False
        self._closed = False

    def of(self, statement: str, quotations: Sequence[Exhibit]) -> Word | None:
        asked = statement, tuple(quotations)
        with self._changed:
            word = self._words.get(asked) or (Word.FAILED if self._given_up else None)
            if word is None and asked not in self._waiting:
                self._waiting.append(asked)
                self._begin()
            self._seen = len(self._words)
            return word

    def wait(self) -> None:
        """It may be asked of all that waits: no statement is made any more."""
        with self._changed:
            self._all_made = True
            if self._late():
                self._give_up(self._timeout())
            self._begin()
            if self._thread is not None and len(self._words) == self._seen:
                self._changed.wait(timeout=min(1.0, max(0.0, self._until - self._judge.clock())))

    def close(self) -> None:
        """No thread of it outlives this."""
        self._closed = True
        if (thread := self._thread) is not None:
            thread.join(timeout=_CLOSING)

    def _begin(self) -> None:
        if self._thread is None and self._next():
            self._thread = threading.Thread(
                target=copy_context().run, args=(self._deliberate,), name="judge", daemon=True
            )
            self._thread.start()

    def _next(self) -> list[Asked]:
        if self._given_up or self._closed or not (self._eager or self._all_made):
            return []
        return _together(asked for asked in self._waiting if asked not in self._words)

    def _deliberate(self) -> None:
        while True:
            with self._changed:
                batch, all_made = self._next(), self._all_made
                if not batch:
                    self._thread = None
                    self._changed.notify_all()
                    return
            words = self._asked(batch, all_made=all_made)
            with self._changed:
                self._words.update(zip(batch, words, strict=False))
                self._changed.notify_all()

    def _asked(self, batch: Sequence[Asked], *, all_made: bool) -> list[Word]:
        """None, where it is asked no more, or again once all are made."""
        try:
            words = self._judge.words(batch, left=self._over, spent=self.spent)
        except ModelFault as fault:
            if isinstance(fault, ModelTimeout) and not all_made:
                self._eager = False
            else:
                self._give_up(self._timeout() if self._late() else fault)
            return []
        except Exception:  # noqa: BLE001 - the outermost edge of this thread
            _LOG.exception("asking the judge of an answer's statements failed")
            self._give_up(None)
            return []
        if Word.FAILED in words:
            self._tell("it left a statement out")
        return words

    def _give_up(self, fault: ModelFault | None) -> None:
        """It isn't asked for this answer any more. Where nobody waits, that is no fault of it; why it is left
        alone was logged when it failed."""
        self._given_up = True
        if fault is None or isinstance(fault, ModelSuspended):
            self.unavailable = True
        elif not isinstance(fault, AskerLeft):
            self._tell(fault.message)

    def _tell(self, why: str) -> None:
        """Once for an answer."""
        if not self.unavailable:
            _LOG.warning("the judge %s gave no verdict: %s", self._judge.model.name, why)
        self.unavailable = True

    def _over(self) -> bool:
        return self._closed or self._left() or self._late()

    def _late(self) -> bool:
        return self._judge.clock() > self._until

    def _timeout(self) -> ModelFault:
        if self._closed or self._left():
            return AskerLeft("nobody waits for the answer any more")
        return ModelTimeout(f"the answer's {self._judge.within:g} s were over")
