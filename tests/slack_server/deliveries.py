"""What Slack sends an app: payloads, and signed HTTP requests, right ones and wrong ones.

Signatures follow https://docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import httpx

SIGNING_SECRET = "a-signing-secret-of-the-tests"


def sign(body: bytes, *, secret: str = SIGNING_SECRET, timestamp: int | str | None = None) -> dict[str, str]:
    """The headers of a delivery. A stale one has a timestamp of over five minutes ago; a forged one
    another secret."""
    at = str(int(time.time()) if timestamp is None else timestamp)
    digest = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}


def event_request(
    payload: dict[str, Any],
    *,
    secret: str = SIGNING_SECRET,
    timestamp: int | str | None = None,
    retry: int = 0,
    reason: str = "http_timeout",
) -> tuple[bytes, dict[str, str]]:
    """Body and headers of an Events API delivery."""
    body = json.dumps(payload).encode()
    headers = {"Content-Type": "application/json", **sign(body, secret=secret, timestamp=timestamp)}
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
    return body, headers


def interaction_request(
    payload: dict[str, Any], *, secret: str = SIGNING_SECRET, timestamp: int | str | None = None
) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a click or a submitted modal: a form with one field of JSON."""
    body = urlencode({"payload": json.dumps(payload)}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return body, headers | sign(body, secret=secret, timestamp=timestamp)


def deliver(url: str, request: tuple[bytes, dict[str, str]], *, timeout: float = 10) -> httpx.Response:
    body, headers = request
    return httpx.post(url, content=body, headers=headers, timeout=timeout, trust_env=False)


def envelope(
    team: str, event: dict[str, Any], *, event_id: str, app_id: str, bot_user: str
) -> dict[str, Any]:
    """The body of an Events API delivery, over HTTP and Socket Mode alike."""
    return {
        "token": "verification-token",
        "team_id": team,
        "context_team_id": team,
        "api_app_id": app_id,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(event.get("event_ts", "0"))),
        "event": event,
        "authorizations": [
            {"enterprise_id": None, "team_id": team, "user_id": bot_user, "is_bot": True,
             "is_enterprise_install": False}
        ],
    }  # fmt: skip
