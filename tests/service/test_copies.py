"""A text that several outlets carry, as people see it: told once, from the first, with who else has it."""

from collections.abc import Iterator

import httpx
import pytest

from retrieval.timing import Timings
from service.answering.generative import keyed
from service.bootstrap import Service, open_service
from service.carried import also_in
from service.wire import AnswerOut, ChatRequest, CitationOut
from tests.conftest import MakeSettings, add, serving

WIRE = """\
The ferry crews of Marl will go back to work on Thursday after the harbour board agreed to hire \
forty deckhands.

The board's chair, Ines Quell, said the crossings would start again at dawn and run every two hours.

Crews had stayed ashore for nine days over the length of their shifts. The union of deckhands called the \
agreement fair, and said that its members would vote on it before the end of the month.

Traders on both shores lost an estimated two million crowns while the piers were closed."""
OTHER = """\
Fishing quotas for the northern banks will be settled in spring, the minister for the sea announced in Orrin.

Skippers had asked for an earlier date, because their licences run out in the first week of March."""
MORE = "\n\nThe bakery on Pier Street gave away two hundred loaves to those who waited on the quay."


def _carried(service: Service) -> dict[str, str]:
    ids = {}
    for outlet, day, text in (
        ("Radio Elm", "2031-05-09", WIRE),
        ("Marl Wire", "2031-05-08", WIRE),
        ("Wharf Gazette", "2031-05-10", WIRE.replace("nine days", "eleven days")),
        ("Tide Post", "2031-05-11", WIRE.replace("’", "'") + MORE),
        ("Orrin Echo", "2031-05-07", OTHER),
    ):
        done = add(service, text, id_=outlet, outlet=outlet, published=day, title="Ferries to run again")
        assert done.article_id is not None
        ids[outlet] = done.article_id
    return ids


@pytest.fixture(scope="module")
def marl(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Service]:
    opened = open_service(make_settings(tmp_path_factory.mktemp("marl") / "data"), command="a test")
    _carried(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(marl: Service) -> Iterator[httpx.Client]:
    with serving(marl) as opened:
        yield opened


def ask(service: Service, question: str, **more: object) -> AnswerOut:
    return service.chat.ask(ChatRequest.model_validate({"question": question} | more))


def cited(answer: AnswerOut, words: str) -> CitationOut:
    (found,) = [citation for citation in answer.cited if words in citation.quote.text]
    return found


def test_a_text_that_four_carry_is_told_once_from_the_first(marl: Service) -> None:
    answer = ask(marl, "How many deckhands will the harbour board hire?")
    citation = cited(answer, "forty deckhands")
    assert citation.article.outlet == "Marl Wire"
    assert also_in(citation) == "also in Radio Elm, Wharf Gazette and Tide Post"
    assert answer.text.count("forty deckhands") == 1


def test_what_differs_is_told_as_a_difference(marl: Service) -> None:
    answer = ask(marl, "How many days had the crews stayed ashore?")
    nine, eleven = cited(answer, "nine days"), cited(answer, "eleven days")
    assert (nine.article.outlet, eleven.article.outlet) == ("Marl Wire", "Wharf Gazette")
    assert also_in(nine) == "also in Radio Elm and Tide Post"
    assert also_in(eleven) == ""
    (conflict,) = answer.conflicts
    assert set(conflict.citations) == {nine.id, eleven.id}


def test_what_one_adds_is_found_in_it(marl: Service) -> None:
    citation = cited(ask(marl, "How many loaves did the bakery give away?"), "bakery")
    assert (citation.article.outlet, citation.also_in) == ("Tide Post", [])


def test_each_of_the_others_opens_with_the_words_marked(marl: Service, client: httpx.Client) -> None:
    citation = cited(ask(marl, "How many deckhands will the harbour board hire?"), "forty deckhands")
    for article in citation.also_in:
        page = client.get(article.link)
        assert page.status_code == 200
        assert "forty deckhands" in page.text.partition("<mark")[2].partition("</mark>")[0]


def test_an_outlet_that_nobody_names_is_told_to_be_one(marl: Service) -> None:
    answer = ask(marl, "Compare Orrin Echo and Marl Wire")
    assert "Orrin Echo, which is an outlet here: ask for a summary of its articles" in answer.text


def test_an_overview_tells_it_once(marl: Service) -> None:
    answer = ask(marl, "Summarise the articles.")
    assert sum("forty deckhands" in citation.quote.text for citation in answer.cited) == 1
    assert {c.article.outlet for c in answer.cited if "deckhands" in c.quote.text} == {"Marl Wire"}
    assert any(c.article.outlet == "Orrin Echo" for c in answer.cited)


def test_a_copy_confirms_nothing(marl: Service) -> None:
    first = ask(marl, "How many deckhands will the harbour board hire?")
    again = ask(marl, "Is that true?", conversation_id=first.conversation_id)
    assert {citation.article.outlet for citation in again.cited} == {"Marl Wire"}
    assert "no other article" in again.text.casefold()


def test_a_model_reads_it_once(marl: Service) -> None:
    hits = marl.chat.search("How many deckhands will be hired?", article_ids=None, timings=Timings())
    shown = keyed([marl.chat.opened(hit) for hit in hits])
    lines = [line.text for line in shown.values()]
    assert sum("forty deckhands" in line for line in lines) == 1
    assert sum("nine days" in line for line in lines) == sum("eleven days" in line for line in lines) == 1


def test_a_question_put_to_some_articles_names_no_others(marl: Service) -> None:
    asked = "How many deckhands will the harbour board hire?"
    citation = cited(ask(marl, asked, filters={"outlets": ["Radio Elm", "Tide Post"]}), "forty deckhands")
    assert (citation.article.outlet, also_in(citation)) == ("Radio Elm", "also in Tide Post")


def test_an_article_shows_its_copies(marl: Service, client: httpx.Client) -> None:
    listed = client.get("/v1/articles").json()["articles"]
    id_ = next(a["id"] for a in listed if a["outlet"] == "Radio Elm")
    told = client.get(f"/v1/articles/{id_}").json()
    assert [copy["outlet"] for copy in told["copies"]] == ["Marl Wire", "Wharf Gazette", "Tide Post"]
    assert [copy["differs"] for copy in told["copies"]] == [None, "words", "words"]
    alone = next(a["id"] for a in listed if a["outlet"] == "Orrin Echo")
    assert client.get(f"/v1/articles/{alone}").json()["copies"] == []


def test_articles_of_one_text_lead_to_each_other(service: Service) -> None:
    text = WIRE.replace("nine days", "9 days")
    ids = [add(service, text, id_="one", outlet="Bell Post", published="2031-05-01").article_id]
    other = text.replace("9 days", "8 days")
    ids.append(add(service, other, id_="two", outlet="Quay News", published="2031-05-02").article_id)
    ids.append(add(service, text, id_="three", outlet="Elm Day", published="2031-05-03").article_id)
    with serving(service) as client:
        pages = [client.get(f"/articles/{id_}").text for id_ in ids]
        listed = {one["id"]: one for one in client.get("/v1/articles").json()["articles"]}
    assert f'Nearly the same text as <a href="/articles/{ids[1]}" dir="auto">Quay News</a>, with' in pages[0]
    assert f'The same text as <a href="/articles/{ids[2]}" dir="auto">Elm Day</a>.' in pages[0]
    assert f'Nearly the same text as <a href="/articles/{ids[0]}" dir="auto">Bell Post</a>, with' in pages[1]
    assert [listed[id_].get("copy_differs") for id_ in ids] == [None, "figures", None]
    found = cited(ask(service, "How many deckhands will the harbour board hire?"), "forty deckhands")
    assert found.also_in_nearly


def test_a_purged_copy_is_named_no_more(service: Service) -> None:
    ids = _carried(service)
    before = ask(service, "How many deckhands will the harbour board hire?")
    service.corpus.ingester.delete(ids["Radio Elm"])
    assert "Radio Elm" in also_in(service.answers.get(before.id).cited[0])
    service.purge(ids["Radio Elm"])
    kept = service.answers.get(before.id)
    assert also_in(kept.cited[0]) == "also in Wharf Gazette and Tide Post"
    assert kept.statements == before.statements
    again = cited(ask(service, "How many deckhands will the harbour board hire?"), "forty deckhands")
    assert also_in(again) == "also in Wharf Gazette and Tide Post"
    assert ids["Radio Elm"] not in kept.model_dump_json()
