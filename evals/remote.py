"""A running service under test, over HTTP: Parley by its chat API, or anything that speaks OpenAI's.

The service answers from its own corpus; nothing is ingested. A cited article is taken for the suite's
document whose text has the same sha256.
"""

import hashlib
import re
from dataclasses import replace
from typing import Any

import httpx

from evals.answered import failed, result_of, unasked
from evals.cases import Case, Suite
from evals.errors import TargetUnreachable
from evals.results import CaseResult, ResultStatement, Usage
from evals.runner import WITHOUT_CITATIONS
from evals.target import history
from service.desk import Patient

_SECONDS = 120.0
_PAGE = 500
# How models say that they don't know. Their words are all there is to go by.
_ABSTAINS = re.compile(
    r"\b(?:i (?:do not|don['’]t|cannot|can['’]t|could not|couldn['’]t) (?:know|find|answer|determine|tell)|"
    r"(?:unable|not able) to (?:find|answer|determine|tell)|"
    r"no (?:information|mention|passage)|not (?:mentioned|stated|specified|provided|found|say)|"
    r"(?:does|do|did) not (?:say|mention|state|specify))\b",
    re.IGNORECASE,
)


def open_remote(
    suite: Suite, url: str, *, key: str | None, model: str | None, answerer: str | None = None
) -> "ParleyService | OpenAIChat":
    """Parley if the service knows Parley's articles, else an OpenAI-compatible endpoint at that address
    (which ends with its version, as in http://127.0.0.1:11434/v1); of one that lists no models `model` names
    the one to ask. Raises TargetUnreachable."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        http = httpx.Client(
            base_url=url.rstrip("/"), headers=headers, timeout=_SECONDS, trust_env=False, transport=Patient()
        )
    except (httpx.InvalidURL, ValueError) as exc:  # ValueError: a key that no header can hold
        raise _unreachable(url, str(exc)) from exc
    try:
        return _recognised(suite, http, model, answerer)
    except TargetUnreachable:
        http.close()
        raise
    except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError) as exc:
        http.close()
        raise _unreachable(url, str(exc)) from exc


def _recognised(
    suite: Suite, http: httpx.Client, model: str | None, answerer: str | None
) -> "ParleyService | OpenAIChat":
    articles = http.get("/v1/articles", params={"limit": 1})
    if _lists_articles(articles):
        return ParleyService(suite, http, answerer)
    if model is not None:
        return OpenAIChat(http, model)
    models = http.get("/models")
    if models.is_success:
        return OpenAIChat(http, str(models.json()["data"][0]["id"]))
    raise _unreachable(
        str(http.base_url),
        f"GET /v1/articles answers {articles.status_code}, GET /models {models.status_code} (--model NAME "
        "does without it)",
    )


def _lists_articles(response: httpx.Response) -> bool:
    """Another service may answer any path with a page of its own."""
    try:
        return response.is_success and "articles" in response.json()
    except (ValueError, TypeError):
        return False


class ParleyService:
    """`answerer` is the service's own choice where it is None."""

    def __init__(self, suite: Suite, http: httpx.Client, answerer: str | None = None) -> None:
        self._http = http
        self._answerer = answerer
        self._wanted = len(suite.documents)
        by_sha256 = {hashlib.sha256(d.text.encode()).hexdigest(): d for d in suite.documents}
        there = self._articles()
        self._documents = {id_: by_sha256[sha256] for id_, sha256 in there.items() if sha256 in by_sha256}
        self._others = frozenset(there.keys() - self._documents.keys())
        self._ids = {document.id: id_ for id_, document in self._documents.items()}

    def ask(self, case: Case, *, trial: int) -> CaseResult:
        body: dict[str, Any] = {"question": case.question, "include": ["hits"]}
        if self._answerer is not None:
            body["answerer"] = self._answerer
        if case.turns:
            body["history"] = history(case.turns)
        if case.given_doc in self._ids:
            body["filters"] = {"article_ids": [self._ids[case.given_doc]]}
        response = _post(self._http, "/v1/chat", body)
        if not response.is_success:
            return failed(case, trial, f"{response.status_code}: {response.text[:300]}")
        try:
            return result_of(case, trial, response.json(), self._documents, others=self._others)
        except (ValueError, KeyError, TypeError) as error:
            return failed(case, trial, f"no answer of Parley's ({error!r}): {response.text[:300]}")

    def provenance(self) -> dict[str, Any]:
        return {
            "target": str(self._http.base_url),
            "api": "parley",
            "documents_there": len(self._ids),
            "documents_wanted": self._wanted,
            **({"answerer": self._answerer} if self._answerer else {}),
        }

    def close(self) -> None:
        self._http.close()

    def _articles(self) -> dict[str, str]:
        """Article ids with the sha256 of their texts."""
        found: dict[str, str] = {}
        while True:
            page = self._http.get("/v1/articles", params={"limit": _PAGE, "offset": len(found)}).json()
            for article in page["articles"]:
                found[article["id"]] = self._http.get(f"/v1/articles/{article['id']}").json()["sha256"]
            if not page["articles"] or len(found) >= page["total"]:
                return found


class OpenAIChat:
    """Its answers carry no citations of ours, so they score zero on citations; the verdict says so."""

    def __init__(self, http: httpx.Client, model: str) -> None:
        self._http = http
        self._model = model

    def ask(self, case: Case, *, trial: int) -> CaseResult:
        messages = [*history(case.turns), {"role": "user", "content": case.question}]
        asked = [{"role": m["role"], "content": m.get("content", m.get("text", ""))} for m in messages]
        response = _post(self._http, "/chat/completions", {"model": self._model, "messages": asked})
        try:
            content = str(response.json()["choices"][0]["message"]["content"] or "")
        except (ValueError, KeyError, IndexError, TypeError):
            return failed(case, trial, f"{response.status_code}: {response.text[:300]}")
        text = content.encode("utf-8", "replace").decode()  # JSON may hold half of a surrogate pair
        return replace(
            unasked(case, trial),
            status="abstained" if _ABSTAINS.search(text) else "answered",
            text=text,
            statements=(ResultStatement(text, "paraphrase", ()),) if text.strip() else (),
            timings={"total": response.elapsed.total_seconds() * 1000},
            usage=_usage(response.json()),
        )

    def provenance(self) -> dict[str, Any]:
        return {"target": str(self._http.base_url), "api": WITHOUT_CITATIONS, "model": self._model}

    def close(self) -> None:
        self._http.close()


def _usage(reply: dict[str, Any]) -> Usage | None:
    told = reply.get("usage")
    if not isinstance(told, dict):
        return None
    counts = [told.get(name) for name in ("prompt_tokens", "completion_tokens")]
    return Usage(1, *(count if isinstance(count, int) else 0 for count in counts))


def _post(http: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
    try:
        return http.post(path, json=body)
    except httpx.HTTPError as exc:
        raise _unreachable(str(http.base_url), str(exc)) from exc


def _unreachable(url: str, why: str) -> TargetUnreachable:
    return TargetUnreachable(
        f"the service at {url} does not answer as Parley or as an OpenAI-compatible chat endpoint: {why}",
        remedy="Start it, or check --url (an OpenAI-compatible one ends with /v1) and --key-env. "
        "What was done is kept.",
    )
