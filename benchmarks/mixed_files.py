"""`python -m benchmarks.mixed_files`: a folder of mixed small files, some broken, taken in by one run.

Each outcome is checked; printed are the memory after a quarter and after all of them, the cores that were
busy, and the CPU that a passage costs outside inference and the reading of formats.
"""

import argparse
import json
import os
import random
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.memory import _resident
from benchmarks.meters import Spent
from benchmarks.report import machine, table
from retrieval.article import Article
from retrieval.collecting import Left, collect
from retrieval.corpus import Corpus, open_corpus
from retrieval.ingest import Ingester
from retrieval.ledger import Ledger, Row
from retrieval.model_files import default_dir
from retrieval.parse import Parsed
from retrieval.parsing import Parser
from retrieval.sources import Source
from service.ledger import LEDGER

CPU_AIM = 2.0  # ms a passage
MEMORY_AIM = 0.15  # of what is resident after a quarter of them
_SKIPPED = "skipped"
_SAYINGS = ("the ferries would sail", "no pilot would strike", "the quay was sold", "the talks would go on")
Outcomes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A folder, and what is to become of each name in it."""

    folder: Path
    outcomes: Outcomes = field(default_factory=dict)


def make(folder: Path, count: int, *, seed: int = 15) -> Made:
    """So many files, the same for the same seed."""
    chance, made = random.Random(seed), Made(folder)
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        made.outcomes.update(kind(folder, f"{number:05}", _text(number, chance)))
    return made


def _text(number: int, chance: random.Random) -> str:
    said = [f"{chance.choice(_SAYINGS).capitalize()}, Ines Dahl said on day {number}." for _ in range(6)]
    return f"Harbour notes {number}\n\n" + "\n\n".join(said)


def _plain(folder: Path, name: str, text: str) -> Outcomes:
    (folder / f"{name}.txt").write_text(text)
    return {f"{name}.txt": "added"}


def _markdown(folder: Path, name: str, text: str) -> Outcomes:
    (folder / f"{name}.md").write_text(f"# {text}")
    (folder / f"{name}.md.json").write_text('{"outlet": "Dock Bulletin"}')
    return {f"{name}.md": "added"}


def _twice(folder: Path, name: str, text: str) -> Outcomes:
    (folder / f"{name}-a.txt").write_text(text)
    (folder / f"{name}-b.txt").write_text(text.replace("\n", "\r\n"))
    return {f"{name}-a.txt": "added", f"{name}-b.txt": "duplicate"}


def _lines(folder: Path, name: str, text: str) -> Outcomes:
    lines = [json.dumps({"text": f"{text} {n}", "id": f"{name}/{n}"}) for n in range(3)]
    (folder / f"{name}.jsonl").write_text("\n".join([*lines, "{broken"]))
    of = {f"{name}.jsonl/line {n}.txt": "added" for n in (1, 2, 3)}
    return of | {f"{name}.jsonl/line 4.txt": "refused"}


def _archive(folder: Path, name: str, text: str) -> Outcomes:
    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.txt", text)
        archive.writestr("in/two.md", f"Second of them.\n\n{text}")
        archive.writestr("../out.md", f"Third of them.\n\n{text}")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("bomb.txt", bytes(2 * 1024 * 1024))
    told = {"one.txt": "added", "in/two.md": "added"}
    told |= dict.fromkeys(("../out.md", "inner.zip", "bomb.txt"), "refused")
    return {f"{name}.zip/{member}": outcome for member, outcome in told.items()}


def _broken(folder: Path, name: str, text: str) -> Outcomes:
    (folder / f"{name}.txt").write_bytes(b"\x00\x01" + text.encode())
    (folder / f"{name}-empty.md").write_bytes(b"")
    (folder / f"{name}-told.txt").write_text(text)
    (folder / f"{name}-told.txt.toml").write_text('published = "Sunday"')
    (folder / f"{name}-torn.zip").write_bytes(b"PK\x03\x04")
    names = (f"{name}.txt", f"{name}-empty.md", f"{name}-told.txt", f"{name}-torn.zip")
    return dict.fromkeys(names, "refused")


def _other(folder: Path, name: str, text: str) -> Outcomes:
    (folder / f"{name}.xyz").write_text(text)
    (folder / f".{name}.txt").write_text(text)
    return {f"{name}.xyz": _SKIPPED, f".{name}.txt": _SKIPPED}


_KINDS: tuple[Callable[[Path, str, str], Outcomes], ...] = (
    *(_plain, _markdown, _plain, _twice, _plain, _lines, _plain, _archive, _plain, _broken, _plain, _other),
)


@dataclass(slots=True)
class Meters:
    inference: Spent = field(default_factory=Spent)  # the same texts again, with nothing beside
    reading: Spent = field(default_factory=Spent)
    ledger: Spent = field(default_factory=Spent)
    whole: Spent = field(default_factory=Spent)
    resident: list[float] = field(default_factory=list)  # MiB, after a quarter and after all


class _MeteredParser(Parser):
    def __init__(self, spent: Spent) -> None:
        super().__init__()
        self._spent = spent

    def parse(self, source: Source, **options: int) -> Parsed:
        with self._spent.measuring():
            return super().parse(source, **options)


def take_in(corpus: Corpus, made: Made, meters: Meters) -> Outcomes:
    """What became of each name."""
    ingester = Ingester(corpus.record, corpus.index, corpus.embedder, _metered(meters.ledger))
    ingester._parser.close()
    ingester._parser = _MeteredParser(meters.reading)
    told: Outcomes = {}
    with meters.whole.measuring():
        for done in ingester.ingest(_sources(made, told)):
            told[done.name] = done.outcome
            if 4 * len(told) >= len(made.outcomes) and not meters.resident:
                meters.resident.append(_resident())
    meters.resident.append(_resident())
    ingester.close()
    texts = [text for _, _, text in corpus.record.indexed_texts()]
    with meters.inference.measuring():
        corpus.embedder.embed(texts)
    return told


def _metered(spent: Spent) -> Ledger:
    def read(article: Article) -> list[Row]:
        with spent.measuring():
            return list(LEDGER.read(article))

    return Ledger(LEDGER.edition, read)


def _sources(made: Made, told: Outcomes) -> Iterator[Source]:
    for one in collect([str(made.folder)]):
        if isinstance(one, Left):
            told[one.name] = _SKIPPED if one.error is None else "refused"
        else:
            yield one


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mixed_files", description=__doc__)
    parser.add_argument("--files", type=int, default=2_000)
    count: int = parser.parse_args().files
    print(machine())
    with tempfile.TemporaryDirectory(prefix="parley-mixed-") as scratch:
        folder = Path(scratch, "files")
        folder.mkdir()
        made = make(folder, count)
        with open_corpus(Path(scratch, "data"), model_dir=default_dir(), command="benchmark") as corpus:
            meters = Meters()
            told = take_in(corpus, made, meters)
            _print(made, told, meters, corpus.record.chunk_count())


def _print(made: Made, told: Outcomes, meters: Meters, passages: int) -> None:
    wrong = {name: (told.get(name), outcome) for name, outcome in made.outcomes.items()
             if told.get(name) != outcome}  # fmt: skip
    more = told.keys() - made.outcomes.keys()
    counts = Counter(told.values())
    print(f"{len(told):,} outcomes, {len(wrong) + len(more)} wrong: {dict(sorted(counts.items()))}")
    for name, (is_, should) in list(wrong.items())[:10]:
        print(f"  {name}: {is_}, not {should}")
    inference, seconds = meters.inference, meters.whole.wall / 1000
    outside = (meters.whole.cpu - inference.cpu - meters.reading.thread) / passages
    first, last = meters.resident[0], meters.resident[-1]
    rows = [
        ("passages a second", passages / seconds),
        (f"cores busy, of {os.cpu_count()}", meters.whole.cpu / meters.whole.wall),
        ("time of inference alone (aim 1.15)", meters.whole.wall / inference.wall),
        ("CPU ms a passage", meters.whole.cpu / passages),
        ("  inference", inference.cpu / passages),
        ("  reading of formats", meters.reading.thread / passages),
        (f"  the rest (aim {CPU_AIM}: {'met' if outside <= CPU_AIM else 'missed'})", outside),
        ("    of it the ledger", meters.ledger.thread / passages),
        ("MiB after a quarter", first),
        (f"MiB after all (aim +15 %: {'met' if last <= first * (1 + MEMORY_AIM) else 'missed'})", last),
    ]
    table(f"MIXED FILES  {passages} passages, {seconds:.0f} s", ("", ""), rows)


if __name__ == "__main__":
    main()
