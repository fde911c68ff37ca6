"""What a text's own lines say of it."""

import pytest

from retrieval.article import Origin
from tests.retrieval.formats.made import NETS, QUAY, read

TITLE = "Orlo loses its quay after four winters"


def told(*lines: str, name: str = "a.txt") -> dict[str, object]:
    facts = read(name, "\n".join([TITLE, "", *lines, "", QUAY, "", NETS])).facts
    known = {"authors": facts.authors, "outlet": facts.outlet, "published": facts.published}
    return {key: value for key, value in known.items() if value}


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("By Mo Reyes", {"authors": ("Mo Reyes",)}),
        ("By Mo Reyes and Lu van Ek", {"authors": ("Mo Reyes", "Lu van Ek")}),
        ("By Mo Reyes, Orlo Herald", {"authors": ("Mo Reyes",), "outlet": "Orlo Herald"}),
        ("Mo Reyes, Orlo Herald", {"authors": ("Mo Reyes",), "outlet": "Orlo Herald"}),
        ("By Mo Reyes, Harbour Correspondent", {"authors": ("Mo Reyes",)}),
        ("By Mo Reyes for Orlo Online", {"authors": ("Mo Reyes",), "outlet": "Orlo Online"}),
        (
            "By Mo Reyes | Quayside | May 9, 2024",
            {"authors": ("Mo Reyes",), "outlet": "Quayside", "published": "2024-05-09"},
        ),
        ("Published 3 May 2024, 10:15 GMT", {"published": "2024-05-03T10:15:00+00:00"}),
        ("Published: May 3, 2024 4:05 PM EDT", {"published": "2024-05-03T16:05:00-04:00"}),
        ("Published 4:05 PM BST, Tue March 19, 2024", {"published": "2024-03-19"}),
        ("First published 2024-05-03 10:15 +0200", {"published": "2024-05-03T10:15:00+02:00"}),
        ("Updated 4 May 2024, 10:15 GMT", {}),
        ("Last updated 4 May 2024; first published 3 May 2024", {"published": "2024-05-03"}),
        ("Published 3 May 2024 in Orlo Herald", {"published": "2024-05-03", "outlet": "Orlo Herald"}),
        ("The Orlo Lantern, 3 May 2024", {"published": "2024-05-03", "outlet": "The Orlo Lantern"}),
        ("Friday 3 May 2024", {"published": "2024-05-03"}),
        ("Published 04/05/2024", {}),
        ("Published 31/05/2024", {"published": "2024-05-31"}),
        ("Published 31 June 2024", {}),
        ("Published 3 May", {}),
        ("By far the longest winter", {}),
        ("Photo: Mo Reyes, 3 May 2024", {}),
    ],
)
def test_lines_above_the_text(line: str, known: dict[str, object]) -> None:
    assert told(line) == known


def test_where_each_is_from() -> None:
    parsed = read("a.txt", f"{TITLE}\n\nBy Mo Reyes\nPublished 3 May 2024\n\n{QUAY}")
    assert parsed.origins == {
        "title": Origin.HEADLINE,
        "authors": Origin.BYLINE,
        "published": Origin.PUBLISHED_LINE,
    }


@pytest.mark.parametrize(
    ("opening", "known"),
    [
        ("ORLO, May 3 (Coast News) — ", {"outlet": "Coast News"}),
        ("ORLO, May 3, 2024 (CNA) -- ", {"outlet": "CNA", "published": "2024-05-03"}),
        ("PORT ORLO, Vane (Coast Wire) - ", {"outlet": "Coast Wire"}),
        ("ORLO (a port of 400) - ", {}),
        ("ORLO — ", {}),
    ],
)
def test_datelines(opening: str, known: dict[str, object]) -> None:
    facts = read("a.txt", f"{TITLE}\n\n{opening}{QUAY}\n\n{NETS}").facts
    found = {"outlet": facts.outlet, "published": facts.published}
    assert {key: value for key, value in found.items() if value} == known


def test_who_reports_is_told_at_the_end_too_and_editors_are_not() -> None:
    end = "(Reporting by Mo Reyes in Orlo and Lu Ek; Writing by Di Poe; Editing by Al Roe)"
    facts = read("a.txt", f"{TITLE}\n\n{QUAY}\n\n{NETS}\n\n{end}").facts
    assert facts.authors == ("Mo Reyes", "Lu Ek", "Di Poe")


@pytest.mark.parametrize(
    "words",
    [
        "Ida Brand at the quay, May 28, 2023\nMo Reyes | Reuters",
        "(Photo by Mo Reyes, 3 May 2024)",
        "Picture: By Mo Reyes, Orlo Herald",
    ],
)
def test_a_photograph_tells_nothing_of_the_article(words: str) -> None:
    assert told(words) == {}


def test_a_later_sentence_with_a_date_tells_nothing() -> None:
    assert told("The guild of Orlo was founded by fishers who had come from Vane on 1 June 1788.") == {}


_YAML = """---
title: 'Quay: closed'
authors: [Mo Reyes, "Lu Ek"]
date: 2024-05-03 18:22:10 +0100
lang: en-GB
source: https://orlo.example/quay
publisher: Orlo Herald
---
"""
_UNQUOTED = """---
title: Quay: closed
authors:
  - name: Mo Reyes
  - Lu Ek
published: 2024-05-03T18:22:10+01:00
lang: en-GB
url: https://orlo.example/quay
outlet: Orlo Herald
---
"""
_TOML = """+++
title = "Quay: closed"
author = ["Mo Reyes", "Lu Ek"]
date = 2024-05-03T18:22:10+01:00
lang = "en-GB"
canonicalURL = "https://orlo.example/quay"
outlet = "Orlo Herald"
+++
"""


@pytest.mark.parametrize("block", [_YAML, _UNQUOTED, _TOML])
def test_front_matter(block: str) -> None:
    parsed = read("a.md", f"{block}\n# {TITLE}\n\n{QUAY}\n\n{NETS}\n")
    facts = parsed.facts
    assert (facts.title, facts.outlet, facts.authors) == (
        "Quay: closed",
        "Orlo Herald",
        ("Mo Reyes", "Lu Ek"),
    )
    assert facts.published == "2024-05-03T18:22:10+01:00"
    assert (facts.url, facts.language) == ("https://orlo.example/quay", "en-GB")
    assert set(parsed.origins.values()) == {Origin.FRONT_MATTER}


@pytest.mark.parametrize("block", ["---\n- a\n---\n", "+++\nx =\n+++\n", "---\n" + "[" * 9000, "---\n"])
def test_front_matter_that_is_none(block: str) -> None:
    assert read("a.md", f"{block}\n# {TITLE}\n\n{QUAY}\n\n{NETS}\n").facts.outlet is None
