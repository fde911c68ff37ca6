"""Names in questions and answers, and what they seem to name."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.english.mentions import NameKind, kind_of, mentions, of_women, outlets


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did Jane Roe tell the BBC on Friday?", ["Jane Roe", "BBC", "Friday"]),
        ("President Ana Lima met Ursula von Berg.", ["Ana Lima", "Ursula von Berg"]),
        ("Did the White House reply to Roe’s letter?", ["the White House", "Roe"]),
        ("Russian officials met French ones.", []),
        ("What happened in Oslo?", ["Oslo"]),
        ("why was that so?", []),
        ("May he go in May 2024?", ["May", "2024"]),
    ],
)
def test_the_names_in_a_text(text: str, names: list[str]) -> None:
    assert [m.text for m in mentions(text)] == names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Jane Roe", NameKind.PERSON),
        ("NBC", NameKind.OUTLET),
        ("the daily post", NameKind.OUTLET),
        ("WHO", NameKind.BODY),
        ("the Security Council", NameKind.BODY),
        ("friday", NameKind.DAY),
        ("U.S. Open Golf", NameKind.UNKNOWN),
        ("Roe", NameKind.UNKNOWN),
    ],
)
def test_what_a_name_seems_to_name(name: str, kind: NameKind) -> None:
    assert kind_of(name) is kind


def test_a_name_after_in_is_a_place() -> None:
    assert [m.kind for m in mentions("Who spoke in Oslo?")] == [NameKind.PLACE]


def test_outlets_are_known_without_capitals() -> None:
    assert [m.text for m in outlets("what did she tell the daily post on friday")] == ["the daily post"]
    assert outlets("what did she tell the court") == []


@pytest.mark.parametrize(
    ("text", "women"),
    [
        ("Grace Okafor spoke.", True),
        ("Mrs Okafor spoke.", True),
        ("Peter Okafor spoke.", False),
        ("Mr Okafor spoke.", False),
        ("Okafor spoke.", None),
    ],
)
def test_a_title_or_given_name_tells_the_sex(text: str, women: bool | None) -> None:
    assert of_women("Okafor", text) is women


@given(st.text(alphabet="Aab .'’“ andthe-ÉЖ9", max_size=120))
def test_names_stand_where_they_say(text: str) -> None:
    found = mentions(text)
    for mention in found:
        assert text[mention.start : mention.end].lower() == mention.text.lower()
    assert all(one.end <= other.start for one, other in pairwise(found))
