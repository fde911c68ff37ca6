"""What is known of an article, changed; its text never is."""

from dataclasses import asdict, replace
from typing import Annotated

from pydantic import Field

from retrieval.article import Facts
from retrieval.corpus import Corpus
from retrieval.outcome import Ingested
from retrieval.revising import revised
from retrieval.sources import facts_from
from service.wire import Strict, When, Words


class ArticleEdit(Strict):
    """What is to be known of an article from now on: leave out what stays, null for what isn't known."""

    title: Annotated[Words, Field(max_length=1_000)] | None = None
    outlet: Annotated[Words, Field(max_length=200)] | None = None
    published: When | None = None
    url: Annotated[Words, Field(max_length=2_000, pattern=r"^https?://\S+$")] | None = None
    authors: Annotated[list[Annotated[Words, Field(max_length=200)]], Field(max_length=50)] | None = None
    language: Annotated[Words, Field(max_length=35)] | None = None


def edit(corpus: Corpus, article_id: str, given: ArticleEdit) -> Ingested:
    """As a new version. Raises ArticleNotFound, SourceError, UnsupportedSource."""
    known = corpus.record.article(article_id)
    source = revised(corpus.record, article_id, _edited(known.facts, given))
    # The facts that stay are that version's, even where its bytes were read after another came.
    (done,) = list[Ingested](corpus.ingester.ingest([replace(source, revises=known.version)]))
    return done


def _edited(known: Facts, given: ArticleEdit) -> Facts:
    """Raises SourceError."""
    told = asdict(known) | given.model_dump(include=given.model_fields_set)
    told["authors"] = list(told["authors"] or ())
    return facts_from({name: value for name, value in told.items() if value}, where="the article")
