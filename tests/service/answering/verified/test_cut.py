"""A statement laid beside its sentence, word for word: what may go, and what turns the rest. Here it is
compared by that alone, so that nothing else refuses what this has to refuse."""

import pytest

from service.answering import Said
from service.answering.verified.cut import UNATTRIBUTED, cut_fault
from service.answering.verified.reading import CitedSentence, Text

LONGEST = "Roe left and saw " + " ".join(["x"] * 156) + "."
REFUSED = [
    # Asking claims nothing, on either side.
    ("Roe left?", "Roe left."),
    ("Roe left.", "Roe left?"),
    ("Roe left.", "“Roe left?”"),
    ("Roe left.", LONGEST.replace("saw", "saw it")),
    ("Roe told Radio Harbour that it rained.", "Roe told Harbour Radio that it rained."),
    ("Roe won the race.", "Roe won the race in a dream."),
    ("Roe left.", "Roe left, a jury found."),
    ("Roe left.", "Suppose Roe left."),
    ("Roe Robs Bank.", "Roe Aide Robs Bank."),
    ("Roe hired Lt. Doe in May.", "Roe hired Lt. Zorn and sacked Lt. Doe in May."),
    ("One wells is dry.", "One in five wells is dry."),
    ("The vote was 48.", "The vote was 48–47 for Roe."),
    ("Roe shot the spy.", "Roe shot the 'spy'."),
    # Quotation marks, both stretches of them.
    ("Roe said “it rained” and “it snowed”.", "Roe said “it rained” and it snowed."),
    ("Roe saw “lines closed”.", "Roe saw “lines close”."),
    # Each word that isn't the sentence's own.
    ("Roe left Paris.", "Roe left."),
    ("Roe left then Paris.", "Roe left."),
    ("Roe was Zorn.", "Roe beat Zorn."),
    ("Roe left Zorn.", "Roe is Zorn."),
    ("Roe has 2 lines.", "Roe has 3 lines."),
    ("Roe may resign.", "Roe will resign."),
    ("Roe may resign.", "Roe might resign."),
    ("Roe May resign.", "Roe may resign."),
    ("Roe saw March.", "Roe saw the march."),
    ("Roe saw a human being.", "Roe saw human beings."),
    ("Talks continued.", "Talks commented."),
    ("Talks continued.", "Talks said."),
    ("Talks said.", "Talks continued."),
    ("They agreed.", "They warned."),
    ("They said.", "They warned."),
    ("Roe passed Zorn.", "Roe walked by."),
    ("Roe walked Zorn.", "Roe walked by."),
    ("Roe walked then.", "Roe walked by."),
    ("Roe was hit Zorn.", "Roe was hit by Zorn."),
    ("Roe was hit Zorn 2.", "Roe was hit by Zorn 2."),
    ("Roe met 2 Zorn.", "Roe met 2 by Zorn."),
    ("Sales rose 4%.", "Sales rose from 4%."),
    ("Roe beat Zorn.", "He beat Zorn."),
    # Half a verb.
    ("It has.", "It has to end."),
    ("It is.", "It is on Sunday."),
    # Who spoke, and to whom.
    ("The minister Roe said lines close.", "“Lines close,” Roe said."),
    ("Roe told Zorn it rained.", "“It rained,” Mayor Zorn told Roe."),
    ("Roe told Zorn it rained.", "“It rained,” Zorn told Roe on Sunday."),
    # The day.
    ("On Tuesday, Roe left.", "Roe left on Monday."),
    ("On Tuesday, Roe left.", "Roe left in haste."),
    ("On Tuesday, Roe left.", "Roe left after Tuesday."),
    ("By Tuesday, Roe left.", "Roe left by Tuesday."),
    ("Roe left in May.", "Roe left in haste."),
    # Where a sentence begins.
    ("Roe left.", "Doe and Roe left."),
    ("Sales rose.", "In all of Norland, sales rose."),
    ("All sales rose.", "In Norland, all sales rose."),
    # Places and days that aren't whole, or aren't places and days alone.
    ("Roe met Zorn York.", "Roe met Zorn in New York."),
    ("Roe met Zorn.", "Roe in his Geneva met Zorn."),
    ("Roe met Zorn.", "Roe in exile in Geneva met Zorn."),
    ("Roe met Zorn.", "Roe from Geneva met Zorn."),
    ("Roe met Zorn.", "Roe in Ada Bel Cor Dun Eld Fan Gor Hul met Zorn."),
    # Titles and names that aren't the whole of one.
    ("The army Norland left.", "The army of Norland left."),
    ("Kings and Men won in Paris.", "Of Kings and Men won in Paris."),
    ("Norland left.", "Bank of the Norland left."),
    ("Roe left.", "General strikes Roe left."),
    ("Zorn met lawyers.", "Zorn met minister lawyers."),
    ("Zorn met of farmers.", "Zorn met Friends of farmers."),
    ("Zorn met lawyer Roe.", "Zorn met Norland lawyer Roe."),
    ("Zorn met talks.", "Zorn met Geneva talks."),
    ("Unlike Roe met Zorn.", "Unlike the President, Roe met Zorn."),
    # Asides that turn the rest.
    ("The plan ends the war.", "The plan, if accepted, ends the war."),
    ("The plan ends the war.", "The plan, they deny, ends the war."),
    ("The plan ends the war.", "The plan, Zorn may say, ends the war."),
    ("The plan works.", "The plan, which is false, works."),
    ("The plan works.", "The plan, which they read, if passed, works."),
    ("The plan works.", "The plan a myth, works."),
    ("It works.", "It if passed, works."),
    # Ends that turn the rest.
    ("Roe left.", "Roe left — not yesterday."),
    ("Roe left.", "Roe left Paris."),
    ("Roe left.", "Roe left, if he was asked."),
    ("Roe left.", "Roe left, which was not easy, unless asked."),
    ("Roe left.", "Roe left to see whether it was false."),
    ("Roe left.", "Roe left, which is perhaps a start."),
    ("Roe left.", "Roe left with perhaps a start."),
    ("It was the first visit.", "It was the first visit to Norland."),
    ("Roe pass.", "Roe passenger."),
]
KEPT = [
    ("Roe left.", LONGEST),
    ("Roe left then.", "Roe left."),
    ("Roe left.", "Roe had left."),
    ("Lines close.", "The lines close."),
    ("Roe left.", "Roe immediately left."),
    ("Sales rose 4%.", "Sales rose by 4%."),
    ("Lines were closed in Paris.", "Lines are closed in Paris."),
    ("Roe said it would rain.", "Roe said it will rain."),
    ("Roe will go.", "Roe will go."),
    ("Roe said that Doe said it rained.", "Roe said that Doe said it rained on Sunday."),
    ("Talks continue.", "Talks continued."),
    ("They tell Zorn it rained, they add.", "They told Zorn it rained, they add."),
    ("Roe stated that Doe said it rained.", "Roe said that Doe said it rained."),
    ("Roe adds that Doe said it rained.", "Roe added that Doe said it rained."),
    ("Roe told CNN it rained.", "“It rained,” Mayor Roe told CNN on Sunday."),
    ("Roe told Bob it rained.", "“It rained,” Ann Roe told Bob Roe."),
    ("The US is in Paris.", "The US is now in Paris."),
    ("On Tuesday, Roe said it rained.", "It rained, Roe said on Tuesday."),
    ("On Tuesday, it rained.", "It rained on Tuesday."),
    ("It rained on Tuesday.", "On Tuesday, it rained."),
    ("On Tuesday, Roe left Paris.", "Roe left on Tuesday Paris."),
    ("Roe left.", "In Geneva, Roe left."),
    ("Roe left.", "But Roe left."),
    ("Roe met Zorn.", "Roe in Geneva met Zorn."),
    ("Roe met Zorn.", "Roe in the Hague met Zorn."),
    ("Roe met Zorn.", "Roe in Ada Bel Cor Dun Eld Fan Gor met Zorn."),
    ("Sales in Norland rose.", "Sales in Norland in May rose."),
    ("Sales in 2020 rose.", "Sales in 2020 in Norland rose."),
    ("Roe left.", "Ann Roe left."),
    ("Roe left.", "Farm minister Roe left."),
    ("Roe met Zorn.", "Roe met secretary Zorn."),
    ("Roe met envoy Zorn.", "Roe met Norland envoy Zorn."),
    ("Roe met State Zorn.", "Roe met Secretary of State Zorn."),
    ("The plan works.", "The plan, a short one, works."),
    ("The plan works.", "The plan, which is not new, works."),
    ("The plan works.", "The plan, short, cheap, works."),
    ("Roe left.", "Roe left, a day late."),
    ("Roe did not leave.", "Roe did not leave — not yet."),
]


def fault(statement: str, quote: str, *, said: Said | None = None) -> str | None:
    return cut_fault(Text(statement), CitedSentence(Text(quote), said))


@pytest.mark.parametrize(("statement", "quote"), REFUSED)
def test_what_the_sentence_does_not_say_is_refused(statement: str, quote: str) -> None:
    assert fault(statement, quote) is not None


@pytest.mark.parametrize(("statement", "quote"), KEPT)
def test_what_goes_without_turning_the_rest_may_go(statement: str, quote: str) -> None:
    assert fault(statement, quote) is None


@pytest.mark.parametrize("field", ["speaker", "to", "venue", "when"])
def test_what_the_article_tells_of_the_speaking_may_be_told(field: str) -> None:
    said = Said(**{"speaker": "Roe", field: {"speaker": "Roe"}.get(field, "Geneva")})
    assert fault("Roe said lines close.", "“Lines close.”", said=said) is None
    assert fault("Doe said lines close.", "“Lines close.”", said=said) == UNATTRIBUTED
