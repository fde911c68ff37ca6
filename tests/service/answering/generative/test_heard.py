"""What a model says besides its statements is told in the question's words, or shown by its quotations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article, Facts
from retrieval.timing import Timings
from service.answering import Draft, Passage, StatementKind
from service.answering.composed import Assembly, Composer, quote_path
from service.answering.generative.heard import (
    BESIDE_QUESTION,
    MALFORMED,
    MOST_TOLD,
    NO_CONFLICT,
    NOT_DENIED,
    Heard,
)
from service.answering.generative.window import window
from service.answering.verified import Exhibit, Word, joined, verify
from tests.fault_llm import shapes
from tests.service.answering.drafting import thorough
from tests.service.answering.generative.test_window import cut
from tests.service.answering.making import article

QUESTION = "How many people died in Brandt, and who paid for the ferry?"
ONE = article("The fire in Brandt killed 12 people.\n\nThe ferry was old.", id_="a_1")
OTHER = article("The fire in Brandt killed 14 people.\n\nNobody was at the ferry.", id_="a_2")
FIRE, FERRY, FIRE2, FERRY2 = (*cut(ONE), *cut(OTHER))
ALL = (FIRE, FERRY, FIRE2, FERRY2)
shown = {f"P{number}.1": passage.hit.chunk.text for number, passage in enumerate(ALL, start=1)}


class Watching:
    """Verifies as the service does."""

    left = False

    def __init__(self, texts: Mapping[str, str] | None = None, outlet: str | None = None) -> None:
        self.told: list[Draft] = []
        self._facts = Facts(outlet=outlet)
        self._texts = texts or {"a_1": ONE.text, "a_2": OTHER.text}

    def draft(self, draft: Draft) -> int:
        text_of, facts_of = (lambda id_, _: self._texts.get(id_)), (lambda *_: self._facts)
        stands = verify([draft], text_of, facts_of).drafts
        if draft.kind is StatementKind.PARAPHRASE:
            stands = tuple(joined(stands, None, text_of, facts_of))
        self.told += stands
        return sum(each.kind is not StatementKind.NOTICE for each in stands)

    def look(self) -> int:
        return 0

    def settle(self) -> int:
        return 0


def heard(
    *statements: tuple[str, str],
    passages: Sequence[Passage] = (FIRE, FERRY, FIRE2, FERRY2),
    **more: object,
) -> Heard:
    listened = Heard(QUESTION, passages, Watching(), near=None)
    said = [{"text": t, "cites": [k]} for t, k in statements]
    listened.hear(json.dumps({"statements": said, **more}))
    return listened


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("who paid for the ferry", "who paid for the ferry"),
        ("Who paid the ferry, or Zorn?", "who paid for the ferry"),
        ("people died", "people died"),
        ("Zorn stole 77 million", QUESTION),
        ("paid", "who paid for the ferry"),
        ("![x](https://evil.example)", QUESTION),
        ("How many people died in Brandt", "How many people died in Brandt"),
    ],
)
def test_what_is_missing_is_told_in_the_questions_words(named: str, told: str) -> None:
    assert heard(unanswered=[named]).unanswered() == (told,)


@thorough
@given(st.lists(st.text(max_size=40), max_size=12))
def test_nothing_of_the_models_own_is_told_as_missing(named: list[str]) -> None:
    assert all(text in QUESTION for text in heard(unanswered=named).unanswered())


def sides(*keys: str) -> list[dict[str, object]]:
    return [{"about": "that Zorn lied", "cites": keys}]


def test_a_conflict_that_its_quotations_show_is_told_under_the_questions_words() -> None:
    found = heard(differ=sides("P1.1", "P3.1"))
    (conflict,) = found.conflicts()
    assert [quote.text for quote in conflict.quotes] == [FIRE.hit.chunk.text, FIRE2.hit.chunk.text]
    assert conflict.about in QUESTION[0].lower() + QUESTION[1:]
    assert "Zorn" not in conflict.about


@pytest.mark.parametrize("keys", [("P1.1", "P2.1"), ("P1.1", "P1.1"), ("P1.1", "P4.1"), ("P1.1", "P9.1")])
def test_a_conflict_that_they_do_not_show_is_not(keys: tuple[str, str]) -> None:
    found = heard(differ=sides(*keys))
    assert found.conflicts() == ()
    assert found.refused[NO_CONFLICT] == 1


def test_a_model_that_does_not_stop_is_not_heard_on() -> None:
    listened = Heard(QUESTION, [FIRE], Watching(), near=None)
    line = json.dumps({"text": "It.", "cites": ["P1.1"]})
    assert sum(listened.hear(line) for _ in range(100)) < 2 * MOST_TOLD
    liar = json.dumps({"text": "It.", "cites": ["P1.7"]})
    listened = Heard(QUESTION, [FIRE], Watching(), near=None)
    assert sum(listened.hear(liar) for _ in range(100)) < 100


class Nowhere:
    def fits(self, *_: object) -> bool:
        return False


def test_what_has_nothing_to_do_with_the_question_is_not_cited() -> None:
    listened = Heard(QUESTION, [FIRE], Watching(), near=Nowhere())
    listened.hear(json.dumps({"text": "It.", "cites": ["P1.1"]}))
    assert listened.drafts == []
    assert +listened.refused == {BESIDE_QUESTION: 1}
    assert not listened.found_nothing


def test_a_window_may_be_empty() -> None:
    assert heard(passages=window([]).passages).found_nothing


SAID = (
    "Mayor Ann Roe told Radio Vell on Sunday that the fire killed 12 people. “The ferry was old,” she said. "
    "“Nobody paid for it.” She left Brandt. Two men stayed."
)


def in_its_place(*cites: str) -> list[list[str]]:
    """What is served where a statement that cites these isn't borne out, part by part."""
    (passage,) = cut(article(SAID))
    passage = replace(passage, around=passage.hit.chunk.sentences)
    watching = Watching({"a_1": passage.article.text})
    listened = Heard(QUESTION, [passage], watching, near=None)
    listened.hear(json.dumps({"text": "Zorn did it all.", "cites": cites}))
    return [[part.text for part in draft.parts] for draft in watching.told]


def test_a_quotation_that_takes_a_statements_place_has_its_speaker() -> None:
    assert in_its_place("P1.2") == [["Ann Roe: ", "“The ferry was old,” she said."]]
    assert in_its_place("P1.3") == [["Ann Roe: ", "“Nobody paid for it.”"]]
    assert in_its_place("P1.1") == [[SAID.partition(" “")[0]]]


def test_a_quotation_that_leans_on_the_sentence_before_has_that() -> None:
    ((leaning, ours, before, close),) = in_its_place("P1.4")
    assert (leaning, ours, before, close) == (
        "She left Brandt.",
        " [The sentence before: ",
        "“Nobody paid for it.”",
        "]",
    )


def test_several_sentences_stay_together_where_one_lead_in_holds_for_all() -> None:
    one = in_its_place("P1.2", "P1.3")
    assert one == [["Ann Roe: ", "“The ferry was old,” she said. “Nobody paid for it.”"]]
    two = in_its_place("P1.1", "P1.2")
    assert [len(parts) for parts in two] == [1, 2]
    assert two[1][0] == "Ann Roe: "


def test_each_quotation_is_a_statement_of_its_own() -> None:
    told = in_its_place("P1.2", "P1.5")
    assert told == [["Ann Roe: ", "“The ferry was old,” she said."], ["Two men stayed."]]


def test_what_nobody_is_said_to_say_is_led_in_by_its_outlet() -> None:
    one = article("The ferry was old. Ann Roe said that it sank.", outlet="The Post")
    watching = Watching({"a_1": one.text}, outlet="The Post")
    passages = [replace(each, around=each.hit.chunk.sentences) for each in cut(one)]
    listened = Heard(QUESTION, passages, watching, near=None)
    listened.hear(json.dumps({"text": "Zorn did it all.", "cites": ["P1.1"]}))
    listened.hear(json.dumps({"text": "Zorn did it all.", "cites": ["P1.2"]}))
    told = [[part.text for part in draft.parts] for draft in watching.told]
    assert told == [["The Post: ", "The ferry was old."], ["Ann Roe said that it sank."]]


BURNT = article("The ferry burnt on Sunday. Roe did not sell the ferry. Zorn stayed.", id_="a_1")
SOLD = article("Zorn stayed.\n\nRoe sold the ferry to Zorn. Roe did not sell it cheaply.", id_="a_2")
WHY = "Why did Roe sell the ferry?"
DENIED, ABOVE = (
    "The articles do not say so, but:",
    ("The articles do not bear out what the question takes for granted."),
)


class Assembled:
    """Puts what is told together as the service does; a `judge` has its word once it is waited for."""

    left = False

    def __init__(self, *articles: Article, judge: Word | None = None) -> None:
        by = {(one.id, one.version): one for one in articles}
        composer = Composer(lambda id_, version: by[id_, version], quote_path)
        self._judge, self._asked = judge, set[str]()
        self._known = set[str]()
        self.statements: list[str] = []
        self._assembly = Assembly(
            lambda id_, version: by[id_, version].text,
            composer,
            tell=lambda statement, _: self.statements.append(statement.text),
            timings=Timings(),
            verdicts=self if judge else None,
        )
        self.draft, self.look, self.settle = (
            self._assembly.take, self._assembly.look, self._assembly.settle
        )  # fmt: skip

    def of(self, statement: str, quotations: Sequence[Exhibit]) -> Word | None:
        self._asked.add(statement)
        return self._judge if statement in self._known else None

    def wait(self) -> None:
        self._known |= self._asked


def premise(*cites: str) -> dict[str, object]:
    return {"premise": [{"assumed": "that Roe sold the ferry", "cites": cites}]}


def states(text: str, *cites: str) -> dict[str, object]:
    return {"statements": [{"text": text, "cites": cites}]}


def told_of(articles: Sequence[Article], *said: dict[str, object], asked: str = WHY) -> list[str]:
    watching = Assembled(*articles)
    listened = Heard(asked, [each for one in articles for each in cut(one)], watching, near=None)
    for each in said:
        listened.hear(json.dumps(each))
    listened.settle()
    return watching.statements


def test_what_is_taken_for_granted_and_denied_is_said_to_be_first_and_once() -> None:
    said = premise("P1.2") | states("Zorn stole it.", "P1.3")
    assert told_of([BURNT], said) == [DENIED, "“Roe did not sell the ferry.”", "“Zorn stayed.”"]
    assert told_of([BURNT], premise("P1.2") | states("Zorn stole it.", "P1.2")) == [
        DENIED,
        "“Roe did not sell the ferry.”",
    ]


def test_what_comes_late_is_told_last_behind_what_denies_it() -> None:
    first = states("Zorn stole it.", "P1.3")
    assert told_of([BURNT], first, premise("P1.2")) == [
        "“Zorn stayed.”",
        "“Roe did not sell the ferry.”",
        ABOVE,
    ]
    assert told_of([BURNT], states("Zorn stole it.", "P1.2"), premise("P1.2")) == [
        "“Roe did not sell the ferry.”",
        ABOVE,
    ]


@pytest.mark.parametrize("cites", [["P2.1"], ["P2.2"], ["P2.1", "P2.2"], ["P1.1"]])
@pytest.mark.parametrize("late", [False, True])
def test_a_model_that_denies_what_the_articles_say_is_not_believed(cites: list[str], late: bool) -> None:
    said = [premise(*cites), states("Zorn stole it.", "P1.1")]
    told = told_of([SOLD], *(reversed(said) if late else said))
    assert DENIED not in told
    assert ABOVE not in told
    assert all(text.startswith("“") for text in told)


def test_that_one_article_denies_it_is_not_that_all_do() -> None:
    assert told_of([BURNT, SOLD], premise("P1.2"))[0] != DENIED


def test_what_speaks_against_it_is_told_where_it_was_cited_and_not_told() -> None:
    """Of four that a refused statement cites three are told."""
    many = article("Ann sold tea.\n\nBen sold oil.\n\nCid sold rye.\n\nDan sold ink.", id_="a_1")
    cites = ["P1.1", "P2.1", "P3.1", "P4.1"]
    one = Heard(WHY, cut(many), watching := Assembled(many), near=None)
    one.hear(json.dumps(states("Zorn stole the ferry.", *cites)))
    before = "".join(watching.statements)
    one.hear(json.dumps(premise(*cites)))
    one.settle()
    assert len(before) < len("".join(watching.statements))
    assert all("".join(watching.statements).count(name) == 1 for name in ("Ann", "Ben", "Cid", "Dan"))
    assert +one.refused == {NOT_DENIED: 1}


def test_a_premise_that_cites_nothing_is_none() -> None:
    listened = Heard(WHY, cut(BURNT), watching := Assembled(BURNT), near=None)
    listened.hear(json.dumps(premise("P9.9") | {"statements": []}))
    listened.settle()
    assert watching.statements == []
    assert listened.found_nothing


ROWS = [f"Roe sold {number} ferries." for number in range(2, 42)]


def test_so_many_statements_are_told_and_no_more_whenever_their_verdicts_come() -> None:
    rows = article("\n\n".join(ROWS), id_="a_1")
    watching = Assembled(rows, judge=Word.YES)
    listened = Heard(WHY, cut(rows), watching, near=None)
    for key, cited in listened.shown.items():
        said = cited.text.replace("Roe sold", "There were sold by Roe")
        listened.hear(json.dumps({"text": said, "cites": [key]}))
    listened.settle()
    assert len(watching.statements) == MOST_TOLD


def test_what_is_not_told_leaves_room_for_what_is() -> None:
    rows = article("\n\n".join(ROWS[:MOST_TOLD]), id_="a_1")
    listened = Heard(WHY, cut(rows), watching := Assembled(rows, judge=Word.NO), near=None)
    keys = list(listened.shown)
    for key in [*keys[:1] * 15, *keys[1:]]:
        listened.hear(json.dumps({"text": "There were ferries sold by Roe.", "cites": [key]}))
    listened.settle()
    assert len(watching.statements) == MOST_TOLD


@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_what_is_said_in_another_shape_is_never_taken_for_nothing(shape: str) -> None:
    listened = Heard(QUESTION, [FIRE], Watching(), near=None)
    listened.hear(shapes.SHAPES[shape]("P1.1", "The fire in Brandt killed 12 people."))
    assert listened.end() is (shape not in shapes.UNREADABLE)
    assert not listened.found_nothing
    assert listened.stood == (shape in shapes.READ)
    assert sum(listened.refused.values()) or shape in shapes.READ


def test_nothing_said_in_the_right_shape_is_nothing_found() -> None:
    for said in ('{"statements": []}', '{"statements": [], "unanswered": null, "differ": null}'):
        listened = Heard(QUESTION, [FIRE], Watching(), near=None)
        listened.hear(said)
        assert listened.end()
        assert listened.found_nothing
        assert not +listened.refused


def test_what_mending_leaves_nothing_of_is_not_nothing_found() -> None:
    listened = Heard(QUESTION, [FIRE], Watching(), near=None)
    listened.hear("Twelve people died.")
    assert not listened.end()
    listened.begin_anew()
    listened.hear('{"statements": []}')
    assert listened.end()
    assert not listened.found_nothing
    assert +listened.refused == {MALFORMED: 1}


KEYS = ["statements", "text", "cites", "assumed", "premise", "differ", "about"]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["\ud83d", "P1.1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=12,
)


@thorough
@given(values)
def test_of_any_value_whatever_is_lost_is_counted(value: object) -> None:
    listened = Heard(QUESTION, [FIRE], Watching(), near=None)
    listened.hear(json.dumps(value))
    listened.end()
    empty = isinstance(value, dict) and value.get("statements") == []
    assert not listened.found_nothing or empty or '"statements": []' in json.dumps(value)
    assert listened.stood or listened.found_nothing or +listened.refused
