import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Region, Sentence
from service.answering import Said
from service.answering.said.attribution import attribute
from tests.service.answering.making import body


def said(text: str) -> list[Said | None]:
    return list(attribute(text, body(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not go back,” said Jane Roe, a spokeswoman for the union.", Said("Jane Roe")),
        (
            "Finance Minister Anna Kowalska told reporters in Warsaw on Monday that the budget would pass.",
            Said("Anna Kowalska", "reporters", "Warsaw", "Monday"),
        ),
        (
            "The budget will pass, Kowalska said in an interview with the Financial Times.",
            Said("Kowalska", None, "the Financial Times"),
        ),
        (
            "According to two people familiar with the matter, the deal collapsed on Friday.",
            Said("two people familiar with the matter"),
        ),
        (
            "Speaking to the BBC on Thursday, Prime Minister Liam Byrne warned that “time is running out”.",
            Said("Liam Byrne", "the BBC", None, "Thursday"),
        ),
        ("“It was ours to lose,” said Byrne on CBS on Sunday.", Said("Byrne", None, "CBS", "Sunday")),
        ("Kowalska said talks would resume on Sunday.", Said("Kowalska")),
        ("Olu Adeyemi, 42, a farmer from Kano, said the rain came late.", Said("Olu Adeyemi")),
        ("Tim Okoro and Sunita Rao said they would attend.", Said("Tim Okoro and Sunita Rao")),
        ("Secretary of State Ann Lee also said on Friday that she would go.", Said("Ann Lee", when="Friday")),
        (
            "The president of the council, Inge van der Berg, said on Sunday that it would vote.",
            Said("Inge van der Berg", when="Sunday"),
        ),
        (
            "A vote will be held soon, a senior European official has said.",
            Said("a senior European official"),
        ),
        ("Rebels shelled the town overnight, residents said.", Said("residents")),
        (
            "“This is wrong,” Maria Silva, the mayor of Porto, told SIC television on Wednesday.",
            Said("Maria Silva", "SIC television", None, "Wednesday"),
        ),
        (
            "Sen. Lindsey Marsh said on NBC’s “Meet the Press” that he backed the bill.",
            Said("Lindsey Marsh", None, "NBC’s “Meet the Press”"),
        ),
        (
            "In a statement on Tuesday, the White House said the president was well.",
            Said("the White House", when="Tuesday"),
        ),
        (
            "On Monday, Iran’s foreign minister, Reza Karimi, said Tehran would respond.",
            Said("Reza Karimi", when="Monday"),
        ),
        (
            "Byrne said that a deal was near, the New York Times reported, quoting senior officials.",
            Said("Byrne", None, "the New York Times"),
        ),
        ("‘I am not leaving,’ Byrne told the Guardian.", Said("Byrne", "the Guardian")),
        ("Smith told Jones that Brown had lied.", Said("Smith", "Jones")),
        ("“No,” Smith told Jones, and she added: “Never.”", Said("Smith", "Jones")),
    ],
)
def test_reads_who_said_it_to_whom_where_and_when(text: str, expected: Said) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The company added 500 jobs in March.",
        "She was told to leave.",
        "The minister was said to be furious.",
        "After Kowalska said she would resign, markets fell.",
        "Police Chief John Doe declined to say whether anyone was hurt.",
        "Silva, who told CNN last week she would run, withdrew on Monday.",
        "“It is over,” he said.",
        "Byrne said it was “a mess”, while Kowalska called it “progress”.",
        "Byrne called Kowalska on Friday, and they spoke for an hour.",
    ],
)
def test_says_nothing_where_nobody_or_more_than_one_is_named(text: str) -> None:
    assert said(text) == [None]


def test_a_pronoun_is_the_speaker_of_the_sentence_before() -> None:
    text = "Anna Kowalska said the talks had failed.\n\n“We tried,” she told the BBC."
    assert said(text)[1] == Said("Anna Kowalska", "the BBC")


def test_a_pronoun_is_the_one_whom_the_sentence_before_is_about() -> None:
    text = "Anna Kowalska said no.\n\nLiam Byrne left for Paris.\n\n“We tried,” he said."
    assert said(text)[2] == Said("Liam Byrne")
    lawyer = "Liam Byrne said no.\n\nThe union's lawyer left for Paris.\n\n“We tried,” he said."
    assert said(lawyer)[2] is None


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“It is ours,” Roe said. “Not yours.\n\n“We stay.”", ["Roe", "Roe", "Roe"]),
        ("“It is ours.\n\n“We stay,” Jane Roe said.", ["Jane Roe", "Jane Roe"]),
        ("Jane Roe wrote to the crew on Friday:\n\n“It is ours.\n\n“We stay.”", ["Jane Roe"] * 3),
        (
            "Late on Friday Jane Roe, a member of the assembly, said it was over. “Never,” she said.",
            ["Jane Roe"] * 2,
        ),
        ("Roe fears Doe said it was over.", [None]),
        ("Roe replied, a diplomat said, that it was late.", [None]),
        ("The board accepts, seven votes to two, says Jane Roe.", ["Jane Roe"]),
        ("The press officer thanked the crew and said that it was late.", ["The press officer"]),
        (
            "It will sail 'before winter'. A sailor said it was late. Roe said 'no.'",
            [None, "A sailor", "Roe"],
        ),
        ("The Union of Harbour Workers says it is late.", ["The Union of Harbour Workers"]),
        ("A fourth, Orlex, reported the cartel in 2030, Jane Roe said.", ["Jane Roe"]),
        ("Roe offered to say that it was over.", [None]),
        ("DOE: It is late.\n\nQUESTION: Why?\n\nDOE: Ask Roe.", ["DOE", None, "DOE"]),
        ("A boy known on the quay as “Moth” said it was over.", ["A boy"]),
    ],
)
def test_each_sentence_has_its_speaker(text: str, speakers: list[str | None]) -> None:
    assert [one and one.speaker for one in said(text)] == speakers


def test_a_pronoun_is_never_a_body() -> None:
    text = "The ministry said it was over.\n\nHe said he would appeal."
    assert said(text)[1] is None


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    text = "“We tried,” Kowalska told CNN. “We will try again.”"
    assert said(text) == [Said("Kowalska", "CNN")] * len(body(text))


def test_a_quotation_in_a_paragraph_of_its_own_is_not_guessed() -> None:
    assert said("Kowalska told CNN it was late.\n\n“We will try again.”")[1] is None


@given(st.text(alphabet=st.sampled_from('AbC said told “”"‘’ he,.;:—\nCNN on Sunday '), max_size=200))
def test_every_word_of_it_stands_in_the_article(text: str) -> None:
    for one in said(text):
        assert one is None or all(
            part is None or part in text for part in (one.speaker, one.to, one.venue, one.when)
        )


@pytest.mark.parametrize(
    "text", ["said " * 5000, " " * 20_000 + "said", "On " * 3000 + "said,", "according to " * 3000]
)
def test_what_is_no_prose_is_left_alone(text: str) -> None:
    """Each of these took the patterns seconds."""
    whole = (Sentence(0, len(text), Region.BODY),)
    assert attribute(text, whole) == (None,)


@pytest.mark.parametrize(
    "text",
    [
        "Neither Smith nor Jones said “the deal is dead”.",
        "Smith or Jones said “the deal is dead”.",
        "Nobody at Acme said “the deal is dead”.",
        "Had Smith said “the deal is dead”, Jones would have left.",
        "It is not true that Jones said “the deal is dead”.",
        "Reports that Jones said “the deal is dead” are false.",
        "A fake video in which Jones said “the deal is dead” spread.",
        "Smith’s claim that Jones said “the deal is dead” was false.",
        "Smith fears Jones said “the deal is dead”.",
        "Jones, whose boss, Ann Smith, said no, left.",
        "Smith, Jones and their lawyer said “no”.",
        "Smith's rival, Bob Jones, and his aide said “no”.",
        "Adviser Bob Jones and Smith aide Ann Lee said “no”.",
        "When Smith said “the deal is dead”, Jones replied: “No.”",
        "“It is dead,” Smith said, and Jones replied: “It is not.”",
        "“He is a liar,” Smith told Jones, and “he will pay”, Jones answered.",
        "Smith said it was dead, Jones said it was not.",
        "Smith said the deal was “dead” and Jones said it was not.",
        "Smith told Lee, Jones said, that “the deal is dead”.",
    ],
)
def test_puts_no_word_into_the_mouth_of_one_who_may_not_have_said_it(text: str) -> None:
    assert said(text) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“No,” a source close to Jane Smith said.", Said("a source close to Jane Smith")),
        ("“No,” said an aide to Smith, who was away.", Said("an aide to Smith")),
        ("“No,” Smith’s envoy to Jones said.", Said("Smith’s envoy to Jones")),
        ("A letter from Jones to Smith said “no”.", Said("A letter from Jones to Smith")),
        ("Jones told CNN Smith lied.", Said("Jones")),
        ("Jones told Mary Smith had lied.", Said("Jones", "Mary Smith")),
        ("Jones said in Paris Smith lied.", Said("Jones")),
        ("Jones said Monday was “dead”.", Said("Jones")),
        ("“No,” Jones told the Harbour Union's website.", Said("Jones", "the Harbour Union's website")),
    ],
)
def test_a_name_that_belongs_to_something_else_is_left_out(text: str, expected: Said) -> None:
    assert said(text) == [expected]


def test_a_quotation_after_a_quotation_is_nobodys() -> None:
    text = "“The deal is dead.” “No it is not,” Smith said."
    assert said(text) == [None, Said("Smith")]


def test_a_he_is_not_resolved_to_a_she() -> None:
    text = "Anna Lee said her plan was ready.\n\n“It is not,” he said."
    assert said(text)[1] is None


def test_a_pronoun_of_the_other_sex_ends_it() -> None:
    text = "Alex Lee said no.\n\n“We tried,” he said.\n\n“We failed,” she said."
    assert said(text)[1:] == [Said("Alex Lee"), None]
