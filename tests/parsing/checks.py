"""What each of the inputs should be read as, held against what is read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from retrieval.article import Article, Facts, Region
from retrieval.errors import SourceError
from retrieval.parse import parse
from retrieval.sources import Source, endings
from service.answering.said import Reported, Strength, reported
from service.answering.verified import locate

INPUTS = Path(__file__).parent / "inputs"
TOLD = {Region.BODY, Region.HEADLINE, Region.NOTE, Region.POST}
ASIDE = set(Region) - {Region.BODY, Region.HEADLINE, Region.POST}
# What the regions of an input may be here; a dateline has no region of its own.
REGIONS = {
    "answer": {Region.BODY},
    "byline": {Region.BYLINE},
    "caption": {Region.CAPTION},
    "correction": {Region.NOTE},
    "editors_note": {Region.NOTE},
    "footnote": {Region.BODY, Region.NOTE},
    "list": {Region.BODY},
    "live_entry": {Region.HEADLINE},
    "live_heading": {Region.HEADLINE},
    "post": {Region.POST},
    "stage_direction": {Region.BODY, Region.BOILERPLATE},
    "subhead": {Region.HEADLINE},
    "table": {Region.BODY},
    "table_note": {Region.BODY, Region.CREDIT, Region.CAPTION, Region.NOTE},
}
_FRONT = re.compile(r"^(?:the|an?) ", re.I)


@dataclass(frozen=True, slots=True)
class Check:
    """`name` is the input's and what is held of it: "15-table-1 speaker: was brown"."""

    kind: str
    name: str
    held: bool
    got: str


class Input:
    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.kind = folder.name.rpartition("-")[0]
        self.file = next(folder.glob("input.*"))
        self.expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        self._tolerated = self.expected.get("tolerated", {})

    @cached_property
    def article(self) -> Article | None:
        """None where it is refused."""
        try:
            read = parse(Source(self.file.name, self.file.read_bytes(), Facts(), None))
        except SourceError:
            return None
        when = datetime(2026, 1, 1, tzinfo=UTC)
        return Article("a", 1, read.text, "", "", read.facts, read.regions, when)

    @cached_property
    def rows(self) -> tuple[Reported, ...]:
        return reported(self.article) if self.article else ()

    def checks(self) -> Iterator[Check]:
        if self.article is None:
            held = any(one.startswith("refused") for one in self._tolerated.get("outcome", ()))
            yield self._check("outcome", held, "refused")
            return
        titles = [self.expected["title"], *self._tolerated.get("title", ())]
        title = self.article.facts.title
        yield self._check("title", any(_same(title, one) for one in titles), str(title))
        yield from self._stretches()
        for one in self.expected.get("normalised_must_match", ()):
            yield self._check(f"twin: {one}", locate(one, self.article.text) is not None, "not found")
        for at, one in enumerate(self.expected.get("statements", ())):
            yield self._speaker(at, one)

    def _stretches(self) -> Iterator[Check]:
        for one in self.expected.get("body_must_contain", ()):
            kinds = self._kinds(one)
            yield self._check(f"body: {one}", bool(kinds) and kinds <= TOLD, str(kinds))
        for one in self.expected.get("body_must_not_contain", ()):
            kinds = self._kinds(one)
            yield self._check(f"furniture: {one}", kinds <= ASIDE, str(kinds))
        for one in self.expected.get("wrong_facts", ()):
            kinds = self._kinds(one)
            yield self._check(f"withdrawn: {one}", kinds <= {Region.NOTE}, str(kinds))
        for region in self.expected.get("regions", ()):
            kind, words = region["kind"], region["text"]
            kinds = self._kinds(words)
            if kind == "question":
                yield self._check(f"question: {words}", self._is_asked(words), str(kinds))
            elif kind != "dateline":
                held = bool(kinds) and kinds <= REGIONS.get(kind, ASIDE)
                yield self._check(f"{kind}: {words}", held, str(kinds))

    def _is_asked(self, words: str) -> bool:
        rows = self._rows_of(words)
        told = [one for one in rows if one.strength is not Strength.ASKED]
        return not told and (bool(rows) or words.endswith("?"))

    def _kinds(self, words: str) -> set[Region]:
        assert self.article is not None
        found = locate(words, self.article.text, near=0)
        if found is None:
            return set()
        low, high = found.span.start, found.span.end
        return {one.kind for one in self.article.regions if one.start < high and low < one.end}

    def _rows_of(self, words: str) -> list[Reported]:
        assert self.article is not None
        found = locate(words, self.article.text, near=0)
        if found is None:
            return []
        low = next(i for i in range(found.span.start, found.span.end) if self.article.text[i].isalnum())
        return [one for one in self.rows if one.words.start <= low < one.words.end]

    def _speaker(self, at: int, statement: dict[str, str | None]) -> Check:
        words, speaker = statement["words"] or "", statement["speaker"]
        right = [speaker, *self._tolerated.get("speaker", {}).get(speaker or "", ())]
        right += self._tolerated.get("speaker_of", {}).get(words, ())
        rows = self._rows_of(words)
        depth = min((one.depth for one in rows), default=0)
        nearest = [one for one in rows if one.depth == depth]
        one = min(nearest, key=lambda row: row.words.end - row.words.start, default=None)
        got = (one.who or one.speaker) if one else None
        return self._check(f"speaker {at}: {words}", any(_one(got, each) for each in right), str(got))

    def _check(self, what: str, held: bool, got: str) -> Check:
        return Check(self.kind, f"{self.name} {what}", held, got)


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return _folded(one) == _folded(other)


def _one(got: str | None, expected: str | None) -> bool:
    """The same name, whole, an office or title in front left out."""
    if got is None or expected is None:
        return got is expected
    short, long = sorted((_folded(got), _folded(expected)), key=len)
    return short == long or (" " in short and long.endswith(" " + short))


def _folded(name: str) -> str:
    return _FRONT.sub("", " ".join(name.split()), count=1).casefold().lstrip("@").rstrip('.,”"').strip()


def inputs() -> list[Input]:
    """Those in a format that is read."""
    every = [Input(folder) for folder in sorted(INPUTS.iterdir()) if folder.is_dir()]
    return [one for one in every if one.file.suffix in endings()]
