"""Families of near-copies: who is in one, whatever the order, and after whatever is taken away."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import copies
from retrieval.article import Article, Facts, Origin, Region, RegionSpan
from retrieval.copies import families
from retrieval.database import Database
from retrieval.erasure import purge
from retrieval.likeness import are_copies, bands_of_each, runs_of
from retrieval.record import hide
from retrieval.tables import article_versions, articles, copied_bands, copied_pairs, copied_texts
from retrieval.tables import sources as kept
from retrieval.versions import Becoming, make_visible

_WORDS = [f"{a}{b}" for a in ("quay", "rope", "tide", "mast", "crew") for b in ("al", "em", "or", "us", "in")]


def _text(seed: int, length: int = 200) -> str:
    drawn = random.Random(seed)
    return " ".join(drawn.choice(_WORDS) for _ in range(length))


def _edited(text: str, *, every: int) -> str:
    words = text.split()
    return " ".join("changed" if at % every == every - 1 else word for at, word in enumerate(words))


def _article(id_: str, text: str, *, version: int = 1, day: str | None = None, minute: int = 0) -> Article:
    at = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    whole = (RegionSpan(Region.BODY, 0, len(text)),)
    return Article(id_, version, text, "0" * 64, "b", Facts(published=day), whole, at)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path_factory.mktemp('copies') / 'record.db'}")
    yield opened
    opened.close()


@contextmanager
def _emptied(database: Database) -> Iterator[Database]:
    with database.write() as connection:
        if connection.execute(kept.select()).first() is None:
            connection.execute(kept.insert().values(bytes_sha256="b", data=b""))
    try:
        yield database
    finally:
        with database.write() as connection:
            connection.execute(article_versions.delete())
            connection.execute(articles.delete())


def _ids(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(copied_texts.select().with_only_columns(copied_texts.c.article_id)))


def _add(database: Database, article: Article) -> None:
    with database.write() as connection:
        make_visible(connection, [Becoming(article, f"{article.id} {article.version}")])
        copies.enter(connection, [(article, runs_of(article))])


def _sets(database: Database) -> set[frozenset[str]]:
    found = families(database, _ids(database))
    return {frozenset(member.article_id for member in family.members) for family in found}


def _parts(ids: Sequence[str], texts: dict[str, str]) -> set[frozenset[str]]:
    """What hangs together, by comparing every one with every other."""
    runs = {id_: runs_of(_article(id_, texts[id_])) for id_ in ids}
    of = {id_: {id_} for id_ in ids}
    for one in ids:
        for other in ids:
            if are_copies(runs[one], runs[other]) and of[one] is not of[other]:
                of[one] |= of[other]
                for id_ in of[one]:
                    of[id_] = of[one]
    return {frozenset(part) for part in of.values() if len(part) > 1}


# A chain: each is a copy of the next, the first not of the last.
_CHAIN = {
    "c1": _text(1),
    "c2": " ".join([*_text(1).split()[60:], *_text(2).split()[:60]]),
    "c3": " ".join([*_text(1).split()[120:], *_text(2).split()[:120]]),
    "c4": " ".join([*_text(1).split()[180:], *_text(2).split()[:180]]),
}
_TEXTS = _CHAIN | {
    "same": _text(1).upper(),
    "cut": " ".join(_text(1).split()[:60]),
    "other": _text(3),
    "other_edited": _edited(_text(3), every=25),
    "alone": _text(4),
    "short": "Talks go on.",
    "short_too": "talks go on",
    "empty": "…",
}


@settings(max_examples=5, deadline=None)
@given(st.permutations(sorted(_TEXTS)), st.integers(1, 4))
def test_neither_order_nor_deletion_changes_who_is_whose_copy(
    database: Database, order: list[str], gone: int
) -> None:
    with _emptied(database):
        for id_ in order:
            _add(database, _article(id_, _TEXTS[id_]))
        assert _sets(database) == _parts(order, _TEXTS)
        for id_ in order[:gone]:
            with database.write() as connection:
                hide(connection, id_)
        assert _sets(database) == _parts(order[gone:], _TEXTS)


def test_an_update_moves_an_article_out_of_its_family_and_into_another(database: Database) -> None:
    with _emptied(database):
        for id_, text in (("b1", _text(5)), ("b2", _text(5)), ("b3", _text(6))):
            _add(database, _article(id_, text))
        assert _sets(database) == {frozenset({"b1", "b2"})}
        _add(database, _article("b2", _text(6), version=2))
        assert _sets(database) == {frozenset({"b2", "b3"})}
        (family,) = families(database, ["b3"])
        assert ("b2", 2) in {(m.article_id, m.version) for m in family.members}


def test_nothing_is_left_of_what_was_purged(database: Database) -> None:
    with _emptied(database):
        for id_ in ("p1", "p2"):
            _add(database, _article(id_, _text(7)))
        with database.write() as connection:
            for id_ in ("p1", "p2"):
                purge(connection, id_)
    with database.read() as connection:
        for table in (copied_texts, copied_bands, copied_pairs):
            assert connection.execute(table.select()).all() == []


@pytest.mark.parametrize(
    "others",
    [
        {"z": "2031-03-02", "a": "2031-03-03", "b": None},
        {"z": "2031-03-02T09:00:00+02:00", "a": "2031-03-02T08:00:00Z", "b": "2031-03-04"},
        {"b": None, "z": "2031-03-02T23:30:00-05:00", "a": "2031-03-03T05:00:00Z"},
    ],
)
def test_the_earliest_published_comes_first_whichever_came_first(
    database: Database, others: dict[str, str | None]
) -> None:
    with _emptied(database):
        for minute, (id_, day) in enumerate(others.items()):
            _add(database, _article(id_, _text(8), day=day, minute=minute))
        (family,) = families(database, ["b"])
        assert [member.article_id for member in family.members] == ["z", "a", "b"]


def test_of_undated_ones_the_first_ingested_comes_first(database: Database) -> None:
    with _emptied(database):
        for minute, id_ in ((5, "a"), (3, "b"), (4, "z")):
            _add(database, _article(id_, _text(9), minute=minute))
        _add(database, _article("b", _text(9), version=2, minute=9))
        (family,) = families(database, ["a"])
        assert [member.article_id for member in family.members] == ["b", "z", "a"]


def test_a_date_that_a_file_gives_itself_puts_it_before_nobody(database: Database) -> None:
    with _emptied(database):
        for minute, (id_, day, own) in enumerate(
            [
                ("a", None, None),
                ("b", "2001-01-01", Origin.META),
                ("y", "2031-03-04", Origin.GIVEN),
                ("z", "2031-03-03", None),
            ]
        ):
            article = _article(id_, _text(15), day=day, minute=minute)
            _add(database, replace(article, origins={"published": own} if own else {}))
        (family,) = families(database, ["b"])
        assert [member.article_id for member in family.members] == ["z", "y", "a", "b"]


def test_a_family_is_counted_within_the_articles_that_are_asked(database: Database) -> None:
    with _emptied(database):
        for id_ in ("a", "b", "c"):
            _add(database, _article(id_, _text(10), day=f"2031-03-0{ord(id_) - 96}"))
        (family,) = families(database, ["c"], only={"b", "c"})
        assert (family.members[0].article_id, family.count) == ("b", 2)
        assert families(database, ["c"], only={"c"}) == []


def test_case_marks_and_line_breaks_make_no_difference() -> None:
    one = "“The ferry won’t run,” said Ode Marsh; the pier\nis closed until 4 May."
    other = "THE FERRY WON'T RUN, SAID ODE MARSH — THE PIER IS CLOSED UNTIL 4 MAY"
    its, others = bands_of_each([runs_of(_article("a", one)), runs_of(_article("b", other))])
    assert its == others


def test_captions_and_boilerplate_make_nobody_a_copy() -> None:
    shared, own = _text(11), [_text(12, 40), _text(13, 40)]
    made = []
    for id_, body in zip("ab", own, strict=True):
        text = f"{shared}\n{body}"
        regions = (
            RegionSpan(Region.BOILERPLATE, 0, len(shared)),
            RegionSpan(Region.BODY, len(shared) + 1, len(text)),
        )
        made.append(
            runs_of(Article(id_, 1, text, "", "", Facts(), regions, datetime(2031, 1, 1, tzinfo=UTC)))
        )
    assert not are_copies(*made)


def test_signatures_are_the_same_in_every_process() -> None:
    (bands,) = bands_of_each([runs_of(_article("a", "one two three four five six"))])
    assert bands[:2] == PINNED


PINNED = [3433792853287710111, 4406149203488285877]


def test_a_start_compares_what_other_rules_compared(database: Database, tmp_path: Path) -> None:
    with _emptied(database):
        for id_ in ("a", "b"):
            _add(database, _article(id_, _text(14)))
        with database.write() as connection:
            connection.execute(copied_texts.update().values(edition="0", family=None))
        assert _sets(database) == set()
        assert copies.stale(database) == [("a", 1), ("b", 1)]
        copies.compare_anew(database, copies.stale(database))
        assert _sets(database) == {frozenset({"a", "b"})}
        assert copies.stale(database) == []


def test_what_another_process_changed_meanwhile_is_not_compared_as_it_was(database: Database) -> None:
    with _emptied(database):
        for id_ in ("a", "b", "c"):
            _add(database, _article(id_, _text(14)))
        seen = copies.stale(database, every=True)
        _add(database, _article("b", _text(15), version=2))
        with database.write() as connection:
            hide(connection, "c")
        copies.compare_anew(database, seen)
        assert (_sets(database), sorted(_ids(database))) == (set(), ["a", "b"])
        assert copies.stale(database) == []
