"""The command line speaking to the service that holds the data directory."""

from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

import httpx

from service.errors import ServiceRefused, ServiceUnreachable

_SECONDS = 120.0


class Client:
    """Raises ServiceRefused with the service's own words, ServiceUnreachable when there is no answer."""

    def __init__(self, url: str, *, key: str | None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # No proxy from the environment: the service is on this machine.
        self._http = httpx.Client(base_url=url, headers=headers, timeout=_SECONDS, trust_env=False)
        self._url = url

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def chat(self, question: str) -> dict[str, Any]:
        return self._call("POST", "/v1/chat", json={"question": question})

    def answer(self, id_: str) -> dict[str, Any]:
        return self._call("GET", f"/v1/answers/{quote(id_, safe='')}")

    def articles(self, *, limit: int, offset: int) -> dict[str, Any]:
        return self._call("GET", "/v1/articles", params={"limit": limit, "offset": offset})

    def article(self, id_: str, version: int) -> dict[str, Any]:
        return self._call("GET", f"/v1/articles/{id_}", params={"version": version})

    def delete(self, id_: str) -> None:
        self._call("DELETE", f"/v1/articles/{quote(id_, safe='')}")

    def ingest(self, name: str, data: bytes, facts: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", "/v1/articles", files={"file": (Path(name).name, data)}, data=facts)

    def _call(self, method: str, path: str, **kwargs: Any) -> dict[str, Any]:
        try:
            response = self._http.request(method, path, **kwargs)
        except httpx.HTTPError as exc:
            raise ServiceUnreachable(
                f"the service on {self._url} did not answer: {exc}",
                remedy="See what it says in its terminal, or stop it.",
            ) from exc
        if response.is_success:
            found: dict[str, Any] = response.json() if response.content else {}
            return found
        try:
            problem = response.json()
            raise ServiceRefused(problem["detail"], remedy=problem["remedy"])
        except (ValueError, KeyError, TypeError) as exc:
            raise ServiceRefused(
                f"the service on {self._url} answered {response.status_code}",
                remedy="Is it Parley that runs there?",
            ) from exc
