"""Articles written out, for `parley ingest` to make the same ones of them: texts, what is known of each, and
what it is told from others by."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from service.articles import ArticleOut
from service.errors import ExportRefused

if TYPE_CHECKING:
    from service.desk import Desk

_LINES = ".jsonl"
_STDOUT = "-"
_NAME = 60  # characters
_FACTS = ("title", "outlet", "published", "url", "authors", "language")

Keep = Callable[[ArticleOut, str], None]


def export(desk: "Desk", ids: Iterable[str], target: str) -> int:
    """How many were written. Raises ExportRefused where something is there already, or can't be written."""
    written = 0
    try:
        with _keeping(target) as keep:
            for id_ in ids:
                article = desk.article(id_)
                keep(article, desk.text(id_, version=article.version))
                written += 1
    except OSError as exc:
        raise ExportRefused(
            f"{target} can't be written: {exc.strerror or exc}", remedy="Name another place, and export anew."
        ) from exc
    return written


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
    (folder / name).write_bytes(text.encode())
    told = json.dumps(_known(article), indent=2, ensure_ascii=False)
    (folder / f"{name}.json").write_bytes(told.encode())


def _known(article: ArticleOut) -> Mapping[str, Any]:
    """With an `id` where neither url nor text is what it is told from others by."""
    known = {name: fact for name in _FACTS if (fact := getattr(article, name))}
    by_itself = article.url or article.sha256
    return known if article.identity == by_itself else {"id": article.identity, **known}
