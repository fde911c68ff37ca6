"""Ways of saying beside "said": whose the words are, and what they are."""

import pytest

from tests.service.answering.said.test_utterances import told


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        # any verb right behind a quotation
        ("“Not a penny,” Ada Prell bristled.", "Ada Prell", "Not a penny"),
        ("“Not a penny!” trilled an usher.", "an usher", "Not a penny!"),
        # what is done by words
        ("Ada Prell hit out at the slow pace of the court.", "Ada Prell", "the slow pace of the court"),
        (
            "Ada Prell congratulated the divers on their patience.",
            "Ada Prell",
            "the divers on their patience",
        ),
        ("Ada Prell moved that the fees be frozen.", "Ada Prell", "the fees be frozen"),
        ("Ada Prell undertook that he would not pay.", "Ada Prell", "he would not pay"),
        ("Ada Prell has denied for weeks that any boat was sold.", "Ada Prell", "any boat was sold"),
        ("Ada Prell disputes this.", "Ada Prell", "disputes this"),
        # nouns of saying, views
        ("Ada Prell had one condition: there must be no cameras.", "Ada Prell", "there must be no cameras"),
        ("The guild's answer: no cuts and no closures.", "The guild", "no cuts and no closures"),
        (
            "Ada Prell's version is that the mill was never for sale.",
            "Ada Prell",
            "the mill was never for sale",
        ),
        ("As Ada Prell sees it, the mill is lost.", "Ada Prell", "the mill is lost"),
        ("As far as Ada Prell is concerned, the mill is lost.", "Ada Prell", "the mill is lost"),
        ("The mill is worth half of that, reckons Ada Prell.", "Ada Prell", "The mill is worth half of that"),
        # what another tells of it
        ("Ira Voss heard Ada Prell say the mill was lost.", "Ada Prell", "the mill was lost"),
        ("Ira Voss told the court what Ada Prell had said to him: “Go.”", "Ada Prell", "Go"),
        (
            "Ira Voss quotes the mayor, Ada Prell, as saying that the mill is lost.",
            "Ada Prell",
            "the mill is lost",
        ),
        (
            "Ira Voss said he had assurances from the mayor, Ada Prell, that nobody would go.",
            "Ada Prell",
            "nobody would go",
        ),
        ("“No!” came a shout from the gallery.", "the gallery", "No!"),
        (
            "Ira Voss read out a letter from the clerk saying the mill was lost.",
            "the clerk",
            "the mill was lost",
        ),
        ("Ira Voss showed us a message from the clerk: “It is lost.”", "the clerk", "It is lost"),
        ("Ira Voss said the clerk had rung him to say the mill was lost.", "the clerk", "the mill was lost"),
        ("Ira Voss said that Ada Prell had made clear the mill was lost.", "Ada Prell", "the mill was lost"),
        # where it stands
        ("The first boats would sail on Monday, Ada Prell told reporters at the pier.", "Ada Prell", None),
        ("Both camps ate in different rooms, says the hotel manager, Mrs. Prell.", "Prell", None),
        ("Ada Prell to state radio: “I know nothing about it.”", "Ada Prell", "I know nothing about it"),
        ('(Guild press officer Ada Prell, by text message: "Nobody begged.")', "Ada Prell", None),
        ("A listener, Ada in Upper Wend, texts: “I'll bring mine.”", "Ada", "I'll bring mine"),
        ("“No noise,” wrote the woman who lit it, a baker called Ada.", "Ada", "No noise"),
        ("The captain, Prell, came to the mill and said the state was poor.", "Prell", "the state was poor"),
        ("Ada wrote again, this time to the bank: the mill was lost.", "Ada", "the mill was lost"),
        ("In October his office said the mill was lost.", "his office", "the mill was lost"),
        ("The mill, the steward noted drily, was lost to the moss.", "the steward", None),
        ("It was Ada Prell who first said the mill was lost.", "Ada Prell", "the mill was lost"),
        ("His view was shared by Ada Prell, who said the mill was lost.", "Ada Prell", "the mill was lost"),
        ("The port council, which says the mill is lost, met.", "The port council", "the mill is lost"),
        ("Ira Voss said his aunt told him: “Go home.”", "his aunt", "Go home"),
        ("And this from Ada Prell: “It is lost.”", "Ada Prell", "It is lost"),
        ("• Ada Prell, baker: “It is lost.”", "Ada Prell", "It is lost"),
        (
            "A clerk in the mayor's office said the mayor, Ada Prell, had told him it was lost.",
            "Ada Prell",
            None,
        ),
        (
            "A clerk in the mayor's office said the mayor, Ada Prell, had told him it was lost.",
            "A clerk in the mayor's office",
            None,
        ),
        ("The owners' envoy, known only as Prell, said the mill was lost.", "Prell", "the mill was lost"),
        ("The clerk went further: the mill was lost in May.", "The clerk", "the mill was lost in May"),
        (
            "An envoy, who isn't allowed to speak publicly, said the mill was lost.",
            "An envoy",
            "the mill was lost",
        ),
        ("Ada Prell, reached again, said the mill was lost.", "Ada Prell", "the mill was lost"),
        ("Ada Prell, whose boat is gone, asked if the mill was lost.", "Ada Prell", "if the mill was lost"),
        (
            "Ada Prell assured the guild's twelve elders in writing that it was lost.",
            "Ada Prell",
            "it was lost",
        ),
        ("The mill is lost, Ada Prell told us by telephone.", "Ada Prell", "The mill is lost"),
        (
            "Ada Prell wrote to the abbot on Monday demanding half of the wood.",
            "Ada Prell",
            "half of the wood",
        ),
        ("By noon the port issued a note. It said the mill was lost.", "the port", "the mill was lost"),
        ("On Monday Ada Prell sat in the mill. She said it was lost.", "Ada Prell", "it was lost"),
        ("Ada Prell called it “a trick” and said the mill was lost.", "Ada Prell", "the mill was lost"),
        ("Even Ada Prell concedes that the mill is lost.", "Ada Prell", "the mill is lost"),
        # who is meant
        ("Publicly Ada Prell is hopeful. It was late, she told reporters.", "Ada Prell", "It was late"),
        ("The port issued a statement. “We are shut,” it said.", "The port", "We are shut"),
        ("The port's letter was two lines long. It said the mill was lost.", "The port", "the mill was lost"),
        (
            "I met a man who sits on the board. “It is lost,” he said.",
            "a man who sits on the board",
            "It is lost",
        ),
        ("Yard workers will vote on it in May, they said.", "Yard workers", None),
        ("Ada Prell OBE said the mill was lost.", "Ada Prell", "the mill was lost"),
    ],
)
def test_it_is_found(text: str, who: str, words: str | None) -> None:
    found = told(text)
    assert (who, words) in found if words else who in {name for name, _ in found}


@pytest.mark.parametrize(
    "text",
    [
        "“Quiet Sunday”, the film Ada Prell produced, was shown.",
        "“Blue Horse” Ada Prell painted hangs there.",
        "Ada Prell realised that the mill was lost.",
        "Ada Prell's latest report was late.",
        "I am told they are well.",
    ],
)
def test_nobody_says_anything(text: str) -> None:
    assert [who for who, _ in told(text) if who not in (None, "they")] == []
