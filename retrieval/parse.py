"""A source becomes a text and its regions. The text is decoded, and otherwise as it was written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from retrieval.article import Facts, Origin, Origins, Region, RegionSpan
from retrieval.errors import PackageFault, ReadingFailed, SourceError, SourceTooLarge
from retrieval.formats import READERS, Found, front_matter, head_of, headed, told
from retrieval.language import is_english
from retrieval.lines import lines
from retrieval.markup import plain, unescaped
from retrieval.outside import in_words, load, offered, package
from retrieval.parsed import Parsed, article_text
from retrieval.regions import regions
from retrieval.sources import FORMATS, MAX_BYTES, Source, ending_of, facts_from

__all__ = ["Parsed", "article_text", "parse"]

_FEWEST_TITLE_WORDS = 4


def parse(source: Source) -> Parsed:
    """Raises UnsupportedSource (no reader), SourceTooLarge, UnreadableSource (empty, binary, undecodable),
    ReadingFailed (by a package's reader), PackageFault."""
    reader = _READERS.get(Path(source.name).suffix.lower()) or _reader_outside(source.name)
    if len(source.data) > MAX_BYTES:
        size = f"{MAX_BYTES // (1024 * 1024)} MiB"
        raise SourceTooLarge(f"{source.name} is larger than {size}", remedy="give each article by itself")
    return _with_facts(reader(source))


def _read_plain(source: Source) -> Parsed:
    text = unescaped(article_text(source.name, source.data))
    head = head_of(text)
    before = headed(head)
    about = {line.start: Region.BOILERPLATE for line in lines(head)}
    return Parsed(text, regions(text, told=about), before.facts, before.origins)


def _read_markdown(source: Source) -> Parsed:
    text = article_text(source.name, source.data)
    shown, before = plain(text), front_matter(text)
    found = regions(shown.text, markdown=True, told=shown.told)
    return Parsed(shown.text, found, before.facts, before.origins)


_Reader = Callable[[Source], Parsed]
_READERS: Mapping[str, _Reader] = {".txt": _read_plain, ".md": _read_markdown, **READERS}


def _reader_outside(name: str) -> _Reader:
    ending = ending_of(name)
    return partial(_read_outside, offered(FORMATS)[ending])


def _read_outside(entry: EntryPoint, source: Source) -> Parsed:
    """By a package's reader, which may refuse a source as ours do, and is trusted with nothing."""
    try:
        parsed: Parsed = load(entry)(source)
        wrong = _wrong(parsed)
    except (SourceError, MemoryError):
        raise
    except PackageFault as fault:
        raise ReadingFailed(f"{source.name}: {fault.message}", remedy=fault.remedy) from fault
    except (Exception, SystemExit) as exc:
        raise _failed(entry, source, f"failed: {in_words(exc)}") from exc
    if wrong:
        raise _failed(entry, source, f"gave what is no article: {wrong}")
    known = {key: fact for key, fact in asdict(parsed.facts).items() if fact}
    facts = facts_from(known, where=f"{source.name}, as {package(entry)} reads it")
    return replace(parsed, facts=facts, origins=dict.fromkeys(known, Origin.PACKAGE))


def _failed(entry: EntryPoint, source: Source, what: str) -> ReadingFailed:
    return ReadingFailed(
        f"{source.name}: the reader of {entry.name} in the package {package(entry)} {what}",
        remedy="Tell whoever makes that package, or give the article as a .txt file.",
    )


def _wrong(parsed: Any) -> str | None:
    if type(parsed) is not Parsed or type(parsed.text) is not str or type(parsed.facts) is not Facts:
        return "not a Parsed with a text and Facts"
    if "\x00" in parsed.text or not any(map(str.isalnum, parsed.text)):
        return "its text holds no word, or a NUL"
    if parsed.text != parsed.text.encode("utf-8", "ignore").decode():
        return "its text is not valid Unicode"
    if type(parsed.regions) is not tuple or any(type(one) is not RegionSpan for one in parsed.regions):
        return "its regions are not a tuple of RegionSpan"
    return _misplaced(parsed.text, parsed.regions)


def _misplaced(text: str, found: Sequence[Any]) -> str | None:
    """Regions are in order, none empty, and nothing but white space lies between them."""
    end = 0
    for region in found:
        if not isinstance(region.kind, Region) or not end <= region.start < region.end <= len(text):
            return f"{region} is no region of it, or not behind the one before"
        if text[end : region.start].strip():
            return f"{text[end : region.start].strip()[:40]!r} is in no region"
        end = region.end
    return f"{text[end:].strip()[:40]!r} is in no region" if text[end:].strip() else None


def _with_facts(parsed: Parsed) -> Parsed:
    """What the reader tells, then what the text does."""
    title = _title(parsed.text, parsed.regions)
    language = "en" if is_english(parsed.text) else None
    headline = Found(Facts(title=title), {"title": Origin.HEADLINE} if title else {})
    parts = [Found(parsed.facts, parsed.origins), told(parsed.text, parsed.regions), headline]
    facts, origins = _first_known([*parts, Found(Facts(language=language), {})])
    return replace(parsed, facts=facts, origins=origins)


def _first_known(parts: Sequence[Found]) -> tuple[Facts, Origins]:
    known: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for name in (field.name for field in fields(Facts)):
        for part in parts:
            if name not in known and (value := getattr(part.facts, name)):
                known[name] = value
                origins |= {name: part.origins[name]} if name in part.origins else {}
    return Facts(**known), origins


def _title(text: str, found: Sequence[RegionSpan]) -> str | None:
    """Of the headlines above the body, the first that isn't a mere kicker such as "World"."""
    above: list[str] = []
    for region in found:
        if region.kind is Region.BODY:
            break
        if region.kind is Region.HEADLINE:
            above.append(" ".join(text[region.start : region.end].split()))
    longer = (words for words in above if len(words.split()) >= _FEWEST_TITLE_WORDS)
    return next(longer, above[0] if above else None)
