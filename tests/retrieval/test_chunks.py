"""Chunks: whole sentences, exact text, ids that say all that they depend on."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article, Chunk, Facts, Region, RegionSpan, Span
from retrieval.chunks import MOST_CHUNKS, MOST_PIECES, chunks_of, lead, left_out, within_bounds
from retrieval.embed import Embedder
from retrieval.segment import MOST_WORDS
from service.bootstrap import Service
from tests.retrieval.made import TALKS, article, chunks

FACTS = Facts(title="Envoys meet", outlet="Daily", published="2025-08-17T09:30:00+02:00")


def ids(given_: Article) -> list[str]:
    return [chunk.id for chunk in chunks_of(given_, fits=lambda _: True)]


@given(st.text(alphabet="abc АБ“”—.!?\n😀é中 ", max_size=400), st.integers(1, 30))
def test_text_and_offsets_are_exact(text: str, words: int) -> None:
    found = chunks(text, words=words)
    for chunk in found:
        assert chunk.text == text[chunk.start : chunk.end]
        assert (chunk.sentences[0].start, chunk.sentences[-1].end) == (chunk.start, chunk.end)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {i for chunk in found for i in range(chunk.start, chunk.end)}
    assert all(c.isspace() for i, c in enumerate(text) if i not in covered)
    assert len({chunk.id for chunk in found}) == len(found)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, "Envoys meet\nDaily, 2025-08-17\n"),
        (Facts(title="Envoys meet"), "Envoys meet\n"),
        (Facts(outlet="Daily"), "Daily\n"),
        (Facts(published="2025-08-17"), "2025-08-17\n"),
        (Facts(), ""),
    ],
)
def test_title_outlet_and_day_go_in_front_as_far_as_they_are_known(facts: Facts, expected: str) -> None:
    assert lead(facts) == expected
    for chunk in chunks_of(article(TALKS, facts=facts), fits=lambda _: True):
        assert chunk.embedded_text == expected + chunk.text


def test_a_headline_is_not_said_twice() -> None:
    text = "Envoys meet\n\nThey met in Vienna."
    regions = (RegionSpan(Region.HEADLINE, 0, 11), RegionSpan(Region.BODY, 13, len(text)))
    headline, body = chunks_of(replace(article(text, facts=FACTS), regions=regions), fits=lambda _: True)
    assert headline.embedded_text == "Envoys meet"
    assert body.embedded_text == "Envoys meet\nDaily, 2025-08-17\nThey met in Vienna."


def test_ids_change_with_all_that_they_depend_on_and_with_nothing_else() -> None:
    one = article(TALKS, facts=FACTS)
    others = [
        replace(one, id="a_2"),
        replace(one, version=2),
        replace(one, facts=replace(FACTS, outlet="Weekly")),
        replace(one, text=TALKS.replace("grain", "grass")),
    ]
    assert ids(one) == ids(replace(one, facts=replace(FACTS, url="https://example.org", authors=("A",))))
    for other in others:
        assert not set(ids(one)) & set(ids(other))


def test_the_front_counts_towards_what_fits() -> None:
    long_title = Facts(title="word " * 40)
    text = "One two three four. " * 20
    fits = 60
    made = chunks_of(article(text, facts=long_title), fits=lambda t: len(t.split()) <= fits)
    assert len(made) > 1
    assert all(len(chunk.embedded_text.split()) <= fits for chunk in made)


def test_the_seeds_fit_the_embedders_window(seeded: Service, embedder: Embedder) -> None:
    every = [chunk for part in seeded.corpus.record.all_chunks() for chunk in part]
    assert every
    for chunk in every:
        assert embedder.token_count(chunk.embedded_text) <= embedder.max_tokens
        assert len(chunk.text.split()) <= MOST_WORDS


def bounded(text: str) -> list[Chunk]:
    """Counting a word piece for each character that isn't white space."""
    made = chunks_of(article(text), fits=lambda _: True)
    return within_bounds(made, count=lambda embedded: len("".join(embedded.split())))


@pytest.mark.parametrize(
    "text",
    ["a\n" * 50_000, "“ ” a\n" * 20_000, ". " * 60_000 + "a", "a" + "." * 100_000],
    ids=["lines of a letter", "quotation marks", "dots apart", "dots"],
)
def test_an_article_has_no_more_than_it_may(text: str) -> None:
    kept = bounded(text)
    assert 0 < len(kept) <= MOST_CHUNKS
    assert sum(len("".join(chunk.embedded_text.split())) for chunk in kept) <= MOST_PIECES
    span = left_out(article(text), kept[-1].end)
    assert span is None or (span.start >= kept[-1].end and span.end <= len(text))


def test_a_long_article_is_searched_whole() -> None:
    """Of 20,000 words, as long as a magazine's longest; its chunks are the same as without a bound."""
    text = "\n\n".join(f"{TALKS} This was paragraph {number}." for number in range(430))
    assert len(text.split()) > 20_000
    made = chunks_of(article(text), fits=lambda _: True)
    kept = within_bounds(made, count=lambda embedded: 3 * len(embedded.split()) // 2)
    assert kept == made
    assert kept[-1].end == len(text)
    assert left_out(article(text), kept[-1].end) is None


def test_what_is_left_out_begins_after_the_last_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.chunks.MOST_CHUNKS", 2)
    text = "\n\n".join(f"{TALKS} This was paragraph {number}." for number in range(9))
    kept = bounded(text)
    assert len(kept) == 2
    assert left_out(article(text), kept[-1].end) == Span(kept[-1].end, len(text))
    assert left_out(article(text), None) is None


def test_signs_after_the_last_chunk_are_not_left_out() -> None:
    assert left_out(article("They met.\n\n\u200b\n"), len("They met.")) is None
