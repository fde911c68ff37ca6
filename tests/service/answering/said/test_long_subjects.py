"""Who speaks, with what tells it from others between it and its verb; and what is read rather than spoken."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        # what is read, with whose it is or what was done with it
        (
            "A draft of the accord read by the Post says the port will close.",
            "A draft of the accord",
            "the port will close",
        ),
        (
            "A memo sent to the crews on Friday and signed by both owners warned that the quay was full.",
            "A memo sent to the crews on Friday",
            "the quay was full",
        ),
        (
            "A study published on Sunday by the research house Ostrel found that half the wells were dry.",
            "A study published on Sunday by the research house Ostrel",
            "half the wells were dry",
        ),
        (
            "But an audit by the town's own clerks, released in May, concluded that the debt could be paid.",
            "an audit by the town's own clerks",
            "the debt could be paid",
        ),
        (
            "Minutes tabled at Monday's hearing had warned that the lift was unsafe.",
            "Minutes tabled at Monday's hearing",
            "the lift was unsafe",
        ),
        (
            "The port's latest annual report shows a loss of 4m crowns.",
            "The port's latest annual report",
            "a loss of 4m crowns",
        ),
        (
            "The notice, seen by Harbour & Quay, describes the plan as “a trap”.",
            "The notice",
            "the plan as “a trap",
        ),
        (
            "A leaflet pushed through doors on Sunday claimed the lake was lost.",
            "A leaflet pushed through doors on Sunday",
            "the lake was lost",
        ),
        (
            "Figures released by the port on Monday showed a loss of 4m.",
            "Figures released by the port on Monday",
            "a loss of 4m",
        ),
        # somebody without a name
        ("Most of those who came said they would pay.", "Most of those who came", "they would pay"),
        ("Brokers polled by Dataline expect rates to rise.", "Brokers polled by Dataline", "rates to rise"),
        ("The think-tank estimates that nine ports will close.", "The think-tank", "nine ports will close"),
        (
            "The port's lawyers wrote back that no such rule existed.",
            "The port's lawyers",
            "no such rule existed",
        ),
        ("The plan drew scorn from growers, who said it was late.", "growers", "it was late"),
        (
            "A clerk at the window in a torn green coat said he would stay.",
            "A clerk at the window in a torn green coat",
            "he would stay",
        ),
        ("Miners in Ostrel say their lamps are old.", "Miners in Ostrel", "their lamps are old"),
        (
            "A day-shift porter who has pushed beds since 2011 said she was tired.",
            "A day-shift porter who has pushed beds since 2011",
            "she was tired",
        ),
        (
            "One pilot, who has flown the pass since 1990, claimed that the mast was bent.",
            "One pilot, who has flown the pass since 1990",
            "the mast was bent",
        ),
        (
            "A woman behind him, who would not say her name, said the bus was late.",
            "A woman behind him",
            "the bus was late",
        ),
        (
            "At Ostrel station one porter, who asked not to be named, said he had slept there.",
            "one porter",
            "he had slept there",
        ),
        (
            "In a film, a man who identified himself as Ivo Maran, a cook, said they were well.",
            "Ivo Maran",
            "they were well",
        ),
        (
            "“We will wait,” a rebel captain who uses the name Abu Zayn said by radio.",
            "Abu Zayn",
            "We will wait",
        ),
        (
            "Neighbours of the mayor fighting the plan said it was dead.",
            "Neighbours of the mayor",
            "it was dead",
        ),
        (
            "The pier is sold, a third man, a cousin of the owner, said.",
            "a third man, a cousin of the owner",
            "The pier is sold",
        ),
    ],
)
def test_the_whole_of_who_speaks_is_told(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in [(who, said.rstrip(".”")) for who, said in told(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        (
            "A note pinned to the door says the hall is shut. The keys are lost, it adds.",
            "A note pinned to the door",
            "The keys are lost",
        ),
        (
            "A girl holding a photo of her father said nobody had rung. “He drove a bus,” she said.",
            "A girl holding a photo of her father",
            "He drove a bus",
        ),
        (
            "One uncle in a straw hat said his niece walked home. “Who sees her?” he asked.",
            "One uncle in a straw hat",
            "Who sees her?",
        ),
        (
            "It was sold, according to three guests who stayed for supper. They said it was cheap.",
            "three guests who stayed for supper",
            "it was cheap",
        ),
    ],
)
def test_a_pronoun_means_the_whole_of_them(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in [(who, said.strip("“”.,")) for who, said in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The clerk found that the door was shut.",
        "Counsel for the inquiry found the door shut.",
        "The diver showed the crew a map.",
        "The report that the mayor read was long.",
    ],
)
def test_who_finds_or_shows_something_says_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Counsel for the inquiry, Ines Kowal, said the log was lost.", "Ines Kowal"),
        ("Their leader, a former harbour pilot named Milo Trask, said the vote was close.", "Milo Trask"),
        ("Its director at the port Jane Roe said it was open.", "Jane Roe"),
    ],
)
def test_a_name_beside_it_goes_before(text: str, speaker: str) -> None:
    assert {who for who, _ in told(text)} == {speaker}
