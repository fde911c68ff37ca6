"""Drafts handed over one by one become the same answer as drafts handed over at once, and nothing twice."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from retrieval.article import Quote
from retrieval.timing import Timings
from service.answering import Draft, DraftPart, Proposal, ProposedConflict, StatementKind, Status, Worded
from service.answering.composed.assembly import HEADING, REPEATED, Assembly
from service.answering.composed.compose import Composer, quote_path
from service.answering.extractive import notices
from service.answering.verified import Exhibit, Verdicts, Word
from tests.service.answering.drafting import Shelf, article

TEXT = "Roe left on Sunday. Zorn stayed."
SHELF = Shelf({("a_1", 1): article(TEXT)})
ROE, ZORN = (Quote("a_1", 1, start, end, TEXT[start:end]) for start, end in ((0, 19), (20, 32)))


def assembly(verdicts: Verdicts | None = None) -> Assembly:
    composer = Composer(SHELF.article_of, quote_path)
    return Assembly(SHELF.text_of, composer, tell=lambda *_: None, timings=Timings(), verdicts=verdicts)


def told(words: str, *quotes: Quote) -> Draft:
    parts = [DraftPart("" if at else words, quote) for at, quote in enumerate(quotes)]
    return Draft(StatementKind.PARAPHRASE, tuple(parts))


def test_what_stands_is_counted_as_it_is_taken() -> None:
    made = assembly()
    assert made.take(told("Roe left.", ROE)) == 1
    assert made.take(told("Zorn lied.", ZORN)) == 1
    assert made.take(told("Zorn left.", Quote("a_1", 1, 0, 4, "Zorn"))) == 0
    assert made.take(told("Zorn fled.", ZORN)) == 0
    assert made.dropped[REPEATED] == 1
    assert made.composed().text == "Roe left. [1]\n“Zorn stayed.” [2]"


def test_only_the_quotation_that_bears_a_statement_out_is_cited() -> None:
    made = assembly()
    made.take(told("Roe left.", ZORN, ROE))
    assert [citation.quote for citation in made.composed().citations] == [ROE]
    assert made.dropped == {"quote_beside_the_statement": 1}


class Waiting:
    """Has no word on anything until it is waited for, and then one on what was asked first."""

    def __init__(self, word: Word = Word.YES) -> None:
        self._word = word
        self.words: dict[str, Word] = {}
        self.asked: list[str] = []

    def of(self, statement: str, quotations: Sequence[Exhibit]) -> Word | None:
        self.asked += [] if statement in self.asked else [statement]
        return self.words.get(statement)

    def wait(self) -> None:
        self.words[self.asked[len(self.words)]] = self._word


RESTATED = "On Sunday Roe departed."


@pytest.mark.parametrize("word", Word)
def test_what_waits_for_a_word_has_what_follows_wait(word: Word) -> None:
    made = assembly(verdicts := Waiting(word))
    assert made.take(told(RESTATED, ROE)) == 0
    assert made.take(told("Zorn stayed.", ZORN)) == 0
    assert made.look() == 0
    verdicts.wait()
    assert made.look() == 2
    first = f"{RESTATED} [1]\n“Zorn stayed.” [2]"
    assert made.composed().text == (first if word is Word.YES else first.replace(RESTATED, f"“{ROE.text}”"))
    assert made.worded[0] == Worded(
        word is Word.YES, () if word is Word.YES else ("judged_not_borne_out",), word.value
    )


def test_what_is_counted_is_told_now_and_claims_something() -> None:
    made = assembly(verdicts := Waiting())
    assert made.take(notices.denied()) == 0
    assert made.take(told(RESTATED, ROE)) == 0
    verdicts.wait()
    assert made.take(notices.denied()) == 1
    assert made.composed().text.count(RESTATED) == 1


@pytest.mark.parametrize("ends", ["settle", "conclude"])
def test_what_waits_is_waited_for_at_the_end(ends: str) -> None:
    made = assembly(Waiting())
    drafts = (told(RESTATED, ROE), told("Zorn remained.", ZORN), told(RESTATED, ROE))
    for draft in drafts[:2]:
        made.take(draft)
    if ends == "settle":
        assert made.settle() == 2
    assert made.conclude(Proposal(Status.ANSWERED, drafts)) is Status.ANSWERED
    assert made.composed().text == f"{RESTATED} [1]\nZorn remained. [2]"
    assert made.dropped == {REPEATED: 1}


def test_in_a_statements_place_nothing_is_told_that_was_quoted() -> None:
    made = assembly()
    both = Quote("a_1", 1, 0, 32, TEXT)
    assert made.take(Draft(StatementKind.QUOTE, (DraftPart(TEXT, both),))) == 1
    assert made.take(told("Roe stayed.", ROE)) == 0
    assert made.take(Draft(StatementKind.QUOTE, (DraftPart(ROE.text, ROE),))) == 1
    assert made.dropped[REPEATED] == 1


STORY = "Ann Roe left on Sunday. She took the tram. It was late. Zorn stayed."
SENTENCES = ((0, 23), (24, 42), (43, 55), (56, 68))
SHELF.articles["a_2", 1] = article(STORY, id_="a_2")


def of_story(first: int, last: int) -> Quote:
    start, end = SENTENCES[first][0], SENTENCES[last][1]
    return Quote("a_2", 1, start, end, STORY[start:end])


def refused(*quotes: Quote) -> Draft:
    """Each sentence has one that is told in its place, as the answerer by a language model gives it."""
    instead = []
    for start, end in SENTENCES:
        parts = [DraftPart(STORY[start:end], Quote("a_2", 1, start, end, STORY[start:end]))]
        if STORY[start:].startswith(("She", "It")):
            before = of_story(SENTENCES.index((start, end)) - 1, SENTENCES.index((start, end)) - 1)
            parts += [DraftPart(" [The sentence before: "), DraftPart(before.text, before), DraftPart("]")]
        instead.append(Draft(StatementKind.QUOTE, tuple(parts)))
    return replace(told("Brandt burnt.", *quotes), instead=tuple(instead))


def test_sentences_that_stand_together_are_one_quotation() -> None:
    made = assembly()
    assert made.take(refused(of_story(0, 2))) == 1
    assert made.composed().text == "“Ann Roe left on Sunday. She took the tram. It was late.” [1]"
    assert made.take(refused(of_story(3, 3))) == 1
    assert made.composed().text.endswith("\n“Zorn stayed.” [2]")


def test_of_several_sentences_those_are_told_that_were_not() -> None:
    made = assembly()
    assert made.take(refused(of_story(0, 0))) == 1
    assert made.take(refused(of_story(0, 1))) == 1
    assert made.take(refused(of_story(1, 3))) == 1
    assert made.take(refused(of_story(1, 2))) == 0
    assert made.composed().text.splitlines() == [
        "“Ann Roe left on Sunday.” [1]",
        "“She took the tram.” [2]",
        "“It was late. Zorn stayed.” [3]",
    ]


def test_what_leans_on_a_sentence_told_further_up_has_it_beside() -> None:
    made = assembly()
    for first, last in ((0, 0), (3, 3), (1, 1)):
        made.take(refused(of_story(first, last)))
    assert made.composed().text.splitlines()[2] == (
        "“She took the tram.” [The sentence before: “Ann Roe left on Sunday.”] [3][1]"
    )


def test_what_bears_out_a_statement_that_was_told_is_not_quoted_in_anothers_place() -> None:
    made = assembly(verdicts := Waiting())
    made.take(told("Roe departed on Sunday, while Zorn stayed.", ROE, ZORN))
    verdicts.wait()
    made.look()
    assert made.take(told("Zorn lied about 12 ferries.", ZORN)) == 0
    assert made.dropped[REPEATED] == 1
    assert made.take(replace(quoting(ZORN), once=True)) == 0
    assert made.take(quoting(ZORN)) == 1


def quoting(quote: Quote) -> Draft:
    return Draft(StatementKind.QUOTE, (DraftPart(quote.text, quote),))


def test_what_was_taken_is_not_told_again_at_the_end() -> None:
    made, draft = assembly(), told("Roe left.", ROE)
    made.take(draft)
    conflict = ProposedConflict("that", (ROE, ZORN))
    proposal = Proposal(Status.ANSWERED, (draft, told("Zorn stayed.", ZORN)), conflicts=(conflict,))
    assert made.conclude(proposal) is Status.ANSWERED
    assert made.composed().text == "Roe left. [1]\n“Zorn stayed.” [2]"
    assert [found.citations for found in made.conflicts(proposal)] == [(1, 2)]


def test_nothing_claimed_is_an_abstention() -> None:
    made = assembly()
    lie = told("Zorn lied.", Quote("a_1", 1, 0, 4, "Zorn"))
    made.take(lie)
    assert made.conclude(Proposal(Status.ANSWERED, (lie,))) is Status.ABSTAINED
    assert "could be verified" in made.composed().text


def under(heading: str, *quotes: Quote) -> Draft:
    return Draft(StatementKind.QUOTE, tuple(DraftPart(q.text, q) for q in quotes), heading=heading)


def test_a_heading_stands_once_above_what_it_heads() -> None:
    made = assembly()
    for draft in (under("Undated", ROE), under("Undated", ZORN), under("Zorn", ROE, ZORN)):
        made.take(draft)
    told_ = made.composed()
    assert told_.text.splitlines() == [
        "Undated",
        "“Roe left on Sunday.” [1]",
        "“Zorn stayed.” [2]",
        "Zorn",
        "“Roe left on Sunday.”“Zorn stayed.” [1][2]",
    ]
    assert [told_.text[s.start : s.end] for s in told_.statements] == [s.text for s in told_.statements]
    assert [s.heading for s in told_.statements] == ["Undated", "Undated", "Zorn"]


@pytest.mark.parametrize(
    "heading",
    ["Zorn lied", "Roe left on Sunday.", "Ng", "5 May 2033", "Zorn · Ng", "Zorn [1]", "Zorn\nRoe", ""],
)
def test_a_heading_that_claims_something_goes(heading: str) -> None:
    made = assembly()
    made.take(under(heading, ZORN))
    assert made.composed().text == "“Zorn stayed.” [1]"
    assert made.dropped[HEADING] == 1


def test_a_statement_stands_under_a_day_that_its_own_sentence_tells() -> None:
    text = "Roe left on 3 March 2019. Zorn stayed."
    shelf = Shelf({("a_1", 1): article(text)})
    left, stayed = Quote("a_1", 1, 0, 25, text[:25]), Quote("a_1", 1, 26, 38, text[26:])
    made = Assembly(
        shelf.text_of, Composer(shelf.article_of, quote_path), tell=lambda *_: None, timings=Timings()
    )
    for draft in (under("3 March 2019", left), under("3 March 2019", stayed)):
        made.take(draft)
    assert [s.heading for s in made.composed().statements] == ["3 March 2019", None]
    assert made.dropped[HEADING] == 1
