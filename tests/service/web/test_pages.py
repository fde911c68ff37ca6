"""What the pages show is what was given, character for character, and nothing in it comes alive."""

import re
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article, Facts, Region, RegionSpan, Span
from service.web.pages import Pages, day, link_host
from service.web.shown import ArticleRow, Listed, Narrowing, Outlet, Passage
from tests.service.web.reader import Reader, read

HOSTILE = "<script>alert(1)</script> & \"q\" 's' {{ 7*7 }} <!-- --> </div> <img src=x onerror=alert(1)> 😀"
ARTICLE_ID = "a_" + "0123456789abcdef" * 2


@cache
def pages() -> Pages:
    return Pages()


def make_article(
    text: str = "One. Two.", *, facts: Facts | None = None, regions: tuple[RegionSpan, ...] = ()
) -> Article:
    return Article(
        id=ARTICLE_ID,
        version=1,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        bytes_sha256="0" * 64,
        facts=facts or Facts(),
        regions=regions,
        retrieved_at=datetime(2025, 8, 18, tzinfo=UTC),
    )


def show(
    article: Article, *, mark: Span | None = None, latest: int | None = 1, title: str = "Title"
) -> Reader:
    return read(
        pages().article(article, latest_version=latest, mark=mark, shown_title=title, title_is_ours=False)
    )


def hostile_list(text: str) -> Listed:
    row = ArticleRow(text, text, True, text, text, [Passage(text, "/articles/x")])
    narrowing = Narrowing([Outlet(text, 1, chosen=True)], [row], find=text)
    return Listed([row], 1, 2, narrowing=narrowing)


texts = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from([HOSTILE, "\n", "\n\n", "\t", "Трамп — «итог»", "“a” ‘b’", "&amp;", "</div>"]),
    ),
    max_size=12,
).map("".join)


@st.composite
def articles_with_spans(draw: st.DrawFn) -> tuple[Article, Span]:
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    regions = tuple(
        RegionSpan(draw(st.sampled_from(list(Region))), start, end)
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if start < end
    )
    start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    return make_article(text, regions=regions), Span(start, end)


@given(articles_with_spans())
def test_the_text_and_the_mark_read_back_exactly(given_: tuple[Article, Span]) -> None:
    article, span = given_
    page = show(article, mark=span)
    assert page.whole("text") == article.text
    assert page.marked() == article.text[span.start : span.end]
    first = [mark for mark in page.tagged("mark") if mark.attributes.get("id") == "quote"]
    assert len(first) == (1 if span.start < span.end else 0)
    assert page.has("marked") == (span.start < span.end)


@given(texts, st.integers(1, 50))
def test_a_span_past_the_text_marks_nothing_and_says_so(text: str, over: int) -> None:
    page = show(make_article(text), mark=Span(0, len(text) + over))
    assert page.tagged("mark") == []
    assert f"which has {len(text)} characters" in page.named("out-of-range").text
    assert page.whole("text") == text


def pages_made_of(text: str) -> list[str]:
    """Every page with `text` wherever a page takes any."""
    facts = Facts(title=text, outlet=text, published=text, url=text, authors=(text, text), language=text)
    return [
        pages().ask(examples=[text], article_count=3, base_url=text),
        pages().articles(hostile_list(text)),
        pages().ask(examples=[], article_count=1, narrowing=hostile_list(text).narrowing),
        pages().article(
            make_article("x", facts=facts),
            latest_version=2,
            mark=Span(0, 1),
            shown_title=text,
            title_is_ours=True,
        ),
        pages().sign_in(failed=True, next_path=text),
        pages().problem(title=text, detail=text, remedy=text),
    ]


@given(texts.map("x".__add__))
def test_nothing_given_becomes_markup(text: str) -> None:
    for html, harmless in zip(pages_made_of(text), pages_made_of("x"), strict=True):
        assert [e.tag for e in read(html).elements] == [e.tag for e in read(harmless).elements]


@given(texts)
def test_attributes_carry_what_was_given(text: str) -> None:
    asked = read(pages().ask(examples=[text], article_count=1))
    (example,) = [button for button in asked.tagged("button") if "data-question" in button.attributes]
    assert (example.attributes["data-question"], example.text) == (text, text)
    signing = read(pages().sign_in(failed=False, next_path=text))
    (hidden,) = [field_ for field_ in signing.tagged("input") if field_.attributes["type"] == "hidden"]
    assert (hidden.attributes["name"], hidden.attributes["value"]) == ("next", text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/x",
        "/relative",
        "https:example.org",
        "https://",
        "https://known.example@other.example/",
        "https://other.example\\@known.example/",
        "https://[broken",
        "https://example.org/a b",
        "",
    ],
)
def test_only_plain_web_addresses_become_links(url: str) -> None:
    page = show(make_article(facts=Facts(url=url)))
    assert url not in [link.attributes.get("href") for link in page.tagged("a")]
    assert link_host(url) is None


@given(st.one_of(texts, texts.map("javascript:".__add__)))
def test_no_address_of_another_scheme_is_a_link(url: str) -> None:
    page = show(make_article(facts=Facts(url=url)))
    for link in page.tagged("a"):
        assert re.match(r"https?://|/|#", link.attributes["href"] or "")


def test_the_original_is_linked_by_its_host() -> None:
    page = show(make_article(facts=Facts(url="https://news.example.org/a?b=1&c=2")))
    link = page.named("original")
    assert link.tag == "a"
    assert link.attributes["href"] == "https://news.example.org/a?b=1&c=2"
    assert link.attributes["rel"] == "noopener noreferrer nofollow"
    assert link.text == "original at news.example.org"


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    page = show(make_article())
    assert page.named("outlet").text == "unknown outlet"
    assert page.named("published").text == "undated"
    assert not page.has("authors")
    assert not page.has("original")
    assert "lang" not in page.named("text").attributes


def test_what_is_known_is_shown() -> None:
    facts = Facts(outlet="Весть", published="2025-08-17T23:30:00-04:00", authors=("A. B", "C"), language="uk")
    page = show(make_article(facts=facts))
    assert page.named("outlet").text == "Весть"
    assert page.named("published").text == "17 August 2025"
    assert page.named("published").attributes["datetime"] == facts.published
    assert page.named("authors").text == "by A. B, C"
    assert page.named("text").attributes["lang"] == "uk"


def test_a_newer_version_is_named() -> None:
    assert not show(make_article()).has("newer")
    page = show(make_article(), latest=3)
    assert "version 3" in page.named("newer").text
    assert f"/articles/{ARTICLE_ID}?version=3" in [link.attributes["href"] for link in page.tagged("a")]


def test_a_headline_in_the_text_is_the_only_heading() -> None:
    article = make_article("The head\nBody.", regions=(RegionSpan(Region.HEADLINE, 0, 8),))
    page = show(article, title="The head")
    assert page.tagged("h1") == []
    assert page.named("title").attributes["role"] == "heading"
    assert show(article, title="Another").named("title").tag == "h1"


def test_first_words_in_place_of_a_title_are_marked_as_ours() -> None:
    html = pages().article(
        make_article(), latest_version=1, mark=None, shown_title="One. Two.", title_is_ours=True
    )
    assert "No title given; first words shown." in html
    rows = [
        ArticleRow(ARTICLE_ID, "Given", False, "Outlet", "2025-08-17"),
        ArticleRow(ARTICLE_ID, "First words", True, None, None),
    ]
    listed = read(pages().articles(Listed(rows, 2, 2)))
    items = [" ".join(item.text.split()) for item in listed.tagged("li")]
    assert [item.partition("Ask about")[0].strip() for item in items] == [
        "Outlet 17 August 2025 Given",
        "unknown outlet undated First words no title given; first words shown",
    ]


def test_an_article_that_was_deleted_says_so() -> None:
    assert show(make_article(), latest=None).has("deleted")
    assert not show(make_article(), latest=1).has("deleted")


def test_a_long_list_counts_all_and_leads_to_its_other_pages() -> None:
    row = ArticleRow(ARTICLE_ID, "Given", False, "Outlet", "2025-08-17")
    listed = read(pages().articles(Listed([row], 1_200, 1_200, 2, 3)))
    assert "1,200 articles" in listed.elements[0].text
    leads = {
        e.attributes.get("rel"): e.attributes["href"] for e in listed.tagged("a") if "rel" in e.attributes
    }
    assert leads == {"prev": "/articles?page=1", "next": "/articles?page=3"}
    assert not read(pages().articles(Listed([row], 1, 1))).has("pages")


def test_a_caption_says_whose_date_it_gives() -> None:
    regions = (RegionSpan(Region.CAPTION, 0, 12), RegionSpan(Region.BODY, 13, 18))
    article = make_article("Photo, May 1\nBody.", regions=regions)
    (caption,) = [e for e in show(article).elements if e.attributes.get("data-region") == "caption"]
    assert caption.attributes["aria-label"] == "Photo caption: its date is the photograph’s"
    assert caption.text == "Photo, May 1\n"


def every_page() -> list[str]:
    return [
        pages().ask(examples=["Why?"], article_count=2),
        pages().ask(examples=[], article_count=0),
        pages().articles(Listed([], 0, 0)),
        pages().articles(hostile_list("The fleet")),
        pages().article(
            make_article(), latest_version=2, mark=Span(0, 4), shown_title="T", title_is_ours=True
        ),
        pages().sign_in(failed=True, next_path="/"),
        pages().problem(title="Gone", detail="It is gone.", remedy="Look elsewhere."),
    ]


def test_pages_keep_the_content_security_policy() -> None:
    for page in map(read, every_page()):
        for element in page.elements:
            assert element.tag not in {"style", "base", "iframe", "object"}
            assert "style" not in element.attributes
            assert not [name for name in element.attributes if name.startswith("on")]
            for name in ("src", "href", "action"):
                assert re.match(r"/(?!/)|#", element.attributes.get(name) or "/")
        assert all("src" in script.attributes and script.text == "" for script in page.tagged("script"))


def test_no_id_is_used_twice() -> None:
    for page in map(read, every_page()):
        ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
        assert len(ids) == len(set(ids))


def test_static_addresses_name_what_is_served() -> None:
    for html in every_page():
        found = re.findall(r'"/static/([^"?]+)\?v=([0-9a-f]+)"', html)
        assert {name for name, _ in found} >= {"parley.css", "favicon.svg"}
        for name, digest in found:
            assert digest == pages().static[name].digest


def test_a_static_file_changes_its_address_with_its_content() -> None:
    for file in pages().static.values():
        assert sha256(file.content).hexdigest().startswith(file.digest)


def test_static_files_name_no_third_party_and_write_no_markup() -> None:
    for file in pages().static.values():
        text = file.content.decode()
        assert set(re.findall(r"https?://[\w.]+", text)) <= {"http://www.w3.org"}  # the name of SVG
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)
        assert not re.search(r"@import|url\(", text)


def test_ask_without_scripts_gives_a_command() -> None:
    html = pages().ask(examples=[], article_count=1, base_url="https://parley.example/")
    assert "curl -s https://parley.example/v1/chat" in read(html).tagged("noscript")[0].text


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2025-08-17", "17 August 2025"),
        ("2025-01-01T00:30:00+03:00", "1 January 2025"),
        ("2025-13-45", "2025-13-45"),
        ("last week", "last week"),
    ],
)
def test_a_day_is_shown_as_published(published: str, shown: str) -> None:
    assert day(published) == shown
