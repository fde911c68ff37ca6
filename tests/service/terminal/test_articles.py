"""Articles taken in with a report, looked at, corrected and written out again, as they are typed."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from retrieval.collecting import Left, Skipped
from retrieval.errors import ArticleNotFound, UnreadableSource
from retrieval.outcome import Ingested, Outcome
from service.articles import ArticleOut, ShownTitle
from service.terminal.exporting import export
from service.terminal.report import Report
from tests.service.terminal.conftest import Parley

TALKS = "The pilots of Vellinge met the port on Monday.\r\n“We’ll sail,” said Ines Dahl — 🕊.\n"
STRIKE = "# Strike\n\nThe pilots’ strike ended after nine days, Ivar Moe said.\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    for name, text in {
        "talks.txt": TALKS,
        "copy/talks.txt": TALKS,
        "strike.md": STRIKE,
        "talks.txt.toml": 'title = "Harbour talks"\noutlet = "Dock Bulletin"\nurl = "https://d.example/1"',
        "empty.txt": "",
        "photo.png": "x",
        ".hidden": "x",
        "feed.jsonl": '{"text": "The ferry sails on Tuesday.", "id": "f-1", "title": "Harbour ferry"}\n{',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def test_each_file_has_its_line_and_a_second_run_changes_nothing(parley: Parley, news: Path) -> None:
    code, out, err = parley("ingest", str(news))
    assert code == 1
    assert [line.split(" as ")[0] for line in out.splitlines()] == [
        "feed.jsonl/line 1.txt: added",
        "strike.md: added",
        "talks.txt: added",
        "copy/talks.txt: added",
        "skipped, hidden: .hidden",
        "skipped, no reader for its type: photo.png",
    ]
    assert "feed.jsonl/line 2.txt: refused: feed.jsonl, line 2 is not JSON" in err
    assert "empty.txt: refused: empty.txt is empty" in err
    assert err.endswith("6 articles: 4 added, 2 refused; 2 skipped\n")
    (news / "other.txt").write_bytes((news / "copy" / "talks.txt").read_bytes())
    code, out, err = parley("ingest", "--json", str(news))
    report = json.loads(out)
    assert report["outcomes"] == {
        "added": 0, "updated": 0, "unchanged": 4, "duplicate": 1, "refused": 2, "skipped": 2
    }  # fmt: skip
    (copy,) = [one for one in report["files"] if one["outcome"] == "duplicate"]
    assert (copy["name"], copy["duplicate_of"], copy["version"]) == ("other.txt", "copy/talks.txt", 1)


@pytest.mark.slow
def test_the_options_win_and_a_wrong_one_is_named(parley: Parley, news: Path) -> None:
    options = ("--outlet", "Quay", "--date", "2026-03-01", "--title", "T", "--author", "A", "--author", "Б")
    assert parley("ingest", str(news / "talks.txt"), *options)[0] == 0
    (row,) = json.loads(parley("articles", "list", "--json")[1])
    told = [row[name] for name in ("outlet", "published", "title", "authors", "url")]
    assert told == ["Quay", "2026-03-01", "T", ["A", "Б"], "https://d.example/1"]
    code, _, err = parley("ingest", str(news), "--title", "T")
    assert (code, "there are more" in err) == (1, True)
    code, _, err = parley("ingest", str(news / "talks.txt"), "--date", "Sunday")
    assert (code, "the options: `published` is no date" in err) == (1, True)


def test_an_address_is_fetched_by_setting_alone_and_never_this_machine(parley: Parley) -> None:
    code, _, err = parley("ingest", "http://127.0.0.1:9/a")
    assert (code, "fetching is off" in err, "PARLEY_FETCH=1" in err) == (1, True, True)
    code, _, err = parley("ingest", "http://127.0.0.1:9/a", fetch=1)
    assert (code, "isn't on the open internet" in err) == (1, True)


@pytest.mark.slow
def test_an_article_is_named_by_its_id_or_its_title(parley: Parley, news: Path) -> None:
    parley("ingest", str(news))
    rows = {row["title"]: row["id"] for row in json.loads(parley("articles", "--json")[1])}
    talks = rows["Harbour talks"]
    code, out, _ = parley("articles", "show", talks[:12])
    assert (code, out.splitlines()[1]) == (0, "outlet: Dock Bulletin")
    assert "“We’ll sail,” said Ines Dahl" in out
    code, out, err = parley("articles", "show", "harbour")
    assert (code, out) == (1, "")
    assert "“harbour” fits 2 articles:" in err
    assert talks in err
    assert "no article is named “whales”" in parley("articles", "show", "whales")[2]
    code, out, _ = parley("articles", "edit", "Harbour Talks", "--outlet", "", "--date", "2026-03-02")
    assert (code, out) == (0, f"Harbour talks: updated as {talks} version 2\n")
    code, out, _ = parley("articles", "history", "harbour talks")
    assert code == 0
    assert out.splitlines()[1].endswith("updated, searched now")
    assert out.splitlines()[2:] == [
        "    outlet: Dock Bulletin -> unknown",
        "    published: unknown -> 2026-03-02",
    ]
    code, out, err = parley("articles", "edit", "strike", "--date", "soon")
    assert (code, "published: is neither YYYY-MM-DD" in err) == (1, True)
    code, out, err = parley("articles", "delete", "strike")
    assert (code, out) == (1, "")
    assert "Add --yes" in err
    assert parley("articles", "delete", "strike", "--yes")[:2] == (0, f"deleted {rows['Strike']}\n")
    assert parley("articles", "purge", talks)[:2] == (0, f"purged {talks}\n")
    code, out, _ = parley("ask", "--article", "ferry", "When does the ferry sail?")
    assert (code, "on Tuesday" in out) == (0, True)
    code, out, _ = parley("ask", "--article", "ferry", "--as-of", "2199-01-01", "When does the ferry sail?")
    assert (code, "on Tuesday" in out) == (0, False)  # it has no date


@pytest.mark.slow
@pytest.mark.parametrize("target", ["out", "out.jsonl"])
def test_what_is_written_out_makes_the_same_articles(
    parley: Parley, news: Path, data: Path, tmp_path: Path, target: str
) -> None:
    parley("ingest", str(news))
    parley("articles", "edit", "Harbour talks", "--url", "https://d.example/moved")
    written, again = str(tmp_path / target), tmp_path / "again"
    assert parley("articles", "export", written)[::2] == (0, f"4 articles written to {written}\n")
    assert parley("articles", "export", written)[0] == 1
    assert parley("ingest", written, data_dir=again)[0] == 0
    before, after = (parley("articles", "export", "-", data_dir=where)[1] for where in (data, again))
    assert sorted(after.splitlines()) == sorted(before.splitlines())


class _Desk:
    """A desk with two articles; of the one its text is gone."""

    def article(self, id_: str) -> ArticleOut:
        title = ShownTitle(text="Ferries", origin="article")
        facts: dict[str, Any] = dict.fromkeys(("title", "outlet", "published", "url", "language"))
        return ArticleOut.model_construct(
            id=id_, version=1, shown_title=title, authors=[], sha256="s", identity="s", **facts
        )

    def text(self, id_: str, *, version: int | None) -> str:
        if id_ == "a_gone":
            raise ArticleNotFound(f"version {version} of {id_} is not here", remedy="List them.")
        return "half \ud800 of a pair" if id_ == "a_half" else "The ferries sail."


@pytest.mark.parametrize("target", ["out", "out.jsonl"])
def test_what_cannot_be_written_out_is_named_and_stops_no_other(tmp_path: Path, target: str) -> None:
    written, left = export(cast("Any", _Desk()), ["a_gone", "a_half", "a_here"], str(tmp_path / target))
    names = [why.split()[0] for why in left]
    if target == "out":
        assert (written, names) == (1, ["a_gone", "a_half"])
        assert len(list((tmp_path / target).iterdir())) == 2
    else:
        assert (written, names) == (2, ["a_gone"])
        assert len((tmp_path / target).read_text().splitlines()) == 2


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_progress_is_told_now_and_then_with_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    report = Report(200, as_json=True, clock=clock)
    list(report.sources([Left("a", why=Skipped.HIDDEN)]))
    for number in range(59):
        clock.now += 0.1
        report.tell(Ingested(f"{number}.txt", Outcome.ADDED, "a_1", 1))
    assert capsys.readouterr().err == "52 of 200: 10.2 a second, 15 s left\n"


def test_whoever_stops_it_is_told_what_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(9, as_json=False)
    report.tell(Ingested("a.txt", Outcome.ADDED, "a_1", 1))
    report.tell(Ingested("b.txt", Outcome.REFUSED, error=UnreadableSource("b is empty", remedy="fill it")))
    report.stopped()
    assert capsys.readouterr().err.endswith(
        "2 articles: 1 added, 1 refused\nStopped. The same command goes on from here.\n"
    )


@pytest.mark.slow
def test_an_outlet_of_which_no_article_is_is_told_with_some_that_are(parley: Parley, news: Path) -> None:
    parley("ingest", str(news))
    code, _, said = parley("ask", "--outlet", "Nobody's Times", "Who met?")
    assert code != 0
    assert "no article is of the outlet “Nobody's Times”" in said
    assert "There are articles of “" in said
