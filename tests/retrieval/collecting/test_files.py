"""Which files are taken, and what is refused before any of them is read."""

import os
from pathlib import Path

import pytest

from retrieval.article import Facts
from retrieval.collecting import read_paths
from retrieval.errors import SourceError, UnreadableSource, UnsupportedSource
from retrieval.sources import read_bytes
from tests.retrieval.collecting.made import told

SEEDS = Path(__file__).parents[3] / "seeds"


def names(*paths: Path) -> list[str]:
    return [source.name for source in read_paths(paths)]


def test_a_folder_is_read_with_its_subfolders_sorted_and_other_types_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.odt", ".hidden.txt", "sub/d.TXT", ".git/e.txt", "articles.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert names(tmp_path) == ["a.md", "b.txt", "sub/d.TXT"]


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "link.txt").symlink_to("a.txt")
    assert names(tmp_path / "a.txt", tmp_path, tmp_path / ".." / tmp_path.name / "a.txt") == ["a.txt"]


def test_a_link_that_leads_out_of_the_folder_is_skipped_and_named(tmp_path: Path) -> None:
    (tmp_path / "news" / "sub").mkdir(parents=True)
    (tmp_path / "secret.env").write_text("KEY=abc")
    (tmp_path / "news" / "a.txt").write_text("text")
    for at, to in (("notes.txt", "../secret.env"), ("sub/own.txt", "../a.txt"), ("l.jsonl", "../secret.env")):
        (tmp_path / "news" / at).symlink_to(to)
    why = "a link that leads outside"
    found = told(tmp_path / "news")
    assert (found["notes.txt"], found["l.jsonl"], found["sub/own.txt"]) == (why, why, "named already")
    (tmp_path / "out").symlink_to(tmp_path)
    for pattern in (f"{tmp_path}/news/*.txt", f"{tmp_path}/out/news/*.txt"):
        matched = told(pattern)
        assert [text for name, text in matched.items() if name.endswith("/notes.txt")] == [why]
        assert len(matched) == 2
    assert names(tmp_path / "news" / "notes.txt") == ["notes.txt"]  # named outright


def test_a_named_file_of_another_type_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(b"PK")
    with pytest.raises(UnsupportedSource, match=r"a\.odt") as caught:
        names(tmp_path / "a.odt")
    assert ".txt" in caught.value.remedy


def test_a_bad_path_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(UnreadableSource, match=r"missing\.txt cannot be read"):
        next(read_paths([tmp_path / "a.txt", tmp_path / "missing.txt"]))


def test_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no \.txt, \.md, "):
        names(tmp_path)


def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableSource, match="named pipe"):
        names(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableSource, match="named pipe"):
        read_bytes(tmp_path / "pipe.txt")


def test_a_device_a_folder_and_an_impossible_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="device or socket"):
        read_bytes(Path(os.devnull))
    with pytest.raises(UnreadableSource, match="is a folder"):
        read_bytes(tmp_path)
    with pytest.raises(UnreadableSource, match="cannot be read"):
        names(Path("nul\x00.txt"))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("text")
    monkeypatch.setattr(os, "access", lambda *_args: False)  # permissions don't bind a superuser
    with pytest.raises(UnreadableSource, match="Permission denied"):
        names(tmp_path / "a.txt")


def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UnreadableSource, match="Permission denied"):
        names(tmp_path)


def test_a_name_that_is_not_utf8_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("text")
    [name] = names(tmp_path)
    assert name.encode("utf-8").decode() == "caf�.txt"


def test_facts_stand_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "b.txt").write_text("text")
    (tmp_path / "articles.toml").write_text(
        '["a.txt"]\ntitle = "T"\noutlet = "O"\npublished = 2025-08-17T09:30:00+02:00\n'
        'url = "https://example.org/a"\nauthors = ["A B", "C D"]\nlanguage = "en-GB"\n'
    )
    expected = Facts("T", "O", "2025-08-17T09:30:00+02:00", "https://example.org/a", ("A B", "C D"), "en-GB")
    for given in (tmp_path, tmp_path / "a.txt"):
        assert next(read_paths([given])).facts == expected
    assert list(read_paths([tmp_path]))[1].facts == Facts()


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ('["a.txt"]\ntitel = "x"', "titel"),
        ('["a.txt"]\ntitle = 3', "`title` must be text"),
        ('["a.txt"]\ntitle = " "', "`title` is empty"),
        ('["a.txt"]\noutlet = "a\\u0000b"', "control characters"),
        ('["a.txt"]\nauthors = "Jane"', "`authors` must be a list"),
        ('["a.txt"]\nauthors = [1]', "`authors` must be text"),
        ('["a.txt"]\npublished = "Sunday"', "`published` is no date"),
        ('["a.txt"]\npublished = "2025-02-30"', "`published` is no date"),
        ('["a.txt"]\npublished = "2025-08-17T09:30:00"', "`published` is no date"),
        ('["a.txt"]\npublished = 2025-08-17T09:30:00', "`published` is no date"),
        ('["a.txt"]\npublished = true', "`published` must be text"),
        ('["a.txt"]\nurl = "javascript:alert(1)"', "`url` is no web address"),
        ('["a.txt"]\nurl = "https://[bad"', "`url` is no web address"),
        ('["a.txt"]\nlanguage = "English language"', "`language` is no language tag"),
        ('["gone.txt"]\ntitle = "x"', "no such file"),
        ('["../a.txt"]\ntitle = "x"', "no such file"),
        ('["nul\\u0000.txt"]\ntitle = "x"', "no such file"),
        ('title = "x"', "outside a table"),
        ('["a.txt"\n', "not TOML"),
    ],
)
def test_a_mistake_in_articles_toml_is_named(tmp_path: Path, toml: str, problem: str) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "articles.toml").write_text(toml)
    with pytest.raises(SourceError, match=r"articles\.toml") as caught:
        names(tmp_path)
    assert problem in caught.value.message
    assert caught.value.remedy


def test_the_seeds_declare_only_what_is_known() -> None:
    facts = {source.name: source.facts for source in read_paths([SEEDS])}
    assert facts == {
        "cnbc-article-5-protection.txt": Facts(outlet="CNBC", language="en"),
        "envoy-russia-concessions.txt": Facts(language="en"),
    }
