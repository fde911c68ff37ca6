"""Whatever is proposed, only what stands in an article is let through."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.article import Quote
from service.answering import Draft, DraftPart, Said, StatementKind
from service.answering.verified.locate import same
from service.answering.verified.verify import (
    BESIDE,
    EMPTY,
    LEAD_IN,
    NOT_IN_ARTICLE,
    NOTICE_CLAIMS,
    SAID,
    UNCITED,
    WORDS_DIFFER,
    stands,
    verify,
)
from tests.service.answering.drafting import (
    Shelf,
    article,
    quotes,
    shelves,
    shelves_with_drafts,
    thorough,
    true_drafts,
)

TEXT = "“We agreed — mostly,” said Зеленский. 🕊️\nNo date was set."
SHELF = Shelf({("a_1", 1): article(TEXT)})
CLAIMS = st.sampled_from([StatementKind.QUOTE, StatementKind.PARAPHRASE])


def quote(start: int, end: int, text: str | None = None, *, id_: str = "a_1", version: int = 1) -> Quote:
    return Quote(id_, version, start, end, TEXT[start:end] if text is None else text)


def claim(*parts: DraftPart, kind: StatementKind = StatementKind.QUOTE) -> Draft:
    return Draft(kind, parts)


def reasons(*drafts: Draft) -> dict[str, int]:
    return verify(drafts, SHELF.text_of).dropped


@thorough
@given(shelves_with_drafts())
def test_what_stands_is_kept_in_order(given_: tuple[Shelf, list[Draft]]) -> None:
    shelf, drafts = given_
    verified = verify(drafts, shelf.text_of)
    assert verified.drafts == tuple(drafts)
    assert verified.dropped == {}


def mutations(shelf: Shelf, true: Quote) -> st.SearchStrategy[Quote]:
    """Every way to be wrong that keeps the words or the place plausible."""
    other_article = st.sampled_from([("a_1", 1), ("a_1", 2), ("a_2", 1), ("a_9", 1), ("a_1", 9)])
    at = st.integers(0, len(true.text) - 1)
    changed = st.tuples(at, st.characters()).map(
        lambda change: true.text[: change[0]] + change[1] + true.text[change[0] + 1 :]
    )
    shift = st.integers(-5, 5)
    return st.one_of(
        shift.map(lambda by: replace(true, start=true.start + by, end=true.end + by)),
        shift.map(lambda by: replace(true, end=true.end + by)),
        changed.map(lambda text: replace(true, text=text)),
        other_article.map(lambda key: replace(true, article_id=key[0], version=key[1])),
        st.just(replace(true, start=true.end, end=true.start)),
        st.just(replace(true, start=true.start, end=true.start, text="")),
        st.just(replace(true, text=true.text + " ")),
        st.just(replace(true, text=true.text.swapcase())),
        st.just(replace(true, start=true.start - 10_000, end=true.end - 10_000)),
        st.just(replace(true, end=10**9)),
        st.just(replace(true, start=true.start - len(shelf.articles[true.article_id, true.version].text))),
    )


@st.composite
def false_quotes(draw: st.DrawFn) -> tuple[Shelf, Quote]:
    shelf = draw(shelves())
    true = draw(quotes(shelf))
    false = draw(mutations(shelf, true))
    text = shelf.text_of(false.article_id, false.version)
    inside = text is not None and 0 <= false.start < false.end <= len(text)
    # A mutation that happens to be true, such as the same word two lines below, is no mutation.
    assume(not (inside and text is not None and text[false.start : false.end] == false.text))
    return shelf, false


@thorough
@given(false_quotes(), st.sampled_from(list(StatementKind)), st.data())
def test_a_mutated_quotation_is_dropped_and_counted(
    given_: tuple[Shelf, Quote], kind: StatementKind, data: st.DataObject
) -> None:
    shelf, false = given_
    beside = data.draw(true_drafts(shelf))
    liar = Draft(kind, (DraftPart("It says: "), DraftPart(false.text, false)))
    mixed = Draft(kind, (*beside.parts, DraftPart(false.text, false)))
    verified = verify([liar, beside, mixed], shelf.text_of)
    assert verified.drafts == (beside,)
    assert verified.dropped == {NOT_IN_ARTICLE: 2}


@thorough
@given(shelves_with_drafts(), st.text(max_size=20), CLAIMS)
def test_no_claim_without_a_quotation(
    given_: tuple[Shelf, list[Draft]], words: str, kind: StatementKind
) -> None:
    shelf, drafts = given_
    verified = verify([*drafts, Draft(kind, (DraftPart(words),))], shelf.text_of)
    assert verified.drafts == tuple(drafts)
    assert verified.dropped == {UNCITED if words.strip() else EMPTY: 1}


@thorough
@given(shelves(), st.data(), st.sampled_from([StatementKind.QUOTE, StatementKind.NOTICE]))
def test_words_shown_as_a_quotation_are_the_quotation(
    shelf: Shelf, data: st.DataObject, kind: StatementKind
) -> None:
    true = data.draw(quotes(shelf))
    words = data.draw(st.text(min_size=1).filter(lambda text: text.strip() and not same(text, true.text)))
    verified = verify([Draft(kind, (DraftPart(words, true),))], shelf.text_of)
    assert verified.drafts == ()
    assert verified.dropped == {WORDS_DIFFER: 1}


def test_a_notice_needs_no_citation_but_some_words() -> None:
    said = Draft(StatementKind.NOTICE, (DraftPart("I found nothing."),))
    empty = Draft(StatementKind.NOTICE, (DraftPart("  \n"),))
    nothing = Draft(StatementKind.NOTICE, ())
    verified = verify([said, empty, nothing], SHELF.text_of)
    assert verified.drafts == (said,)
    assert verified.dropped == {EMPTY: 2}


def test_a_span_that_is_empty_or_leaves_the_text_quotes_nothing() -> None:
    end = len(TEXT)
    assert stands(quote(end - 5, end), SHELF.text_of)
    assert stands(quote(0, end), SHELF.text_of)
    # Python's slices would take every one of these without a word.
    for start, stop in [(3, 3), (0, 0), (end, end), (end - 5, end + 1), (-5, end), (-5, -1), (5, 3)]:
        assert not stands(quote(start, stop), SHELF.text_of), (start, stop)
    nothing = claim(DraftPart("He said: "), DraftPart("", quote(3, 3)))
    assert reasons(nothing) == {NOT_IN_ARTICLE: 1}


def test_offsets_count_code_points() -> None:
    at = TEXT.index("🕊")
    assert stands(quote(at, at + 2, "🕊️"), SHELF.text_of)
    in_utf16 = len(TEXT[: at + 1].encode("utf-16-le")) // 2
    assert not stands(quote(in_utf16, in_utf16 + 2, "🕊️"), SHELF.text_of)


def test_a_typographic_twin_is_another_text() -> None:
    straight = TEXT[0:19].replace("“", '"').replace("—", "-")
    assert reasons(claim(DraftPart(straight, quote(0, 19, straight)))) == {NOT_IN_ARTICLE: 1}


def test_an_article_that_may_not_be_cited_supports_nothing() -> None:
    told = claim(DraftPart(TEXT[0:5], quote(0, 5)))
    assert verify([told], lambda id_, version: None).dropped == {NOT_IN_ARTICLE: 1}


def test_two_halves_of_different_sentences_make_no_quotation() -> None:
    stitched = "“We agreed" + " No date"
    assert reasons(claim(DraftPart(stitched, quote(0, len(stitched), stitched)))) == {NOT_IN_ARTICLE: 1}


def test_each_reason_is_counted_by_itself() -> None:
    drafts = [
        claim(DraftPart("Invented.")),
        claim(DraftPart("Invented too.")),
        claim(DraftPart(TEXT[0:5], quote(1, 5))),
        claim(DraftPart("other words", quote(0, 5))),
        claim(),
        claim(DraftPart("x", quote(0, 1, "x"))),
    ]
    expected = Counter({UNCITED: 2, WORDS_DIFFER: 2, EMPTY: 1, NOT_IN_ARTICLE: 1})
    assert reasons(*drafts) == dict(expected)
    assert list(reasons(*drafts)) == sorted(expected)


@pytest.mark.slow
@thorough
@given(shelves_with_drafts())
def test_the_same_drafts_give_the_same_verdict(given_: tuple[Shelf, list[Draft]]) -> None:
    shelf, drafts = given_
    assert verify(drafts, shelf.text_of) == verify(list(drafts), shelf.text_of)
    assert verify(verify(drafts, shelf.text_of).drafts, shelf.text_of).dropped == {}


STORY = (
    "Mayor Ilse Brandt told Harbour Radio on Tuesday that two of nine lines could close.\n"
    "“We have not decided — not yet,” she said. Oren Vasquez warned that 340 jobs were at risk."
)
NEWS = Shelf({("a_1", 1): article(STORY), ("a_1", 2): article("Nothing of the kind.", version=2)})


def cited(words: str, *, said: Said | None = None) -> DraftPart:
    start = STORY.index(words)
    return DraftPart(words, Quote("a_1", 1, start, start + len(words), words), said)


FIRST = cited("Mayor Ilse Brandt told Harbour Radio on Tuesday that two of nine lines could close.")
SECOND = cited("“We have not decided — not yet,” she said.")
THIRD = cited("Oren Vasquez warned that 340 jobs were at risk.")


def paraphrase(words: str, *parts: DraftPart) -> Draft:
    own = tuple(replace(part, text="") for part in parts[1:])
    return Draft(StatementKind.PARAPHRASE, (replace(parts[0], text=words), *own))


def test_a_paraphrase_that_agrees_keeps_its_words() -> None:
    told = paraphrase("Brandt told Harbour Radio that 2 of 9 lines could close.", FIRST)
    verified = verify([told], NEWS.text_of)
    assert (verified.drafts, verified.dropped) == ((told,), {})


def test_a_paraphrase_that_disagrees_becomes_its_quotations_each_a_statement() -> None:
    told = paraphrase("Brandt said 12 lines could close, at the risk of 340 jobs.", FIRST, THIRD, FIRST)
    verified = verify([told], NEWS.text_of)
    assert verified.drafts == (claim(FIRST), claim(THIRD))
    assert verified.dropped == {"cut_otherwise": 1}


def test_a_paraphrase_that_becomes_its_quotation_keeps_who_said_it() -> None:
    said = Said(speaker="Vasquez")
    told = paraphrase("It rained.", replace(THIRD, said=said))
    assert verify([told], NEWS.text_of).drafts == (claim(replace(THIRD, said=said)),)


def test_a_paraphrase_without_words_of_its_own_is_that_quotation_alone() -> None:
    told = paraphrase(FIRST.text, THIRD, FIRST)
    verified = verify([told], NEWS.text_of)
    assert (verified.drafts, verified.dropped) == ((claim(FIRST),), {})


def test_a_paraphrase_cites_the_quotations_that_bear_it_out_and_no_other() -> None:
    words = "Brandt told Harbour Radio that 2 of 9 lines could close."
    said = Said(speaker="Ilse Brandt")
    alone = Draft(StatementKind.PARAPHRASE, (replace(FIRST, text=words, said=said),))
    verified = verify([paraphrase(words, THIRD, replace(FIRST, said=said))], NEWS.text_of)
    assert (verified.drafts, verified.dropped) == ((alone,), {BESIDE: 1})
    verified = verify([paraphrase(words, replace(FIRST, said=said), THIRD, SECOND)], NEWS.text_of)
    assert (verified.drafts, verified.dropped) == ((alone,), {BESIDE: 2})


def test_each_sentence_of_a_quotation_may_bear_a_paraphrase_out() -> None:
    both = cited(f"{SECOND.text} {THIRD.text}")
    told = paraphrase("Vasquez warned that 340 jobs were at risk.", both)
    verified = verify([told], NEWS.text_of)
    assert (verified.drafts, verified.dropped) == ((told,), {})


def test_a_part_of_a_sentence_bears_out_no_more_than_it_says() -> None:
    text = "It snowed. Storms hit Rome hard, and lines closed there. It rained."
    shelf = Shelf({("a_1", 1): article(text)})

    def verdict(statement: str, quoted: str) -> dict[str, int]:
        start = text.index(quoted)
        part = DraftPart(statement, Quote("a_1", 1, start, start + len(quoted), quoted))
        return verify([Draft(StatementKind.PARAPHRASE, (part,))], shelf.text_of).dropped

    told = "Storms also hit Rome hard, and lines closed there."
    assert verdict(told, "Storms hit Rome hard, and lines closed there.") == {}
    assert verdict(told, "and lines closed there.") != {}
    assert verdict(told, "Storms hit Rome hard") != {}
    assert verdict("It rained late.", "It rained.") != {}
    assert verdict("It snowed.", "Storms hit Rome hard, and lines closed there.") != {}
    assert verdict("Now it rained.", "Storms hit Rome hard, and lines closed there.") != {}


def test_the_article_beside_a_quotation_tells_who_speaks() -> None:
    told = paraphrase("Brandt said they have not decided.", SECOND)
    assert verify([told], NEWS.text_of).dropped == {}
    other = paraphrase("Vasquez said they have not decided.", SECOND)
    assert verify([other], NEWS.text_of).dropped == {"attribution_left_out": 1}


def test_typeset_otherwise_the_stored_words_are_served_and_marked() -> None:
    words = '"We have not decided -- not yet," she  said.'
    verified = verify([claim(replace(SECOND, text=words))], NEWS.text_of)
    assert verified.drafts == (claim(replace(SECOND, check="normalised")),)
    assert verified.dropped == {}
    nearest = Draft(StatementKind.NOTICE, (DraftPart("The nearest says: "), replace(SECOND, text=words)))
    (served,) = verify([nearest], NEWS.text_of).drafts
    assert served.parts[1] == replace(SECOND, check="normalised")


def test_marks_alone_are_no_twin_of_a_quotation() -> None:
    dash = cited("—")
    assert verify([claim(replace(dash, text="–"))], NEWS.text_of).dropped == {WORDS_DIFFER: 1}


def test_a_lead_in_that_the_article_bears_out_stays() -> None:
    said = Said(speaker="Ilse Brandt", venue="Harbour Radio")
    told = claim(DraftPart("Ilse Brandt, on Harbour Radio: "), replace(SECOND, said=said))
    assert verify([told], NEWS.text_of).drafts == (told,)
    near = claim(DraftPart("Brandt: "), SECOND)
    assert verify([near], NEWS.text_of).drafts == (near,)


def test_a_lead_in_of_its_own_goes_and_the_quotation_stays() -> None:
    told = claim(DraftPart("Zorn: "), SECOND, DraftPart(" [Brandt] "), DraftPart(" (a lie)"))
    verified = verify([told], NEWS.text_of)
    assert verified.drafts == (claim(SECOND, DraftPart(" [Brandt] ")),)
    assert verified.dropped == {LEAD_IN: 2}


def test_words_of_ours_are_about_the_quotation_they_stand_before() -> None:
    told = claim(FIRST, DraftPart(" Oren Vasquez: "), SECOND)
    assert verify([told], NEWS.text_of).drafts == (claim(FIRST, SECOND),)
    after = claim(THIRD, DraftPart(" [Vasquez]"))
    assert verify([after], NEWS.text_of).drafts == (after,)


def test_who_is_said_to_speak_stands_in_the_article_or_is_unknown() -> None:
    said = Said(speaker="Ilse Brandt", to="Zorn", venue=" ", when="Tuesday")
    verified = verify([claim(replace(SECOND, said=said))], NEWS.text_of)
    assert verified.drafts[0].parts[0].said == Said(speaker="Ilse Brandt", when="Tuesday")
    assert verified.dropped == {SAID: 2}
    nobody = verify([claim(replace(SECOND, said=Said(speaker="Zorn")))], NEWS.text_of)
    assert nobody.drafts == (claim(SECOND),)
    assert nobody.dropped == {SAID: 1}


def test_a_notice_that_claims_something_is_dropped() -> None:
    wild = Draft(StatementKind.NOTICE, (DraftPart("I found no passage. The minister lied: "), SECOND))
    assert verify([wild], NEWS.text_of).dropped == {NOTICE_CLAIMS: 1}
    plain = Draft(
        StatementKind.NOTICE, (DraftPart("I found no passage that says who lied. The nearest says: "), SECOND)
    )
    assert verify([plain], NEWS.text_of).drafts == (plain,)


def test_a_paraphrase_is_compared_with_the_version_that_it_cites() -> None:
    words = "Nothing of the kind."
    part = DraftPart(words, Quote("a_1", 2, 0, len(words), words))
    assert verify([Draft(StatementKind.PARAPHRASE, (part,))], NEWS.text_of).dropped == {}
