"""The articles of a suite, their text as Parley stores it, so that offsets agree."""

from dataclasses import dataclass, field
from pathlib import Path

from evals.cases import Document
from evals.fields import Fields, read_lines
from evals.problems import Place, Problems
from retrieval.article import Facts
from retrieval.errors import SourceError
from retrieval.parse import article_text, parse
from retrieval.sources import Source, read_bytes

CORPUS = "corpus.jsonl"


@dataclass(frozen=True, slots=True)
class Corpus:
    """`states` tells of documents what they state, in sets on conflicting sources. `refused` are the ids of
    those that Parley would not take, and why."""

    documents: dict[str, Document] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def read_corpus(folder: Path, articles: tuple[Fields, ...], problems: Problems) -> Corpus:
    """The documents of corpus.jsonl, and of the article files that suite.yaml lists."""
    corpus = Corpus()
    lines = read_lines(folder / CORPUS, problems) if not articles or (folder / CORPUS).exists() else ()
    for fields in lines:
        document = _document(fields, _line_text(fields, corpus))
        _add(document, fields.place, corpus.documents, problems)
        if stated := fields.text("states"):
            corpus.states[document.id] = stated
    for fields in articles:
        document = _document(fields, _file_text(fields, folder, corpus, problems))
        fields.refuse_unread("an article")
        _add(document, fields.place, corpus.documents, problems)
    if not corpus.documents and not problems.errors:
        problems.error(
            Place(CORPUS),
            "the suite has no article",
            remedy="add one a line, or list `articles` in suite.yaml",
        )
    return corpus


def _document(fields: Fields, text: str) -> Document:
    return Document(
        id=fields.text("id", required=True) or "",
        text=text,
        title=fields.text("title"),
        source=fields.text("source") or fields.text("outlet"),
        published=fields.text("published"),
        url=fields.text("url"),
    )


def _add(document: Document, place: Place, documents: dict[str, Document], problems: Problems) -> None:
    if document.id in documents:
        problems.error(place, f"the document id {document.id!r} is taken", remedy="give each its own id")
    documents[document.id] = document


def _line_text(fields: Fields, corpus: Corpus) -> str:
    text = fields.text("text", required=True) or ""
    try:
        return article_text(fields.place.id or "the text", text.encode()) if text.strip() else ""
    except (SourceError, UnicodeEncodeError) as error:
        _refuse(fields, error, corpus)
        return text


def _refuse(fields: Fields, error: Exception, corpus: Corpus) -> None:
    corpus.refused[fields.text("id") or ""] = str(error)


def _file_text(fields: Fields, folder: Path, corpus: Corpus, problems: Problems) -> str:
    """A file that isn't there is the suite's fault; one that is no article is left out."""
    name = fields.text("file", required=True)
    if name is None:
        return ""
    path = folder / name
    try:
        data = read_bytes(path)
    except SourceError as error:
        problems.error(fields.place, error.message, remedy=error.remedy)
        return ""
    try:
        return parse(Source(path.name, data, Facts(), None)).text
    except SourceError as error:
        _refuse(fields, error, corpus)
        return ""
