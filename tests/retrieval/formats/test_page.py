"""A web page: its own words, in order, without what isn't the article's and what nobody sees."""

import re

import pytest

from retrieval.article import Region
from retrieval.errors import UnreadableSource
from tests.retrieval.formats.made import NETS, QUAY, page, parts, read

CANARY = "sturgeon"
HIDDEN = {
    "script": f"<script>let a = '{CANARY}'</script>",
    "style": f"<style>.a::before {{content: '{CANARY}'}}</style>",
    "comment": f"<!-- {CANARY} -->",
    "conditional comment": f"<!--[if IE]><p>{CANARY}</p><![endif]-->",
    "noscript": f"<noscript><p>{CANARY}</p></noscript>",
    "template": f"<template><p>{CANARY}</p></template>",
    "hidden": f"<p hidden>{CANARY}</p>",
    "aria-hidden": f'<div aria-hidden="true"><p>{CANARY}</p></div>',
    "display": f'<p style="color: red; DISPLAY : none">{CANARY}</p>',
    "visibility": f'<span style="visibility:hidden">{CANARY}</span>',
    "opacity": f'<p style="opacity: 0.0">{CANARY}</p>',
    "letters of no size": f'<p style="font-size:0">{CANARY}</p>',
    "off the page": f'<p style="position:absolute; left: -9999px">{CANARY}</p>',
    "no room": f'<p style="height:1px;overflow:hidden">{CANARY}</p>',
    "a rule for a class": f"<style>.note, .x1 {{ display: none }}</style><p class='x1'>{CANARY}</p>",
    "a rule for an id": f"<style>p#k2{{visibility:hidden}}</style><p id=k2>{CANARY}</p>",
    "a rule for screens": f"<style>@media screen{{.x2{{display:none}}}}</style><p class=x2>{CANARY}</p>",
    "a rule if it can": "<style>@supports (top:0){@media all{.x3{scale:0}}}</style>"
    f"<p class=x3>{CANARY}</p>",
    "a rule below": "<style>body .x4, p>.x5{opacity:.01}</style>"
    f"<p class=x4>{CANARY}<p><b class=x5>{CANARY}</b>",
    "a rule for two": f"<style>.x6.x7{{display:none}}</style><p class='x7 x6'>{CANARY}</p>",
    "a rule for a value": f"<style>[class=x8]{{display:none}}</style><p class=x8>{CANARY}</p>",
    "faint": f'<p style="opacity:.01">{CANARY}</p>',
    "far off in ems": f'<p style="position:absolute;left:-99em">{CANARY}</p>',
    "moved": f'<p style="transform: translateX(-9999px)">{CANARY}</p>',
    "made nothing": f'<p style="scale:0">{CANARY}</p>',
    "letters of a pixel": f'<p style="font-size:1px">{CANARY}</p>',
    "letters of no pixel": f'<p style="font-size:.0px">{CANARY}</p>',
    "clear": f'<p style="color:transparent">{CANARY}</p>',
    "a comment in it": f'<p style="display/**/:none">{CANARY}</p>',
    "an escape in it": f'<p style="d\\69splay:none">{CANARY}</p>',
    "behind much else": f'<p style="{"top:0;" * 500}display:none">{CANARY}</p>',
    "aria-hidden in capitals": f"<p aria-hidden=TRUE>{CANARY}</p>",
    "popover": f"<div popover><p>{CANARY}</p></div>",
    "ruby's bracket": f"<p><ruby><rp>{CANARY}</rp></ruby></p>",
    "meter": f"<meter>{CANARY}</meter>",
    "progress": f"<progress>{CANARY}</progress>",
    "for screen readers": f'<p class="sr-only">{CANARY}</p>',
    "textarea": f"<textarea>{CANARY}</textarea>",
    "option": f"<select><option>{CANARY}</option></select>",
    "iframe": f"<iframe>{CANARY}</iframe>",
    "object": f"<object>{CANARY}</object>",
    "svg": f"<svg><title>{CANARY}</title><text>{CANARY}</text></svg>",
    "closed dialog": f"<dialog><p>{CANARY}</p></dialog>",
    "struck out": f"<p><del>{CANARY}</del> The quay stays.</p>",
    "attributes": f'<img alt="{CANARY}" title="{CANARY}"><p data-note="{CANARY}">A pier.</p>',
    "in a hidden part's part": f"<div hidden><div><p>{CANARY}</p></div></div>",
}


def test_what_is_hidden_is_not_in_the_text() -> None:
    """Each place with a word of its own, in one page."""
    body = "".join(hides.replace(CANARY, f"{CANARY}{n}") for n, hides in enumerate(HIDDEN.values()))
    text = read("a.html", page(f"<h1>The quay at Orlo</h1><p>{QUAY}</p>{body}<p>{NETS}</p>")).text
    assert {place for n, place in enumerate(HIDDEN) if re.search(rf"{CANARY}{n}\b", text)} == set()
    assert CANARY not in text
    assert f"{QUAY}\n\nThe quay stays.\n\nA pier.\n\n{NETS}" in text


def test_what_is_hidden_is_counted() -> None:
    parsed = read("a.html", page(f"<p>{QUAY}</p>{HIDDEN['script']}{HIDDEN['comment']}{HIDDEN['display']}"))
    assert parsed.notes == ("hidden parts left out: 3",)
    assert read("a.html", page(f"<p>{QUAY}</p>")).notes == ()


def test_what_a_script_would_show_again_is_read() -> None:
    """A style sheet that hides most of a page is undone when the page is shown."""
    shown = page(f"<style>.js{{display:none}}</style><div class=js><p>{QUAY}</p><p>{NETS}</p></div>")
    assert NETS in read("a.html", shown).text


def test_an_article_that_fades_in_is_read_however_long_the_menus_around_it() -> None:
    menu = "".join(f"<a href=/{n}>Harbours and what they cost</a> " for n in range(30))
    shown = f"<div class=fade><h1>The quay at Orlo</h1><p>{QUAY}</p><p>{NETS}</p></div>"
    fading = page(f"<style>.fade{{opacity:0}}</style><nav>{menu}</nav>{shown}<footer>{menu}</footer>")
    assert f"{QUAY}\n\n{NETS}" in read("a.html", fading).text


def test_a_rule_that_hides_most_of_a_page_counts_where_an_article_is_left() -> None:
    many = f"{CANARY} swims. " * 400
    shown = page(
        f"<style>.js{{display:none}}</style><p>{QUAY}</p><div class=js>{many}</div><p>{NETS} {QUAY}</p>"
    )
    assert read("a.html", shown).text == f"{QUAY}\n\n{NETS} {QUAY}"


@pytest.mark.parametrize(
    "rule",
    [
        "@media print{.x{display:none}}",
        "@media (max-width: 600px){.x{display:none}}",
        "@keyframes in{from{opacity:0}.x{opacity:0}}",
        ".menu .x{display:none}",
        ".x:hover, .x::before{display:none}",
        "b.x, .x.y, [class=y]{display:none}",
        ".x{opacity:1;left:-2px;font-size:1.2em;transform:translate(-50%,-50%);color:#333}",
        ".x{color:transparent;background-clip:text}",
    ],
)
def test_a_rule_that_does_not_hide_here_hides_nothing(rule: str) -> None:
    body = f"<p>{QUAY}</p><p class=x>A pier.</p><p>{NETS}</p>"
    assert "A pier." in read("a.html", page(body, f"<style>{rule}</style>")).text


@pytest.mark.parametrize("how", ["div hidden", "div style='display:none'", "template", "script", "noscript"])
def test_what_no_script_would_show_stays_hidden_however_long_and_whatever_its_class(how: str) -> None:
    tag, words = how.split()[0], f"{CANARY} swims. " * 400
    body = f'<p>{QUAY}</p><{how} class="sr-only">{words}</{tag}><p>{NETS}</p>'
    assert read("a.html", page(body)).text == f"{QUAY}\n\n{NETS}"


def test_a_page_of_hidden_words_alone_holds_none() -> None:
    with pytest.raises(UnreadableSource, match="holds no word"):
        read("a.html", page(f"<p hidden>{QUAY}</p>"))


def test_paragraphs_headings_items_and_lines_stand_apart_and_in_order() -> None:
    text = read(
        "a.htm",
        page(
            f"<article><h1>The quay at Orlo closes</h1><p>{QUAY}</p><h2>What stays</h2>"
            "<ul><li>The crane, <b>re</b>painted</li><li>Both piers</li></ul><p>One<br>two</p>tail"
            f"<p>{NETS}</p></article>"
        ),
    ).text
    assert text == (
        f"The quay at Orlo closes\n\n{QUAY}\n\nWhat stays\n\nThe crane, repainted\n\nBoth piers\n\n"
        f"One\ntwo\n\ntail\n\n{NETS}"
    )


def test_structure_tells_regions() -> None:
    parsed = read(
        "a.html",
        page(
            f"<article><h1>The quay at Orlo closes</h1><div class=byline>By <a>Mo Reyes</a></div>"
            f"<time datetime=2024-03-05>5 March 2024</time><p>{QUAY}</p><figure><img><figcaption>"
            f"Ida Brand at the quay in 1998 <span class=credit>Harbour archive</span></figcaption></figure>"
            f"<ul><li>The crane stays</li></ul><p>{NETS}</p></article>"
        ),
    )
    assert parts(parsed, Region.HEADLINE) == ["The quay at Orlo closes"]
    assert parts(parsed, Region.BYLINE) == ["By Mo Reyes", "5 March 2024"]
    assert parts(parsed, Region.CAPTION) == ["Ida Brand at the quay in 1998"]
    assert parts(parsed, Region.CREDIT) == ["Harbour archive"]
    assert parts(parsed, Region.BODY) == [QUAY, f"The crane stays\n\n{NETS}"]


FURNITURE = {
    "nav": "<nav><ul><li>Weather</li></ul></nav>",
    "footer": "<footer><p>Weather and tides, all day.</p></footer>",
    "related": "<aside class=related-stories><h3>Weather</h3></aside>",
    "related by its heading": "<aside><h3>Read more</h3><p>Weather turns</p></aside>",
    "links": "<div><a href=/1>Weather turns</a> <a href=/2>Weather again</a></div>",
    "newsletter": "<section id=NewsletterSignup><p>Weather in your inbox.</p></section>",
    "sharing": "<div class='post__share'><span>Weather</span></div>",
    "advertising": "<div class='ad-slot ad-slot--mid'><p>Weather insurance.</p></div>",
    "form": "<form><p>Weather by post?</p><input></form>",
    "comments": "<div id=comments><p>Weather was fine.</p></div>",
    "dialog": "<div role=dialog><p>Weather uses cookies.</p></div>",
    "rights": "<p>Copyright Weather House. We answer for no other page.</p>",
}


@pytest.mark.parametrize("kind", FURNITURE)
def test_furniture_speaks_for_nothing(kind: str) -> None:
    body = f"<main><h1>The quay at Orlo closes</h1><p>{QUAY}</p>{FURNITURE[kind]}<p>{NETS}</p></main>"
    parsed = read("a.html", page(body))
    assert "Weather" not in "".join(parts(parsed, Region.BODY) + parts(parsed, Region.HEADLINE))
    assert NETS in parsed.text


def test_a_fact_box_and_a_class_that_most_of_the_page_has_are_the_articles() -> None:
    box = "<aside><h3>The quay</h3><p>Built in 1871 and mended twice.</p></aside>"
    parsed = read("a.html", page(f"<div class='post tag-comments'><p>{QUAY}</p>{box}<p>{NETS}</p></div>"))
    assert "Built in 1871" in "".join(parts(parsed, Region.BODY))


def test_an_article_without_any_markup_for_it_is_found() -> None:
    side = "".join(f"<div><a href=/{n}>Story number {n}</a></div>" for n in range(20))
    text = read(
        "a.html", page(f"<div><div>{side}</div><div><h1>Orlo</h1><p>{QUAY}</p><p>{NETS}</p></div></div>")
    ).text
    assert text == f"Orlo\n\n{QUAY}\n\n{NETS}"


def test_a_row_of_a_table_is_a_line() -> None:
    table = (
        "<table><caption>Ships by port</caption><tr><th>Port<th colspan=2>Ships</tr>"
        "<tr><td>Orlo<td rowspan=2>4<td>7</tr><tr><td>Vane<td>9</tr></table>"
    )
    text = read("a.html", page(f"<p>{QUAY}</p>{table}<p>{NETS}</p>")).text
    assert "\n\nShips by port\nPort | Ships | Ships\nOrlo | 4 | 7\nVane | 4 | 9\n\n" in text


def test_a_table_that_lays_the_page_out_is_none() -> None:
    text = read(
        "a.html", page(f"<table><tr><td><h1>Orlo</h1><p>{QUAY}</p></td><td><p>{NETS}</p></td></tr></table>")
    ).text
    assert " | " not in text
    assert f"{QUAY}\n\n{NETS}" in text


def test_an_embedded_post_keeps_its_author_on_a_line_of_its_own() -> None:
    post = (
        "<blockquote class=twitter-tweet><p>Nets first.</p>&mdash; Ann Oke (@annoke) "
        "<a href=//x>March 4, 2024</a></blockquote>"
    )
    text = read("a.html", page(f"<p>{QUAY}</p>{post}<p>{NETS}</p>")).text
    assert "\n\nNets first.\n\n— Ann Oke (@annoke) March 4, 2024\n\n" in text


def test_odd_characters_stay_and_white_space_is_as_shown() -> None:
    text = read(
        "a.html", page(f"<p>{QUAY}</p><p>«&nbsp;Con&shy;cord&nbsp;»,\n  she   said &amp;amp; left</p>")
    ).text
    assert text.endswith("«\xa0Con\xadcord\xa0», she said &amp; left")
