"""Names typed short, in small letters or with a slip, as the passages found have them."""

import pytest

from service.conversation import as_named, as_spelt, names_alone

FOUND = [
    "“We can lend engineers,” Ilse Ravnik told Sky News. Ravnik then left for Karsand.",
    "Prime Minister Marek Vasilenko met Jonas Fox on Friday. Radio Norlund and Radio Sund were there.",
    "The market town of Slovarkia was quiet. Vasilenko ruled it out on CNN.",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what did ravnik tell sky", "what did ravnik tell Sky News"),
        ("What did she say on Sky?", "What did she say on Sky News?"),
        ("and sky?", "and Sky News?"),
        ("what about vasilenko", "what about Vasilenko"),
        ("what does vasilenco want", "what does Vasilenko want"),
        ("what does vasilinco want", "what does Vasilenko want"),
        ("what did ravnki's envoy say", "what did Ravnik's envoy say"),
        ("and ravnk?", "and Ravnik?"),
    ],
)
def test_a_name_is_the_one_that_the_articles_have(typed: str, meant: str) -> None:
    assert as_named(typed, FOUND) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "what did ravnik tell fox",  # a person
        "What did Ravnikov say?",  # whole, and another's
        "What did Vasilenka say?",
        "what did ravnik say on radio",  # two of them
        "what did ravnik tell cnn",
        "what is the sky like",
        "what about market",  # no name
        "what did the ravnk say",  # with an article before it
        "what did Slovenia say",  # two letters away, and no person
        "what did Rovnek say",  # two letters away, and short
        "what did she say on Monday",
    ],
)
def test_what_could_be_another_thing_stays_as_it_was_typed(typed: str) -> None:
    assert as_named(typed, FOUND) == typed


def test_a_name_typed_without_its_accents_is_the_one_that_has_them() -> None:
    found = ["Zdeněk Šíp and Ørjan Dahl met in Łazy. Dahl left early.", "Zoë Brand stayed; Zoé Holm didn't."]
    assert as_named("what did orjan want", found) == "what did Ørjan want"
    assert as_named("Who is Zdenek Sip?", found) == "Who is Zdeněk Šíp?"
    assert as_named("where is lazy's town hall", found) == "where is Łazy's town hall"
    assert as_named("what did zdenekk want", found) == "what did Zdeněk want"  # and with a slip
    assert as_named("what did orjann want", found) == "what did Ørjan want"
    assert as_named("what did zoe say", found) == "what did zoe say"  # two of them


@pytest.mark.parametrize(
    ("typed", "texts", "meant"),
    [
        ("what did orban say?", ["anti-Orbán protesters met."], "what did Orbán say?"),
        ("what did bransom say?", ["The anti-Branson camp met."], "what did Branson say?"),
        ("what did bransom say?", ["anti-Branson rage", "Mr Bransen left."], "what did Branson say?"),
        ("and luka?", ["The pro-Łuka camp met.", "Jan Łúka left."], "and luka?"),
    ],
)
def test_a_name_that_is_part_of_a_word_counts(typed: str, texts: list[str], meant: str) -> None:
    assert as_named(typed, texts) == meant


def test_a_name_alone_is_told_from_a_question() -> None:
    assert names_alone("and sky?")
    assert names_alone("what about roe")
    assert not names_alone("and what did sky say?")


TOLD = ["The county is no mattress, said Roe. The old workings are dear, and the ballots are in."]
COMMON = {"saying", "staying", "county", "balloons", "settle"}


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("who said the county is no matress", "who said the county is no mattress"),
        ("how dear are the old wrokings", "how dear are the old workings"),
        ("when are the balots in", "when are the ballots in"),
        ("which shops are in", "which shops are in"),  # short
        ("who is staying", "who is staying"),  # a word of its own
        ("Who said Matress?", "Who said Matress?"),
        ("whose mattresses are they", "whose mattresses are they"),
        ("is it a fortress", "is it a fortress"),
    ],
)
def test_a_misspelt_word_is_the_one_that_the_articles_have(typed: str, spelt: str) -> None:
    assert as_spelt(typed, TOLD, COMMON.__contains__) == spelt
