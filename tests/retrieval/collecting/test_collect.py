"""What a person names: each file is a source, skipped or refused, and none is passed over in silence."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from retrieval.article import Facts
from retrieval.collecting import Given, archives, collect, lines
from retrieval.errors import SourceError
from retrieval.sources import Source
from tests.retrieval.collecting.made import packed, told

TEXT = "The pilots of Vellinge met the port on Monday."


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def facts(found: Source | str) -> Facts:
    assert isinstance(found, Source), found
    return found.facts


def test_each_file_of_a_folder_is_told_of(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.md", "c.xyz", ".d.txt", ".git/e.txt", "sub/articles.toml", "sub/b.md.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}" if name.endswith("json") else "")
    (tmp_path / "again.txt").symlink_to("a.txt")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "sub")
    found = told(tmp_path)
    assert {name: one for name, one in found.items() if isinstance(one, str)} == {
        ".git": "hidden",
        "elsewhere": "a link to a folder",
        ".d.txt": "hidden",
        "again.txt": "named already",
        "c.xyz": "no reader for its type",
    }
    assert sorted(found.keys() - {".git", "elsewhere", ".d.txt", "again.txt", "c.xyz"}) == [
        "a.txt",
        "sub/b.md",
    ]


def test_a_pattern_names_what_the_shell_would(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "sub/c.txt", "sub/deep/d.txt", "e[1].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT + name)

    def named(pattern: str) -> list[str]:
        return [Path(name).name for name in told(f"{tmp_path}/{pattern}")]

    assert named("*.txt") == ["a.txt", "e[1].txt"]
    assert named("**/*.txt") == ["a.txt", "e[1].txt", "c.txt", "d.txt"]
    assert named("s?b") == ["c.txt", "d.txt"]
    assert named("e[1].txt") == ["e[1].txt"]
    assert told(f"{tmp_path}/x*.txt").popitem()[1] == f"no file is named like {tmp_path}/x*.txt"


def test_a_fact_is_taken_from_where_it_counts_first(tmp_path: Path) -> None:
    write(tmp_path, **{"a.txt": TEXT, "b.txt": TEXT})
    (tmp_path / "articles.toml").write_text(
        '["a.txt"]\ntitle = "Toml"\noutlet = "Toml"\nurl = "https://t.example/a"\nid = "toml"\n'
        '["b.txt"]\noutlet = "Toml"\n'
    )
    (tmp_path / "a.txt.toml").write_text('title = "Side"\npublished = 2026-03-01\nauthors = ["A. Dahl"]\n')
    (tmp_path / "b.txt.json").write_text('{"outlet": "Json", "language": "en", "title": null, "id": "b-1"}')
    found = told(tmp_path, options=Given(Facts(outlet="Option")))
    assert facts(found["a.txt"]) == Facts(
        "Side", "Option", "2026-03-01", "https://t.example/a", ("A. Dahl",), None
    )
    assert facts(found["b.txt"]) == Facts(None, "Option", language="en")
    assert [one.id for one in found.values() if isinstance(one, Source)] == ["toml", "b-1"]
    assert facts(told(tmp_path / "b.txt")["b.txt"]).outlet == "Json"


@pytest.mark.parametrize(
    ("sidecar", "problem"),
    [
        ('{"outlett": "x"}', "`outlett` is not a key"),
        ('{"id": 3}', "`id` must be text"),
        ('{"id": "a\\u0000b"}', "`id` must be text"),
        ('["x"]', "is no JSON object"),
        ("[" * 100_000, "has more than 65,536 bytes"),
        ("[" * 16_000, "nested too deeply"),
        ("{", "is not JSON"),
    ],
)
def test_a_mistake_beside_a_file_refuses_that_file_alone(tmp_path: Path, sidecar: str, problem: str) -> None:
    write(tmp_path, **{"a.txt": TEXT, "b.txt": TEXT, "a.txt.json": sidecar})
    found = told(tmp_path)
    assert problem in str(found["a.txt"])
    assert "a.txt.json" in str(found["a.txt"])
    assert isinstance(found["b.txt"], Source)


def test_what_is_of_one_article_is_told_of_one_alone(tmp_path: Path) -> None:
    write(tmp_path, **{"a.txt": TEXT, "b.txt": TEXT})
    one = Given(Facts(title="Talks"))
    assert facts(told(tmp_path / "a.txt", options=one)["a.txt"]).title == "Talks"
    with pytest.raises(SourceError, match="there are more"):
        collect([str(tmp_path)], options=one)


def test_a_pipe_is_an_article(tmp_path: Path) -> None:
    found = told("-", options=Given(Facts(outlet="Quay")), stdin=io.BytesIO(TEXT.encode()))
    assert found == {"stdin.txt": Source("stdin.txt", TEXT.encode(), Facts(outlet="Quay"), None)}


def test_a_bad_line_is_refused_by_its_number_and_the_others_go_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_MOST_LINE", 10_000)
    written = [
        json.dumps({"text": "Ivar Moe said “no”.", "id": "x-1", "published": "2026-03-01", "title": None}),
        "",
        "{broken",
        "[1]",
        '{"title": "no text"}',
        '{"text": "x", "published": "Sunday"}',
        '{"text": "\\ud800"}',
        "[" * 5000,
        '{"text": "' + "y" * 25_000,
        '{"text": "The last line ends without a break."}',
    ]
    (tmp_path / "feed.jsonl").write_text("\n".join(written), "utf-8")
    found = told(tmp_path / "feed.jsonl")
    refused = {name: one for name, one in found.items() if isinstance(one, str)}
    assert list(refused) == [f"feed.jsonl/line {number}.txt" for number in (3, 4, 5, 6, 7, 8, 9)]
    assert all(
        f"feed.jsonl, line {number}" in one
        for number, one in zip(range(3, 10), refused.values(), strict=True)
    )
    first, last = (one for one in found.values() if isinstance(one, Source))
    assert (first.data.decode(), first.id, first.facts) == (
        "Ivar Moe said “no”.",
        "x-1",
        Facts(published="2026-03-01"),
    )
    assert last.data == b"The last line ends without a break."


def test_json_that_would_cost_far_more_than_its_bytes_is_refused(tmp_path: Path) -> None:
    marked = 'Ivar Moe said "no" [to {it}].\n' * 5_000
    empty = "[]," * 20_000
    written = [
        json.dumps({"text": marked}),
        f'{{"text": "x", "authors": [{empty}[]]}}',
        f'{{"text": "x\\"", "authors": [{empty}[]]}}',
        "{" + ",".join(f'"{key}":1' for key in range(10_000)) + "}",
    ]
    (tmp_path / "feed.jsonl").write_text("\n".join(written), "utf-8")
    first, *more = told(tmp_path / "feed.jsonl").values()
    assert isinstance(first, Source)
    assert first.data.decode() == marked
    assert len(more) == 3
    assert all("more lists, objects or numbers" in str(one) for one in more)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt.toml").write_text(f"authors = [{empty * 2}]")
    assert "has more than 65,536 bytes" in str(told(tmp_path / "a.txt")["a.txt"])


def test_the_members_of_an_archive_are_files(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"x.txt": b"x"}).read_bytes()
    members = {
        "a.txt": TEXT.encode(),
        "sub/b.txt": b"More of it.",
        "sub/b.txt.toml": b'outlet = "Side"',
        "sub/articles.toml": b'["b.txt"]\noutlet = "Toml"\ntitle = "T"\n["gone.txt"]\ntitle = "x"',
        "../../etc/up.txt": b"A name is no path.",
        "/root.txt": b"Nor is this one.",
        "..\\up.txt": b"Nor on another system.",
        "C:\\up.txt": b"Nor on a drive.",
        "lines.jsonl": b'{"text": "One."}\n{',
        "inner.zip": inner,
        "old.tar": b"tar",
        "__MACOSX/._a.txt": b"x",
        ".hidden/c.txt": b"x",
        "p.xyz": b"x",
    }
    found = told(packed(tmp_path / "all.zip", members), options=Given(Facts(language="en")))
    sources = {name.removeprefix("all.zip/") for name, one in found.items() if isinstance(one, Source)}
    assert sources == {"a.txt", "sub/b.txt", "lines.jsonl/line 1.txt"}
    assert facts(found["all.zip/sub/b.txt"]) == Facts("T", "Side", language="en")
    left = {name.removeprefix("all.zip/"): one for name, one in found.items() if isinstance(one, str)}
    for out in ("../../etc/up.txt", "/root.txt", "..\\up.txt", "C:\\up.txt"):
        assert "its name leads out of the archive" in left[out]
    assert "is an archive in an archive" in left["inner.zip"]
    assert "is an archive in an archive" in left["old.tar"]
    assert "line 2 is not JSON" in left["lines.jsonl/line 2.txt"]
    assert (left[".hidden/c.txt"], left["__MACOSX/._a.txt"], left["p.xyz"]) == (
        "hidden",
        "hidden",
        "no reader for its type",
    )
    assert "there is no such file" in left["articles.toml"]
    assert not (tmp_path.parent / "up.txt").exists()


def test_what_inflates_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    members = {
        "bomb.txt": b"0" * (2 * 1024 * 1024),
        "bomb.jsonl": b"0" * (2 * 1024 * 1024),
        "fine.txt": TEXT.encode(),
        "plain.txt": b"word " * 20_000,  # a hundred to one, and no bomb
    }
    found = told(packed(tmp_path / "b.zip", members))
    assert "more than 100 times its size" in str(found["b.zip/bomb.txt"])
    assert "more than 100 times its size" in str(found["b.zip/bomb.jsonl"])
    assert isinstance(found["b.zip/fine.txt"], Source)
    assert isinstance(found["b.zip/plain.txt"], Source)
    monkeypatch.setattr(archives, "MAX_BYTES", 1024 * 1024)
    monkeypatch.setattr(archives, "MOST_INFLATED", 2 * 1024 * 1024)
    stored = {"large.txt": bytes(1024 * 1024 + 1), "large.jsonl": bytes(2 * 1024 * 1024 + 1)}
    found = told(packed(tmp_path / "s.zip", stored, method=zipfile.ZIP_STORED))
    assert "larger than 1 MiB" in str(found["s.zip/large.txt"])
    assert "larger than 2 MiB" in str(found["s.zip/large.jsonl"])


def test_a_damaged_archive_and_a_foreign_method_are_refused(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 nothing")
    assert "is no .zip file" in str(told(tmp_path / "no.zip")["no.zip"])
    packed(tmp_path / "lzma.zip", {"a.txt": TEXT.encode()}, method=zipfile.ZIP_LZMA)
    assert "by a method that isn't read" in str(told(tmp_path / "lzma.zip")["lzma.zip/a.txt"])
    whole = packed(tmp_path / "flipped.zip", {"a.txt": TEXT.encode(), "b.txt": b"fine"}).read_bytes()
    (tmp_path / "flipped.zip").write_bytes(whole.replace(whole[35:45], bytes(10), 1))
    found = told(tmp_path / "flipped.zip")
    assert "damaged in its archive" in str(found["flipped.zip/a.txt"])
    assert isinstance(found["flipped.zip/b.txt"], Source)
