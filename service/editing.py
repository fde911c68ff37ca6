"""What is known of an article, changed; its text never is."""

from dataclasses import asdict, replace

from retrieval.article import Facts
from retrieval.corpus import Corpus
from retrieval.outcome import Ingested
from retrieval.revising import revised
from retrieval.sources import facts_from
from service.articles import ArticleEdit


def edit(corpus: Corpus, article_id: str, given: ArticleEdit) -> Ingested:
    """As a new version. Raises ArticleNotFound, SourceError."""
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
