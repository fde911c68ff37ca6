"""What is kept beside a version comes with it, is made anew under other rules, and goes with it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from retrieval.article import Article
from retrieval.corpus import Corpus
from retrieval.ledger import Ledger, Row, read_anew, stale
from retrieval.record import article_id
from retrieval.tables import reported
from tests.remains import remains
from tests.retrieval.made import POINTS, Died, corpus_in, dying_at, found, hold_version, row_counts, source

TEXT = "Oda Brekke promised the pilots a longer winter break."
ID = article_id("pilots")


def first_words(article: Article) -> Sequence[Row]:
    """A row for each line: its first two words are the speaker."""
    empty = dict.fromkeys(("who", "office", "to", "venue", "when", "day"))
    nowhere = {"start": 0, "end": 1, "sentence_start": 0, "sentence_end": 1, "depth": 0, "told_on": ""}
    told = {"verb": "said", "strength": "said", "unnamed": False, "names": "", "words": ""}
    return [
        {**empty, **nowhere, **told, "speaker": " ".join(line.split()[:2])}
        for line in article.text.splitlines()
        if line
    ]


FIRST = Ledger("first", first_words)


def speakers(corpus: Corpus) -> list[tuple[int, str]]:
    with corpus.record.database.read() as connection:
        query = sa.select(reported.c.version, reported.c.speaker).order_by(
            reported.c.version, reported.c.ordinal
        )
        return list(connection.execute(query).tuples())


def ingest(corpus: Corpus, text: str) -> None:
    list(corpus.ingester.ingest([source(text, id_="pilots")]))


def test_each_version_has_its_rows_in_order(tmp_path: Path) -> None:
    with corpus_in(tmp_path, ledger=FIRST) as corpus:
        ingest(corpus, TEXT)
        ingest(corpus, f"{TEXT}\nTomas Lind denied it.")
        ingest(corpus, f"{TEXT}\nTomas Lind denied it.")
        assert speakers(corpus) == [(1, "Oda Brekke"), (2, "Oda Brekke"), (2, "Tomas Lind")]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_they_are_there_exactly_when_the_version_is(tmp_path: Path, point: object) -> None:
    with corpus_in(tmp_path, ledger=FIRST) as corpus:
        with pytest.raises(Died), dying_at(point, corpus):  # type: ignore[arg-type]
            ingest(corpus, TEXT)
        assert bool(speakers(corpus)) == bool(corpus.record.article_count())


def test_other_rules_make_them_anew_at_the_next_start_and_only_then(tmp_path: Path) -> None:
    with corpus_in(tmp_path) as corpus:  # such as a record of an earlier release
        ingest(corpus, TEXT)
        assert speakers(corpus) == []
    for edition, shown in (("first", "Oda Brekke"), ("first", "Oda Brekke"), ("second", "ODA BREKKE")):
        rows = first_words if edition == "first" else in_capitals
        with corpus_in(tmp_path, ledger=Ledger(edition, rows)) as corpus:
            assert speakers(corpus) == [(1, shown)]
    with corpus_in(tmp_path) as corpus:  # opened by whoever knows no rules
        assert speakers(corpus) == [(1, "ODA BREKKE")]
    with corpus_in(tmp_path, ledger=Ledger("second", first_words)) as corpus:
        assert speakers(corpus) == [(1, "ODA BREKKE")]
    with corpus_in(tmp_path, ledger=Ledger("second", first_words), rebuild=True) as corpus:
        assert speakers(corpus) == [(1, "Oda Brekke")]


def in_capitals(article: Article) -> Sequence[Row]:
    return [{**row, "speaker": str(row["speaker"]).upper()} for row in first_words(article)]


def test_an_article_that_the_rules_fail_on_is_found_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with corpus_in(
        tmp_path, ledger=Ledger("first", lambda article: [{"start": article.text.index("~")}])
    ) as corpus:
        ingest(corpus, TEXT)
        assert found(corpus, "Who promised the pilots a break?") == [(ID, 1)]
        assert (speakers(corpus), f"article {ID}, version 1" in caplog.text) == ([], True)


@pytest.mark.parametrize(("how", "held"), [("delete", False), ("delete", True), ("purge", True)])
def test_they_go_when_the_text_goes(tmp_path: Path, how: str, held: bool) -> None:
    with corpus_in(tmp_path, ledger=FIRST) as corpus:
        ingest(corpus, TEXT)
        if held:
            hold_version(corpus, ID, 1)
        getattr(corpus.ingester, how)(ID)
        kept = how == "delete" and held
        assert bool(speakers(corpus)) == kept
        assert row_counts(corpus)["ledgers"] == kept
        assert bool(remains(tmp_path, ["Brekke"])) == kept


@pytest.mark.parametrize("moment", ["before it is read", "after"])
def test_what_another_process_erased_meanwhile_is_passed_over(tmp_path: Path, moment: str) -> None:
    with corpus_in(tmp_path, ledger=FIRST) as corpus:
        ingest(corpus, TEXT)
        list(corpus.ingester.ingest([source("Tomas Lind flew.", id_="lind")]))

        def erasing(article: Article) -> Sequence[Row]:
            if moment == "after" and article.id == ID:
                corpus.ingester.purge(ID)
            return first_words(article)

        versions = stale(corpus.record, FIRST, every=True)
        if moment != "after":
            corpus.ingester.purge(ID)
        read_anew(corpus.record, Ledger("second", erasing), versions)
        assert speakers(corpus) == [(1, "Tomas Lind")]
