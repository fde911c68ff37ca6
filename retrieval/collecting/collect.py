"""All that one command names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from retrieval.collecting.addresses import ADDRESS, Web
from retrieval.collecting.entries import NOTHING, Entry, Given, Left
from retrieval.collecting.files import Finder
from retrieval.collecting.guard import Fetch
from retrieval.errors import SourceError, UnsupportedSource
from retrieval.sources import MAX_BYTES, Source

STDIN = "-"
_STDIN_NAME = "stdin.txt"  # plain text


@dataclass(frozen=True, slots=True)
class Collection:
    """`total` is how many articles and left files there are, as far as that is known before they are read."""

    found: Sequence[Entry | Left]

    @property
    def total(self) -> int:
        return sum(one.count if isinstance(one, Entry) else 1 for one in self.found)

    @property
    def readable(self) -> bool:
        """Whether there is anything to read."""
        return any(isinstance(one, Entry) for one in self.found)

    def __iter__(self) -> Iterator[Source | Left]:
        """In the order given, sorted in a folder; each is read when its turn comes."""
        for one in self.found:
            if isinstance(one, Entry):
                yield from one.read()
            else:
                yield one


def collect(
    named: Sequence[str],
    *,
    options: Given = NOTHING,
    stdin: IO[bytes] | None = None,
    fetch: Fetch | None = None,
) -> Collection:
    """What `named` holds: paths, patterns, addresses, and `-` for `stdin`. `options` count before whatever is
    told otherwise. Without `fetch` addresses are refused. Raises PackageFault; SourceError for an option that
    is one article's alone where there are more."""
    finder = Finder(options)
    web = None if fetch is None else Web(fetch, options)
    found: list[Entry | Left] = []
    for one in named:
        if one == STDIN and stdin is not None:
            found.append(Entry(_STDIN_NAME, 1, partial(_piped, stdin, options)))
        elif is_address(one):
            found.append(_refused(one) if web is None else web.entry(one))
        else:
            found += finder.entries(one)
    collection = Collection(found)
    _check_options(collection, options)
    return collection


def is_address(named: str) -> bool:
    return ADDRESS.match(named) is not None


def read_paths(paths: Sequence[Path]) -> Iterator[Source]:
    """The sources in these files and folders, and nothing of what is skipped. Raises the first error: of one
    that is told from outside before anything is read."""
    collection = collect([str(path) for path in paths])
    for one in collection.found:
        if isinstance(one, Left) and one.error is not None:
            raise one.error
    for source in collection:
        if isinstance(source, Source):
            yield source
        elif source.error is not None:
            raise source.error


def _piped(stdin: IO[bytes], options: Given) -> Iterator[Source]:
    # One byte too many is enough to be refused by.
    yield options.source(_STDIN_NAME, stdin.read(MAX_BYTES + 1))


def _refused(address: str) -> Left:
    error = UnsupportedSource(
        f"{address} is a web address, and fetching is off",
        remedy="Set PARLEY_FETCH=1 to have it fetched, or save the page as an .html file and name that.",
    )
    return Left(address, error)


def _check_options(collection: Collection, options: Given) -> None:
    facts = options.facts
    if collection.total > 1 and (facts.title or facts.url or facts.authors):
        raise SourceError(
            "a title, an author or a url is told of one article, and there are more",
            remedy="Name one file, or tell it in an articles.toml beside them.",
        )
