"""A statement agrees with its quotations or it is not served as worded. One pair of lines a rule."""

import pytest

from service.answering.agreement import disagreement
from service.answering.answer import Said
from service.answering.reading import (
    ADDRESSEE,
    DATE,
    MODALITY,
    NAME,
    NEGATION,
    NUMBER,
    ORDER,
    QUOTED,
    SPEAKER,
    UNATTRIBUTED,
    VERB,
    WORD,
    Source,
    Text,
)

TRUE = [
    ("Roe vowed to go.", "Ann Roe also vowed to go."),
    # statement, quotation
    (
        "Brandt told Harbour Radio 2 lines could close.",
        "Mayor Brandt told Harbour Radio that two lines could close.",
    ),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it, according to the envoy, Samuel Tran.",
    ),
    ("Halvorsen said Norland would not join.", "Halvorsen said that Norland will not join."),
    ("Tran said he could not promise it.", "“I cannot promise it,” Tran said."),
    ("Tran said he might go.", "“I may go,” said Tran."),
    ("Brandt stated lines close.", "Brandt warned that lines close."),
    ("Brandt said: “Lines close.”", "“Lines close,” Brandt said."),
    ("Bae pledged water.", "Bae promised water."),
    ("The firm gave no details.", "The firm did not give any details."),
    ("It did not respond.", "It did not immediately respond."),
    ("On Tuesday, Brandt left town.", "Brandt left town on Tuesday."),
    ("Brandt left town in 1999.", "In 1999, Brandt left one town."),
    ("Sales rose 4%.", "Sales rose by 4 per cent."),
    ("Brandt asked Roe to go.", "Brandt asked Roe to go by noon."),
    ("Brandt said to reporters that it rained.", "Brandt told reporters that it rained."),
    ("Brandt told him it rained.", "Brandt told Roe it rained."),
    ("“It rained.”", "“It rained.”"),
    ("Lines close.", "Lines close and ferries sink."),
    ("The mayor said it rained.", "Brandt, the mayor, said it rained."),
    ("Roe told CNN it rained.", "“It rained,” Roe said in an interview with CNN."),
    ("Between 4 and 5 lines close.", "Between 4 and 5 lines close."),
    ("Roe said it rained.", "It was Roe who said it rained."),
    ("Roe said it rained.", "It rained, says the wet Roe."),
    ("It could rain.", "It could rain, it rained."),
    ("It rained.", "It may rain, it rained."),
    ("It rained, said Roe.", "It rained, Roe said."),
    ("Brandt told Roe it rained.", "Brandt told Roe, and told Poe, it rained."),
    ("According to Tran, Rashid must approve it.", "Rashid must approve it, according to the envoy, Tran."),
    ("Roe refused to go.", "Roe refused to go."),
    ("Roe agreed to go.", "It had to go, agreed the old wet Roe."),
    ("It rained on Roe, said Brandt.", "It rained on Roe, Brandt said."),
    ("It rained; then, warned Brandt, Roe left.", "It rained; Roe left then, warned Brandt."),
    ("Roe told them of the Brandt deal.", "Roe told Poe of the Brandt deal."),
    ("Roe told Brandt it rained.", "To Brandt, Roe said it rained."),
    ("Fire hurt 12, killed 97 men.", "Fire hurt 12, 97 killed men."),
    ("Lines 4 and 5 close.", "Lines 4 close, lines 5 close."),
    ("Fire killed 97 in Rome.", "Fire killed 97 people, hurt 12 men and women in Rome."),
    ("Fire killed 97.", "Fire hurt many old wet men and killed 97, then 12."),
    ("97 died in Rome.", "97 died, 12 were badly hurt on wet roads in Rome."),
    ("Badly 97 died.", "97 died, 12 were hurt on wet roads and badly."),
    ("Killed were 97.", "Killed were 97, hurt were 12."),
    ("On Tuesday Ann Roe said it rained.", "Ann Roe said it rained on Tuesday."),
    ("Officials said Iran left.", "Iran left, officials said."),
    ("Marco Rubio met Witkoff in Miami.", "Marco Rubio, who is 54, met Witkoff in Miami."),
]
FALSE = [
    ("Three lines close.", "Two lines close.", NUMBER),
    ("Sales rose 4%.", "Sales rose by 4 points.", NUMBER),
    ("It cost $4.", "It cost £4.", NUMBER),
    ("It cost 4 million.", "It cost 4 billion.", NUMBER),
    ("Fire killed 97 people and hurt 12 more.", "Fire killed 12 people and hurt 97 more.", NUMBER),
    ("Between 5 and 4 lines close.", "Between 4 and 5 lines close.", NUMBER),
    ("It rained on Monday.", "It rained on Tuesday.", DATE),
    ("It rained in May.", "It rained in June.", DATE),
    ("It rained in 1999.", "It rained in 1998.", DATE),
    ("He came Monday and left Sunday.", "He came Sunday and left Monday.", DATE),
    ("It rained on Roe.", "It rained on Brandt.", NAME),
    ("It hit Day badly.", "It hit four days badly.", NAME),
    ("In Rome, Iran attacked Israel.", "In Rome, Israel attacked Iran.", NAME),
    ("Iran attacked Israel.", "Israel attacked Iran.", NAME),
    ("Lines sink.", "Lines close.", WORD),
    ("It rained before noon.", "It rained after noon.", WORD),
    ("It did not rain.", "It did rain.", NEGATION),
    ("It did rain.", "It did not rain.", NEGATION),
    ("It left with a deal.", "It left without a deal.", NEGATION),
    ("No village would not lose water.", "No village would lose water.", NEGATION),
    ("It did not rain, it snowed.", "It did rain, it had not snowed.", NEGATION),
    ("Roe said he knew.", "Roe did not say he knew.", NEGATION),
    ("Roe said it will rain.", "Roe said it could rain.", MODALITY),
    ("Roe said it will rain.", "Roe said it would rain.", MODALITY),
    ("It rained.", "It may have rained.", MODALITY),
    ("It rained.", "It allegedly rained.", MODALITY),
    ("It may rain late.", "It rained late, it may snow.", MODALITY),
    ("Roe must go, he may stay.", "Roe may go, he must stay.", MODALITY),
    ("Roe denied it rained.", "Roe said it rained.", VERB),
    ("Roe said it rained.", "Roe denied it rained.", VERB),
    ("Roe refused to go.", "Roe agreed to go.", VERB),
    ("It rained, Roe admitted.", "It rained, Roe said.", VERB),
    ("Roe said it rained.", "Roe knew it rained.", VERB),
    ("Roe said he said it rained.", "Roe said it rained.", VERB),
    ("The union sued the firm.", "The firm sued the union.", ORDER),
    ("Brandt said it rained.", "“It rained on Brandt,” Roe said.", SPEAKER),
    ("It rained, said Brandt.", "“It rained on Brandt,” said Roe.", SPEAKER),
    ("Brandt vowed to go.", "Roe vowed to go with the brother of old Mr. Brandt.", SPEAKER),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it, according to the envoy, who met Tran.",
        SPEAKER,
    ),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it, according to the envoy, opposing Tran.",
        SPEAKER,
    ),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it for Tran, according to the envoy.",
        SPEAKER,
    ),
    ("Brandt asked Roe to go.", "Brandt asked Poe to go for Roe.", ADDRESSEE),
    ("Roe told Brandt it rained.", "Roe said it rained on Poe over Brandt.", ADDRESSEE),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it, according to the envoy, for opposing Tran.",
        SPEAKER,
    ),
    ("Brandt agreed to go.", "Those who agreed Brandt had to go.", SPEAKER),
    ("Brandt agreed to go.", "It had to go, agreed the old wet sad Brandt.", SPEAKER),
    (
        "It rained; then, warned Brandt, it snowed.",
        "It rained; then, warned Roe, it snowed on Brandt.",
        SPEAKER,
    ),
    ("Storms killed 97.", "Storms killed 12 men; old wet mad fires hurt 97.", NUMBER),
    ("97 killed.", "12 ran; they killed 97.", NUMBER),
    ("97 left.", "97 saw old men who left, 12 died.", NUMBER),
    ("Roe said Iran attacked Israel.", "Roe said Israel attacked Iran.", NAME),
    ("In Rome, Iran attacked.", "In Rome they attacked Iran.", NAME),
    ("Marco Rubio attacked Witkoff.", "Witkoff attacked Marco Rubio.", NAME),
    ("They sailed to Rome.", "From Rome they sailed.", NAME),
    ("Roe told Brandt it rained.", "Roe told CNN it rained on Brandt.", ADDRESSEE),
    ("Roe told Brandt it rained.", "Roe knew, as he said, that it rained over Brandt.", ADDRESSEE),
    ("Roe said to Brandt that it rained.", "Roe told CNN it rained on Brandt.", ADDRESSEE),
    ("Roe told lawmakers it rained.", "Roe told reporters it rained, lawmakers too.", ADDRESSEE),
    ("Roe said “it poured”.", "Roe said it rained.", QUOTED),
    ("Roe said “it … cats”.", "Roe said “it rained cats”.", QUOTED),
    ("It rained.", "Roe said it rained.", UNATTRIBUTED),
    ("It rained “hard”.", "It rained “hard”, Roe said.", UNATTRIBUTED),
    ("It rained.", "“It rained.”", UNATTRIBUTED),
]


def reason(
    statement: str, *quotes: str, said: Said | None = None, question: str = "", near: str = ""
) -> str | None:
    sources = [Source(Text(quote), said) for quote in quotes]
    return disagreement(statement, sources, question=question, near=near)


@pytest.mark.parametrize(("statement", "quote"), TRUE)
def test_a_restatement_agrees(statement: str, quote: str) -> None:
    assert reason(statement, quote) is None


@pytest.mark.parametrize(("statement", "quote", "why"), FALSE)
def test_what_is_changed_disagrees_and_says_in_what(statement: str, quote: str, why: str) -> None:
    assert reason(statement, quote) == why


@pytest.mark.parametrize("quote", [quote for _, quote in TRUE])
def test_a_sentence_agrees_with_itself(quote: str) -> None:
    assert reason(quote, quote) is None


def test_a_statement_is_compared_with_all_its_quotations_together() -> None:
    both = "Roe said it rained and 3 lines closed."
    assert reason(both, "Roe said it rained.", "Roe said 3 lines closed.") is None
    assert reason(both, "Roe said it rained.") == NUMBER
    assert (
        reason("Roe said “it rained” and “it snowed”.", "“It rained,” Roe said.", "“it snowed,” Roe said.")
        == QUOTED
    )
    assert reason("Roe said “it rained” and lines close.", "“it rained,” Roe said.", "Lines close.") is None
    beside = Said(speaker="Ann Roe")
    told = [Source(Text("It rained."), beside), Source(Text("Lines close."), None)]
    assert disagreement("Roe said it rained and lines close.", told) is None
    assert reason("It rained.", "It rained.", "Roe said it rained.") is None
    assert reason("It rained and 3 lines closed not.", "It did not rain, not.", "3 lines closed.") == NEGATION


def test_each_speaker_is_one_of_the_quotations() -> None:
    both = "Roe said it rained; Brandt, the mayor, said lines close."
    assert reason(both, "Roe said it rained.", "Brandt, the mayor, said lines close.") is None
    assert reason(both, "Roe said it rained.", "Roe said lines close on Brandt, the mayor.") == SPEAKER
    envoy = "Rashid must approve it, according to the envoy, Samuel Tran."
    unseen = "It was Roe who said it rained."
    assert reason("Roe said it rained and lines close.", unseen, "Lines close.") is None
    assert (
        reason(
            "Roe told CNN it rained and lines close.", "Roe told CNN it rained.", "Roe told Poe lines close."
        )
        is None
    )
    assert reason("Fire killed 97 and storms hurt 12.", "Fire killed 97.", "Storms hurt 12.") is None
    rained, close = Text("“It rained.”"), Text("“Lines close.”")
    told = [Source(rained, Said(speaker="Ann Roe")), Source(close, Said(speaker="Ilse Brandt"))]
    assert disagreement("Roe said it rained and lines close.", told) is None
    assert reason("According to Tran, Rashid must approve it.", envoy, "Roe said it rained.") is None


def test_who_spoke_may_be_told_by_the_article_beside() -> None:
    said = Said(speaker="Ilse Brandt", to="Harbour Radio", venue="Oslo", when="Tuesday")
    assert reason("Brandt said it rained.", "“It rained,” she said.", said=said) is None
    assert (
        reason("Brandt told Harbour Radio on Tuesday in Oslo it rained.", "“It rained.”", said=said) is None
    )
    assert reason("Roe said it rained.", "“It rained,” she said.", said=said) == WORD
    assert reason("Now Roe said it rained.", "“It rained now,” she said.", said=said) == NAME
    assert reason("Brandt told Roe it rained.", "“It rained on Roe,” she said.", said=said) == ADDRESSEE
    assert reason("Roe said it rained.", "“It rained on Roe,” she said.", said=said) == SPEAKER
    assert reason("Brandt denied it rained.", "“It rained.”", said=said) == VERB
    assert reason("Roe said it rained.", "“It rained on Roe.”", said=Said(speaker="They")) == SPEAKER
    marco = Said(speaker="Marco Rubio")
    assert reason("Late, Marco Rubio met Witkoff.", "Late, Rubio met Witkoff.", said=marco) is None


def test_a_question_supplies_names_only_for_what_points_back() -> None:
    near = "Keita limped off. He will go."
    assert reason("Keita will go.", "He will go.", question="Will Keita go?", near=near) is None
    assert reason("Late, Keita will go.", "Late, he will go.", question="So Keita?", near=near) is None
    assert reason("Late, Keita will go.", "Late, he will go.", question="So Keita?", near="Late.") == NAME
    assert reason("Late, Keita will go.", "Late, he will go.", near=near) == NAME
    assert reason("Late, Keita will go.", "Late, Sow will go.", question="So Keita?", near=near) == NAME
    assert reason("He won 5.", "He won.", question="Did he win 5?", near="He won 5.") == NUMBER
    assert reason("He won late.", "He won.", question="Did he win late?", near="He won late.") == WORD


def test_nothing_claimed_is_nothing_to_disagree_with() -> None:
    assert reason("", "It rained.") is None
    assert reason("“…”", "It rained.") is None
