"""Whatever an answerer proposes, what is served stands in the articles, and says what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from retrieval.article import Quote
from retrieval.timing import Timings
from service.answering import (
    PARLEY,
    UNWATCHED,
    Draft,
    DraftPart,
    Passage,
    Proposal,
    StatementKind,
    Status,
    Watch,
)
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer
from service.answering.verified import NOT_IN_ARTICLE, UNCITED
from service.bootstrap import Service
from service.chat import Chat
from service.errors import InvalidRequest
from service.wire import AnswerOut, ChatRequest
from tests.conftest import add

TEXT = "The envoys met for two hours in the old customs house. Nobody else spoke."


@dataclass
class Scripted:
    """Proposes what it was told to, and remembers what it was given."""

    proposal: Proposal
    question: str = ""
    passages: Sequence[Passage] = ()

    def answer(
        self, question: str, passages: Sequence[Passage], *, timings: Timings, watch: Watch = UNWATCHED
    ) -> Proposal:
        self.question, self.passages = question, passages
        return self.proposal


def asked(service: Service, proposal: Proposal, **request: object) -> AnswerOut:
    chat = Chat(service.corpus.record, service.corpus.searcher, Scripted(proposal), service.answers)
    return chat.ask(ChatRequest.model_validate({"question": "How long did they meet?", **request}))


def quote(service: Service, text: str = TEXT[:54]) -> Quote:
    id_ = add(service, TEXT).article_id
    assert id_ is not None
    return Quote(id_, 1, 0, len(text), text)


def claim(quoted: Quote) -> Draft:
    return Draft(StatementKind.QUOTE, (DraftPart(quoted.text, quoted),))


def test_a_hostile_answerer_gets_nothing_through(service: Service) -> None:
    true = quote(service)
    lies = (
        claim(replace(true, text=true.text.replace("two", "six"))),
        claim(replace(true, start=4, end=58)),
        claim(replace(true, version=2)),
        claim(replace(true, article_id="a_" + "0" * 32)),
        claim(replace(true, end=10**6)),
        Draft(StatementKind.PARAPHRASE, (DraftPart("They met for six hours."),)),
    )
    answer = asked(service, Proposal(Status.ANSWERED, lies))
    assert (answer.status, answer.citations) == ("abstained", [])
    assert answer.unanswered == ["How long did they meet?"]
    assert answer.diagnostics.dropped == {NOT_IN_ARTICLE: 5, UNCITED: 1}
    assert "six" not in answer.text
    assert [statement.kind for statement in answer.statements] == ["notice"]


def test_what_stands_is_kept_beside_what_does_not(service: Service) -> None:
    true = quote(service)
    lie = claim(replace(true, text=true.text.upper()))
    answer = asked(service, Proposal(Status.ANSWERED, (lie, claim(true))))
    assert (answer.status, answer.text) == ("answered", f"“{true.text}” [1]")
    assert answer.diagnostics.dropped == {NOT_IN_ARTICLE: 1}


@pytest.mark.parametrize("status", list(Status))
def test_an_answer_always_says_something(service: Service, status: Status) -> None:
    lie = replace(quote(service), text="Six hours.")
    nearest = Draft(StatementKind.NOTICE, (DraftPart("The nearest says: "), DraftPart(lie.text, lie)))
    answer = asked(service, Proposal(status, (nearest,)))
    assert (answer.status, answer.citations) == ("abstained", [])
    assert answer.text
    assert "Six" not in answer.text


def test_a_notice_alone_is_no_answer(service: Service) -> None:
    quote(service)
    notice = Draft(StatementKind.NOTICE, (DraftPart("Whom do you mean: Ada or Boris?"),))
    assert asked(service, Proposal(Status.PARTIAL, (notice,))).status == "abstained"
    kept = asked(service, Proposal(Status.CLARIFICATION, (notice,)))
    assert (kept.status, kept.text) == ("clarification", "Whom do you mean: Ada or Boris?")


def test_what_a_filter_left_out_is_said_even_when_nothing_is_left(service: Service) -> None:
    lie = claim(replace(quote(service), text="Six hours."))
    answer = asked(service, Proposal(Status.ANSWERED, (lie,)), filters={"to": "2026-01-01"})
    assert len(answer.statements) == 2
    assert answer.statements[-1].text == "1 article without a date was left out of the search."


def test_a_version_that_came_before_may_not_be_quoted_as_this_one(service: Service) -> None:
    first = add(service, TEXT, id_="one").article_id
    assert first is not None
    add(service, "Entirely other words about other matters.", id_="one")
    stale = Quote(first, 2, 0, 54, TEXT[:54])
    assert asked(service, Proposal(Status.ANSWERED, (claim(stale),))).status == "abstained"


def test_passages_reach_the_answerer_with_their_neighbours(service: Service) -> None:
    sentences = [
        f"On day {n} the envoys spoke of the harbour, the tariff and the fishing rights." for n in range(60)
    ]
    add(service, " ".join(sentences))
    told = Scripted(Proposal(Status.ABSTAINED, ()))
    chat = Chat(service.corpus.record, service.corpus.searcher, told, service.answers)
    chat.ask(ChatRequest(question="What did the envoys speak of on day 30?"))
    assert len(told.passages) > 2
    for passage in told.passages:
        chunk = passage.hit.chunk
        assert passage.article.text[chunk.start : chunk.end] == chunk.text
        assert set(chunk.sentences) <= set(passage.around)
        assert list(passage.around) == sorted(passage.around, key=lambda sentence: sentence.start)
        assert any(passage.quote(s).text == sentences[0] for s in passage.around) == (
            passage.around[0].start == 0
        )


def test_an_answerer_that_is_not_there_is_refused(service: Service) -> None:
    with pytest.raises(InvalidRequest, match="no generative answerer"):
        asked(service, Proposal(Status.ABSTAINED, ()), answerer="generative")


def test_what_it_took_is_told_by_stage(service: Service) -> None:
    timings = asked(service, Proposal(Status.ABSTAINED, ())).timings
    assert {"condense", "answer", "verify", "compose", "total"} <= set(timings)
    assert all(value >= 0 for value in timings.values())


def overview(service: Service, question: str, *, hears: int = 12, **request: object) -> AnswerOut:
    policy = replace(PARLEY, overview=replace(PARLEY.overview, articles=hears))
    precise = ExtractiveAnswerer(service.corpus.embedder, service.reader)
    answerer = BroadAnswerer(precise, service.reader, policy=policy)
    chat = Chat(service.corpus.record, service.corpus.searcher, answerer, service.answers, policy=policy)
    return chat.ask(ChatRequest.model_validate({"question": question, **request}))


WEEK = {
    "Aalbers": "Ferry owner Aalbers said on Monday that the harbour of Vellinge would stay shut until May.",
    "Ekdahl": "The pilots voted on Tuesday to stay ashore, their chairwoman Ekdahl told the port.",
    "Holm": "Judge Holm heard both sides of the dispute in Vellinge alone on Wednesday.",
    "Noor": "A pay rise of five per cent was agreed on Thursday, harbour master Noor announced.",
}


def add_a_week(service: Service) -> None:
    for day, (name, text) in enumerate(WEEK.items(), start=5):
        add(service, text, name=f"{name}.txt", outlet=f"Radio {name}", published=f"2031-05-0{day}")


def test_an_overview_hears_every_article_of_few(service: Service) -> None:
    add_a_week(service)
    told = overview(service, "What are the sources?")
    assert [s.heading for s in told.statements] == [
        "Radio Aalbers · 5 May 2031",
        "Radio Ekdahl · 6 May 2031",
        "Radio Holm · 7 May 2031",
        "Radio Noor · 8 May 2031",
    ]
    assert told.diagnostics.dropped == {}


def test_an_overview_of_many_says_of_how_many_it_is(service: Service) -> None:
    add_a_week(service)
    told = overview(service, "What are the sources?", hears=3)
    assert told.statements[-1].text == ("This is told from 3 of 4 articles, those nearest to the question.")
    since = overview(service, "What is new since 7 May 2031?", hears=3)
    assert [s.heading for s in since.statements] == ["7 May 2031", "8 May 2031"]
    newest = overview(service, "What's new?", hears=3).statements
    assert [s.heading for s in newest] == ["Radio Noor · 8 May 2031"]


@pytest.mark.parametrize("bound", ["to", "as_of"])
def test_what_is_new_is_so_among_the_articles_that_are_asked(service: Service, bound: str) -> None:
    add_a_week(service)
    told = overview(service, "What's new?", hears=1, filters={bound: "2031-05-06"}).statements
    assert [s.heading for s in told][:1] == ["Radio Ekdahl · 6 May 2031"]


def test_an_overview_in_a_conversation_is_not_of_what_was_said_before(service: Service) -> None:
    add_a_week(service)
    history = [{"role": "user", "text": "What did Holm say?"}, {"role": "assistant", "text": "Until May."}]
    request = {"question": "Who is involved?", "history": history}
    told = service.chat.ask(ChatRequest.model_validate(request))
    assert told.standalone_question == "Who is involved?"
    assert "Aalbers" in {s.heading for s in told.statements}
