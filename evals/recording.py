"""A language model's replies, recorded and replayed: the same answers again, without the model.

A folder holds replies.jsonl, a line a reply: what was asked, what was said, what went wrong and what it
cost. A reply is found by a digest of the model's name, the words asked and the form asked for. Words that
differ with each request, the delimiter of untrusted text, are left out of it.
"""

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from evals.asking import Asking, add
from evals.errors import RecordingError, ReplyMissing
from evals.write import line as line_of
from prompts import Rendered
from service.model import LanguageModel, ModelFault, Schema, Spent, always_there

REPLIES = "replies.jsonl"
# As our prompts tell the model of it, before anything that others wrote.
_DELIMITER = re.compile(r"<<([^\s<>]+) and \1>>")
_STANDS_FOR = "NONCE"


@dataclass(frozen=True, slots=True)
class Replies:
    """The folder that replies are recorded to, or replayed from."""

    record: Path | None = None
    replay: Path | None = None

    @property
    def told(self) -> str:
        return "replayed" if self.replay else "recorded" if self.record else "live"


LIVE = Replies()


@dataclass(frozen=True, slots=True)
class Reply:
    """`time` is which of the calls with the same words it was, within a case. `fault` is the code of what
    went wrong after `said`; of a reply that isn't `whole`, nobody waited for the rest. Milliseconds, from the
    call to the first piece and to the end."""

    case: str
    trial: int
    time: int
    model: str
    key: str
    system: str
    user: str
    schema: Schema | None
    said: str = ""
    whole: bool = False
    fault: str | None = None
    why: str | None = None
    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    first_ms: float | None = None
    total_ms: float = 0.0

    @property
    def place(self) -> tuple[str, int, int]:
        return self.key, self.trial, self.time


def asked_alike(asked: Rendered) -> Rendered:
    """With the request's own delimiter replaced by a word that is always the same."""
    found = _DELIMITER.search(f"{asked.system}\n{asked.user}")
    if found is None:
        return asked
    return Rendered(asked.system.replace(found[1], _STANDS_FOR), asked.user.replace(found[1], _STANDS_FOR))


def key_of(model: str, asked: Rendered, schema: Schema | None) -> str:
    """`asked` as `asked_alike` gives it."""
    parts = [model, asked.system, asked.user, schema]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_replies(folder: Path) -> list[Reply]:
    """In the order they were recorded; a last line cut short by an interruption is left out. Raises
    RecordingError."""
    path = folder / REPLIES
    try:
        *lines, _ = path.read_bytes().split(b"\n")
    except OSError as exc:
        raise RecordingError(
            f"{path} cannot be read: {exc.strerror}", remedy="Name a folder that --record wrote to."
        ) from exc
    return [_reply(line, number, path) for number, line in enumerate(lines, start=1)]


class Recording:
    """Asks a model, and appends what it says to a folder."""

    def __init__(self, model: LanguageModel, folder: Path, asking: Asking) -> None:
        self._model = model
        self._path = folder / REPLIES
        self._asking = asking
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._begin_line()
        except OSError as exc:
            raise self._unwritable(exc) from exc

    @property
    def name(self) -> str:
        return self._model.name

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        """Raises RecordingError where nothing can be written."""
        reply = _begun(self._asking, self.name, asked, schema)
        pieces: list[str] = []
        own, began, first = Spent(), time.perf_counter(), None
        try:
            for piece in self._model.say(asked, schema=schema, left=left, spent=own):
                first = first if first is not None else _since(began)
                pieces.append(piece)
                yield piece
            reply = replace(reply, whole=True)
        except ModelFault as fault:
            reply = replace(reply, whole=True, fault=fault.code, why=fault.message)
            raise
        finally:
            if spent is not None:
                add(spent, own)
            said = "".join(pieces)
            self._append(replace(reply, said=said, first_ms=first, total_ms=_since(began), **asdict(own)))

    def _append(self, reply: Reply) -> None:
        try:
            with self._path.open("a", encoding="utf-8", newline="") as file:
                file.write(line_of(asdict(reply)))
        except OSError as exc:
            raise self._unwritable(exc) from exc

    def _begin_line(self) -> None:
        """A line that was cut short doesn't swallow the next one."""
        written = self._path.read_bytes() if self._path.exists() else b""
        if not written.endswith(b"\n"):
            self._path.write_bytes(written[: written.rfind(b"\n") + 1])

    def _unwritable(self, exc: OSError) -> RecordingError:
        return RecordingError(
            f"{self._path} cannot be written: {exc.strerror}", remedy="Give --record another folder."
        )


class Replaying:
    """Says what was recorded, and calls nobody. The last reply recorded for the same words counts. By its
    `clock` each takes as long as it took, for whoever wants no more of a model that has been slow."""

    def __init__(self, name: str, folder: Path, asking: Asking) -> None:
        self.name = name
        self._folder = folder
        self._replies = {reply.place: reply for reply in read_replies(folder)}
        self._asking = asking
        self._took = 0.0

    def clock(self) -> float:
        return time.monotonic() + self._took

    def say(
        self,
        asked: Rendered,
        *,
        schema: Schema | None = None,
        left: Callable[[], bool] = always_there,
        spent: Spent | None = None,
    ) -> Iterator[str]:
        """Raises ReplyMissing, which is no ModelFault: nothing may stand in for a reply that isn't there."""
        wanted = _begun(self._asking, self.name, asked, schema)
        reply = self._replies.get(wanted.place)
        if reply is None:
            raise self._missing()
        if spent is not None:
            add(spent, Spent(reply.requests, reply.prompt_tokens, reply.completion_tokens))
        self._took += reply.total_ms / 1000
        if reply.said:
            yield reply.said
        if not reply.whole:
            raise self._missing()
        if reply.fault is not None:
            raise _fault(reply)

    def _missing(self) -> ReplyMissing:
        return ReplyMissing(
            f"{self._folder / REPLIES} has no reply of {self.name} to what the case {self._asking} asks",
            remedy="A prompt, the passages or the model have changed since. Run with --record again, "
            "or go back to what was recorded.",
        )


def the_model_of(folder: Path) -> str:
    """The name of the one model whose replies a folder holds. Raises RecordingError."""
    names = sorted({reply.model for reply in read_replies(folder)})
    if len(names) != 1:
        held = f"replies of {', '.join(names)}" if names else "no reply"
        raise RecordingError(f"{folder / REPLIES} holds {held}", remedy="Name the model with --model.")
    return names[0]


def _begun(asking: Asking, model: str, asked: Rendered, schema: Schema | None) -> Reply:
    alike = asked_alike(asked)
    key = key_of(model, alike, schema)
    nth = asking.times[key]
    asking.times[key] += 1
    return Reply(
        case=asking.case_id,
        trial=asking.trial,
        time=nth,
        model=model,
        key=key,
        system=alike.system,
        user=alike.user,
        schema=schema,
    )


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def _reply(line: bytes, number: int, path: Path) -> Reply:
    try:
        return Reply(**json.loads(line))
    except (ValueError, TypeError) as exc:
        raise RecordingError(
            f"{path}, line {number} is no recorded reply: {exc}", remedy="Delete that line, or record again."
        ) from exc


def _fault(reply: Reply) -> ModelFault:
    kinds = {kind.code: kind for kind in ModelFault.__subclasses__()}
    return kinds.get(reply.fault or "", ModelFault)(reply.why or "the recorded reply broke off")
