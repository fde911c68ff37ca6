"""Articles written out, for `parley ingest` to make the same ones of them: texts, what is known of each, and
what it is told from others by."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from retrieval.errors import ParleyError
from service.articles import ArticleOut
from service.errors import ExportRefused

if TYPE_CHECKING:
    from service.desk import Desk

_LINES = ".jsonl"
_STDOUT = "-"
_NAME = 60  # characters
_FACTS = ("title", "outlet", "published", "url", "authors", "language")

Keep = Callable[[ArticleOut, str], None]


def export(desk: "Desk", ids: Iterable[str], target: str) -> tuple[int, list[str]]:
    """How many were written, and why which weren't. Raises ExportRefused where something is there already, or
    nothing can be written."""
    written, left = 0, list[str]()
    try:
        with _keeping(target) as keep:
            for id_ in ids:
                try:
                    article = desk.article(id_)
                    keep(article, desk.text(id_, version=article.version))
                    written += 1
                except BrokenPipeError:
                    raise
                except (ParleyError, OSError, ValueError) as exc:
                    left.append(f"{id_} is not written: {_why(exc)}")
    except OSError as exc:
        raise ExportRefused(
            f"{target} can't be written: {_why(exc)}", remedy="Name another place, and export anew."
        ) from exc
    return written, left


def _why(exc: Exception) -> str:
    if isinstance(exc, ParleyError):
        return f"{exc.message}. {exc.remedy}"
    return (exc.strerror if isinstance(exc, OSError) else None) or str(exc)


@contextmanager
def _keeping(target: str) -> Iterator[Keep]:
    if target == _STDOUT:
        yield lambda article, text: _line(sys.stdout, article, text)
    elif target.endswith(_LINES):
        with Path(target).open("x", encoding="utf-8", newline="\n") as file:
            yield lambda article, text: _line(file, article, text)
    else:
        folder = Path(target)
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ExportRefused(
                f"{target} isn't empty", remedy="Name a new or empty folder, or a .jsonl file."
            )
        yield lambda article, text: _files(folder, article, text)


def _line(file: IO[str], article: ArticleOut, text: str) -> None:
    # ASCII: so that whatever is in the text, a line is a line to all that read it.
    file.write(json.dumps({**_known(article), "text": text}) + "\n")


def _files(folder: Path, article: ArticleOut, text: str) -> None:
    """The id in the name keeps two of one title apart."""
    words = re.sub(r"[^\w-]+", "-", article.shown_title.text)[:_NAME].strip("-._").lower()
    name = f"{(article.published or 'undated')[:10]}-{words or 'article'}-{article.id[2:10]}.txt"
    told = json.dumps(_known(article), indent=2, ensure_ascii=False)
    files = {folder / name: text.encode(), folder / f"{name}.json": told.encode()}
    try:
        for path, data in files.items():
            path.write_bytes(data)
    except OSError:
        for path in files:
            path.unlink(missing_ok=True)
        raise


def _known(article: ArticleOut) -> Mapping[str, Any]:
    """With an `id` where neither url nor text is what it is told from others by."""
    known = {name: fact for name in _FACTS if (fact := getattr(article, name))}
    by_itself = article.url or article.sha256
    return known if article.identity == by_itself else {"id": article.identity, **known}
