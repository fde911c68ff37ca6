"""The interface's document, and what the framework doesn't know of it: the errors that each operation gives,
the key, and an example of each, which a test runs."""

import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from service.http.access import HEALTH
from service.http.openai_errors import COMPLETIONS, is_spoken_at, status_for
from service.http.problems import MEDIA_TYPE, STATUS, example

Operation = dict[str, Any]
_EXAMPLES = Path(__file__).parent / "examples.json"
_ANYWHERE = ("bad_request", "forbidden", "too_large", "internal", "overloaded")
_KEYED = ("unauthorized", "rate_limited")
_WITH_A_BODY = ("timeout", "unsupported_type", "invalid_request")
_SENTENCES = re.compile(r"(?<=[.])\s+|\n\n")
_SERVER = "http://127.0.0.1:8000"


class Documented(FastAPI):
    """`keyed`: whether every operation asks for a key, save those that say whether it runs."""

    def __init__(self, *, keyed: Callable[[], bool], **given: Any) -> None:
        super().__init__(**given, generate_unique_id_function=_operation_id)
        self._wants_key, self._keyed = keyed, False

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None or self._keyed != self._wants_key():
            self.openapi_schema, self._keyed = None, self._wants_key()
            self._tell_more(super().openapi())
        assert self.openapi_schema is not None
        return self.openapi_schema

    def _tell_more(self, document: dict[str, Any]) -> None:
        parts = document["components"]
        parts["responses"] = {code: _error(code) for code in STATUS}
        parts["securitySchemes"] = {
            "key": {
                "type": "http",
                "scheme": "bearer",
                "description": "PARLEY_API_KEY, or one of `parley keys`.",
            }
        }
        if self._keyed:
            document["security"] = [{"key": []}]
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                self._complete(path, method, operation)

    def _complete(self, path: str, method: str, operation: Operation) -> None:
        first, *rest = _SENTENCES.split(operation["description"], maxsplit=1)
        operation["summary"] = " ".join(first.split()).rstrip(".")
        operation["description"] = "".join(rest)
        responses = operation["responses"]
        responses.pop("422", None)  # in the framework's own shape, which is never sent
        for code in _codes(path, method, operation, keyed=self._keyed):
            status = status_for(STATUS[code]) if is_spoken_at(path) else STATUS[code]
            responses.setdefault(str(status), {"$ref": f"#/components/responses/{code}"})
        # The framework gives an error the type of the success it stands beside.
        responses["default"]["content"] = {MEDIA_TYPE: next(iter(responses["default"]["content"].values()))}
        if path in HEALTH:
            operation["security"] = []
        operation["responses"] = dict(sorted(responses.items()))
        _exemplify(path, method, operation)


def _operation_id(route: APIRoute) -> str:
    return "_".join([*map(str, route.tags), route.name])


def _codes(path: str, method: str, operation: Operation, *, keyed: bool) -> Iterator[str]:
    """Of the errors that it may end in; several may share a status."""
    if path in HEALTH:
        yield from ("bad_request", "too_large", "not_ready")
        return
    yield from _ANYWHERE
    if keyed:
        yield from _KEYED
    parameters = operation.get("parameters", [])
    if "requestBody" in operation:
        yield from _WITH_A_BODY
    elif any(parameter["in"] != "path" for parameter in parameters):
        yield "invalid_request"
    if "{" in path:
        yield "not_found"
    if method != "get":
        yield "storage_full"
    if path.startswith("/v1/articles/{") and method == "get":
        yield "withdrawn"
    if path in ("/v1/chat", COMPLETIONS):
        yield "conflict"
    if path == COMPLETIONS:
        yield "model_not_found"


def _error(code: str) -> dict[str, Any]:
    body = example(code)
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": body}
    told = {"description": f"{body['title']} (`{code}`)", "content": {MEDIA_TYPE: content}}
    if body["retryable"]:
        told["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return told


def _exemplify(path: str, method: str, operation: Operation) -> None:
    shown = examples().get(f"{method.upper()} {path}")
    if shown is None:  # a test asks for one of each
        return
    operation["x-codeSamples"] = [{"lang": "Shell", "label": "curl", "source": curl(shown)}]
    for parameter in operation.get("parameters", []):
        value = (shown["path"] | shown["query"]).get(parameter["name"])
        if value is not None:
            parameter["example"] = value
    if shown["body"] is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = shown["body"]
    if shown["answer"] is not None:
        content = operation["responses"][str(shown["status"])].setdefault("content", {})
        content.setdefault(shown["type"], {})["example"] = shown["answer"]


@cache
def examples() -> Mapping[str, Any]:
    """By method and path: `path` and `query` parameters, `body`, and the `status`, `type` and `answer` that
    came."""
    told: Mapping[str, Any] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return told


def curl(shown: Mapping[str, Any]) -> str:
    """As it is typed, with the key where one is set."""
    url = _SERVER + shown["route"].format(**shown["path"])
    if shown["query"]:
        url += "?" + "&".join(f"{name}={value}" for name, value in shown["query"].items())
    parts = ["curl -s", shlex.quote(url)]
    if shown["method"] not in ("GET", "POST"):
        parts.insert(1, f"-X {shown['method']}")
    parts += [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in shown["headers"].items()]
    if shown["body"] is not None:
        sent = json.dumps(shown["body"], ensure_ascii=False)
        parts += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(sent)}"]
    return " \\\n  ".join(parts)
