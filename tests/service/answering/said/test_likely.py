"""What somebody does by words, what is told without a verb of saying, and whose words are only most likely
theirs: each kind with names that stand in no other test."""

import pytest

from retrieval.article import Region, Span
from retrieval.regions import regions
from retrieval.segment import sentences
from service.answering.said import Utterance, attribute, utterances


def read(text: str) -> tuple[Utterance, ...]:
    return utterances(text, [one for one in sentences(text, regions(text)) if one.region is Region.BODY])


def of(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def told(text: str) -> list[tuple[str | None, str]]:
    return [(of(text, one.source), (of(text, one.words) or "").strip(" .,“”‘’\"'")) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        # asked for, refused, offered
        ("The ferry crews want a rise of 12 per cent.", "The ferry crews", "a rise of 12 per cent"),
        ("Ferry crews are demanding a rise.", "Ferry crews", "a rise"),
        ("The rebels have so far refused to hand over the maps.", "The rebels", "to hand over the maps"),
        (
            "Delegates from the coast called on the premier to go.",
            "Delegates from the coast",
            "on the premier to go",
        ),
        ("Pavo Lindt has ruled out a truce.", "Pavo Lindt", "a truce"),
        ("Pavo Lindt asked whether the gate was open.", "Pavo Lindt", "whether the gate was open"),
        ("The port is now threatening to sue.", "The port", "to sue"),
        ("The port claims the crane is safe and has threatened to sue.", "The port", "to sue"),
        ("Vale, an auditor, accused the port of fraud.", "Vale", "the port of fraud"),
        ("The theatre would rather close than pay.", "The theatre", "close than pay"),
        (
            "Creditors of Nordline, the ferry firm, yesterday agreed to wait.",
            "Creditors of Nordline",
            "to wait",
        ),
        ("The guilds, who reject the plan, say it is late.", "The guilds", "the plan"),
        # a clause without "that"
        ("Kiran Vale, 54, admits he was slow.", "Kiran Vale", "he was slow"),
        ("But insiders claim Vale hid the books.", "insiders", "Vale hid the books"),
        ("Vale denied in parliament that any book was hidden.", "Vale", "any book was hidden"),
        ("The palace would say only that the queen was well.", "The palace", "the queen was well"),
        # by nouns, adjectives and light verbs
        ("Orvik was adamant that the crews had been paid.", "Orvik", "the crews had been paid"),
        ("Orvik made clear that nobody would sail.", "Orvik", "nobody would sail"),
        ("The guild issued a warning that shops would close.", "The guild", "shops would close"),
        ("Orvik's demand for an inquiry was ignored.", "Orvik", "an inquiry"),
        (
            "The council has given the theatre until Friday to pay.",
            "The council",
            "the theatre until Friday to pay",
        ),
        ("The king is said to have told friends he would go.", "The king", "friends he would go"),
        ("Reports that she was ill were dismissed by the palace.", "the palace", "Reports that she was ill"),
        ("The owners put forward a plan to close the yard.", "The owners", "a plan to close the yard"),
        ("Yard workers are holding out for a promise.", "Yard workers", "a promise"),
        ("The town has one demand: a bridge.", "The town", "a bridge"),
        ("The owners' latest offer is two million.", "The owners", "two million"),
        # whose words another tells of
        ("Lund said fans had been told by the club that it was over.", "the club", "it was over"),
        ("Asked by the panel if it was over, Lund laughed.", "the panel", "if it was over"),
        ("The Bell quoted a stoker as saying the boiler was cold.", "a stoker", "the boiler was cold"),
        ("Lund passed on an assurance from the club that it would pay.", "the club", "it would pay"),
        ("Talks stalled, with each side accusing the other of lying.", "each side", "the other of lying"),
        ("Lund rang the Bell to deny that it was over.", "Lund", "it was over"),
        (
            "The mayor agreed, but her deputy, Jon Falk, disagreed: “Not before May.”",
            "Jon Falk",
            "Not before May",
        ),
        ("The judge asked Ida Voll, who replied that it was late.", "Ida Voll", "it was late"),
        # inside what another says
        ("Lund said Dahl had refused to meet the stokers.", "Dahl", "to meet the stokers"),
        ("The truce came after Sorn offered to wait, two aides said.", "Sorn", "to wait"),
        ("“He told me to wait,” said Bo Rind. “I asked why he came.”", "Bo Rind", "why he came"),
        # a name behind an office, a title, a particle; what tells one from others
        ("Captain Datuk Ismael bin Karim said no.", "Ismael bin Karim", "no"),
        ("General Thandi kaMpofu said no.", "Thandi kaMpofu", "no"),
        ("Inés Lara y Prado said no.", "Inés Lara y Prado", "no"),
        ("The clerk, Emre Yalin KC, said no.", "Emre Yalin", "no"),
        ("Analysts at Bank Orla said no.", "Analysts at Bank Orla", "no"),
        ("According to a diplomat who sat with her, it rained.", "a diplomat who sat with her", "it rained"),
        ("“No,” bellowed the member for Skarn, Moa Dunn.", "Moa Dunn", "No"),
        ("Not so, say the traders.", "the traders", "Not so"),
    ],
)
def test_each_kind_is_found(text: str, who: str, words: str) -> None:
    assert (who, words) in told(text)


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("Ana Sole laughed. “Never.”", None, ""),  # nobody of whom a first name is told elsewhere
        ("Ana Sole came out. Sole laughed. “Never.”", "Sole", "Never"),
        ("Ana Sole said the units had no drains. “We told them.”", "Ana Sole", "We told them"),
        ("Ana Sole said it was late.\n\n“We told them.”", "Ana Sole", "We told them"),
        (
            "The port said all was well. It would open its books.",
            "The port",
            "It would open its books",
        ),
        ("The port said it had hidden nothing. It would not say more.", "", "It would not say more"),
        ("“Would he go?” Ana Sole asked.", "Ana Sole", "Would he go?"),
        ("‘Never,’ Ana Sole told guests, according to a waiter. ‘Not once.’", "Ana Sole", "Not once"),
    ],
)
def test_what_goes_on_is_most_likely_theirs(text: str, who: str | None, words: str) -> None:
    assert ((who, words) in told(text)) == bool(who)


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("The transport ministry has answered. It said no.", "The transport ministry"),
        ("A very polite man said he would call. He did, and said that it was late.", "A very polite man"),
        ("The harbour secretary could end this. She said no.", "The harbour secretary"),
        ("In the Three Bells, over soup, Ana Sole waited. “No,” she said.", "Ana Sole"),
        ("Nine minutes later came Ana Sole. “No,” she said.", "Ana Sole"),
        ("A young man said it was late. I hold no brief for the Rail Union. It said yes.", "the Rail Union"),
    ],
)
def test_a_pronoun_is_whom_it_can_mean(text: str, pronoun: str) -> None:
    assert told(text)[-1][0] == pronoun


def test_a_letter_that_is_printed_whole_is_its_writers() -> None:
    text = (
        "Dear neighbours,\n\nOn Monday we met the owners. Their lawyer told us that the lease had ended.\n\n"
        "We asked them to wait.\n\nYours,\nThe tenants' committee"
    )
    assert ("The tenants' committee", "On Monday we met the owners") in told(text)
    assert ("Their lawyer", "the lease had ended") in told(text)
    assert ("The tenants' committee", "them to wait") in told(text)


def test_an_answer_names_who_speaks_in_a_letter() -> None:
    text = "Dear all,\n\nWe met on Monday. General Ola Brandt said that he was tired.\n\nYours,\nIda Voll"
    body = [one for one in sentences(text, regions(text)) if one.region is Region.BODY]
    assert {said.speaker for said in attribute(text, body) if said} == {"Ola Brandt"}


def test_a_statement_that_follows_ends_with_the_last_we() -> None:
    text = (
        "The widows of the crew issued the following statement.\n\nWe have waited for nine weeks.\n\n"
        "If nobody answers us, we sail.\n\nThe ministry said it was sorry."
    )
    assert [who for who, _ in told(text)] == ["The widows of the crew"] * 2 + ["The ministry"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "SPOKESPERSON (Ms Ida Voll): Good day.\n\nQ: Jon Falk, Evening Bell. Is it over?\n\nMS VOLL: No.",
            ["Ms Ida Voll", "Jon Falk", "Jon Falk", "MS VOLL"],
        ),
        (
            "HOST: You're with Ida Voll. Is it over?\n\nFALK (on the line): No.\n\nHOST: Sure?",
            ["Ida Voll", "Ida Voll", "FALK", "Ida Voll"],
        ),
    ],
)
def test_a_transcript_names_who_asks(text: str, expected: list[str]) -> None:
    assert [who for who, _ in told(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "A previous report from the agency named the port.",
        "I'll take questions until the tea arrives.",
        "Orvik raised claims of a new kind.",
        "Ida Voll, asked about the strike, smiled.",
        "The order of the day was long.",
        "The owners' offer is not known.",
    ],
)
def test_a_noun_is_no_verb(text: str) -> None:
    assert told(text) == []
