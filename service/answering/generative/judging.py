"""A language model as the judge of statements: it sees each with its quotations, and nothing else of what was
asked, found or told, so that what misled the writer doesn't reach it. Anything but a clear yes is a no."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from prompts import Prompt
from service.answering.generative.asking import array, text, whole
from service.answering.verified import Word
from service.model import (
    LanguageModel,
    ModelFault,
    ModelTimeout,
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
_SECONDS = 20.0
_LONGEST = 64 * 1024  # code points of its answer
_AT_ONCE = 20  # statements

Asked = tuple[str, tuple[str, ...]]  # a statement, and its quotations


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """Safe to share between threads. Without `eager` an answer's statements are put to it at once, after the
    last, so that the same statements are always asked in the same words."""

    model: LanguageModel
    prompt: Prompt
    eager: bool = True
    seconds: float = _SECONDS
    nonce: Nonce = nonce
    clock: Callable[[], float] = field(default=time.monotonic)

    def words(self, asked: Sequence[Asked], *, left: Callable[[], bool], spent: Spent) -> list[Word]:
        """One for each."""
        until = self.clock() + self.seconds
        shown = fenced(self.prompt, {"statements": _listed(asked)}, make=self.nonce)
        try:
            said = self.model.say(
                shown, schema=SCHEMA, left=lambda: left() or self.clock() > until, spent=spent
            )
            with ended(said):
                verdicts = read("".join(_bounded(said)))
        except ModelFault:
            return [Word.FAILED] * len(asked)
        return [verdicts.get(number, Word.FAILED) for number in range(1, len(asked) + 1)]


def _listed(asked: Sequence[Asked]) -> str:
    return "\n".join(
        line
        for number, (statement, quotations) in enumerate(asked, start=1)
        for line in (f"S{number} {_line(statement)}", *(f"- {_line(each)}" for each in quotations))
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _bounded(said: Iterable[str]) -> list[str]:
    pieces: list[str] = []
    length = 0
    for piece in said:
        pieces.append(piece)
        length += len(piece)
        if length > _LONGEST:
            raise ModelTimeout("the judge doesn't stop")
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
    """What a judge says of one answer's statements. It is asked on a thread of its own, of all that has
    come up since it was asked last."""

    def __init__(self, judge: ModelJudge, *, left: Callable[[], bool] = always_there) -> None:
        self.spent = Spent()
        self._judge = judge
        self._left = left
        self._words: dict[Asked, Word] = {}
        self._waiting: list[Asked] = []
        self._changed = threading.Condition()
        self._busy = False
        self._failure: BaseException | None = None
        self._given_up = False  # nothing came of what it was asked last

    def of(self, statement: str, quotations: Sequence[str]) -> Word | None:
        asked = statement, tuple(quotations)
        with self._changed:
            self._raise()
            word = self._words.get(asked) or (Word.FAILED if self._given_up else None)
            if word is None and asked not in self._waiting:
                self._waiting.append(asked)
                if self._judge.eager:
                    self._begin()
            return word

    def wait(self) -> None:
        with self._changed:
            self._begin()
            if self._busy:
                self._changed.wait(timeout=1.0)
            self._raise()

    def _begin(self) -> None:
        if not self._busy and any(asked not in self._words for asked in self._waiting):
            self._busy = True
            threading.Thread(target=self._deliberate, name="judge", daemon=True).start()

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _deliberate(self) -> None:
        while True:
            with self._changed:
                batch = [asked for asked in self._waiting if asked not in self._words][:_AT_ONCE]
                if not batch or self._given_up or self._failure is not None:
                    self._busy = False
                    self._changed.notify_all()
                    return
            try:
                words = self._judge.words(batch, left=self._left, spent=self.spent)
            except BaseException as failure:  # noqa: BLE001 - raised again where it is waited for
                self._failure, words = failure, []
            with self._changed:
                self._words.update(zip(batch, words, strict=False))
                self._given_up = all(word is Word.FAILED for word in words)
                self._changed.notify_all()
