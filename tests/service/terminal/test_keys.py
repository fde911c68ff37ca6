"""`parley keys` beside a service that runs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from service.bootstrap import Service
from service.config import read_settings
from service.keys import keys_in
from service.terminal.cli import main
from tests.conftest import serving
from tests.running import environment

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run `parley keys` where `service` has its data directory: code, output and errors."""
    for name, value in environment(tmp_path / "data").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("service.keys.STALE_SECONDS", 0.0)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["keys", *arguments])
        except SystemExit as refused:
            code = int(str(refused.code))
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_a_key_is_made_listed_and_revoked(typed: Typed, service: Service) -> None:
    assert typed("list")[1] == "There are no keys.\n"
    code, out, err = typed("create", "Hedda", "--scopes", "read", "--expires", "90d")
    last = (datetime.now(UTC) + timedelta(days=90)).date()
    assert code == 0
    assert out.startswith("pk_")
    assert "the key Hedda" in err
    assert f"good for read, until the end of {last}" in err
    bearing = {"Authorization": f"Bearer {out.strip()}"}
    with serving(service) as client:
        assert client.get("/v1/about", headers=bearing).status_code == 200
        assert client.post("/v1/chat", json={"question": "Who?"}, headers=bearing).status_code == 403
        (key,) = json.loads(typed("list", "--json")[1])
        assert (key["name"], key["scopes"], key["state"]) == ("Hedda", ["read"], "live")
        assert out.strip() not in typed("list")[1]
        assert typed("list")[1].split("\n")[1].split() == [key["id"], "Hedda", "read", str(last), "live"]
        assert typed("revoke", key["id"])[:2] == (0, f"revoked Hedda ({key['id']})\n")
        assert _status(client, bearing) == 401
    assert "revoked" in typed("list")[1]
    code, _, err = typed("revoke", "Hedda", "--erase")
    assert (code, "the service lets everybody in" in err) == (1, True)
    assert typed("revoke", "Hedda", "--erase", "--reopen")[0] == 0
    assert typed("list")[1] == "There are no keys.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("create", "Hedda", "--scopes", "read,write"), 2, "there is no scope 'write'"),
        (("create", "Hedda", "--scopes", ""), 2, "there is no scope ''"),
        (("create", "Hedda", "--expires", "soon"), 2, "soon is no end"),
        (("create", "Hedda", "--expires", "9999-12-31"), 2, "too far ahead"),
        (("create", "Hedda", "--expires", "2020-02-01"), 1, "is past"),
        (("revoke", "Nobody"), 1, "there is no key Nobody"),
        (("revoke", "\udcff"), 1, "there is no key ?"),
        (("create", "\udcff"), 1, "can't be named"),
        ((), 2, "create|list|revoke"),
        (("revoke", "Hedda", "--reopen"), 2, "--reopen goes with --erase"),
    ],
)
def test_what_cant_be_is_said(
    typed: Typed, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    with keys_in(read_settings(data_dir=tmp_path / "data")):
        pass  # there is a record
    refused, out, err = typed(*arguments)
    assert (refused, out) == (code, "")
    assert told in err


@pytest.mark.parametrize("arguments", [("list",), ("list", "--json"), ("revoke", "Hedda")])
def test_looking_makes_no_data_directory(typed: Typed, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = typed(*arguments)
    assert (code, out) == (1, "")
    assert f"{tmp_path / 'data'} holds no record" in err
    assert not (tmp_path / "data").exists()


def _status(client: httpx.Client, headers: dict[str, str]) -> int:
    return client.get("/v1/about", headers=headers).status_code
