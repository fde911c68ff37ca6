"""service/http/examples.json: each operation asked once, of a service that was empty, and what it answered.

python -m tests.docs.api_examples > service/http/examples.json
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from retrieval.model_files import default_dir
from service.bootstrap import open_service
from service.config import read_settings
from tests.conftest import serving

ARTICLE = {
    "text": "The envoys met in Lund on Sunday. “We offered a truce of thirty days,” the minister told "
    "Radio Nord. The talks go on next week.",
    "title": "Envoys meet in Lund",
    "outlet": "Harbour Times",
    "published": "2026-03-01",
    "url": "https://harbour.example/lund",
}
QUESTION = "What did the minister offer?"
_LINES = 12  # of a text that is shown
Examples = dict[str, dict[str, Any]]


class _Teller:
    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self.told: Examples = {}

    def ask(
        self, method: str, route: str, *, body: Any = None, query: dict[str, Any] | None = None, **path: str
    ) -> Any:
        headers = {"Accept": "text/event-stream"} if route.endswith("/events") else {}
        url = route.format(**path)
        reply = self._client.request(method, url, json=body, params=query, headers=headers)
        kind = reply.headers["content-type"].partition(";")[0] if reply.content else ""
        answer = reply.json() if kind == "application/json" else _beginning(reply.text)
        self.told[f"{method} {route}"] = {
            "method": method,
            "route": route,
            "path": path,
            "query": query or {},
            "headers": headers,
            "body": body,
            "status": reply.status_code,
            "type": kind,
            "answer": answer or None,
        }
        return answer


def tell(client: httpx.Client) -> Examples:
    """Of every operation one, in an order that makes what the next one asks for."""
    teller = _Teller(client)
    ask = teller.ask
    article = ask("POST", "/v1/articles", body=ARTICLE)["article"]["id"]
    for path in ("/livez", "/readyz", "/metrics"):
        ask("GET", path)
    ask("GET", "/v1/articles", query={"limit": 10})
    ask("GET", "/v1/articles/{article_id}", article_id=article)
    ask("GET", "/v1/articles/{article_id}/text", article_id=article, query={"version": 1})
    ask("GET", "/v1/about")
    answer = ask("POST", "/v1/chat", body={"question": QUESTION, "filters": {"from": "2026-01-01"}})
    said = [{"role": "user", "content": QUESTION}]
    ask("POST", "/v1/chat/completions", body={"model": "parley", "messages": said})
    ask("GET", "/v1/models")
    ask("GET", "/v1/answers/{answer_id}", answer_id=answer["id"])
    ask("GET", "/v1/answers/{answer_id}/events", answer_id=answer["id"])
    ask("GET", "/v1/answers/{answer_id}/next", answer_id=answer["id"])
    opinion = {"rating": "down", "reason": "missing", "comment": "For how long?"}
    ask("POST", "/v1/answers/{answer_id}/feedback", answer_id=answer["id"], body=opinion)
    ask("POST", "/v1/answers/{answer_id}/share", answer_id=answer["id"])
    ask("GET", "/v1/feedback", query={"rating": "down", "since": "2026-01-01"})
    conversation = answer["conversation_id"]
    ask("GET", "/v1/conversations", query={"limit": 10})
    path = "/v1/conversations/{conversation_id}"
    ask("PATCH", path, conversation_id=conversation, body={"title": "The offer in Lund"})
    ask("GET", path, conversation_id=conversation)
    ask("GET", f"{path}/export", conversation_id=conversation, query={"format": "json"})
    ask("GET", "/v1/statements", query={"speaker": "minister"})
    ask("POST", "/v1/search", body={"query": "truce of thirty days", "limit": 3})
    ask("POST", "/v1/reindex")
    ask("GET", "/v1/reindex")
    ask("DELETE", path, conversation_id=conversation)
    ask("PATCH", "/v1/articles/{article_id}", article_id=article, body={"authors": ["Mira Holt"]})
    ask("GET", "/v1/articles/{article_id}/versions", article_id=article)
    ask("DELETE", "/v1/articles/{article_id}", article_id=article, query={"purge": "true"})
    return teller.told


def _beginning(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(lines[:_LINES]) + ("...\n" if len(lines) > _LINES else "")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        settings = read_settings(data_dir=data, seeds_dir=data / "none", model_dir=default_dir())
        service = open_service(settings, command="the examples")
        try:
            with serving(service) as client:
                json.dump(tell(client), sys.stdout, ensure_ascii=False, indent=1)
        finally:
            service.close()


if __name__ == "__main__":
    main()
