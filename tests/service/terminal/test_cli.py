"""The command line: what it prints, what it returns, and that a wrong turn is explained."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from retrieval.model_download import MODEL
from retrieval.model_files import default_dir
from service.answering import PARLEY
from service.terminal.cli import main
from tests.conftest import REPOSITORY, SEEDS
from tests.running import Running, environment, free_port, run, run_line
from tests.service.terminal.conftest import Parley

QUESTION = "How long did the Alaska summit last?"
COMMANDS = [
    "serve",
    "ask",
    "chat",
    "ingest",
    "articles",
    "statements",
    "settings",
    "reindex",
    "check-index",
    "fetch-model",
]
HEAVY = {"chromadb", "llama_index", "fastapi", "sqlalchemy", "numpy", "pydantic", "uvicorn", "onnxruntime"}


def test_help_loads_nothing_heavy() -> None:
    """One after the other in one process: what the first loads, the last would show."""
    commands = [["--help"], *[[name, "--help"] for name in COMMANDS]]
    code = (
        "import sys\nfrom service.terminal.cli import main\n"
        f"for command in {commands!r}:\n"
        "  try: main(command)\n  except SystemExit as e: assert e.code == 0\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True, timeout=30
    )
    assert done.stderr == "[]\n"
    assert done.stdout.count("usage: parley") == len(commands)


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in shown] == []


@pytest.mark.parametrize(
    "wrong", [[], ["ingest"], ["nonsense"], ["serve", "--x"], ["serve", "--port", "high"]]
)
def test_wrong_usage_is_code_two(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(wrong)
    assert caught.value.code == 2
    assert "usage: parley" in capsys.readouterr().err


def test_a_first_question_ingests_the_seeds_and_is_answered(parley: Parley) -> None:
    code, out, err = parley("ask", QUESTION, seeds=True)
    assert code == 0
    assert "three hours" in out
    assert "[1]" in out
    assert "“" in out
    assert "unknown outlet" in out
    assert "Ingesting the seed articles" in err
    code, out, err = parley("ask", "--json", QUESTION, seeds=True)
    answer = json.loads(out)
    assert (code, answer["status"], answer["question"]) == (0, "answered", QUESTION)
    assert err == ""


def test_articles_come_and_go(parley: Parley, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("The envoys met for two hours in the old customs house.")
    (folder / "sub" / "б.md").write_text("# Talks in Київ\n\nNobody said “yes” — 🕊️.\n")
    (folder / "articles.toml").write_text('["a.txt"]\noutlet = "Вісник"\npublished = "2025-08-17"\n')
    code, out, _ = parley("ingest", str(folder))
    assert (code, out.count(": added as a_")) == (0, 2)
    code, out, _ = parley("ingest", str(folder))
    assert (code, out.count(": unchanged as a_")) == (0, 2)
    code, out, _ = parley("articles")
    assert code == 0
    assert "2025-08-17" in out
    assert "Вісник" in out
    code, out, _ = parley("articles", "--json")
    (dated,) = [row for row in json.loads(out) if row["outlet"]]
    code, out, _ = parley("articles", "--delete", dated["id"])
    assert (code, out) == (0, f"deleted {dated['id']}\n")
    code, out, _ = parley("articles", "--json")
    assert [row["outlet"] for row in json.loads(out)] == [None]
    code, out, err = parley("articles", "--delete", dated["id"])
    assert (code, out) == (1, "")
    assert f"parley: article {dated['id']} is not here" in err
    assert parley("articles", "--purge", dated["id"])[:2] == (0, f"purged {dated['id']}\n")


def test_who_said_what_is_listed(parley: Parley, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "Ines Dahl told Radio Vik on Monday that the ferries\x9b would sail.\n“No,” said Ivar Moe."
    )
    parley("ingest", str(file))
    code, out, err = parley("statements", "--speaker", "dahl")
    assert (code, err) == (0, "")
    assert "Ines Dahl: told; to Radio Vik; when: Monday" in out
    assert "the ferries\N{REPLACEMENT CHARACTER} would sail." in out
    code, out, err = parley("statements", "--limit", "1", "--json")
    assert (code, len(json.loads(out)["statements"])) == (0, 1)
    cursor = json.loads(out)["next_cursor"]
    assert parley("statements", "--limit", "1")[2] == f"There are more: --cursor {cursor}\n"
    code, out, err = parley("statements", "--cursor", cursor)
    assert (code, out.count("unknown outlet, undated")) == (0, 1)
    assert parley("statements", "--words", "whales")[:2] == (0, "No article reports such a statement.\n")
    assert parley("ingest", "--date", "2026-03-02", str(file))[0] == 0
    assert "2026-03-02 (its article)  Ivar Moe: said" in parley("statements", "--speaker", "moe")[1]
    code, out, err = parley("statements", "--since", "soon")
    assert (code, out) == (1, "")
    assert "parley: since: is neither YYYY-MM-DD nor RFC 3339" in err


@pytest.mark.parametrize("id_", ["", "\udcff", "a\x1b[31m"])
def test_deleting_what_is_not_there_fails(parley: Parley, id_: str) -> None:
    code, out, err = parley("articles", "--delete", id_)
    assert (code, out) == (1, "")
    assert "is not here" in err
    assert "\x1b" not in err


def test_no_seed_comes_beside_what_was_ingested(parley: Parley, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("The weir was opened on Tuesday, Ivar Moe said.")
    assert parley("ingest", str(tmp_path / "own.txt"), seeds=True)[0] == 0
    assert "Ingesting" not in parley("ask", "Who opened the weir?", seeds=True)[2]
    _, out, _ = parley("articles", "--json", seeds=True)
    assert len(json.loads(out)) == 1


def test_no_seed_comes_at_a_second_start(parley: Parley) -> None:
    parley("ask", QUESTION)
    assert "Ingesting" not in parley("ask", QUESTION, seeds=True)[2]
    assert json.loads(parley("articles", "--json", seeds=True)[1]) == []


def test_a_seed_that_was_deleted_stays_away(parley: Parley) -> None:
    assert "Ingesting the seed articles" in parley("ask", QUESTION, seeds=True)[2]
    _, out, _ = parley("articles", "--json", seeds=True)
    ids = [row["id"] for row in json.loads(out)]
    assert len(ids) == 2
    assert parley("articles", "--delete", ids[0], seeds=True)[0] == 0
    _, out, err = parley("articles", "--json", seeds=True)
    assert [row["id"] for row in json.loads(out)] == [ids[1]]
    assert err == ""


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Name: what to ingest, and what must be said of it."""
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "nothing").mkdir()
    (folder / "toml").mkdir()
    (folder / "toml" / "a.txt").write_text("Some text of an article.")
    (folder / "toml" / "articles.toml").write_text("[broken")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    return {
        "missing": (folder / "missing.txt", "cannot be read: No such file"),
        "empty": (folder / "empty.txt", "empty.txt is empty"),
        "binary": (folder / "binary.txt", "binary.txt is a binary file"),
        "type": (folder / "picture.png", "no reader for files that end in .png"),
        "folder": (folder / "nothing", "holds no .txt, .md, "),
        "toml": (folder / "toml", "articles.toml is not TOML"),
        "loop": (folder / "loop.txt", "cannot be read"),
        "escape": (folder / "\x1b[31m.txt", "cannot be read"),
        "surrogate": (folder / "\udcff.txt", "cannot be read"),
    }


def refuses(parley: Parley, folder: Path) -> None:
    before = parley("articles", "--json")[1]
    for kind, (path, said) in bad_files(folder / "bad").items():
        code, out, err = parley("ingest", str(path))
        assert (code, out) == (1, ""), kind
        assert said in err
        assert "\x1b" not in err
    assert parley("articles", "--json")[1] == before


def test_what_cannot_be_ingested_is_named(parley: Parley, tmp_path: Path) -> None:
    refuses(parley, tmp_path)


def test_a_refused_file_stops_no_other(parley: Parley, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00")
    (tmp_path / "b.txt").write_text("The envoys met for two hours.")
    code, out, err = parley("ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert code == 1
    assert out.startswith("b.txt: added as a_")
    assert err.startswith("a.txt: refused: ")
    assert "at character 0). Save it as UTF-8 text" in err


def test_the_index_is_checked_and_rebuilt(parley: Parley, data: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The envoys met for two hours in the old customs house.")
    assert parley("ingest", str(tmp_path / "a.txt"))[0] == 0
    code, out, _ = parley("check-index")
    assert code == 0
    assert "The index is sound." in out
    shutil.rmtree(data / "index")
    code, out, err = parley("check-index")
    assert code == 1
    assert "parley reindex" in out + err
    code, _, err = parley("reindex")
    assert code == 0
    assert "Indexed 1 passages." in err
    assert parley("check-index")[0] == 0
    assert "two hours" in parley("ask", "How long did the envoys meet?")[1]


@pytest.mark.parametrize("question", ["  ", "x" * 2001, "\udcff?"])
def test_what_is_no_question_is_refused(parley: Parley, question: str) -> None:
    code, out, err = parley("ask", question)
    assert (code, out) == (1, "")
    assert err.startswith("parley: the question: ")


def test_a_folder_that_cannot_be_written_to_is_named(parley: Parley, data: Path) -> None:
    data.write_text("a file, where the folder should be")
    for command in (["ask", QUESTION], ["articles"], ["check-index"], ["serve"]):
        code, _, err = parley(*command, data_dir=data / "below", port=free_port())
        assert code == 1
        assert f"the data directory {data / 'below'} cannot be used" in err
        assert "PARLEY_DATA_DIR" in err


def test_a_damaged_model_file_is_named(parley: Parley, tmp_path: Path) -> None:
    copied = tmp_path / "model"
    shutil.copytree(default_dir(), copied)
    model = copied / MODEL
    whole = bytearray(model.read_bytes())
    whole[len(whole) // 2] ^= 1
    model.write_bytes(whole)
    code, _, err = parley("ask", QUESTION, model_dir=copied)
    assert code == 1
    assert f"{model} is damaged" in err
    assert "parley fetch-model" in err
    model.unlink()
    code, _, err = parley("ask", QUESTION, model_dir=copied)
    assert code == 1
    assert f"{model} is missing" in err


def test_a_wrong_setting_is_named(parley: Parley) -> None:
    for name, value in {"port": "http", "workers": "0", "api_key": "short", "prot": "8000"}.items():
        code, out, err = parley("articles", **{name: value})
        assert (code, out) == (1, "")
        assert f"PARLEY_{name.upper()}" in err
        assert "short" not in err


def test_the_settings_are_told_without_their_secrets(parley: Parley) -> None:
    secret = "a-key-that-nobody-may-see"
    code, out, _ = parley("settings", "--json", api_key=secret)
    told = json.loads(out)
    assert (code, secret in out) == (0, False)
    assert told["settings"]["PARLEY_QUEUE"] == 32
    assert told["policy"]["numbers"]["abstaining.answers"] == PARLEY.abstaining.answers
    out = parley("settings", api_key=secret)[1]
    assert secret not in out
    assert f"scoring.venue = {PARLEY.scoring.venue:g}" in out


def test_fetching_a_model_that_is_there_is_quick_and_silent(parley: Parley) -> None:
    assert parley("fetch-model") == (0, "", "")


# -- through a service that holds the data directory


def test_asking_goes_through_the_service(through: Parley, running: Running) -> None:
    code, out, err = through("ask", QUESTION)
    assert (code, err) == (0, "")
    assert "three hours" in out
    assert f"{running.url}/articles/a_" in out
    answer = json.loads(through("ask", "--json", QUESTION)[1])
    stored = httpx.get(
        f"{running.url}/v1/answers/{answer['id']}",
        headers={"Authorization": "Bearer key-of-the-service"},
        trust_env=False,
    )
    assert stored.json() == answer


def test_articles_go_through_the_service(through: Parley, tmp_path: Path) -> None:
    (tmp_path / "б.txt").write_text("The clerks of the old harbour met for ninety minutes.")
    (tmp_path / "articles.toml").write_text(
        '["б.txt"]\noutlet = "Вісник"\nauthors = ["Ann", "Іван"]\npublished = 2025-08-17\n'
    )
    code, out, _ = through("ingest", str(tmp_path))
    assert code == 0
    assert out.startswith("б.txt: added as a_")
    (row,) = [r for r in json.loads(through("articles", "--json")[1]) if r["outlet"] == "Вісник"]
    assert (row["authors"], row["published"]) == (["Ann", "Іван"], "2025-08-17")
    assert "ninety minutes" in through("ask", "How long did the clerks of the harbour meet?")[1]
    assert through("articles", "--delete", row["id"])[0] == 0
    assert row["id"] not in through("articles")[1]


def test_the_service_refuses_the_same_files(through: Parley, tmp_path: Path) -> None:
    refuses(through, tmp_path)


@pytest.mark.parametrize("question", ["", "x" * 2001, "a\x00b", "\udcff?"])
def test_the_service_refuses_the_same_questions(through: Parley, question: str) -> None:
    code, out, err = through("ask", question)
    assert (code, out) == (1, "")
    assert err.startswith("parley: the question: ")


@pytest.mark.parametrize("id_", ["", "x", "../answers", "\udcff", "a\x1b[31m", "a?b#c"])
def test_the_service_deletes_nothing_else(through: Parley, id_: str) -> None:
    before = through("articles", "--json")[1]
    code, out, err = through("articles", "--delete", id_)
    assert (code, out) == (1, "")
    assert "\x1b" not in err
    assert through("articles", "--json")[1] == before


def test_the_wrong_key_is_said_to_be(parley: Parley, running: Running, held: Path) -> None:
    for settings in ({}, {"api_key": "another-key-entirely"}):
        code, _, err = parley("ask", QUESTION, data_dir=held, **settings)
        assert code == 1
        assert "this service requires a key" in err
        assert "Set PARLEY_API_KEY" in err


def test_what_needs_the_directory_for_itself_says_who_holds_it(through: Parley, running: Running) -> None:
    code, _, err = through("check-index")
    assert code == 1
    assert f"(process {running.process.pid}, serving on {running.url})" in err


def test_the_service_makes_its_index_anew_while_it_serves(through: Parley) -> None:
    code, _, err = through("reindex")
    assert code == 0
    assert re.search(r"^Indexed [1-9]\d* passages\.$", err, re.MULTILINE)
    assert "three hours" in through("ask", QUESTION)[1]


def test_as_a_process_it_answers_and_fails_the_same(running: Running, held: Path) -> None:
    env = environment(held, seeds=True, api_key="key-of-the-service")
    asked = run("ask", QUESTION, env=env)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "three hours" in asked.stdout
    missing = run("ingest", str(SEEDS / "none.txt"), env=env)
    assert missing.returncode == 1
    assert "none.txt cannot be read" in missing.stderr


def test_a_reader_that_leaves_is_no_failure(running: Running, held: Path) -> None:
    command = f"{sys.executable} -m service.terminal.cli articles --json | true; echo ${{PIPESTATUS[0]}}"
    env = environment(held, api_key="key-of-the-service")
    done = subprocess.run(
        ["bash", "-c", command],
        env=env,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=True,
        timeout=60,
    )
    assert done.stdout == "0\n"
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_the_line_that_it_prints_names_the_key_without_showing_it(running: Running) -> None:
    assert "key-of-the-service" not in "\n".join(running.said)
    line = running.said[-1]
    assert '-H "Authorization: Bearer $PARLEY_API_KEY"' in line
    assert run_line(f"PARLEY_API_KEY=key-of-the-service; {line}")["text"]
    assert run_line(f"PARLEY_API_KEY=another; {line}")["code"] == "unauthorized"
