"""Who an article names, under which names and offices, and where."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Region, RegionSpan, Span
from service.answering.said.people import Cast, Person, called, people
from service.english import NameKind
from tests.service.answering.making import article


def named(text: str, name: str) -> Person:
    found = [one for one in people(article(text)) if one.name == name]
    assert len(found) == 1, [one.name for one in people(article(text))]
    return found[0]


def where(text: str, name: str) -> list[str]:
    return [text[span.start : span.end] for span in named(text, name).mentions]


def meant(text: str, words: str) -> str | None:
    start = text.rindex(words)
    found = Cast(article(text)).meant(Span(start, start + len(words)))
    return found.name if found else None


def test_a_surname_a_first_name_and_a_nickname_stand_for_the_one_who_bears_them() -> None:
    text = (
        "Jim “Boots” Carver runs a ferry. Carver swore. “Never,” Boots said. Petra Holt laughed. Petra left."
    )
    assert where(text, "Jim “Boots” Carver") == ["Jim “Boots” Carver", "Carver", "Boots"]
    assert named(text, "Jim “Boots” Carver").shorts == ("Boots", "Carver")
    assert where(text, "Petra Holt") == ["Petra Holt", "Petra"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Pilot Sana "Low Tide" Okoro sailed. Okoro sang.', 'Sana "Low Tide" Okoro'),
        ("“It is lost,” said Hanne “Iron Lady” Brekke. Brekke wept.", "Hanne “Iron Lady” Brekke"),
        ("They met Dov ‘The Clerk’ Amsel there. Amsel left.", "Dov ‘The Clerk’ Amsel"),
        ("Envoy “Too Late” Doe said so. Doe left.", "Doe"),
        ("Sana called it “Low Tide” Tuesday. Okoro sang.", None),
        ("Ines Dahl sang “Over the Low Tide” Okoro wept. Okoro left.", "Okoro"),
    ],
)
def test_a_nickname_of_two_words_is_part_of_the_name_around_it(text: str, name: str | None) -> None:
    assert meant(text, text.split()[-2]) == name


def test_a_short_form_that_could_be_either_is_nobodys() -> None:
    text = (
        "Energy minister Ines Falk and fishermen's leader Arne Falk met. Falk left. Lars Holm and "
        "Lars Berg stayed. Lars wept."
    )
    assert where(text, "Ines Falk") == ["Ines Falk"]
    assert where(text, "Arne Falk") == ["Arne Falk"]
    assert meant(text, "Falk") is None
    assert meant(text, "Lars") is None


def test_a_title_or_an_office_tells_two_of_one_surname_apart() -> None:
    text = (
        "Rebel commander Otis Vane met government spokeswoman Mary Vane. Commander Vane left. Mr Vane slept."
    )
    assert where(text, "Otis Vane") == ["Otis Vane", "Vane", "Vane"]
    assert where(text, "Mary Vane") == ["Mary Vane"]


def test_names_that_begin_alike_are_two() -> None:
    text = (
        "Minister Ilja Petrov spoke. Deputy minister Dana Petrova spoke. John Stevens and Paul "
        "Stevenson left. Stevenson sang."
    )
    assert named(text, "Ilja Petrov").offices == ("Minister",)
    assert where(text, "Paul Stevenson") == ["Paul Stevenson", "Stevenson"]
    assert where(text, "John Stevens") == ["John Stevens"]


def test_an_office_stands_before_or_behind_a_name() -> None:
    for text, office, body in [
        ("Foreign Minister Hanna Vell said no.", "Foreign Minister", ()),
        (
            "Late on Friday Hanna Vell, a member of the Tarn assembly, said no.",
            "member of the Tarn assembly",
            ("Tarn assembly",),
        ),
        ("“No,” said mill manager Hanna Vell.", "mill manager", ()),
        (
            "Hanna Vell, 61, the dockers' chief negotiator, said no.",
            "dockers' chief negotiator",
            ("dockers",),
        ),
        ("Ruritania's special envoy, Hanna Vell, said no.", "Ruritania's special envoy", ("Ruritania",)),
        ("Secretary of State Hanna Vell said no.", "Secretary of State", ()),
        ("Minister of Trade and Industry Hanna Vell said no.", "Minister of Trade and Industry", ()),
        (
            "Bank of Ruritania governor Hanna Vell said no.",
            "Bank of Ruritania governor",
            ("Bank of Ruritania",),
        ),
        (
            "Hanna Vell, who leads the Tarn ferry line, said no.",
            "leads the Tarn ferry line",
            ("Tarn ferry line",),
        ),
        ("Hanna Vell is the mayor of Tarn.", "mayor of Tarn", ("Tarn",)),
        (
            "The president of the Seamen's League, Hanna Vell, said no.",
            "president of the Seamen's League",
            ("Seamen's League",),
        ),
        ("Union treasurer Hanna Vell said no.", "Union treasurer", ("Union",)),
        ("Skipper Hanna Vell said no.", "Skipper", ()),
        ("Hanna Vell of the Rail Union congratulated them.", None, ("Rail Union",)),
        ("“No,” said a trawlerman known on the quay as “Hanna Vell.”", "trawlerman", ()),
        ("They asked to meet Mayor Hanna Vell.", "Mayor", ()),
    ]:
        vell = named(text, "Hanna Vell")
        assert (vell.office, vell.organisations) == (office, body), text


def test_what_stands_beside_a_name_by_chance_is_no_office() -> None:
    for text in [
        "According to the minister, Hanna Vell will resign.",
        "The minister, Hanna Vell and Tom Ash met.",
        "Hanna Vell, the minister and the envoy met.",
        "They met Hanna Vell, an envoy has said.",
        "Hanna Vell is not the minister.",
        "Hanna Vell, his sister, left.",
        "Hanna Vell, for forty minutes, was silent.",
        "From Strelsau, the minister, Tom Ash, wrote to Hanna Vell.",
    ]:
        assert named(text, "Hanna Vell").ties == (), text
    assert named("From Strelsau, the minister, Tom Ash, wrote.", "Strelsau").ties == ()


def test_a_description_means_who_was_named_with_that_office_alone() -> None:
    text = (
        "The minister slept. Energy minister Karin Vell spoke. The minister was away. Former "
        "minister Tom Ash was not."
    )
    assert where(text, "Karin Vell") == ["Karin Vell", "The minister"]
    two = "Police chief Otto Lund and fire chief Nils Falk spoke. The police chief left. The chief stayed."
    assert where(two, "Otto Lund") == ["Otto Lund", "The police chief"]
    assert where(two, "Nils Falk") == ["Nils Falk"]
    deputy = "Mayor Rui Sato and Deputy Mayor Ken Ito spoke. The mayor left. The deputy mayor stayed."
    assert where(deputy, "Rui Sato") == ["Rui Sato", "The mayor"]
    state = "Liv Dahl, minister of state at the foreign ministry, spoke. The foreign minister was away."
    assert where(state, "Liv Dahl") == ["Liv Dahl"]


def test_who_is_named_with_an_office_again_and_again_is_one() -> None:
    text = "Energy minister Karin Vell spoke. " * 70 + "The minister left."
    assert where(text, "Karin Vell") == [*["Karin Vell"] * 70, "The minister"]


def test_a_country_stands_for_its_people() -> None:
    text = (
        "Norwegian Prime Minister Liv Dahl met Sweden's Prime Minister Nils Ek. Norway's prime "
        "minister left. The Swedish prime minister stayed."
    )
    assert where(text, "Liv Dahl") == ["Liv Dahl", "Norway's prime minister"]
    assert where(text, "Nils Ek") == ["Nils Ek", "The Swedish prime minister"]


def test_a_body_has_the_acronym_that_stands_in_brackets_beside_it() -> None:
    text = (
        "The Harbour Workers' Union (HWU) met the river pilots' union (RPU). HWU leader Sam Ode "
        "spoke. The RPU left."
    )
    assert where(text, "Harbour Workers' Union") == ["Harbour Workers' Union", "HWU", "HWU"]
    assert where(text, "river pilots' union") == ["the river pilots' union", "RPU", "RPU"]
    assert named("The Free Movement met. The FM left.", "Free Movement").shorts == ()


def test_the_word_of_a_body_with_a_capital_stands_for_the_one_that_has_it() -> None:
    text = "The Free Harbour Front met. The Front said no. The Front's spokesman, Tom Ash, left."
    assert where(text, "Free Harbour Front") == ["Free Harbour Front", "Front", "Front"]
    assert named(text, "Tom Ash").organisations == ("Free Harbour Front",)
    assert where("The Free Front met the New Harbour Front. The Front left.", "Free Front") == ["Free Front"]


def test_the_body_of_an_office_is_told_by_its_whole_name() -> None:
    text = (
        "The Free Harbour Movement met. Sam Ode, the movement's treasurer, spoke. The movement's "
        "treasurer left."
    )
    assert named(text, "Sam Ode").organisations == ("Free Harbour Movement",)
    assert where(text, "Sam Ode") == ["Sam Ode", "The movement's treasurer"]


def test_bodies_places_and_outlets_are_no_people() -> None:
    text = (
        "The Tarn Port Authority met in Dar Elvik. Elvik Radio reported it. Bram Holt of the Tarn "
        "General Hospital left."
    )
    kinds = {one.name: one.kind for one in people(article(text))}
    assert kinds["Tarn Port Authority"] is kinds["Tarn General Hospital"] is NameKind.BODY
    assert kinds["Dar Elvik"] is NameKind.PLACE
    assert kinds["Elvik Radio"] is NameKind.OUTLET
    assert kinds["Bram Holt"] is NameKind.PERSON
    assert named("They sued the insurer Meridian Mutual Vell.", "Meridian Mutual Vell").kind is NameKind.BODY


def test_a_day_a_month_and_an_adjective_are_no_names() -> None:
    text = (
        "On Friday Hanna Vell met Ruritanian officials in May. Yesterday May Dawson arrived. Two "
        "died on 4 March."
    )
    assert [one.name for one in people(article(text))] == ["Hanna Vell", "May Dawson"]


def test_the_capitals_of_a_headline_make_no_names() -> None:
    text = "Vell Rejects Harbour Offer\n\nHanna Vell rejected it."
    regions = (RegionSpan(Region.HEADLINE, 0, 26), RegionSpan(Region.BODY, 28, len(text)))
    found = people(article(text, regions=regions))
    assert [one.name for one in found] == ["Hanna Vell"]


def test_names_with_small_words_and_letters_of_any_alphabet_are_whole() -> None:
    text = (
        "Gen. Ana María de los Ríos met Nasser al-Tamimi and Łucja Šimić. De los Ríos left. "
        "Al-Tamimi and Šimić stayed."
    )
    assert where(text, "Ana María de los Ríos") == ["Ana María de los Ríos", "De los Ríos"]
    assert where(text, "Nasser al-Tamimi") == ["Nasser al-Tamimi", "Al-Tamimi"]
    assert where(text, "Łucja Šimić") == ["Łucja Šimić", "Šimić"]


def test_a_name_may_break_over_a_line_of_a_wrapped_text() -> None:
    lines = [
        "The talks went on through the night in the old customs house, where Hanna",
        "Vell spoke at length about the harbour and the price of rope, as she always",
        "had when a round was about to end, and nobody dared to interrupt her at all,",
    ]
    assert any(one.name.split() == ["Hanna", "Vell"] for one in people(article("\n".join(lines * 3))))


def test_a_speaker_is_meant_by_the_words_of_the_clause() -> None:
    text = (
        "Hanna Vell, the union's chief negotiator, spoke. Vell's deputy, Lise Orme, left. A spokesman for"
        " Hanna Vell slept. Vell aides sang. Hanna Vell and Lise Orme wept. Ministry officials rose."
    )
    assert meant(text, "Hanna Vell, the union's chief negotiator") == "Hanna Vell"
    assert meant(text, "Vell's deputy, Lise Orme") == "Lise Orme"
    assert meant(text, "A spokesman for Hanna Vell") is None
    assert meant(text, "Vell aides") is None
    assert meant(text, "Hanna Vell and Lise Orme") is None
    assert meant(text, "Ministry officials") is None


def test_a_word_that_begins_no_office_is_none() -> None:
    text = "The Latin of the earlier Anglo-Norse settlers helped. An earlier known as “Rusty” spoke."
    assert [one.office for one in people(article(text)) if one.name in ("Anglo-Norse", "Rusty")] == [None]


def test_of_several_offices_the_present_one_that_says_most_is_told() -> None:
    text = (
        "Former judge Hanna Vell spoke. Vell, the chief negotiator of the dockers, left. The envoy, "
        "Tom Ash, sang."
    )
    assert named(text, "Hanna Vell").office == "chief negotiator of the dockers"
    assert named(text, "Tom Ash").office == "envoy"
    assert named("Hanna Vell spoke.", "Hanna Vell").office is None


PIECES = st.sampled_from(
    [
        *(
            "Hanna Vell",
            "Vell",
            "Tom Ash",
            "Ash",
            "Hanna",
            "the minister",
            "The minister",
            "Minister",
            "Mr",
            "Dr.",
        ),
        *(
            "Foreign Minister",
            "the union's treasurer",
            "Harbour Union",
            "(HU)",
            "Ruritania's",
            "of",
            "the",
            "and",
            "who",
        ),
        *(
            "leads",
            "said",
            "is",
            ",",
            ".",
            "“",
            "”",
            "\n\n",
            "\n",
            "al-Tamimi",
            "de la",
            "Falk",
            "In May",
            "U.S.",
            "’s",
            "'",
        ),
        *("deputy", "in", "61", "&", "Ltd", "Port Workers'", "Union", "(", ")", "É", "x" * 50),
    ]
)


@given(st.lists(PIECES, max_size=60).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_mentions_and_ties_stand_where_they_say(text: str) -> None:
    everyone = people(article(text))
    assert everyone == people(article(text))
    for one in everyone:
        assert one.mentions == tuple(sorted(set(one.mentions), key=lambda span: (span.start, span.end)))
        assert all(
            text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in one.mentions
        )
        assert all(tie.words == text[tie.span.start : tie.span.end] for tie in one.ties)
        assert one.name in text
    names = [span for one in everyone for span in one.mentions]
    assert len(names) == len(set(names)), "nobody stands where another does"


@pytest.mark.slow
def test_a_hostile_article_takes_time_in_proportion() -> None:
    """As a square, it would hold the suite up for minutes."""
    for unit in [
        "A.",
        "Aa ",
        "of the ",
        "Aa's ",
        "the minister ",
        "Minister Aa, ",
        "x’",
        "“Aa” ",
        "1.",
        "Aa of ",
        "a-",
    ]:
        people(article(unit * (30_000 // len(unit))))
    people(article("x" * 1_000_000))
    many = article(" ".join(f"Minister Aa{at}x Bb{at}y spoke. The minister left." for at in range(1_000)))
    assert len(people(many)) > 900


def test_a_text_that_was_read_for_names_is_not_kept() -> None:
    text = " ".join(["Ada Prell", "leads the guild."])
    before = sys.getrefcount(text)
    assert called(text) == (("Ada Prell",),)
    assert sys.getrefcount(text) == before
