"""What of the passages a model reads: as much as fits, and no article's copies before another's words."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corpus import invented
from retrieval.article import Article, Chunk, Hit, Region, RegionSpan, Sentence
from retrieval.segment import sentences
from service.answering import PARLEY, Passage, Window
from service.answering.generative.window import (
    ASIDE,
    COPY,
    NO_ROOM,
    tokens,
    window,
)
from tests.service.answering.drafting import thorough
from tests.service.answering.making import article

TEXTS = [source.data.decode() for source in invented(12, questions=1).sources]
A_CHUNK = 80  # words
EACH = PARLEY.window.each


def cut(one: Article, *, region: Region = Region.BODY) -> list[Passage]:
    """An article's passages, in order."""
    made, at = [], 0
    for number, paragraph in enumerate(one.text.split("\n\n")):
        chunk = Chunk(
            f"{one.id}{number}",
            one.id,
            1,
            at,
            at + len(paragraph),
            region,
            _sentences(one, at, paragraph),
            "",
            paragraph,
        )
        made.append(Passage(Hit(chunk, None, None, 1.0), one, ()))
        at += len(paragraph) + 2
    return made


def _sentences(one: Article, at: int, paragraph: str) -> tuple[Sentence, ...]:
    return sentences(one.text, (RegionSpan(Region.BODY, at, at + len(paragraph)),))


def story(number: int, *, id_: str | None = None, before: str = "") -> Article:
    words = TEXTS[number].split()
    paragraphs = [" ".join(words[at : at + A_CHUNK]) for at in range(0, 5 * A_CHUNK, A_CHUNK)]
    return article("\n\n".join([*([before] if before else []), *paragraphs]), id_=id_ or f"a_{number}")


def test_an_article_gives_so_many_passages_before_the_next_and_the_rest_if_there_is_room() -> None:
    one, other = cut(story(0)), cut(story(1))
    assert window([*one, *other]).passages == (*one, *other)
    room = sum(map(_cost, [*one[:EACH], *other[:EACH]])) + 2 * 40
    seen = window([*one, *other], limits=Window(budget=room))
    assert seen.passages == (*one[:EACH], *other[:EACH])
    assert seen.left_out == {NO_ROOM: len(one) + len(other) - 2 * EACH}
    seen = window([*one, *other], limits=Window(budget=room + _cost(one[EACH])))
    assert seen.passages == (*one[: EACH + 1], *other[:EACH])


def _cost(passage: Passage) -> int:
    return tokens(passage.hit.chunk.text) + 4 * len(passage.hit.chunk.sentences)


def test_copies_count_as_one_article_and_do_not_say_it_again() -> None:
    true = cut(story(1))[0]
    clones = [cut(story(0, id_=f"a_c{n}", before=f"Copy {n}."))[1] for n in range(19)]
    seen = window([*clones, true])
    assert seen.passages == (clones[0], true)
    assert seen.left_out == {COPY: 18}


def test_a_copy_with_another_figure_says_something_else() -> None:
    base = story(0).text.split("\n\n")[0]
    first, second = (
        cut(article(f"{base} It cost 4.", id_="a_1")),
        cut(article(f"{base} It cost 5.", id_="a_2")),
    )
    assert window([*first, *second]).passages == (*first, *second)


@pytest.mark.slow
def test_the_true_source_stays_in_view_of_a_flood() -> None:
    """Twenty copies of each of some articles, shuffled a little, before the one that tells something else."""
    chance = random.Random(4)
    kept = 0
    for trial in range(40):
        flooding = chance.sample([n for n in range(len(TEXTS)) if n != trial % len(TEXTS)], 3)
        flood = [
            chance.choice(cut(_varied(story(n, id_=f"a_{n}_{copy}"), chance)))
            for n in flooding
            for copy in range(20)
        ]
        chance.shuffle(flood)
        true = chance.choice(cut(story(trial % len(TEXTS))))
        kept += true in window([*flood, true], limits=Window(budget=3_000)).passages
    assert kept >= 38


def _varied(one: Article, chance: random.Random) -> Article:
    """A copy as it is syndicated: an opening of its own, and a word changed here and there."""
    words = [word if chance.random() > 0.02 else "then" for word in one.text.split(" ")]
    return article(f"{chance.choice(TEXTS).split('.')[0]}.\n\n{' '.join(words)}", id_=one.id)


@pytest.mark.parametrize("region", [Region.CAPTION, Region.HEADLINE])
def test_what_speaks_for_no_event_takes_no_room(region: Region) -> None:
    seen = window([cut(story(0), region=region)[0]])
    assert (seen.passages, seen.left_out) == ((), {ASIDE: 1})


def test_what_does_not_fit_is_left_out_and_what_follows_may_fit() -> None:
    long, short = cut(article("long " * 500, id_="a_1")), cut(article("short", id_="a_2"))
    seen = window([*long, *short], limits=Window(budget=100))
    assert (seen.passages, seen.left_out) == (tuple(short), {NO_ROOM: 1})


@thorough
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=20, unique=True),
    st.integers(0, PARLEY.window.budget),
)
def test_a_window_keeps_order_room_and_measure(picked: list[tuple[int, int]], budget: int) -> None:
    passages = [cut(story(number))[at] for number, at in picked]
    seen = window(passages, limits=Window(budget=budget))
    assert [p for p in passages if p in seen.passages] == list(seen.passages)
    assert sum(tokens(p.hit.chunk.text) for p in seen.passages) <= budget
    assert len(seen.passages) + sum(seen.left_out.values()) == len(passages)
