"""An answer's events as the chunks of OpenAI's API: each statement once it is verified, the annotations after
the last of them, then the whole answer, and `[DONE]`.

https://platform.openai.com/docs/api-reference/chat-streaming
"""

import json
import logging
import time
from typing import Any

from service.http.completions.closing import sources
from service.http.completions.reply import Address, Told, plain, usage, whole
from service.http.completions.request import CompletionRequest
from service.http.events import Event
from service.http.openai_errors import error_body
from service.http.problems import failed
from service.wire import AnswerOut, Problem, StatementOut

_LOG = logging.getLogger(__name__)
DONE = "data: [DONE]\n\n"


class Chunks:
    """Called with each event of one answer in turn; gives the frames that it becomes."""

    def __init__(self, request: CompletionRequest, *, address: Address, closing: bool) -> None:
        self._request = request
        self._address = address
        self._closing = closing
        self._told = Told()
        self._id = ""
        self._failed = False
        self._created = int(time.time())

    def __call__(self, event: Event, _: int) -> str:
        if self._failed:
            return ""
        try:
            return self._framed(event)
        except Exception:  # noqa: BLE001 - the outermost edge: the status has been sent
            _LOG.exception("the answer %s could not be told", self._id)
            self._failed = True
            return _frame(error_body(failed())) + DONE

    def _framed(self, event: Event) -> str:
        data = json.loads(event.data)
        match event.name:
            case "status" if not self._id:
                return self.begin(data["answer_id"])
            case "statement":
                return self.say(self._told.add(StatementOut.model_validate(data["statement"])))
            case "done":
                return self._end(AnswerOut.model_validate(data["answer"]))
            case "error":
                return _frame(error_body(Problem.model_validate(data))) + DONE
        return ""

    def begin(self, answer_id: str) -> str:
        self._id = answer_id
        return self._choice({"role": "assistant", "content": ""})

    def say(self, text: str) -> str:
        return self._choice({"content": text})

    def close(self, answer: AnswerOut | None = None) -> str:
        """The last chunks. Without an answer: of what only the client wanted."""
        parley = None if answer is None else plain(whole(self._request, answer))
        frames = self._choice({}, finish_reason="stop", parley=parley)
        if self._counts:
            frames += _frame(self._chunk() | {"choices": [], "usage": plain(usage(answer))})
        return frames + DONE

    def _end(self, answer: AnswerOut) -> str:
        closing = sources(answer, self._address) if self._closing else ""
        annotations = [plain(one) for one in self._told.annotations(answer, self._address)]
        return (
            (self.say(closing) if closing else "")
            + (self._choice({"annotations": annotations}) if annotations else "")
            + self.close(answer)
        )

    def _choice(self, delta: dict[str, Any], *, finish_reason: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        counted = {"usage": None} if self._counts else {}
        return _frame(self._chunk() | {"choices": [choice]} | counted | more)

    def _chunk(self) -> dict[str, Any]:
        known = {"id": self._id, "created": self._created, "model": self._request.model}
        return {"object": "chat.completion.chunk"} | known

    @property
    def _counts(self) -> bool:
        options = self._request.stream_options
        return bool(options and options.include_usage)


def _frame(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n\n"
