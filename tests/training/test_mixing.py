from collections import Counter
from itertools import islice

import pytest
from tokenizers import Tokenizer

from retrieval.article import Span
from training.encoding import NO_SENTENCE, asked
from training.mixing import BATCH, Mixer
from training.rows import Asked, Entails, Rows, Stated, joined

PASSAGE, SPANS = joined(["The ferry sank on Monday.", "Its owner, Ann Roe, wept.", "Nobody was hurt."])


def row(source: str, number: int, gold: frozenset[int] = frozenset({1})) -> Asked:
    return Asked(source, f"who owns it, number {number}", f"{PASSAGE} {number}", SPANS, gold)


@pytest.mark.parametrize("lead", ["", "Ferry\nDaily Post\n"])
def test_each_word_piece_knows_its_sentence(tokenizer: Tokenizer, lead: str) -> None:
    at = PASSAGE.index("Ann Roe")
    row = Asked("a", "who owns it", PASSAGE, SPANS, frozenset({1}), (Span(at, at + 7),), lead)
    sample = asked(row, tokenizer)
    assert sample is not None
    pieces = tokenizer.encode("who owns it", lead + PASSAGE)
    assert sample.sentence[0] == NO_SENTENCE
    assert set(sample.sentence) == {NO_SENTENCE, 0, 1, 2}
    assert [pieces.tokens[n] for n in sample.starts | sample.ends] == ["ann", "roe"]


def test_what_is_too_long_is_left_out(tokenizer: Tokenizer) -> None:
    assert asked(Asked("a", "who", "word " * 400, (Span(0, 2000),), frozenset({0})), tokenizer) is None


def test_the_same_seed_gives_the_same_batches(tokenizer: Tokenizer) -> None:
    rows = Rows(
        tuple(
            row(source, n, frozenset({1} if n % 3 else ())) for source in ("a", "b", "c") for n in range(40)
        ),
        tuple(Stated("a", PASSAGE, f"It sank {n} times.", Entails.NOT) for n in range(40)),
    )

    def drawn(seed: int) -> list[list[tuple[int, ...]]]:
        mixer = Mixer(rows, tokenizer, shares={"a": 1.0, "b": 0.5}, statements=0.25, seed=seed)
        return [[sample.ids for sample in batch] for batch in islice(mixer, 16)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert all(len(batch) == BATCH for batch in drawn(1))


def test_shares_are_kept_and_what_has_none_is_not_drawn(tokenizer: Tokenizer) -> None:
    rows = Rows(
        tuple(
            Asked(s, f"{s} {n}", f"{PASSAGE} {s}", SPANS, frozenset({1})) for s in "abc" for n in range(30)
        ),
        (Stated("a", PASSAGE, "It sank.", Entails.YES),),
    )
    mixer = Mixer(rows, tokenizer, shares={"a": 3.0, "b": 1.0}, statements=0.25, seed=1)
    samples = [sample for batch in islice(mixer, 64) for sample in batch if sample.label is None]
    sources = Counter(tokenizer.decode([sample.ids[1]]) for sample in samples)
    assert sources["c"] == 0
    assert 2.4 < sources["a"] / sources["b"] < 3.6
    assert sum(sample.label is not None for batch in islice(mixer, 64) for sample in batch) == 64 * BATCH // 4
