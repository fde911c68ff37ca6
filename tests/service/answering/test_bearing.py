"""A statement is its quotation cut short, or it isn't served as worded. Each false line has no word that its
quotation lacks: what a hostile model would say."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.answer import Said
from service.answering.bearing import NOT_PLAIN, borne_out
from service.answering.cut import CUT, cut_fault
from service.answering.reading import Source, Text
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
    return borne_out(statement, [Source(Text(quote), said) for quote in quotes]).reason


@pytest.mark.parametrize(("statement", "quote"), FALSE)
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
    assert borne_out(text, [Source(Text(text), None)]).reason == NOT_PLAIN


def test_who_spoke_may_stand_beside_the_quotation() -> None:
    said = Said(speaker="Ann Roe")
    assert reason("Ann Roe said lines close.", "“Lines close.”", said=said) is None
    assert reason("Old Roe said lines close.", "“Lines close.”", said=said) is not None


def test_the_name_that_a_pronoun_stands_for_may_stand_in_its_place() -> None:
    sources = [Source(Text("He will miss five matches."), None)]
    asked, near = "How long is Keita out?", ["Keita limped off. He will miss five matches."]
    assert borne_out("Keita will miss five matches.", sources, question=asked, near=near).reason is None
    assert borne_out("Keita will miss matches.", sources, question=asked, near=near).reason == CUT
    two = ["Keita fell over Sow. He will miss five matches."]
    assert borne_out("Keita will miss five matches.", sources, question=asked, near=two).reason == CUT


def test_a_speaker_beside_the_quotation_stands_for_no_pronoun_in_it() -> None:
    said = Said(speaker="Ann Roe")
    assert reason("Ann Roe said Roe lied.", "“He lied.”", said=said) == CUT
    assert reason("Ann Roe said he lied.", "“He lied.”", said=said) is None


def test_the_quotations_that_bear_nothing_out_are_not_taken() -> None:
    sources = [Source(Text(text), None) for text in ("Zorn left.", "Roe left on Sunday.", "Roe left.")]
    assert borne_out("Roe left.", sources).by == (1, 2)


def test_the_surroundings_of_each_source_are_needed_or_of_none() -> None:
    sources = [Source(Text(text), None) for text in ("Zorn left.", "Roe left.")]
    assert borne_out("Roe left.", sources, near=["", ""]).by == (1,)
    with pytest.raises(ValueError, match="shorter"):
        borne_out("Roe left.", sources, near=[""])


def test_an_endless_sentence_is_not_compared() -> None:
    quote = "Roe left " + "very " * 200 + "late."
    assert cut_fault(Text("Roe left very late."), Source(Text(quote), None)) == CUT
