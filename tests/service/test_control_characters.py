"""An article with control characters is taken as it is, quoted exactly, and obeyed by nobody who shows it."""

import json
import unicodedata

import pytest

from retrieval.search import Query
from service.answering.generative.asking import listed
from service.answering.generative.evidence import keyed
from service.answering.passage import Passage
from service.bootstrap import Service
from service.desk.opening import service_desk
from service.model.fencing import visible
from service.slack.mrkdwn import visible as visible_in_slack
from service.terminal.text import answer_text, article_table
from service.wire import CitationOut
from tests.conftest import add, serving

STRAY = "\x1b[31m\x07\x08\x7f\x9b2J"
TEXT = (
    f"The pilots of Harrow Sound will strike on 9 June, Ines Dahl{STRAY} of the guild said.\n\n"
    "Ferries to the islands run as usual, the harbour master told reporters at the quay on Thursday.\n\n"
    + "The guild has asked for new talks about pay and about rest between two watches at sea. "
    * 3
)
QUESTION = "When will the pilots of Harrow Sound strike?"


@pytest.fixture
def struck(service: Service) -> Service:
    done = add(service, TEXT, id_="strike", title="Pilots\x1b]0;owned\x07 strike", outlet="Sound\x9b Post")
    assert done.error is None
    return service


def controls(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c) == "Cc"} - {"\n"}


def test_it_is_quoted_letter_for_letter(struck: Service) -> None:
    answer = service_desk(struck).ask(QUESTION)
    (cited,) = answer.citations
    assert isinstance(cited, CitationOut)
    assert STRAY in cited.quote.text
    assert TEXT[cited.quote.start : cited.quote.end] == cited.quote.text


def test_its_words_are_found_without_them(struck: Service) -> None:
    split = TEXT.replace("Ferries", "Fer\x1bries")
    add(struck, split, id_="split")
    hits = struck.corpus.searcher.search(Query("Ferries"))
    assert {hit.lexical is not None for hit in hits[:2]} == {True}


def test_no_terminal_gets_them(struck: Service) -> None:
    here = service_desk(struck)
    shown = answer_text(here.ask(QUESTION), shown_title=here.shown_title, base_url="")
    assert "Ines Dahl" in shown
    assert controls(shown) == set()
    assert controls(article_table(here.articles())) == set()


def test_no_prompt_and_no_slack_message_gets_them(struck: Service) -> None:
    hit = struck.corpus.searcher.search(Query(QUESTION))[0]
    article = struck.corpus.record.article(hit.chunk.article_id)
    assert controls(visible(listed(keyed([Passage(hit, article, ())])))) == set()
    assert controls(visible_in_slack(hit.chunk.text)) == set()


def test_over_http_json_escapes_them_and_the_page_is_well_formed(struck: Service) -> None:
    with serving(struck) as client:
        reply = client.post("/v1/chat", json={"question": QUESTION})
        assert STRAY in json.loads(reply.text)["citations"][0]["quote"]["text"]
        assert "\x1b" not in reply.text
        id_ = reply.json()["citations"][0]["article"]["id"]
        assert client.get(f"/v1/articles/{id_}/text").text == TEXT
        page = client.get(f"/articles/{id_}").text
        assert page.count("Ines Dahl") == 1
