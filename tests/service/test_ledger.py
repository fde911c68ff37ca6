"""Who said what, asked for by speaker, outlet, day, words and article, page by page."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.record import article_id
from retrieval.selecting import Selected, Wanted, select_articles
from service.answering.said import EDITION, reported
from service.bootstrap import Service, open_service
from service.errors import InvalidRequest
from service.statements import ReportedList, reported_query
from tests.conftest import REPOSITORY, MakeSettings, add
from tests.service.answering.making import article

PORT = (
    "Oda Brekke told Radio Skagen on Tuesday that the pilots would accept eleven more shifts.\n"
    "“We offered them a longer break,” said Tomas Lind."
)
MINE = "The delegates met.\n\nMayor Jörg Šefčovič said on 3 March that the mine’s gates would be closed."
UNDATED = "Oda Lindqvist said the ferries were late."


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Service]:
    opened = open_service(make_settings(tmp_path_factory.mktemp("told")), command="a test")
    add(opened, PORT, id_="port", outlet="Вісник", published="2025-06-12T22:00:00+02:00", title="Port")
    add(opened, MINE, id_="mine", outlet="The Ledger", published="2025-06-01")
    add(opened, UNDATED, id_="late")
    yield opened
    opened.close()


def speakers(service: Service, **asked: object) -> list[str | None]:
    return [one.speaker for one in service.statements.listed(reported_query(**asked)).statements]


ALL = ["Tomas Lind", "Oda Brekke", "Jörg Šefčovič", "Oda Lindqvist"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ALL),
        ({"speaker": "oda"}, ["Oda Brekke", "Oda Lindqvist"]),
        ({"speaker": "Oda Brekke"}, ["Oda Brekke"]),
        ({"speaker": "Lind"}, ["Tomas Lind"]),
        ({"speaker": "sefcovic"}, ["Jörg Šefčovič"]),
        ({"speaker": "the mayor"}, ["Jörg Šefčovič"]),
        ({"speaker": "mayor sefcovic"}, ["Jörg Šefčovič"]),
        ({"speaker": "nobody"}, []),
        ({"outlet": "вісник"}, ["Tomas Lind", "Oda Brekke"]),
        ({"outlet": "the ledger"}, ["Jörg Šefčovič"]),
        ({"outlet": "Ledger"}, []),
        ({"words": "offer break"}, ["Tomas Lind"]),
        ({"words": "Shift"}, ["Oda Brekke"]),
        ({"words": "closes the gate"}, ["Jörg Šefčovič"]),
        ({"words": "Brekke"}, []),
        ({"since": "2025-06-10"}, ["Tomas Lind", "Oda Brekke"]),
        ({"since": "2025-06-11"}, ["Tomas Lind"]),
        ({"until": "2025-06-10"}, ["Oda Brekke", "Jörg Šefčovič"]),
        ({"since": "2025-03-03T09:00:00Z", "until": "2025-03-03"}, ["Jörg Šefčovič"]),
        ({"article_id": "a_" + "0" * 32}, []),
        ({"speaker": "oda", "since": "2025-01-01", "words": "pilots"}, ["Oda Brekke"]),
    ],
)
def test_every_filter_must_fit(told: Service, asked: dict[str, object], expected: list[str]) -> None:
    assert speakers(told, **asked) == expected


def test_each_has_its_place_its_day_and_its_link(told: Service) -> None:
    (one,) = told.statements.listed(reported_query(speaker="brekke")).statements
    cited = one.citation
    text = told.corpus.record.article(cited.article.id, version=cited.article.version).text
    assert "the pilots would accept eleven more shifts" in cited.quote.text
    for place in (cited.quote, cited.sentence):
        assert text[place.start : place.end] == place.text
    assert cited.sentence.text == PORT.splitlines()[0]
    assert (one.to, one.when, one.day, one.verb) == ("Radio Skagen", "Tuesday", "2025-06-10", "told")
    assert (cited.article.outlet, cited.article.title) == ("Вісник", "Port")
    assert cited.article.link.endswith(f"&quote={cited.quote.start}-{cited.quote.end}#quote")


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 500])
def test_pages_hold_each_once_whatever_comes_in_between(told: Service, limit: int) -> None:
    pages: list[ReportedList] = []
    while not pages or pages[-1].next_cursor:
        cursor = pages[-1].next_cursor if pages else None
        pages.append(told.statements.listed(reported_query(limit=limit, cursor=cursor)))
    assert [one.speaker for page in pages for one in page.statements] == ALL
    assert [len(page.statements) for page in pages[:-1]] == [limit] * (len(pages) - 1)


def test_only_what_is_current_is_listed(service: Service) -> None:
    first = add(service, UNDATED, id_="late")
    add(service, UNDATED.replace("Oda", "Ada"), id_="late")
    assert speakers(service) == ["Ada Lindqvist"]
    assert first.article_id is not None
    service.corpus.ingester.delete(first.article_id)
    assert speakers(service) == []


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"since": "tomorrow"}, "since: is neither YYYY-MM-DD nor RFC 3339"),
        ({"until": "2025-02-30"}, "until: is neither"),
        ({"since": "2025-02-02", "until": "2025-02-01"}, "since 2025-02-02 is after until 2025-02-01"),
        ({"limit": 0}, "limit: "),
        ({"limit": 501}, "limit: .* 500"),
        ({"speaker": " "}, "speaker: is empty"),
        ({"words": "?!"}, "words: has no word"),
        ({"words": "\ud800"}, "words: "),
        ({"cursor": "٣.a_" + "0" * 32 + ".1"}, "cursor: is not one that a list ended with"),
        ({"cursor": "." + "a_" + "0" * 32 + ".1\n"}, "cursor: "),
        ({"article_id": "port"}, "article_id: "),
    ],
)
def test_what_cannot_be_asked_is_named(asked: dict[str, object], complaint: str) -> None:
    with pytest.raises(InvalidRequest, match=complaint):
        reported_query(**asked)


def test_a_record_of_an_earlier_release_has_them_after_the_next_start(
    told: Service, tmp_path: Path, make_settings: MakeSettings
) -> None:
    with_none = open_service(make_settings(tmp_path), command="a test")
    add(with_none, PORT)
    with with_none.corpus.record.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM ledgers")
    assert speakers(with_none) == []
    with_none.close()
    said: list[str] = []
    again = open_service(make_settings(tmp_path), command="a test", say=said.append)
    try:
        assert sorted(map(str, speakers(again))) == ["Oda Brekke", "Tomas Lind"]
        assert said == ["Reading the articles for who said what ..."]
    finally:
        again.close()


# What the rules of an edition find in the labelled articles. Where this changes, so must EDITION: else what
# other rules found stays in every ledger.
FOUND = ("10", "301b91bc74bdff41")


def test_other_rules_are_another_edition() -> None:
    lines = (REPOSITORY / "benchmarks" / "statements.jsonl").read_text("utf-8").splitlines()
    rows = [repr(one) for line in lines for one in reported(article(json.loads(line)["text"]))]
    assert len(rows) > 300
    assert (EDITION, hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]) == FOUND


def test_a_day_is_asked_of_more_articles_than_a_statement_may_name(
    told: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = frozenset(article_id(str(number)) for number in range(33_000))
    ids = select_articles(told.corpus.record.database, Wanted(as_of="2025-06-20")).ids
    monkeypatch.setattr("service.ledger.select_articles", lambda *_: Selected(ids | many))
    assert speakers(told, as_of="2025-06-20") == ALL[:3]
    assert speakers(told, as_of="2025-06-20", limit=2) == ALL[:2]
