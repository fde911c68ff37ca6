"""What is served can be checked by whoever receives it, with slices and nothing else."""

import re

from hypothesis import given

from retrieval.article import Quote
from service.answering import Draft, DraftPart, Origin, Said, StatementKind
from service.answering.composed.compose import Composed, Composer, quote_path
from service.answering.verified import verify
from tests.service.answering.drafting import Shelf, article, shelves_with_drafts, thorough

TEXT = "Они договорились — почти. “Done,” he said. 🕊️ Nothing else was said."
SHELF = Shelf({("a_1", 1): article(TEXT), ("a_1", 2): article(TEXT, version=2)})


def composed(shelf: Shelf, *drafts: Draft) -> Composed:
    return Composer(shelf.article_of, quote_path).compose(drafts)


def part(start: int, end: int, *, version: int = 1, said: Said | None = None) -> DraftPart:
    quote = Quote("a_1", version, start, end, TEXT[start:end])
    return DraftPart(quote.text, quote, said)


def told(*parts: DraftPart) -> Draft:
    return Draft(StatementKind.QUOTE, parts)


@thorough
@given(shelves_with_drafts())
def test_every_citation_is_the_articles_own_words(given_: tuple[Shelf, list[Draft]]) -> None:
    shelf, drafts = given_
    for citation in composed(shelf, *verify(drafts, shelf.text_of).drafts).citations:
        cited = shelf.articles[citation.article.id, citation.article.version]
        assert cited.text[citation.quote.start : citation.quote.end] == citation.quote.text
        assert (citation.quote.article_id, citation.quote.version) == (cited.id, cited.version)
        assert citation.article.sha256 == cited.text_sha256


@thorough
@given(shelves_with_drafts())
def test_statements_lie_in_the_text_where_they_say(given_: tuple[Shelf, list[Draft]]) -> None:
    answer = composed(given_[0], *given_[1])
    rebuilt, at = [], 0
    for statement in answer.statements:
        assert answer.text[statement.start : statement.end] == statement.text
        assert statement.start == at
        markers = "".join(f"[{number}]" for number in statement.citations)
        rebuilt.append(statement.text + (f" {markers}" if markers else ""))
        at += len(rebuilt[-1]) + 1
    assert answer.text == "\n".join(rebuilt)
    assert [statement.id for statement in answer.statements] == [f"s{n + 1}" for n in range(len(given_[1]))]


@thorough
@given(shelves_with_drafts())
def test_parts_joined_are_the_statement(given_: tuple[Shelf, list[Draft]]) -> None:
    answer = composed(given_[0], *given_[1])
    quoted = {citation.id: citation.quote.text for citation in answer.citations}
    for statement, draft in zip(answer.statements, given_[1], strict=True):
        assert "".join(each.text for each in statement.parts) == statement.text
        assert statement.kind is draft.kind
        for each in statement.parts:
            assert (each.origin is Origin.ARTICLE) == (each.citation is not None)
            if each.citation is not None:
                assert each.text == quoted[each.citation]
        cited = [each.citation for each in statement.parts if each.citation is not None]
        assert statement.citations == tuple(dict.fromkeys(cited))
        assert statement.citations or statement.kind is StatementKind.NOTICE


@thorough
@given(shelves_with_drafts())
def test_numbers_go_by_first_appearance_one_a_quotation(given_: tuple[Shelf, list[Draft]]) -> None:
    answer = composed(given_[0], *given_[1])
    seen = [each.citation for statement in answer.statements for each in statement.parts if each.citation]
    assert list(dict.fromkeys(seen)) == list(range(1, len(answer.citations) + 1))
    assert [citation.id for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    spans = [(c.article.id, c.article.version, c.quote.start, c.quote.end) for c in answer.citations]
    assert len(set(spans)) == len(spans)


def test_the_text_is_statements_by_line_each_with_its_markers() -> None:
    answer = composed(
        SHELF,
        told(DraftPart("He said: "), part(26, 42)),
        told(part(0, 25), DraftPart(" "), part(26, 42)),
        Draft(StatementKind.NOTICE, (DraftPart("No more."),)),
    )
    assert answer.text == (
        "He said: «“Done,” he said.» [1]\n“Они договорились — почти.” «“Done,” he said.» [2][1]\nNo more."
    )
    assert re.findall(r"\[\d+]", answer.text) == ["[1]", "[2]", "[1]"]


def test_each_statement_comes_with_the_citations_it_is_the_first_to_use() -> None:
    composer = Composer(SHELF.article_of, quote_path)
    first, new = composer.add(told(part(26, 42)))
    second, newer = composer.add(told(part(0, 25), part(26, 42)))
    assert composer.composed().statements == (first, second)
    assert composer.composed().citations == (*new, *newer)
    assert [citation.id for citation in newer] == [2]


def test_another_version_is_another_citation() -> None:
    answer = composed(SHELF, told(part(0, 25)), told(part(0, 25, version=2)), told(part(0, 24)))
    assert [c.article.version for c in answer.citations] == [1, 2, 1]


def test_the_first_appearance_says_who_said_it() -> None:
    speaker = Said(speaker="Envoy")
    answer = composed(SHELF, told(part(26, 42, said=speaker)), told(part(26, 42)))
    assert [citation.said for citation in answer.citations] == [speaker]


def test_a_citation_tells_how_its_words_were_found() -> None:
    quote = Quote("a_1", 1, 0, 25, TEXT[:25])
    answer = composed(SHELF, told(DraftPart(quote.text, quote, check="normalised"), part(26, 42)))
    assert [citation.check for citation in answer.citations] == ["normalised", "exact"]


def test_a_marker_in_an_article_is_not_a_citation() -> None:
    shelf = Shelf({("a_1", 1): article("It is so [7].")})
    answer = composed(shelf, told(DraftPart("It is so [7].", Quote("a_1", 1, 0, 13, "It is so [7]."))))
    (statement,) = answer.statements
    assert (statement.citations, answer.text) == ((1,), "“It is so [7].” [1]")


def test_nothing_drafted_is_nothing_said() -> None:
    assert composed(SHELF) == Composed("", (), ())


def test_links_open_the_cited_version_at_the_quotation() -> None:
    answer = composed(SHELF, told(part(26, 42, version=2)))
    assert answer.citations[0].article.link == "/articles/a_1?version=2&quote=26-42#quote"
