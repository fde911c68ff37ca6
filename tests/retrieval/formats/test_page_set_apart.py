"""What a page sets apart: others' words, entries of a live blog, pointers elsewhere, bold headings."""

import json

import pytest

from retrieval.article import Region
from tests.retrieval.formats.made import NETS, QUAY, page, parts, read

POSTS = {
    "bluesky": "<blockquote class=bluesky-embed><p>Nets first.<br><br><a href=//x>[image or embed]</a></p>"
    "&mdash; Ann Oke (<a href=//x>@annoke.example.social</a>) <a href=//x>March 4, 2024</a></blockquote>",
    "instagram": "<blockquote class=instagram-media><p>Nets first.</p><p>A post shared by Ann Oke (@annoke)"
    "</p></blockquote>",
    "mastodon": "<blockquote class=mastodon-embed><a href=//x><div>Post by @annoke@example.social</div>"
    "<div>Nets first.</div><div>View on Mastodon</div></a></blockquote>",
}


@pytest.mark.parametrize("service", POSTS)
def test_an_embedded_post_is_its_authors(service: str) -> None:
    parsed = read("a.html", page(f"<h1>The quay at Orlo</h1><p>{QUAY}</p>{POSTS[service]}<p>{NETS}</p>"))
    assert parts(parsed, Region.POST) == ["Nets first."]
    assert parts(parsed, Region.BODY) == [QUAY, NETS]
    assert len(parts(parsed, Region.BYLINE)) == 1


@pytest.mark.parametrize(
    ("above", "block", "source"),
    [
        ("<p>The guild wrote to the council:</p>", "<p>We mend nets.</p><p>We mend no laws.</p>", []),
        ("", "<p>We mend nets.</p><p>We mend no laws.</p><cite>Piet Noor</cite>", ["Piet Noor"]),
    ],
)
def test_a_quoted_block_isnt_the_articles_word(above: str, block: str, source: list[str]) -> None:
    body = f"<p>{QUAY}</p>{above}<blockquote>{block}</blockquote><p>{NETS}</p>"
    parsed = read("a.html", page(body))
    assert parts(parsed, Region.POST) == ["We mend nets.", "We mend no laws."]
    assert parts(parsed, Region.BYLINE) == source


def test_a_block_of_which_nothing_tells_whose_it_is_stays_body() -> None:
    parsed = read("a.html", page(f"<p>{QUAY}</p><blockquote><p>{NETS}</p></blockquote>"))
    assert parts(parsed, Region.BODY) == [f"{QUAY}\n\n{NETS}"]


def test_entries_of_a_live_blog_keep_their_times() -> None:
    entry = (
        "<article><header><time datetime=2024-03-05T{0}Z>{0}</time><span class=author>Mo Reyes</span>"
        "</header><p>{1}</p></article>"
    )
    parsed = read(
        "a.html", page(f"<h1>Orlo votes</h1>{entry.format('12:18', QUAY)}{entry.format('10:02', NETS)}")
    )
    assert parts(parsed, Region.HEADLINE) == ["Orlo votes", "12:18", "10:02"]
    assert parts(parsed, Region.BYLINE) == ["Mo Reyes", "Mo Reyes"]
    assert parts(parsed, Region.BODY) == [QUAY, NETS]
    assert parsed.facts.published is None


def test_teasers_beside_the_article_make_it_no_live_blog() -> None:
    teaser = "<article><time datetime=2024-02-01>1 Feb</time><p>Tides</p></article>"
    when = "<time datetime=2024-03-05T08:00Z>today</time>"
    own = f"<article><h1>Orlo votes</h1>{when}<p>{QUAY}</p><p>{NETS}</p></article>"
    parsed = read("a.html", page(f"<main>{own}{teaser}</main>"))
    assert parts(parsed, Region.BYLINE) == ["today"]
    assert parsed.facts.published == "2024-03-05T08:00:00+00:00"


def test_a_page_of_breaks_and_bold_type_has_headings() -> None:
    body = (
        "<div>Orlo Post | <a href=/>Home</a> | <a href=/n>News</a></div>"
        f"<div><b>Quay to close</b><br>By Mo Reyes<br>12 May 2023<br><br>{QUAY}<br><br>"
        f"<b>What is next</b><br>{NETS}<br><b>Nobody</b> else spoke.</div>"
    )
    parsed = read("a.html", page(body))
    assert parts(parsed, Region.HEADLINE) == ["Quay to close", "What is next"]
    assert parts(parsed, Region.BODY) == [QUAY, f"{NETS}\nNobody else spoke."]
    assert parts(parsed, Region.BYLINE) == ["By Mo Reyes", "12 May 2023"]
    assert "Home" not in parsed.text


POINTERS = {
    "a paragraph that is a link": "<p><a href=/w>Weather turns for the worse</a></p>",
    "an embedded page": "<blockquote class=wp-embedded-content><a href=/w>Weather turns</a></blockquote>",
    "teasers under a heading": "<div><h4>What others read</h4><ul><li><a href=/1>Weather</a></li>"
    "<li><a href=/2>Weather again</a></li></ul></div>",
    "an accelerated page's advert": "<amp-ad><div>Weather insurance today!</div></amp-ad>",
    "how to reach the writer": "<p>Weather is Mo Reyes's beat. Reach her at mo@orlo.example.</p>",
}


@pytest.mark.parametrize("kind", POINTERS)
def test_a_pointer_elsewhere_tells_nothing(kind: str) -> None:
    parsed = read("a.html", page(f"<h1>The quay</h1><p>{QUAY}</p>{POINTERS[kind]}<p>{NETS}</p>"))
    assert "Weather" not in "".join(parts(parsed, Region.BODY) + parts(parsed, Region.HEADLINE))
    assert parts(parsed, Region.BODY)[-1].endswith(NETS)


def test_a_sentence_that_is_a_link_is_the_articles() -> None:
    parsed = read("a.html", page(f"<p>{QUAY}</p><p><a href=/w>The council voted twice.</a></p><p>{NETS}</p>"))
    assert "The council voted twice." in "".join(parts(parsed, Region.BODY))


WALL = "<h2>Subscribe to go on</h2><p>Already a reader? Log in.</p>"


def stated(**more: object) -> str:
    body = f"{QUAY}\n\n{NETS}\n\nThe crane &amp; the <b>pier</b> stay where they are."
    node = {"@type": "NewsArticle", "headline": "Quay to close", "articleBody": body, **more}
    return (
        f'<script type="application/ld+json">{json.dumps(node).replace("</", "<" + chr(92) + "/")}</script>'
    )


@pytest.mark.parametrize("shown", ["", WALL])
def test_an_article_that_only_a_script_would_show_is_read(shown: str) -> None:
    parsed = read("a.html", page(f"<div id=root></div>{shown}", stated()))
    assert parts(parsed, Region.HEADLINE) == ["Quay to close"]
    assert parts(parsed, Region.BODY) == [f"{QUAY}\n\n{NETS}\n\nThe crane & the pier stay where they are."]
    assert any("the page shows no article" in note for note in parsed.notes)


def test_what_a_page_shows_is_read_as_shown() -> None:
    assert "crane" not in read("a.html", page(f"<p>{QUAY}</p><p>{NETS}</p>", stated())).text


def test_what_only_those_who_pay_may_read_is_not_taken() -> None:
    parsed = read("a.html", page(WALL, stated(isAccessibleForFree="False")))
    assert QUAY not in parsed.text


def test_a_headline_in_bold_type_outside_the_text_is_kept() -> None:
    head = "<title>Quay to close - Orlo Post</title>"
    above = "<div><font size=5><b>Quay to close</b></font><br>By Mo Reyes</div>"
    body = f"{above}<div>{QUAY}<br><br>{NETS}<br><br>{QUAY}</div>"
    parsed = read("a.html", page(body, head))
    assert parts(parsed, Region.HEADLINE) == ["Quay to close"]
    assert parsed.facts.authors == ("Mo Reyes",)
