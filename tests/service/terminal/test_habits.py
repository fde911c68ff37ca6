"""What people are used to from other commands: words without quotation marks, pipes, a conversation."""

import io
import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.config import Settings
from service.terminal.cli import main
from tests.conftest import REPOSITORY
from tests.running import PARLEY, environment
from tests.service.terminal.conftest import KEY, Parley

pytestmark = pytest.mark.slow

QUESTION = "How long did the Alaska summit last?"


@contextmanager
def piped(given: bytes, *, encoding: str = "utf-8") -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding=encoding))
        yield


@contextmanager
def written_in(encoding: str) -> Iterator[io.BytesIO]:
    """As a terminal or a pipe with that encoding would get it."""
    written = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
        yield written


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("parley 0.")


def test_a_question_needs_no_quotation_marks(through: Parley) -> None:
    code, out, _ = through("ask", "--json", *QUESTION.split())
    assert (code, json.loads(out)["question"]) == (0, QUESTION)


def test_a_question_comes_from_a_pipe(through: Parley) -> None:
    with piped(f"{QUESTION}\n".encode()):
        code, out, _ = through("ask", "-", "--json")
    assert (code, json.loads(out)["question"]) == (0, QUESTION)


def test_bytes_that_are_no_text_come_to_no_harm(through: Parley) -> None:
    with piped("Wie heißt\xff der König?".encode("latin-1"), encoding="ascii"):
        code, out, err = through("ask", "-", "--json")
    assert (code, err) == (0, "")
    assert "Wie hei" in json.loads(out)["question"]


def test_a_conversation_is_gone_on_with(through: Parley, capfd: pytest.CaptureFixture[str]) -> None:
    id_ = json.loads(through("ask", "--json", QUESTION)[1])["conversation_id"]
    code, out, _ = through("ask", "--conversation", id_, "Who", "said", "that?")
    assert code == 0
    assert "(Understood as: How long did the Alaska summit last" in out
    with pytest.raises(SystemExit):
        through("ask", "--conversation", "nonsense", QUESTION)
    assert "'nonsense' is no conversation's id" in capfd.readouterr().err


def test_a_chat_goes_on_from_what_was_said(through: Parley) -> None:
    lines = f"{QUESTION}\n\n{'x' * 2001}\n  Who said that?\n"
    with piped(lines.encode()):
        code, out, err = through("chat")
    assert code == 1, "one of the questions failed"
    assert out.startswith("“")
    assert "(Understood as: How long did the Alaska summit last" in out
    assert err.startswith("parley: the question: ")
    with piped(b""):
        assert through("chat") == (0, "", "")
        code, _, err = through("ingest", "-")
    assert (code, "stdin.txt is empty" in err) == (1, True)


@pytest.mark.slow
def test_a_chat_works_without_a_service_too(parley: Parley, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The clerks of Varn met for two hours on Friday.")
    with piped(b"How long did the clerks meet?\nOn which day?\n"):
        parley("ingest", str(tmp_path / "a.txt"))
        code, out, _ = parley("chat")
    assert (code, out.count("[1] unknown outlet")) == (0, 2)


def test_in_a_terminal_it_prompts_until_the_end_of_input(held: Path) -> None:
    """With the locale of old, whose encoding has no quotation marks of news."""
    env = environment(held, api_key=KEY) | {
        "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "", "TERM": "dumb",
    }  # fmt: skip
    terminal, its = pty.openpty()
    chat = subprocess.Popen([*PARLEY, "chat"], env=env, cwd=REPOSITORY, stdin=its, stdout=its, stderr=its)
    os.close(its)
    seen = _until(terminal, "> ")
    os.write(terminal, f"{QUESTION}\n".encode())
    seen += _until(terminal, "> ")
    os.write(terminal, b"\x04")
    seen += _until(terminal, "\0")
    os.close(terminal)
    assert chat.wait(timeout=60) == 0
    assert "Ctrl-D ends." in seen
    assert '"The Alaska summit' in seen
    assert "To go on: parley chat --conversation c_" in seen
    assert "Traceback" not in seen


def _until(terminal: int, awaited: str) -> str:
    """Or until it is closed, or silent for long."""
    seen = b""
    while awaited.encode() not in seen and select.select([terminal], [], [], 60)[0]:
        try:
            got = os.read(terminal, 65536)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not got:
            break
        seen += got
    return seen.decode("utf-8", "replace")


def test_a_web_address_and_an_office_file_are_refused_in_words_that_help(
    through: Parley, tmp_path: Path
) -> None:
    code, out, err = through("ingest", "https://news.example.org/ferry?a=1")
    assert (code, out) == (1, "")
    assert "https://news.example.org/ferry?a=1 is a web address, and fetching is off" in err
    assert "save the page as an .html file" in err
    for name, how in {"a.DOC": "save it as .docx", "a.odt": "save it as .docx", "b.pdf": "anew"}.items():
        (tmp_path / name).write_bytes(b"%PDF-1.7")
        code, _, err = through("ingest", str(tmp_path / name))
        assert (code, how in err) == (1, True), err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_answer_is_told_in_any_encoding(through: Parley, encoding: str) -> None:
    with written_in(encoding) as written:
        assert through("ask", QUESTION)[0] == 0
        told = written.getvalue().decode(encoding)
    assert "The Alaska summit between Trump" in told
    assert "\\u201c" not in told
    with written_in(encoding) as written:
        assert through("ask", "--json", QUESTION)[0] == 0
        answer = json.loads(written.getvalue().decode(encoding))
    assert answer["text"].startswith("“The Alaska summit")


def test_an_article_comes_from_a_pipe_and_what_no_typewriter_has_is_escaped(parley: Parley) -> None:
    with piped("Ivar Moe said on Monday: “Надія 🕊 — for all.”\n".encode(), encoding="ascii"):
        code, out, _ = parley("ingest", "-")
    assert (code, out.startswith("stdin.txt: added as a_")) == (0, True)
    with written_in("ascii") as written:
        assert parley("statements")[0] == 0
        told = written.getvalue().decode("ascii")
    assert "\\u041d\\u0430\\u0434\\u0456\\u044f \\ud83d\\udd4a -- for all." in told
    with written_in("ascii") as written:
        parley("statements", "--json")
        (one,) = json.loads(written.getvalue())["statements"]
    assert "Надія 🕊 — for all." in one["citation"]["quote"]["text"]


def test_options_of_serve_win_over_the_environment(parley: Parley, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("service.http.serve", lambda settings, say: served.append(settings))
    assert parley("serve", "--host", "::1", "--port", "8901", port=8902, host="127.0.0.1")[0] == 0
    assert parley("serve", port=8902)[0] == 0
    assert [(s.host, s.port) for s in served] == [("::1", 8901), ("127.0.0.1", 8902)]
    for options, named in ((["--host", "0.0.0.0"], "PARLEY_HOST"), (["--port", "70000"], "PARLEY_PORT")):
        code, _, err = parley("serve", *options)
        assert (code, named in err) == (1, True)


def test_a_pipe_needs_no_dash(through: Parley) -> None:
    with piped(f"{QUESTION}\n".encode()):
        code, out, _ = through("ask", "--json")
    assert (code, json.loads(out)["question"]) == (0, QUESTION)


@pytest.mark.parametrize("word", ["exit", "quit"])
def test_a_chat_ends_where_that_is_said(through: Parley, word: str) -> None:
    with piped(f"{word}\n{QUESTION}\n".encode()):
        assert through("chat") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["asl", "who"], "parley: error: there is no command 'asl'; did you mean ask?"),
        (["frobnicate"], "`parley --help` lists them"),
        (["ask", "--frobnicate", "who"], "parley ask: error: unrecognized arguments: --frobnicate"),
    ],
)
def test_what_was_mistyped_is_named(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert (ended.value.code, told in capsys.readouterr().err) == (2, True)


def test_alone_it_tells_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "ask a question" in capsys.readouterr().err


def test_slack_without_its_tokens_says_which(parley: Parley) -> None:
    code, _, err = parley("slack")
    assert code == 1
    assert "PARLEY_SLACK_BOT_TOKEN and PARLEY_SLACK_APP_TOKEN" in err
