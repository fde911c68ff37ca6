"""Sentences with exact offsets, and chunks of whole sentences."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Region, RegionSpan, Sentence
from retrieval.decode import decode
from retrieval.regions import regions
from retrieval.segment import FEWEST_WORDS, MAX_SENTENCE, MOST_WORDS, group_sentences, sentences

SEEDS = Path(__file__).parents[2] / "seeds"


def split(text: str) -> list[str]:
    whole = RegionSpan(Region.BODY, 0, len(text))
    return [text[s.start : s.end] for s in sentences(text, [whole])]


def grouped(text: str, *, longest: int = 10**9) -> list[str]:
    found = sentences(text, [RegionSpan(Region.BODY, 0, len(text))])
    groups = group_sentences(text, found, fits=lambda t: len(t) <= longest)
    return [text[g[0].start : g[-1].end] for g in groups]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. and the U.N. Secretary-General met in Washington, D.C. on Monday.", "Then they left."],
        ["Gen. Roe came at 5 a.m. on Sunday.", "No. 5 is the one he read.", "He left at 6 p.m. Monday."],
        ["The call is at 11:10 a.m. ET on Wednesday.", "It is short."],
        ["J. D. Vance said 3.5 percent of it was true.", "Sen. John F. Roe did not."],
        ["“There are five. It has always been so,” Roe told them.", "“They made some. It was a lot.”"],
        ["He said it was “not that much.”", "She left."],
        ["“No!” he said.", "“Why?” she asked."],
        ["The union … was ready.", "It waited..."],
        ["Roe Inc. said so, vs. the others.", "It is over."],
        ["He served in the 302 Sqn. which was disbanded.", "He left."],
        ['He left with "some pride."', "Then he wrote."],
        ["Это сказал Г. Иванов — министр.", "Ещё 😀 одно."],
        ["He came home.", '"But it was late," she wrote.'],
        ["你好。", "他来了。"],
    ],
)
def test_boundaries(expected: list[str]) -> None:
    joiner = "" if expected[0].endswith("。") else " "
    assert split(joiner.join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He posted. " But then he left.', ["He posted.", '" But then he left.']),
        ("“He came. “She left.", ["“He came.", "“She left."]),
        (
            "The talks ended in Oslo, Norway.The others left.",
            ["The talks ended in Oslo, Norway.", "The others left."],
        ),
        ("See /index.php?title=David_H._Jones for it.", ["See /index.php?title=David_H._Jones for it."]),
        ("The file latebud.JPG is here.", ["The file latebud.JPG is here."]),
        ('They met to "exchange views." Ten came.', ['They met to "exchange views."', "Ten came."]),
        ("It rose.[3] Then it fell.", ["It rose.[3]", "Then it fell."]),
        ("He left. iPhone sales rose.", ["He left.", "iPhone sales rose."]),
        ("Copper fell to $285/t. Its rival rose.", ["Copper fell to $285/t.", "Its rival rose."]),
        ("The gust hit 140 km/h. Roofs went.", ["The gust hit 140 km/h.", "Roofs went."]),
        ("It pays £9/h. “Nobody came,” Roe said.", ["It pays £9/h.", "“Nobody came,” Roe said."]),
        ("The quay is 12 m. It was built in 1931.", ["The quay is 12 m.", "It was built in 1931."]),
        ("“It is $285/t. No more,” Roe said.", ["“It is $285/t. No more,” Roe said."]),
        ("It burns 5 g/l. Roe said so.", ["It burns 5 g/l.", "Roe said so."]),
        ("It costs $3m/y. Roe said so.", ["It costs $3m/y.", "Roe said so."]),
        ("Section 4/s. Smith signed it.", ["Section 4/s. Smith signed it."]),
        ("They heard Judge 24/s. Lee spoke.", ["They heard Judge 24/s. Lee spoke."]),
        ("Clause 3/b. Roe signed it.", ["Clause 3/b. Roe signed it."]),
        ("They ran the 5 m. Doe won it.", ["They ran the 5 m. Doe won it."]),
        ("Doe cited Roe v. Its rival.", ["Doe cited Roe v. Its rival."]),
    ],
)
def test_corrections(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_line_break_ends_a_sentence_unless_the_text_is_hard_wrapped() -> None:
    assert split("One line\nanother\n\na third") == ["One line", "another", "a third"]
    wrapped = (
        "The minister said on Sunday that the talks would go on until\nboth sides had signed the document, "
        "which had been written\ndown at last by the counterparts. She added that nothing\n"
        "else was left to be agreed upon by Mr.\nRoe at this stage.\n\nNew paragraph"
    )
    assert [s.replace("\n", " ") for s in split(wrapped)] == [
        (
            "The minister said on Sunday that the talks would go on until both sides had signed the "
            "document, which had been written down at last by the counterparts."
        ),
        "She added that nothing else was left to be agreed upon by Mr. Roe at this stage.",
        "New paragraph",
    ]


def test_a_very_long_sentence_is_cut_where_it_hurts_least() -> None:
    clauses = "the one thing, and the other; " * 60
    assert all(len(s) <= MAX_SENTENCE and s[-1] in ",;" for s in split(clauses)[:-1])
    assert all(len(s) <= MAX_SENTENCE and s.endswith("word") for s in split("word " * 400))
    assert [len(s) for s in split("x" * 2500)] == [1200, 1200, 100]
    quotation = "“" + "They came and they went away again. " * 60 + "”"
    assert all(s.endswith(".") for s in split(quotation)[:-1])


def test_a_paragraph_of_any_length_is_cut_in_its_proper_places() -> None:
    assert set(split("The talks went on. " * 3000)) == {"The talks went on."}
    assert "".join(split("“A." * 9000)) == "“A." * 9000


def test_groups_are_about_a_hundred_words_and_leave_no_tiny_tail() -> None:
    for count in range(1, 60):
        text = " ".join(f"The minister number {n} said that the talks would go on." for n in range(count))
        sizes = [len(group.split()) for group in grouped(text)]
        assert sum(sizes) == len(text.split())
        assert max(sizes) <= MOST_WORDS
        assert min(sizes) >= FEWEST_WORDS or len(sizes) == 1
        assert len(sizes) == 1 or 70 <= sum(sizes) / len(sizes) <= 130


def test_a_group_rather_begins_with_a_paragraph_that_does_not_lean_on_the_one_before() -> None:
    plain = "The northern delegation said that the talks in Oslo would go on for as long as they must."
    leaning = "He added that the southern delegation had been told about it on Sunday, well before noon."
    text = "\n\n".join([plain, leaning] * 8)
    assert all(group.startswith("The northern") for group in grouped(text))


def test_what_does_not_fit_is_split_at_sentences_and_a_lone_sentence_stands() -> None:
    text = "One two three four. " * 20
    assert all(len(group) <= 100 for group in grouped(text, longest=100))
    assert grouped("word " * 50, longest=10) == [("word " * 50).strip()]


def test_a_list_of_single_words_is_grouped_too() -> None:
    assert all(len(group.split()) <= 25 for group in grouped("Item\n" * 300))


def test_a_headline_stands_alone_and_ends_the_chunk_before_it() -> None:
    body = "The minister said on Sunday that the talks would go on until both sides had signed the text."
    text = f"{body}\n\nWhat comes next\n\n{body}"
    found = sentences(text, regions(text))
    groups = group_sentences(text, found, fits=lambda _: True)
    assert [g[0].region for g in groups] == [Region.BODY, Region.HEADLINE, Region.BODY]
    two = [Sentence(0, 5, Region.HEADLINE), Sentence(6, 11, Region.HEADLINE)]
    assert len(group_sentences("One a\nTwo b", two, fits=lambda _: True)) == 2
    assert len(group_sentences("One a Two b", two, fits=lambda _: True)) == 1
    assert group_sentences("", [], fits=lambda _: True) == ()


PARTS = st.sampled_from(
    [
        *(
            "He left.",
            "“We won. They lost,” she said.",
            "The U.S. agreed",
            "Г. Иванов сказал — да.",
            "😀",
            "…",
            "Why?!",
        ),
        *(
            "\r\n",
            "\n",
            "\n\n",
            "\n \n",
            " ",
            "\u00a0",
            "“",
            "”",
            '"',
            "'",
            "(",
            ")",
            "[3]",
            "5 p.m.",
            "你好。",
            "e.g.",
        ),
        *("Reuters", "Tags", "By Jane Doe", "word " * 30, "x" * 1300, "a.B", "\u2028", "\x0b", "e\u0301"),
    ]
)
SEED_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]


@given(
    st.lists(PARTS | st.text(max_size=15), max_size=40).map(" ".join)
    | st.lists(PARTS, max_size=40).map("".join)
    | st.tuples(st.sampled_from(SEED_TEXTS), st.integers(0, 4000), PARTS).map(
        lambda t: t[0][: t[1]] + t[2] + t[0][t[1] :]
    )
)
def test_sentences_hold_every_character_in_order_and_groups_every_sentence(raw: str) -> None:
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    spans = regions(text)
    found = sentences(text, spans)
    position = 0
    for sentence in found:
        words = text[sentence.start : sentence.end]
        assert sentence.start >= position
        assert words
        assert words == words.strip()
        assert len(words) <= MAX_SENTENCE
        assert "\n\n" not in words
        position = sentence.end
    for span in spans:
        inside = [s for s in found if span.start <= s.start and s.end <= span.end]
        assert all(s.region is span.kind for s in inside)
        held = "".join("".join(text[s.start : s.end].split()) for s in inside)
        assert held == "".join(text[span.start : span.end].split())
    groups = group_sentences(text, found, fits=lambda t: len(t) < 900)
    assert [s for group in groups for s in group] == list(found)
    assert all(len({s.region for s in group}) == 1 for group in groups)
    assert all(len(group) == 1 or len(text[group[0].start : group[-1].end]) < 900 for group in groups)


def test_offsets_hold_through_decoding() -> None:
    text = decode("a.txt", "\ufeffПервое — “да” 😀.\r\nSecond one.\rThird.".encode())
    found = sentences(text, regions(text))
    assert [text[s.start : s.end] for s in found] == ["Первое — “да” 😀.", "Second one.", "Third."]
