"""A statement is its quotation cut short, or it isn't served as worded. Each false line has no word that its
quotation lacks: what a hostile model would say."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering import Said
from service.answering.verified.cut import CUT, cut_fault
from service.answering.verified.reading import CitedSentence, Text
from service.answering.verified.support import NOT_PLAIN, borne_out
from tests.service.answering.drafting import thorough

FALSE = [
    ("Norland’s agency news state Xin said it rained.", "Norland’s state news agency Xin said it rained."),
    ("Roe met him befor noon.", "Roe met him before noon."),
    ("Roe wrote the plan.", "Roe wrote the plan, which is a lie."),
    ("The plan, Roe said, works.", "The plan, which Roe said is a myth, works."),
    ("Roe said troops.", "Roe added troops."),
    ("It rained, Paris told CNN.", "It rained in Paris, Roe told CNN."),
    ("Roe Ann said it rained.", "Ann Roe said it rained."),
    ("Witkoff did not meet Putin.", "Witkoff did not meet Putin in Geneva."),
    ("Witkoff did not meet Putin.", "On Sunday, Witkoff did not meet Putin."),
    ("No deal was signed.", "No deal in Geneva was signed."),
    ("It was the first visit.", "It was the first visit to the town."),
    ("It was the largest attack.", "It was the largest attack on Kherson."),
    ("All allies agreed.", "All allies in Paris agreed."),
    ("Trump will sign.", "Trump will sign when Putin signs."),
    ("Trump will sign.", "Trump will sign, after Putin has signed."),
    ("Russia agreed.", "Russia agreed with conditions."),
    ("Putin paid.", "Putin paid, Zorn alleged."),
    ("Roe left.", "Roe left, allegedly."),
    ("The “president” met Roe.", "The president met Roe."),
    ("Roe is “sorry”.", "“He lied,” said Roe, who is sorry."),
    ("Ukraine offered Russia land.", "Russia offered Ukraine land."),
    ("Israel attacked Iran.", "Israel was attacked by Iran."),
    (
        "The company rejected the plan that the ministry proposed.",
        "The ministry rejected the plan that the company proposed.",
    ),
    ("Rubio rejected the ceasefire.", "Rubio praised the plan while Putin rejected the ceasefire."),
    ("Russia wrote the plan.", "Rubio dismissed claims that Russia wrote the plan."),
    ("Russia took Pokrovsk.", "Russia failed to take Pokrovsk."),
    ("Trump met Putin.", "Trump plans to meet Putin."),
    ("Trump met Putin.", "Trump hopes to meet Putin next week."),
    ("Ukraine ceded Donbas.", "The Kremlin wants Ukraine to cede Donbas."),
    ("The US would cut aid.", "The US would cut aid if Kyiv refused."),
    ("Rubio said the deal is dead.", "“It is false that the deal is dead,” Rubio said."),
    ("The deal is dead.", "Nobody believes the deal is dead."),
    ("The group was killed.", "The head of the rebel group was killed."),
    ("The deal was signed.", "The draft deal was signed."),
    ("President Bush met Putin.", "Former President Bush met Putin."),
    ("Support for exports grew.", "Support for the ban on exports grew."),
    ("Putin said Zelensky must resign.", "Zelensky said Putin must resign."),
    ("Witkoff wrote the plan.", "The plan that Witkoff saw was one Russia wrote."),
    ("Ukraine agreed to limit its army.", "Ukraine agreed to talks that would limit its army."),
    ("Russia accepted the plan.", "It is unclear whether Russia accepted the plan."),
    ("Russia accepted the plan.", "Unless Russia accepted the plan, sanctions follow."),
    (
        "Rubio said the plan was written by Russia.",
        "Rubio told senators who said the plan was written by Russia that it was a U.S. text.",
    ),
    ("Kyiv is the aggressor.", "Moscow insists that Kyiv is the aggressor."),
    ("The sanctions work.", "The sanctions rarely work."),
    ("Only Ukraine agreed.", "Ukraine agreed only to talks."),
    ("The army left Kyiv.", "The army that held Kyiv left."),
    ("Trump gave Ukraine a week.", "Trump gave Ukraine a week to answer, then withdrew the deadline."),
    ("Zelensky threatened Putin.", "Zelensky said he was threatened by Putin."),
    ("Russia ended the war.", "Russia said the war ended."),
    ("Russia may attack.", "Russia may not attack."),
    ("Putin lied.", "Putin said Zelensky lied."),
    ("Ukraine will sign the deal.", "Ukraine will sign the deal over its president’s dead body."),
    ("The talks ended the war.", "The talks to end the war failed."),
    ("Rubio and Putin agreed.", "Rubio and Witkoff met Putin and agreed."),
    ("Rubio agreed with Putin.", "Rubio agreed with Witkoff about Putin."),
    ("The talks were productive.", "The talks were less productive."),
    ("Ukraine wants peace less than Russia.", "Russia wants peace less than Ukraine."),
    ("Iran sold drones from Russia.", "Russia sold drones from Iran."),
    ("Rubio said Russia.", "Rubio said Russia lied."),
    ("Is Russia guilty? Rubio said yes.", "Rubio said yes, Russia is not guilty."),
    ("Trump: Ukraine lost.", "Trump said Ukraine has not lost."),
]
# A number, date, name, denial, modal, verb or speaker changed, or two that changed places.
CHANGED = [
    ("Three lines close.", "Two lines close."),
    ("It cost $4.", "It cost £4."),
    ("It cost 4 million.", "It cost 4 billion."),
    ("Fire killed 97 people and hurt 12 more.", "Fire killed 12 people and hurt 97 more."),
    ("Between 5 and 4 lines close.", "Between 4 and 5 lines close."),
    ("It rained on Monday.", "It rained on Tuesday."),
    ("It rained in May.", "It rained in June."),
    ("It rained in 1999.", "It rained in 1998."),
    ("He came Monday and left Sunday.", "He came Sunday and left Monday."),
    ("It rained on Roe.", "It rained on Brandt."),
    ("It hit Day badly.", "It hit four days badly."),
    ("In Rome, Iran attacked Israel.", "In Rome, Israel attacked Iran."),
    ("Iran attacked Israel.", "Israel attacked Iran."),
    ("Lines sink.", "Lines close."),
    ("It rained before noon.", "It rained after noon."),
    ("It did not rain.", "It did rain."),
    ("It did rain.", "It did not rain."),
    ("It left with a deal.", "It left without a deal."),
    ("No village would not lose water.", "No village would lose water."),
    ("It did not rain, it snowed.", "It did rain, it had not snowed."),
    ("Roe said he knew.", "Roe did not say he knew."),
    ("Roe said it will rain.", "Roe said it could rain."),
    ("Roe said it will rain.", "Roe said it would rain."),
    ("It rained.", "It may have rained."),
    ("It rained.", "It allegedly rained."),
    ("It may rain late.", "It rained late, it may snow."),
    ("Roe must go, he may stay.", "Roe may go, he must stay."),
    ("Roe denied it rained.", "Roe said it rained."),
    ("Roe said it rained.", "Roe denied it rained."),
    ("Roe refused to go.", "Roe agreed to go."),
    ("It rained, Roe admitted.", "It rained, Roe said."),
    ("Roe said it rained.", "Roe knew it rained."),
    ("Roe said he said it rained.", "Roe said it rained."),
    ("The union sued the firm.", "The firm sued the union."),
    ("Brandt said it rained.", "“It rained on Brandt,” Roe said."),
    ("It rained, said Brandt.", "“It rained on Brandt,” said Roe."),
    ("Brandt vowed to go.", "Roe vowed to go with the brother of old Mr. Brandt."),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it, according to the envoy, who met Tran.",
    ),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it, according to the envoy, opposing Tran.",
    ),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it for Tran, according to the envoy.",
    ),
    ("Brandt asked Roe to go.", "Brandt asked Poe to go for Roe."),
    ("Roe told Brandt it rained.", "Roe said it rained on Poe over Brandt."),
    (
        "According to Tran, Rashid must approve it.",
        "Rashid must approve it, according to the envoy, for opposing Tran.",
    ),
    ("Brandt agreed to go.", "Those who agreed Brandt had to go."),
    ("Brandt agreed to go.", "It had to go, agreed the old wet sad Brandt."),
    ("It rained; then, warned Brandt, it snowed.", "It rained; then, warned Roe, it snowed on Brandt."),
    ("Storms killed 97.", "Storms killed 12 men; old wet mad fires hurt 97."),
    ("97 killed.", "12 ran; they killed 97."),
    ("97 left.", "97 saw old men who left, 12 died."),
    ("Roe said Iran attacked Israel.", "Roe said Israel attacked Iran."),
    ("In Rome, Iran attacked.", "In Rome they attacked Iran."),
    ("Marco Rubio attacked Witkoff.", "Witkoff attacked Marco Rubio."),
    ("They sailed to Rome.", "From Rome they sailed."),
    ("Roe told Brandt it rained.", "Roe told CNN it rained on Brandt."),
    ("Roe told Brandt it rained.", "Roe knew, as he said, that it rained over Brandt."),
    ("Roe said to Brandt that it rained.", "Roe told CNN it rained on Brandt."),
    ("Roe told lawmakers it rained.", "Roe told reporters it rained, lawmakers too."),
    ("Roe said “it poured”.", "Roe said it rained."),
    ("Roe said “it … cats”.", "Roe said “it rained cats”."),
    ("It rained.", "Roe said it rained."),
    ("It rained “hard”.", "It rained “hard”, Roe said."),
    ("It rained.", "“It rained.”"),
    ("The union sued the company.", "The company sued the union after the strike hit the port."),
    ("The port hit the strike.", "The company sued the union after the strike hit the port."),
    (
        "The strike hit the port after the company sued.",
        "The company sued the union after the strike hit the port.",
    ),
    ("The company hit the port.", "The company sued the union after the strike hit the port."),
    ("Soldiers captured the rebels.", "The rebels captured soldiers and the army had released prisoners."),
    ("The army captured soldiers.", "The rebels captured soldiers and the army had released prisoners."),
    ("The rebels released prisoners.", "The rebels captured soldiers and the army had released prisoners."),
    ("The rebels released prisoners.", "The rebels captured soldiers; the army released prisoners."),
    ("The rebels released prisoners.", "The rebels knew the army said it released prisoners."),
    ("The rebels released prisoners.", "The rebels left as the army released prisoners."),
    ("It sued the company.", "The company sued."),
    ("Keita won; the union sued the firm.", "He won; the firm sued the union."),
    ("The Union sued.", "They sued the Union."),
]
TRUE = [
    ("Roe vows to go.", "Roe vowed to go."),
    ("Roe won the prize.", "Roe won the prize, which was her only one."),
    ("Roe left.", "Roe, who had not spoken, left."),
    ("“It rained,” stated Roe.", "“It rained,” Roe said."),
    ("Witkoff did not meet Putin, Roe said.", "Roe said Witkoff did not meet Putin."),
    ("On Sunday, Witkoff did not meet Putin.", "Witkoff did not meet Putin on Sunday."),
    ("Roe of Norland left.", "Roe of Norland left in May."),
    ("Roe left.", "Roe, of all people, left."),
    ("Roe said: “Lines close.”", "“Lines close,” Roe said."),
    ("Roe called it “a start”.", "Roe called it “a start” on Sunday."),
    (
        "Rubio said the talks in Geneva were productive.",
        "“The talks in Geneva were productive,” Rubio said on Sunday.",
    ),
    (
        "Brandt told Harbour Radio that 2 of 9 lines could close.",
        "Mayor Ilse Brandt told Harbour Radio on Tuesday that two of nine lines could close.",
    ),
    ("Marco Rubio met Witkoff in Miami.", "Marco Rubio, who is 54, met Witkoff in Miami."),
    ("Rubio met Witkoff in Miami.", "Secretary of State Marco Rubio met Steve Witkoff in Miami on Sunday."),
    ("The plan has 28 points.", "The plan, drafted in Miami, has 28 points."),
    ("It did not respond.", "It did not immediately respond."),
    ("Sales rose 4%.", "Sales rose by 4 per cent."),
    ("The talks were held in Geneva.", "The talks were held in Geneva on Sunday."),
    ("Lines close.", "Lines close and ferries sink."),
    ("The delegations met in Geneva.", "On Sunday, the delegations met in Geneva."),
    ("Rubio said that the plan was written by the U.S.", "“The plan was written by the U.S.,” Rubio said."),
    ("Bae pledged on Sunday to go.", "Farm minister Joon Bae promised on Sunday to go."),
    (
        "On Tuesday, Roe told CNN that 2 lines close.",
        "Mayor Ann Roe told CNN on Tuesday that two lines close.",
    ),
    ("No relief is in sight.", "And no relief is in sight."),
    ("According to Roe, lines close.", "Lines close, according to the mayor, Ann Roe."),
    ("Hugh Marsden said that it might appeal.", "The bank’s lawyer, Hugh Marsden, said it might appeal."),
    ("Roe said they have not decided.", "“We have not decided — not yet,” Roe said."),
]
TWO_FALSE = [
    ("The plan collapsed.", ["The plan includes 28 points.", "The ceasefire collapsed."]),
    (
        "Rubio praised the plan and rejected the ceasefire.",
        ["Rubio praised the plan.", "Putin rejected the ceasefire."],
    ),
    ("Rubio arrived Monday.", ["Rubio said little.", "Putin arrived Monday."]),
    ("Rubio praised the ceasefire.", ["Rubio praised the plan.", "The ceasefire collapsed."]),
    ("Because Rubio praised the plan, Putin arrived.", ["Rubio praised the plan.", "Putin arrived."]),
    ("Rubio praised the plan, so Putin arrived.", ["Rubio praised the plan.", "Putin arrived."]),
    ("Rubio praised the plan; Putin did not.", ["Rubio praised the plan.", "Putin did not come."]),
]
TWO_TRUE = [
    ("Rubio praised the plan, while Putin rejected it.", ["Rubio praised the plan.", "Putin rejected it."]),
    (
        "Rubio praised the plan; Putin rejected the ceasefire.",
        ["Rubio praised the plan.", "Putin rejected the ceasefire."],
    ),
    ("Rubio praised the plan.", ["Rubio praised the plan.", "Rubio praised the plan on Sunday."]),
]


def reason(statement: str, *quotes: str, said: Said | None = None) -> str | None:
    return borne_out(statement, [CitedSentence(Text(quote), said) for quote in quotes]).reason


@pytest.mark.parametrize(("statement", "quote"), [*FALSE, *CHANGED])
def test_what_is_cut_where_it_turns_is_refused(statement: str, quote: str) -> None:
    assert reason(statement, quote) is not None


@pytest.mark.parametrize(("statement", "quote"), TRUE)
def test_what_is_cut_where_nothing_turns_is_borne_out(statement: str, quote: str) -> None:
    assert reason(statement, quote) is None


@pytest.mark.parametrize(("statement", "quotes"), TWO_FALSE)
def test_two_true_sentences_bear_out_no_mixture(statement: str, quotes: list[str]) -> None:
    assert reason(statement, *quotes) is not None


@pytest.mark.parametrize(("statement", "quotes"), TWO_TRUE)
def test_each_claim_may_have_a_quotation_of_its_own(statement: str, quotes: list[str]) -> None:
    assert reason(statement, *quotes) is None


NAMES = ("Roe", "Doe", "Zorn", "Iran", "Norland")
VERBS = ("praised", "attacked", "met", "sued", "left")
TURNING = (
    "failed to", "plans to", "refused to", "promised to", "never", "almost", "wants to", "threatened to",
    "may have", "was accused of having", "has yet to have", "denied having", "is said to have", "was",
    "allegedly", "rarely",
)  # fmt: skip
AROUND = (
    "Nobody believes that {}.", "It is false that {}.", "Zorn dismissed claims that {}.", "If {}, all ends.",
    "Unless {}, all ends.", "{}, if all goes well.", "It is unclear whether {}.", "“{}” is a lie, Zorn said.",
    "Did it end when {}?", "{}, Zorn falsely claimed.", "Zorn dreamt {}.", "Had {}, all would end.",
)  # fmt: skip


@pytest.mark.slow
@thorough
@given(st.permutations(NAMES), st.sampled_from(VERBS), st.sampled_from(TURNING))
def test_a_turning_word_cannot_be_left_out(names: list[str], verb: str, turning: str) -> None:
    one, other, *_ = names
    assert reason(f"{one} {verb} {other}.", f"{one} {turning} {verb} {other}.") is not None


@thorough
@given(st.permutations(NAMES[:2]), st.sampled_from(VERBS), st.sampled_from(AROUND))
def test_what_a_clause_hangs_on_cannot_be_left_out(names: list[str], verb: str, around: str) -> None:
    claim = f"{names[0]} {verb} {names[1]}"
    assert reason(f"{claim}.", around.format(claim)) is not None


@pytest.mark.slow
@thorough
@given(st.permutations(NAMES), st.permutations(VERBS), st.booleans(), st.sampled_from([" ", ", and ", ", "]))
def test_no_mixture_of_two_sentences_is_borne_out(
    names: list[str], verbs: list[str], together: bool, joined: str
) -> None:
    one, two = (names[0], verbs[0], names[1]), (names[2], verbs[1], names[3])
    first, second = (" ".join(each) for each in (one, two))
    quotes = [f"{first}{joined}{second}."] if together else [f"{first}.", f"{second}."]
    for mixed in itertools.product(*zip(one, two, strict=True)):
        for claim in (mixed, mixed[::-1]):
            if claim not in (one, two):
                assert reason(" ".join(claim) + ".", *quotes) is not None, claim


@pytest.mark.slow
@thorough
@given(st.sampled_from(TRUE), st.data())
def test_no_word_but_a_neutral_one_can_be_put_in(pair: tuple[str, str], data: st.DataObject) -> None:
    statement, quote = pair
    words = statement.split()
    at = data.draw(st.integers(1, len(words)))
    word = data.draw(st.sampled_from(["not", "never", "Putin", "falsely", "only", "12", "no", "may"]))
    put_in = " ".join([*words[:at], word, *words[at:]])
    assert reason(put_in, quote) is not None


@pytest.mark.parametrize(
    "text",
    [
        "See https://evil.example now.", "See evil.example now.", "![x](y) rain.", "[It](rain) rained.",
        "It <b>rained</b>.", "It\u202e rained.", "It\x1b[31m rained.", "It\u200b rained.", "It\nrained.",
        "=cmd rained.", "@here it rained.", "`It` rained.", "*It* rained.", "# It rained.", "- It rained.",
        "1. It rained.", "mailto:it rained.", "It rained 🕊.", "Ｉt rained.", "/remind it rained.",
        "I\u0301\u0302\u0303\u0304t rained.", "It | rained.", "~It~ rained.", "www rained.",
        "&amp; \\It rained.",
    ],
)  # fmt: skip
def test_a_statement_is_plain_text(text: str) -> None:
    assert borne_out(text, [CitedSentence(Text(text), None)]).reason == NOT_PLAIN


def test_who_spoke_may_stand_beside_the_quotation() -> None:
    said = Said(speaker="Ann Roe")
    assert reason("Ann Roe said lines close.", "“Lines close.”", said=said) is None
    assert reason("Old Roe said lines close.", "“Lines close.”", said=said) is not None


def test_a_speaker_beside_the_quotation_stands_for_no_pronoun_in_it() -> None:
    said = Said(speaker="Ann Roe")
    assert reason("Ann Roe said Roe lied.", "“He lied.”", said=said) is not None
    assert reason("Ann Roe said he lied.", "“He lied.”", said=said) is None


def test_the_quotations_that_bear_nothing_out_are_not_taken() -> None:
    sources = [CitedSentence(Text(text), None) for text in ("Zorn left.", "Roe left on Sunday.", "Roe left.")]
    assert borne_out("Roe left.", sources).by == (1, 2)


def test_an_endless_sentence_is_not_compared() -> None:
    quote = "Roe left " + "very " * 200 + "late."
    assert cut_fault(Text("Roe left very late."), CitedSentence(Text(quote), None)) == CUT
