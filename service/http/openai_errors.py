"""A problem as a client of OpenAI's API reads it: an `error` object beside our own fields.

https://platform.openai.com/docs/guides/error-codes
"""

import re
from typing import Any

from pydantic import BaseModel

from service.wire import Problem

COMPLETIONS, MODELS = "/v1/chat/completions", "/v1/models"
_UNPROCESSABLE, _MALFORMED, _TOO_MANY, _FAILED = 422, 400, 429, 500
_CODES = {"unauthorized": "invalid_api_key", "rate_limited": "rate_limit_exceeded"}


class ErrorOut(BaseModel):
    """`param` is the field that it is about, where it is about one."""

    message: str
    type: str
    param: str | None
    code: str


class ProblemForOpenAI(Problem):
    error: ErrorOut


def is_spoken_at(path: str) -> bool:
    """Whether a client of OpenAI's asks there."""
    return path in (COMPLETIONS, MODELS) or path.startswith(f"{MODELS}/")


def status_for(status: int) -> int:
    """What isn't valid is 400 there, never 422."""
    return _MALFORMED if status == _UNPROCESSABLE else status


def with_error(problem: Problem, param: str | None = None) -> ProblemForOpenAI:
    status = status_for(problem.status)
    error = ErrorOut(
        message=f"{_sentence(problem.detail)} {problem.remedy}",
        type=_type(status),
        param=param,
        code=_CODES.get(problem.code, problem.code),
    )
    return ProblemForOpenAI(**problem.model_dump(exclude={"status"}), status=status, error=error)


def error_body(problem: Problem) -> dict[str, Any]:
    """For a stream that has begun."""
    return {"error": with_error(problem).error.model_dump()}


def _sentence(detail: str) -> str:
    """A field or a file that it begins with stays as it is written."""
    opens = re.match(r"[a-z]+ ", detail)
    return f"{detail[:1].upper() if opens else detail[:1]}{detail[1:]}{'' if detail.endswith('.') else '.'}"


def _type(status: int) -> str:
    if status >= _FAILED:
        return "server_error"
    return "rate_limit_error" if status == _TOO_MANY else "invalid_request_error"
