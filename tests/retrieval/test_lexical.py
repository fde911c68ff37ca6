"""BM25: words are found in whatever form they are asked for, and nothing in a question is a command."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import IndexUnavailable
from retrieval.lexical import LexicalIndex, drop, found_in
from tests.retrieval.made import chunk

TEXTS = {
    "grain": "The envoys negotiated grain shipments in Vienna.",
    "steel": "Steel tariffs fall in January, and not before.",
    "said": "Zelenskyý’s minister didn’t say: “No deal AND no date.”",
    "cyrillic": "Переговоры прошли в Осло без посредников.",
    "width": "The nego\u00adtiator's ﬁnal offer, ＰＬＡＩＮ and zero\u200bwidth.",
    "code": "The file was named draft_v2_final by its author.",
}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LexicalIndex]:
    index = LexicalIndex(tmp_path_factory.mktemp("words"))
    index.add([chunk(text, id_=id_, article_id=f"a_{id_}") for id_, text in TEXTS.items()])
    yield index
    index.close()


def ids(index: LexicalIndex, question: str, *, only: list[str] | None = None) -> list[str]:
    return [id_ for id_, _ in index.search(question, k=10, article_ids=only)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("negotiating shipment", ["grain"]),
        ("NEGOTIATION?", ["grain"]),
        ("tariff", ["steel"]),
        ("zelenskyy's", ["said"]),
        ("Zelenskyý’s", ["said"]),
        ("didn't", ["said"]),
        ("didn’t", ["said"]),
        ("ПЕРЕГОВОРЫ", ["cyrillic"]),
        ("final", ["width", "code"]),
        ("negotiator's", ["width"]),
        ("plain zerowidth", ["width"]),
        ("draft_v2_final", ["code", "width"]),
        ("v2", ["code"]),
    ],
)
def test_words_are_found_in_any_form(words: LexicalIndex, question: str, expected: list[str]) -> None:
    assert ids(words, question)[: len(expected)] == expected


def test_words_that_are_nowhere_find_nothing(words: LexicalIndex) -> None:
    assert ids(words, "nothing of this") == []


@pytest.mark.parametrize(
    "question",
    [
        "steel AND nowhere",
        "steel OR nowhere",
        "NOT steel",
        "-steel",
        "+nowhere steel",
        '"steel nowhere"',
        '"steel',
        "(steel",
        "steel)",
        "[steel TO nowhere]",
        "text:steel",
        "nofield:steel",
        "chunk_id:1 steel",
        "steel*",
        "steel~2",
        "steel^5",
        "steel\\",
        "/steel/",
        "IN [steel]",
        "{steel}",
        "steel_steel",
        "steel -tariffs",
    ],
)
def test_words_that_are_query_syntax_are_words(words: LexicalIndex, question: str) -> None:
    assert ids(words, question)[0] == "steel"


@pytest.mark.parametrize(
    "question", ["", " ", "?!…", "“”", "***", "()", "_", "\u200b", "\n", "-", "AND" * 30]
)
def test_a_question_without_words_finds_nothing(words: LexicalIndex, question: str) -> None:
    assert ids(words, question) == []


@given(st.text(max_size=200))
def test_no_question_is_refused(words: LexicalIndex, question: str) -> None:
    assert set(ids(words, question)) <= set(TEXTS)


@given(st.sampled_from(sorted(TEXTS)))
def test_a_text_finds_itself_first(words: LexicalIndex, id_: str) -> None:
    assert ids(words, TEXTS[id_])[0] == id_


def test_the_longest_question(words: LexicalIndex) -> None:
    assert ids(words, ("x " * 990 + "steel ")[:2000])[:1] == []  # beyond the most words that are read
    assert ids(words, ("steel " + "y z " * 600)[:2000]) == ["steel"]
    assert ids(words, "steel " + "q" * 1994) == ["steel"]


def test_only_the_articles_asked_for_with_the_same_scores(words: LexicalIndex) -> None:
    every = dict(words.search("final offer and draft", k=10))
    assert set(every) >= {"width", "code"}
    assert dict(words.search("final offer and draft", k=10, article_ids=["a_code", "a_none"])) == {
        "code": pytest.approx(every["code"])
    }
    assert ids(words, "final offer", only=["a_grain"]) == []
    assert ids(words, "final offer", only=["a_none"]) == []
    assert ids(words, "final offer", only=[]) == []


def test_scores_fall_and_are_the_same_twice(words: LexicalIndex) -> None:
    found = words.search("the final deal in January", k=10)
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert all(score > 0 for _, score in found)
    assert words.search("the final deal in January", k=10) == found
    assert words.search("the final deal in January", k=1) == found[:1]


def test_what_is_added_again_takes_the_place_of_the_old(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.add([chunk("Barley.", id_="1"), chunk("Wheat.", id_="2")])
    index.add([chunk("Oats.", id_="1")])
    assert (index.count(), index.ids()) == (2, {"1", "2"})
    assert ids(index, "barley") == []
    assert ids(index, "oats") == ["1"]
    index.add([chunk("Rye.", id_="3"), chunk("Maize.", id_="3")])
    assert (index.count(), ids(index, "rye"), ids(index, "maize")) == (3, [], ["3"])
    index.close()


def test_it_opens_again_and_forgets_what_was_deleted(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "made" / "here")
    assert (index.count(), index.ids(), ids(index, "wheat")) == (0, set(), [])
    index.add([chunk("Barley.", id_="1"), chunk("Wheat.", id_="2")])
    index.delete(["1", "unknown"])
    index.close()
    again = LexicalIndex(tmp_path / "made" / "here")
    assert (again.count(), again.ids()) == (1, {"2"})
    assert (ids(again, "barley"), ids(again, "wheat")) == ([], ["2"])
    again.close()
    drop(tmp_path / "made")
    drop(tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_what_is_deleted_after_it_was_filled_anew_is_found_no_more(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    there: list[str] = []
    for number in range(40):
        index.add([chunk("grain talks", id_=str(number))])
        there.append(str(number))
        gone, there = there[:-4], there[-4:]
        index.delete(gone)
        assert index.ids() == set(there)
        if number % 7 == 6:
            index.refill([(id_, "a_1", "grain talks") for id_ in there])
    index.close()


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.add([chunk("Barley.", id_="1")])
    index.close()
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(IndexUnavailable, match="cannot be opened") as told:
        LexicalIndex(tmp_path)
    assert "parley reindex" in told.value.remedy


def test_a_write_that_fails_writes_nothing_and_the_next_one_succeeds(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "index")
    index.add([chunk("Barley.", id_="1")])
    away = (tmp_path / "index").rename(tmp_path / "away")
    with pytest.raises(IndexUnavailable, match="cannot be written") as told:
        index.add([chunk("Wheat.", id_="2")])
    assert told.value.retryable
    with pytest.raises(IndexUnavailable):
        index.delete(["1"])
    away.rename(tmp_path / "index")
    assert ids(index, "barley wheat") == ["1"]
    index.add([chunk("Oats.", id_="3")])
    assert index.ids() == {"1", "3"}
    index.close()


def test_words_beside_the_question_count_by_their_weight(words: LexicalIndex) -> None:
    [(_, alone)] = words.search("tariffs", k=10)
    both = dict(words.search("tariffs", k=10, beside=("grain", 0.5)))
    [(_, grain)] = words.search("grain", k=10)
    assert both == pytest.approx({"steel": alone, "grain": 0.5 * grain})
    assert dict(words.search("?", k=10, beside=("grain", 0.5))) == pytest.approx({"grain": 0.5 * grain})
    assert words.search("tariffs", k=10, beside=("?", 0.5)) == [("steel", alone)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        (TEXTS["grain"], "NEGOTIATION shipment", ["negotiated", "shipments"]),
        (TEXTS["said"], "zelenskyy’s deals", ["Zelenskyý", "s", "deal"]),
        (TEXTS["steel"], "grain", []),
        ("", "grain", []),
    ],
)
def test_words_are_found_in_a_text_as_the_index_finds_them(text: str, words: str, found: list[str]) -> None:
    assert [text[where.start : where.end] for where, _ in found_in(text, words)] == found
