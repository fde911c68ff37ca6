"""Who is one across articles, and who holds an office."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.answering.said.known import Known, holder, known
from service.answering.said.people import people
from tests.service.answering.making import article

HERALD = "Ruritania's foreign minister, Hanna Vell, met union treasurer Sam Ode. Vell left."
POST = "Foreign Minister Hanna Vell met Borduria's foreign minister, Tom Ash. Mayor Lise Orme slept."
TIMES = "Lise Orme, mayor of Tarn, met Lise Orme's friends. The Free Harbour Movement (FHM) met."
MAIL = "Elvik's mayor, Lise Orme, spoke for the FHM. Petra Vell, a teacher, sang."
ALL = (HERALD, POST, TIMES, MAIL)


def of(*texts: str) -> Known:
    articles = [article(text, id_=f"a_{ALL.index(text) if text in ALL else text}") for text in texts]
    return known(one for each in articles for one in people(each))


def holding(everyone: Known, office: str) -> str | None:
    found = everyone.holder(office)
    return found.name if found else None


def test_one_whole_name_is_one_person_with_what_each_article_ties_to_it() -> None:
    [vell] = [one for one in of(HERALD, POST).everyone if one.name == "Hanna Vell"]
    assert [person.article_id for person in vell.among] == ["a_0", "a_1"]
    assert [(who.article_id, tie.words) for who, tie in vell.ties()] == [
        ("a_0", "Ruritania's foreign minister"),
        ("a_1", "Foreign Minister"),
    ]


def test_one_name_with_offices_that_contradict_is_two() -> None:
    assert [[p.article_id for p in one.among] for one in of(TIMES, MAIL).called("Lise Orme")] == [
        ["a_2"],
        ["a_3"],
    ]
    apart = of("Defence Minister Tom Ash spoke.", "Health Minister Tom Ash spoke.")
    assert len(apart.called("Tom Ash")) == 2
    once = of("Defence Minister Tom Ash spoke.", "Former Health Minister Tom Ash spoke.")
    assert len(once.called("Tom Ash")) == 1


def test_offices_that_one_article_ties_to_one_person_do_not_contradict() -> None:
    texts = ("Defence Minister Tom Ash spoke.", "Health Minister Tom Ash spoke.")
    both = "Tom Ash, the defence minister, spoke. Tom Ash, the health minister in May, slept."
    assert len(of(*texts).called("Tom Ash")) == 2
    assert len(of(*texts, both).called("Tom Ash")) == 1


def test_an_office_and_a_surname_are_of_the_one_whole_name_that_has_both() -> None:
    short, full = "Governor Ash slept.", "Tom Ash, governor of Tarn, and Sam Ash, a baker, spoke."
    assert {one.name: len(one.among) for one in of(short, full).called("Ash")} == {"Tom Ash": 2, "Sam Ash": 1}
    assert len(of("Ash slept.", full).called("Ash")) >= 2
    two = "Governor Tom Ash of Tarn met Governor Sam Ash of Elvik."
    assert sorted(len(one.among) for one in of(short, two).called("Ash")) == [1, 1, 1]


def test_where_articles_contradict_one_that_tells_too_little_belongs_to_neither() -> None:
    bare = "Lise Orme slept."
    found = [[person.article_id for person in one.among] for one in of(bare, TIMES, MAIL).called("Lise Orme")]
    assert sorted(found) == [["a_2"], ["a_3"], [f"a_{bare}"]]


def test_a_surname_alone_may_be_anybodys_of_that_name() -> None:
    assert [one.name for one in of(HERALD, MAIL).called("Vell")] == ["Hanna Vell", "Petra Vell"]
    assert of(HERALD).called("Vel") == ()


def test_an_office_is_held_by_whom_the_articles_tie_to_it() -> None:
    everyone = of(HERALD, POST)
    assert holding(everyone, "Ruritanian foreign minister") == "Hanna Vell"
    assert holding(everyone, "the foreign minister of Borduria") == "Tom Ash"
    assert holding(everyone, "union treasurer") == holding(everyone, "the union's treasurer") == "Sam Ode"
    assert [one.name for one in everyone.holders("foreign minister")] == ["Hanna Vell", "Tom Ash"]
    for nobody in (
        "foreign minister",
        "deputy foreign minister",
        "former foreign minister",
        "minister of war",
        "",
    ):
        assert holding(everyone, nobody) is None, nobody


def test_whoever_is_named_by_office_and_surname_alone_is_the_one_who_holds_it() -> None:
    assert holding(of("Governor Ash slept.", "Governor Tom Ash spoke."), "governor") == "Tom Ash"
    assert holding(of("Governor Ash slept.", "Governor Sam Ode spoke."), "governor") is None


def test_an_office_asked_for_by_another_sexs_word_is_found_if_no_other_is() -> None:
    assert holding(of("Union spokeswoman Lise Orme spoke."), "union spokesman") == "Lise Orme"
    both = of("Union spokeswoman Lise Orme and company spokesman Sam Ode spoke.")
    assert (holding(both, "spokesman"), holding(both, "spokeswoman")) == ("Sam Ode", "Lise Orme")


def test_in_one_article_the_holder_is_told_with_the_places_that_tell_it() -> None:
    found = holder("treasurer", people(article(HERALD)))
    assert found is not None
    assert [HERALD[tie.span.start : tie.span.end] for tie in found.ties] == ["union treasurer"]
    assert holder("minister", people(article("Defence Minister Al Roe met Health Minister Jo Doe."))) is None


def test_an_acronym_that_one_article_ties_means_that_body_in_the_others() -> None:
    assert [one.name for one in of(TIMES, MAIL).called("FHM")] == ["Free Harbour Movement"]
    assert len(of(TIMES, MAIL).called("FHM")[0].among) == 2


def test_a_body_known_by_a_description_is_each_articles_own() -> None:
    texts = ("The justice ministry slept.", "The justice ministry spoke.")
    assert len([one for one in of(*texts).everyone if one.name == "justice ministry"]) == 2


@given(st.permutations(ALL))
@settings(max_examples=24, deadline=None)
def test_the_order_of_articles_changes_nothing(texts: list[str]) -> None:
    assert of(*texts) == of(*ALL)
