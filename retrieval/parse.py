"""A source becomes a text and its regions. The text is decoded, and otherwise as it was written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from retrieval.article import Facts, Region, RegionSpan
from retrieval.decode import decode
from retrieval.errors import PackageFault, ReadingFailed, SourceError, SourceTooLarge, UnreadableSource
from retrieval.language import is_english
from retrieval.markup import plain, unescaped
from retrieval.outside import in_words, load, offered, package
from retrieval.regions import regions
from retrieval.sources import FORMATS, MAX_BYTES, Source, ending_of, facts_from

_FEWEST_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Parsed:
    """`facts` are what the source itself tells; who gives it may know better. Where a reader leaves them out,
    the title is the headline above the body, and the language "en" where that is sure."""

    text: str
    regions: tuple[RegionSpan, ...]
    facts: Facts = field(default_factory=Facts)


def parse(source: Source) -> Parsed:
    """Raises UnsupportedSource (no reader), SourceTooLarge, UnreadableSource (empty, binary, undecodable),
    ReadingFailed (by a package's reader), PackageFault."""
    reader = _READERS.get(Path(source.name).suffix.lower()) or _reader_outside(source.name)
    if len(source.data) > MAX_BYTES:
        size = f"{MAX_BYTES // (1024 * 1024)} MiB"
        raise SourceTooLarge(f"{source.name} is larger than {size}", remedy="give each article by itself")
    return _with_facts(reader(source))


def article_text(name: str, data: bytes) -> str:
    """Decoded, and with a word in it. Raises UnreadableSource."""
    text = decode(name, data)
    if not any(map(str.isalnum, text)):
        raise UnreadableSource(f"{name} holds no word", remedy="give a file with the article's text")
    return text


def _read_plain(source: Source) -> Parsed:
    text = unescaped(article_text(source.name, source.data))
    return Parsed(text, regions(text))


def _read_markdown(source: Source) -> Parsed:
    shown = plain(article_text(source.name, source.data))
    return Parsed(shown.text, regions(shown.text, markdown=True, told=shown.told))


_Reader = Callable[[Source], Parsed]
_READERS: Mapping[str, _Reader] = {".txt": _read_plain, ".md": _read_markdown}


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
    told = {key: fact for key, fact in asdict(parsed.facts).items() if fact}
    facts = facts_from(told, where=f"{source.name}, as {package(entry)} reads it")
    return replace(parsed, facts=facts)


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
    facts = parsed.facts
    language = facts.language or ("en" if is_english(parsed.text) else None)
    title = facts.title or _title(parsed.text, parsed.regions)
    return replace(parsed, facts=replace(facts, title=title, language=language))


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
