"""HTTP with a service that runs: its paths, and its problems as our errors."""

import json
from collections.abc import Iterator
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx

from retrieval.errors import ParleyError
from service.desk.patience import Patient
from service.errors import (
    InvalidRequest,
    Overloaded,
    RequestConflict,
    ServiceLacks,
    ServiceRefused,
    ServiceUnreachable,
)

_SECONDS = 120.0
_KEY = "Set PARLEY_API_KEY to one that it knows."


class Client:
    """Raises ServiceRefused, or the error that the service names, in its own words; ServiceUnreachable when
    there is no answer."""

    def __init__(self, url: str, *, key: str | None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # No proxy from the environment: the service is on this machine.
        self._http = httpx.Client(
            base_url=url, headers=headers, timeout=_SECONDS, trust_env=False, transport=Patient()
        )
        self.url = url

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def chat_events(
        self, request: dict[str, Any], *, key: str | None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """The name and the data of each event of an answer, as it is made. Raises RequestConflict as long
        as the request of that key is being answered already."""
        headers = {"Accept": "text/event-stream"} | ({"Idempotency-Key": key} if key else {})
        try:
            with self._http.stream("POST", "/v1/chat", json=request, headers=headers) as response:
                if not response.is_success:
                    response.read()
                    raise self._refusal(response)
                yield from _events(response.iter_lines())
        except httpx.HTTPError as exc:
            raise self._unreachable(exc) from exc

    def reindex(self, *, start: bool = False) -> dict[str, Any]:
        return self._call("POST" if start else "GET", "/v1/reindex")

    def about(self) -> dict[str, Any]:
        return self._call("GET", "/v1/about")

    def rate(self, answer_id: str, given: dict[str, Any]) -> None:
        self._call("POST", f"/v1/answers/{quote(answer_id, safe='')}/feedback", json=given)

    def delete_conversation(self, id_: str) -> None:
        self._call("DELETE", f"/v1/conversations/{quote(id_, safe='')}")

    def answer(self, id_: str) -> dict[str, Any]:
        return self._call("GET", f"/v1/answers/{quote(id_, safe='')}")

    def articles(self, *, limit: int, offset: int) -> dict[str, Any]:
        return self._call("GET", "/v1/articles", params={"limit": limit, "offset": offset})

    def statements(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self._call("GET", "/v1/statements", params=asked)

    def article(self, id_: str, version: int | None) -> dict[str, Any]:
        params = {} if version is None else {"version": version}
        return self._call("GET", f"/v1/articles/{quote(id_, safe='')}", params=params)

    def history(self, id_: str) -> dict[str, Any]:
        return self._call("GET", f"/v1/articles/{quote(id_, safe='')}/versions")

    def edit(self, id_: str, changes: dict[str, Any]) -> dict[str, Any]:
        return self._call("PATCH", f"/v1/articles/{quote(id_, safe='')}", json=changes)

    def text(self, id_: str, version: int) -> str:
        path = f"/v1/articles/{quote(id_, safe='')}/text"
        return self._sent("GET", path, params={"version": version}).content.decode()

    def search(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", "/v1/search", json=asked)

    def delete(self, id_: str, *, purge: bool = False) -> None:
        params = {"purge": "true"} if purge else {}
        self._call("DELETE", f"/v1/articles/{quote(id_, safe='')}", params=params)

    def ingest(self, name: str, data: bytes, facts: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", "/v1/articles", files={"file": (name, data)}, data=facts)

    def _call(self, method: str, path: str, **kwargs: Any) -> dict[str, Any]:
        response = self._sent(method, path, **kwargs)
        found: dict[str, Any] = response.json() if response.content else {}
        return found

    def _sent(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **kwargs)
        except httpx.HTTPError as exc:
            raise self._unreachable(exc) from exc
        if response.is_success:
            return response
        raise self._refusal(response)

    def _unreachable(self, exc: httpx.HTTPError) -> ServiceUnreachable:
        return ServiceUnreachable(
            f"the service on {self.url} did not answer: {exc}",
            remedy="See what it says in its terminal, or stop it.",
        )

    def _refusal(self, response: httpx.Response) -> ParleyError:
        """In the service's own words, where it is one of ours."""
        kinds = {
            "conflict": RequestConflict,
            "overloaded": Overloaded,
            "invalid_request": InvalidRequest,
            "not_found": ServiceLacks,
        }
        try:
            problem = response.json()
            if problem["code"] == "unauthorized":
                return ServiceRefused(problem["detail"], remedy=_KEY)
            kind = kinds.get(problem["code"], ServiceRefused)
            return kind(problem["detail"], remedy=problem["remedy"])
        except (ValueError, KeyError, TypeError):
            return ServiceRefused(
                f"the service on {self.url} answered {response.status_code}",
                remedy="Is it Parley that runs there?",
            )


def _events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of server-sent events, as our service writes them: one line of data each."""
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)
