"""A question is put to several passages of its own corpus, those that answer and those that come near."""

import random
from itertools import islice

from tokenizers import Tokenizer

from retrieval.article import Span
from training.encoding import Sample
from training.mixing import BATCH, Mixer
from training.rows import WORLDS, Asked, Entails, Rows, Stated
from training.together import PASSAGES, Together

NEAR = "the dockers want nine percent"
FAR = "weather was fine all week"


def row(corpus: str, question: str, passage: str, *, answers: bool = False) -> Asked:
    gold = frozenset({0} if answers else ())
    return Asked(WORLDS, question, passage, (Span(0, len(passage)),), gold, corpus=corpus)


def world(name: str, *, answers: int = 1, near: int = 6, far: int = 12) -> list[Asked]:
    asked = [row(name, "what do dockers want", f"{NEAR} {n} {name}", answers=True) for n in range(answers)]
    asked += [row(name, "what do dockers want", f"dockers want talks {n} {name}") for n in range(near)]
    return asked + [row(name, "what do dockers want", f"{FAR} {n} {name}") for n in range(far)]


def groups(rows: list[Asked], tokenizer: Tokenizer, count: int, seed: int = 1) -> list[list[Sample]]:
    return list(islice(Together(rows, tokenizer, random.Random(seed)), count))


def test_passages_of_one_question_are_of_its_corpus_and_some_come_near(tokenizer: Tokenizer) -> None:
    for group in groups([*world("one"), *world("two"), *world("three", answers=0)], tokenizer, 40):
        texts = [tokenizer.decode(list(sample.ids)) for sample in group]
        assert len(group) == PASSAGES
        assert len({sample.number for sample in group}) == 1
        assert len({name for name in ("one", "two", "three") for text in texts if text.endswith(name)}) == 1
        assert sum("want talks" in text for text in texts) >= 4


def test_what_answers_is_among_them_and_unanswered_ones_are_asked_too(tokenizer: Tokenizer) -> None:
    found = groups([*world("one", answers=5), *world("two", answers=0)], tokenizer, 100)
    answering = [sum(bool(sample.gold) for sample in group) for group in found]
    assert set(answering) == {0, 3}
    assert 15 <= answering.count(0) <= 45
    assert len({group[0].number for group in found}) == len(found)


def test_the_same_seed_gives_the_same_groups(tokenizer: Tokenizer) -> None:
    rows = [*world("one"), *world("two", answers=0)]

    def drawn(seed: int) -> list[tuple[int, ...]]:
        return [sample.ids for group in groups(rows, tokenizer, 10, seed) for sample in group]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_mixer_draws_so_many_batches_of_groups(tokenizer: Tokenizer) -> None:
    rows = Rows(
        (*world("one"), *world("two", answers=0)), (Stated("a", NEAR, "They want nine.", Entails.YES),)
    )
    mixer = Mixer(rows, tokenizer, shares={WORLDS: 1.0, "a": 1.0}, statements=0.25, together=0.5, seed=2)
    batches = list(islice(mixer, 64))
    assert sum(bool(batch[0].number) for batch in batches) == 32
    assert all(len({sample.number for sample in b}) == BATCH // PASSAGES for b in batches if b[0].number)
