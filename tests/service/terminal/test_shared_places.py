"""The settings of what several services share: both or neither, and nothing secret is told of them."""

import os
from pathlib import Path

import pytest

from retrieval.errors import RecordUnreachable
from service.bootstrap import open_settings_corpus
from service.config import read_settings
from service.errors import SettingsError
from service.terminal.cli import main
from tests.ports import free_port

RECORD, CHROMA = "postgresql://parley:hunter-two@db:5432/parley", "http://chroma:8000"


@pytest.fixture(autouse=True)
def _no_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("PARLEY_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("given", "lacking"),
    [({"record_url": RECORD}, "PARLEY_CHROMA_URL"), ({"chroma_url": CHROMA}, "PARLEY_RECORD_URL")],
)
def test_one_without_the_other_is_refused_and_the_other_named(given: dict[str, str], lacking: str) -> None:
    with pytest.raises(SettingsError, match=f"which needs {lacking} too") as refused:
        read_settings(**given)
    assert "hunter" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("record_url", "mysql://parley:hunter-two@db/parley"),
        ("record_url", "postgresql://parley:hunter-two@db:5432"),
        ("record_url", "parley:hunter-two@db"),
        ("record_url", "postgresql://parley:hunter-two@db:port/parley"),
        ("record_url", "postgresql://parley:p@hunter-two@db:5432/parley"),
        ("record_url", "postgresql://parley:p@ss:hunter-two@db:5432/parley"),
        ("chroma_url", "http://parley:hunter-two@chroma:8000"),
        ("chroma_url", "http://chroma:8000/api?token=hunter-two"),
        ("chroma_url", "chroma:8000"),
    ],
)
def test_an_address_that_is_none_is_refused_by_name_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"PARLEY_{name.upper()}") as refused:
        read_settings(**({"record_url": RECORD, "chroma_url": CHROMA} | {name: value}))
    assert "hunter" not in str(refused.value)


def test_neither_password_nor_token_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARLEY_RECORD_URL", RECORD)
    monkeypatch.setenv("PARLEY_CHROMA_URL", CHROMA)
    monkeypatch.setenv("PARLEY_CHROMA_TOKEN", "hunter-three")
    for arguments in (["settings"], ["settings", "--json"]):
        assert main(arguments) == 0
        said = capsys.readouterr().out
        assert CHROMA in said
        assert "hunter" not in said


def test_a_record_that_is_away_is_named_without_its_password(tmp_path: Path) -> None:
    port = free_port()
    record = f"postgresql://parley:hunter-two@127.0.0.1:{port}/news?application_name=hunter-three"
    settings = read_settings(record_url=record, chroma_url=CHROMA, data_dir=tmp_path / "data")
    with pytest.raises(RecordUnreachable, match=f"news at 127.0.0.1:{port}") as refused:
        open_settings_corpus(settings, command="a test")
    assert "hunter" not in refused.value.message
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", [["backup", "copy"], ["restore", "copy"]])
def test_a_backup_is_the_databases_own(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARLEY_RECORD_URL", RECORD)
    monkeypatch.setenv("PARLEY_CHROMA_URL", CHROMA)
    assert main(command) == 1
    assert "Use pg_dump and pg_restore" in capsys.readouterr().err
