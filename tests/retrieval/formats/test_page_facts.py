"""What a page says of itself, and where."""

import json
from datetime import UTC, datetime

import pytest

from retrieval.article import Facts, Origin
from retrieval.journal import Job, first_version
from tests.retrieval.formats.made import NETS, QUAY, page, read
from tests.retrieval.made import source

META = (
    '<title>Quay closes - Orlo Post</title><meta property="og:site_name" content="Orlo Post">'
    '<meta property="og:title" content="Quay closes - Orlo Post">'
    '<meta name=author content="By Mo Reyes and Lu Ek">'
    '<meta property="article:published_time" content="2024-03-05T08:00:00+01:00">'
    '<link rel=canonical href="https://orlo.example/quay">'
)


def told(head: str, body: str = "") -> tuple[Facts, dict[str, Origin]]:
    parsed = read("a.html", page(f"{body}<p>{QUAY}</p><p>{NETS}</p>", head))
    return parsed.facts, dict(parsed.origins)


def json_ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_meta_tags() -> None:
    facts, origins = told(META)
    assert facts == Facts(
        "Quay closes",
        "Orlo Post",
        "2024-03-05T08:00:00+01:00",
        "https://orlo.example/quay",
        ("Mo Reyes", "Lu Ek"),
        "en",
    )
    assert set(origins.values()) == {Origin.META}


def test_json_ld_comes_before_meta_tags_and_the_headline_shown_before_both() -> None:
    node = json_ld(
        **{
            "@graph": [
                {
                    "@type": ["NewsArticle"],
                    "headline": "Quay &amp; crane",
                    "author": {"@id": "#mo"},
                    "publisher": "The Orlo Post",
                    "datePublished": "2024-03-04",
                },
                {"@id": "#mo", "name": "Mo R."},
            ]
        }
    )
    facts, origins = told(META + node)
    assert (facts.title, facts.outlet, facts.authors) == ("Quay & crane", "The Orlo Post", ("Mo R.",))
    assert facts.published == "2024-03-04"
    assert origins["published"] is Origin.JSON_LD
    facts, origins = told(META + node, "<h1>Orlo loses its quay</h1>")
    assert (facts.title, origins["title"]) == ("Orlo loses its quay", Origin.HEADLINE)


def test_what_the_page_shows_fills_in() -> None:
    facts, origins = told(
        "",
        "<h1>Orlo loses its quay</h1><div class=byline>By Mo Reyes, Orlo Post</div>"
        "<time datetime=2024-03-05T08:00Z>today</time>",
    )
    assert (facts.authors, facts.outlet, facts.published) == (
        ("Mo Reyes",),
        "Orlo Post",
        "2024-03-05T08:00:00+00:00",
    )
    assert (origins["authors"], origins["published"]) == (Origin.BYLINE, Origin.PUBLISHED_LINE)


@pytest.mark.parametrize(
    "body",
    [
        "<figure><figcaption>By Mo Reyes, 5 March 2024</figcaption></figure>",
        "<p class=credit>By Mo Reyes, 5 March 2024</p>",
        "<figure><time datetime=2024-03-05>5 March</time><img></figure>",
        "<p class=updated>Updated <time class=updated datetime=2024-03-05>5 March 2024</time></p>",
    ],
)
def test_no_photograph_and_no_change_tells_who_and_when(body: str) -> None:
    facts, _ = told("", f"<article>{body}")
    assert (facts.authors, facts.published) == ((), None)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:title" content="a\u202eb"><meta property="og:site_name" content="a\x07b">',
        f'<meta property="og:site_name" content="{"x" * 121}"><meta name=author content="https://orlo.example/mo">',
        '<link rel=canonical href="javascript:alert(1)"><meta property="og:url" content="/quay">',
        '<meta name=date content="0001-01-01T00:00:00Z"><meta name=pubdate content="04/05/2024">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>',
        json_ld(**{"@type": "Product", "headline": "Buy", "author": "Shop", "datePublished": "2024-01-01"}),
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        json_ld(
            **{"@type": "NewsArticle", "headline": 3, "author": [{}, None, {"name": ["x"]}], "publisher": []}
        ),
    ],
)
def test_what_is_no_fact_is_not_taken(head: str) -> None:
    assert told(head)[0] == Facts(language="en")


def test_what_is_given_wins_and_is_said_to_be_given() -> None:
    given = source("", outlet="Given Gazette")
    parsed = read("a.html", page(f"<p>{QUAY}</p>", META))
    article, _ = first_version(Job(1, given, datetime.now(UTC)), parsed)
    assert (article.facts.outlet, article.origins["outlet"]) == ("Given Gazette", Origin.GIVEN)
    assert (article.facts.title, article.origins["title"]) == ("Quay closes", Origin.META)
