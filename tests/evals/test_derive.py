"""Suites made from suites: each reads without an error, and its gold is what the recipe says."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Case, Document, Kind, Split, Suite
from evals.commands import OWN_SUITES
from evals.derive import RECIPES, Recipe, derive
from evals.errors import SuiteError
from evals.recipes import contradict, paraphrase, poison
from evals.recipes.items import apply, changed_item, changed_name, items
from evals.scoring.matching import any_in, forbidden_in, occurrences
from evals.suite import load
from tests.evals.making import line, write_suite

TOWNS = ["Varn", "Ostrel", "Kemmin", "Ludova", "Pirsk", "Tolm", "Habrin", "Zelt"]
OTHERS = [
    {"id": str(n), "text": f"A quiet report, number {n}, about the weather over the hills."}
    for n in range(60)
]


def town(number: int, name: str) -> dict[str, object]:
    mayor = f"Mayor {name[::-1].title()}"
    return {
        "id": name.lower(),
        "title": f"The port of {name}",
        "source": "Radio Nord",
        "text": f"Ships are back in the north. The port of {name} reopened on 3 May {1990 + number} after a strike.\n\n"
        f"“We lost {number + 20} million crowns,” {mayor} said in {name}. The weather was fine.",
    }


def opened(number: int, name: str, **more: object) -> dict[str, object]:
    day = f"3 May {1990 + number}"
    return line(
        id=f"open-{name}",
        kind="temporal",
        question=f"When did the port of {name} reopen?",
        nuggets=[{"text": day, "vital": True, "any": [day], "evidence": [0]}],
        evidence=[{"doc_id": name.lower(), "quote": f"The port of {name} reopened on {day} after a strike."}],
        **more,
    )


def lost(number: int, name: str) -> dict[str, object]:
    speaker = name[::-1].title()
    quote = f"“We lost {number + 20} million crowns,” Mayor {speaker} said in {name}."
    return line(
        id=f"lost-{name}",
        kind="attribution",
        question=f"Who said how much {name} had lost?",
        nuggets=[{"text": speaker, "vital": True, "any": [speaker], "evidence": [0]}],
        evidence=[{"doc_id": name.lower(), "quote": quote}],
        said=[{"speaker": [speaker, f"Mayor {speaker}"], "to": [], "quote": quote[:25]}],
        split="test",
    )


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """Eight articles, two cases each, and two that nothing answers."""
    cases = [make(*pair) for pair in enumerate(TOWNS) for make in (opened, lost)]
    cases += [
        line(
            id=f"none-{n}", kind="unanswerable", question=question, answerable=False, nuggets=[], evidence=[]
        )
        for n, question in enumerate(["Who built the port of Varn?", "why"])
    ]
    return write_suite(tmp_path / "towns", cases, [town(*pair) for pair in enumerate(TOWNS)])


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A suite without kinds: gold of whole articles, a given document, a text that Parley refuses."""
    corpus = [town(*pair) for pair in enumerate(TOWNS)] + [{"id": "bad", "text": "a\x00b"}]
    cases = [
        {
            "id": f"p-{name}",
            "question": f"When did the port of {name} reopen?",
            "answers": [f"3 May {1990 + number}"],
            "given_doc": name.lower(),
            "evidence": [{"doc_id": name.lower(), "quote": None}],
        }
        for number, name in enumerate(TOWNS)
    ]
    cases.append({"id": "p-none", "question": "Who built it?", "answerable": False, "given_doc": "varn"})
    return write_suite(tmp_path / "public", cases, corpus)


@pytest.fixture
def others(tmp_path: Path) -> Path:
    gold = {"id": "gold", "text": "Elsewhere: the port of Varn reopened on 3 May 1990, after a strike!"}
    case = {"id": "1", "question": "Why?", "answers": ["yes"]}
    return write_suite(
        tmp_path / "others", [case], [*OTHERS, gold, {"id": "bad", "text": "a\x00b"}], name="others"
    )


def recipe(how: str, **more: object) -> Recipe:
    given_ = {"distractors": None, "share": 0.4, "seed": 1} | more
    return Recipe.of(how, **given_)  # type: ignore[arg-type]


def made(suite: Path, how: str, **more: object) -> Suite:
    out = suite.parent / "-".join(map(str, ["out", suite.name, how, *more.values()])).replace("/", "_")
    derive(str(suite), out, recipe(how, **more))
    return load(out).suite


def origin(suite: Suite, case: Case) -> Case:
    """By the notes, which name it."""
    named = re.findall(r"From (\S+):", case.notes)
    return next(one for one in suite.cases if one.id == named[-1])


def texts(suite: Suite) -> dict[str, str]:
    return {document.id: document.text for document in suite.documents}


@pytest.mark.parametrize("how", sorted(RECIPES))
def test_what_every_recipe_keeps(towns: Path, how: str) -> None:
    first, derived = load(towns).suite, made(towns, how)
    for case in derived.cases:
        was = origin(first, case)
        assert case.id.startswith(f"{was.id}-")
        assert (case.split, case.turns) == (was.split, was.turns)
        assert how == "paraphrase" or case.question == was.question
    assert len({case.id for case in derived.cases}) == len(derived.cases)
    assert derived.name == f"{first.name}-{how}"
    assert derived.extra["origin"] == f"{first.name}, version 1"
    assert derived.extra["notes"]["recipe"] == how
    assert derived.extra["notes"]["seed"] == 1
    assert derived.gates.floors == {}
    assert derived.baseline is None


@pytest.mark.parametrize("how", sorted(RECIPES))
def test_a_seed_decides_and_nothing_else(towns: Path, tmp_path: Path, how: str) -> None:
    said = [
        derive(str(towns), tmp_path / name, recipe(how, seed=seed))
        for name, seed in [("a", 7), ("b", 7), ("c", 8)]
    ]
    assert said[0].replace(str(tmp_path / "a"), "") == said[1].replace(str(tmp_path / "b"), "")
    files = [
        [(tmp_path / name / file).read_bytes() for file in ("cases.jsonl", "corpus.jsonl")] for name in "abc"
    ]
    assert files[0] == files[1]
    assert files[0] != files[2]


@pytest.mark.parametrize("how", sorted(RECIPES))
def test_a_public_suite_and_our_own_are_derived_from_too(public: Path, tmp_path: Path, how: str) -> None:
    assert made(public, how).cases
    derive("seeds", tmp_path / "seeds", recipe(how))
    documents = load(tmp_path / "seeds").suite.documents
    assert all(document.text.strip() for document in documents)
    assert load(OWN_SUITES / "seeds").suite.cases


def test_what_is_made_is_said(towns: Path, tmp_path: Path) -> None:
    said = derive(str(towns), tmp_path / "out", recipe("contradict"))
    left = Counter(re.findall(r"left out (\d+): (.*)", said))
    count = int(re.findall(r": (\d+) cases over", said)[0])
    assert count + sum(int(number) for number, _ in left) == len(load(towns).suite.cases)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"how": "improve"}, "no recipe 'improve'"),
        ({"how": "distract"}, "needs articles"),
        ({"how": "reorder", "distractors": Path("x")}, "takes no articles"),
        ({"how": "poison", "share": 1.0}, "--share is 1"),
        ({"how": "poison", "share": float("nan")}, "--share is nan"),
    ],
)
def test_what_cannot_be_is_refused(more: dict[str, object], words: str) -> None:
    with pytest.raises(SuiteError, match=re.escape(words)):
        recipe(**more)  # type: ignore[arg-type]


def test_a_recipe_that_fits_no_case_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    prose = (
        "It reopened because the strike was over and everybody wanted to be back at work before the summer."
    )
    corpus = [{"id": "a", "text": prose}]
    case = {"id": "1", "question": "Why?", "answers": [prose], "evidence": [{"doc_id": "a", "quote": prose}]}
    suite = write_suite(tmp_path / "one", [case], corpus)
    for how in ("contradict", "remove-gold", "remove-evidence"):
        with pytest.raises(SuiteError, match="makes no suite"):
            derive(str(suite), tmp_path / "out", recipe(how))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("how", "least"), [("remove-gold", 3), ("remove-evidence", 6)])
@pytest.mark.parametrize("seed", range(3))
def test_removed_gold_is_gone_and_other_gold_is_there(towns: Path, how: str, least: int, seed: int) -> None:
    first, derived = load(towns).suite, made(towns, how, seed=seed)
    everything = " ".join(texts(derived).values())
    robbed = [case for case in derived.cases if origin(first, case).answerable and not case.answerable]
    kept = [case for case in derived.cases if case.answerable]
    assert len(robbed) >= least
    assert len(kept) >= least
    for case in robbed:
        was = origin(first, case)
        assert case.kind is Kind.UNANSWERABLE
        assert not (case.nuggets or case.evidence or case.said or case.answers)
        assert not any(piece.quote and piece.quote in everything for piece in was.evidence)
        assert not any(any_in(everything, nugget.any) for nugget in was.nuggets)
    for case in kept:
        assert case.evidence == origin(first, case).evidence
    assert sum(not origin(first, case).answerable for case in derived.cases) == 2


def test_removed_sentences_leave_the_rest_of_the_article(towns: Path) -> None:
    before, after = texts(load(towns).suite), texts(made(towns, "remove-evidence"))
    assert after.keys() == before.keys()
    assert after != before
    for id_, text in after.items():
        assert "Ships are back in the north." in text
        assert "The weather was fine." in text
        assert set(text.split()) <= set(before[id_].split())
        assert "\n\n" in text


def test_a_case_that_other_articles_answer_keeps_its_evidence(tmp_path: Path) -> None:
    again = {"id": "again", "text": "We hear that the port of Varn did reopen; it was 3 May 1990, they say."}
    cases = [opened(*pair) for pair in enumerate(TOWNS)]
    suite = write_suite(tmp_path / "told", cases, [*(town(*pair) for pair in enumerate(TOWNS)), again])
    for how in ("remove-gold", "remove-evidence"):
        for seed in range(4):
            assert not any(
                case.id.startswith("open-Varn") and not case.answerable
                for case in made(suite, how, seed=seed).cases
            )


def test_a_removed_given_document_is_given_no_longer(public: Path) -> None:
    derived = made(public, "remove-gold")
    robbed = [case for case in derived.cases if case.id.endswith("robbed")]
    assert robbed
    assert all(case.given_doc is None and case.kind is None for case in robbed)


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.4, 6), (0.8, 32)])
def test_distractors_are_added_up_to_the_share(towns: Path, others: Path, share: float, count: int) -> None:
    first, derived = load(towns).suite, made(towns, "distract", distractors=others, share=share)
    added = derived.documents[len(first.documents) :]
    assert derived.documents[: len(first.documents)] == first.documents
    assert len(added) == count
    assert len({document.id for document in derived.documents}) == len(derived.documents)
    assert all(document.id.startswith("distractor-others-") for document in added)
    for case in derived.cases:
        was = origin(first, case)
        assert (case.evidence, case.nuggets, case.said) == (was.evidence, was.nuggets, was.said)


def test_no_distractor_holds_gold_or_is_refused_by_parley(towns: Path, others: Path) -> None:
    share = len(OTHERS) / (len(OTHERS) + len(TOWNS))
    derived = made(towns, "distract", distractors=others, share=share)
    assert sum(document.id.startswith("distractor") for document in derived.documents) == len(OTHERS)
    assert not {"distractor-others-gold", "distractor-others-bad"} & texts(derived).keys()
    with pytest.raises(SuiteError, match=r"lower --share to 0\.88"):
        made(towns, "distract", distractors=others, share=0.9)


def test_distractors_are_searched_unless_that_could_answer(public: Path, others: Path) -> None:
    derived = made(public, "distract", distractors=others)
    assert {case.id: case.given_doc for case in derived.cases if case.given_doc} == {
        "p-none-distracted": "varn"
    }


@pytest.mark.parametrize("seed", range(4))
def test_a_contradiction_has_two_sides_that_differ_in_the_answer(towns: Path, seed: int) -> None:
    first, derived = load(towns).suite, made(towns, "contradict", seed=seed)
    assert len(derived.cases) == 2 * len(TOWNS)
    outlets = {document.id: document.source for document in derived.documents}
    known = texts(derived)
    for case in derived.cases:
        ours, theirs = case.nuggets
        assert case.kind is Kind.CONFLICT
        assert (ours.evidence, theirs.evidence) == ((0,), (1,))
        assert case.evidence[0] in origin(first, case).evidence
        assert (outlets[case.evidence[0].doc_id], outlets[case.evidence[1].doc_id]) == (
            "Radio Nord",
            contradict.OUTLET,
        )
        quotes = [piece.quote or "" for piece in case.evidence]
        assert all(occurrences(known[piece.doc_id], piece.quote or "") for piece in case.evidence)
        told = [(any_in(quote, ours.any), any_in(quote, theirs.any)) for quote in quotes]
        assert told == [(True, False), (False, True)]
        differing = [
            pair for pair in zip(quotes[0].split(), quotes[1].split(), strict=True) if len(set(pair)) > 1
        ]
        assert len(differing) == 1


def test_a_public_suite_is_contradicted_where_one_sentence_answers(public: Path) -> None:
    derived = made(public, "contradict")
    assert len(derived.cases) == len(TOWNS)
    assert "bad" not in texts(derived)  # a suite whose cases have kinds may not hold it
    assert all(case.given_doc is None for case in derived.cases)
    assert all("reopened on 3" in (case.evidence[0].quote or "") for case in derived.cases)


def test_poison_is_planted_in_five_places_with_a_canary_each(towns: Path) -> None:
    first, derived = load(towns).suite, made(towns, "poison")
    planted = [document for document in derived.documents if document.source == poison.OUTLET]
    (mark,) = {case.forbidden[len(origin(first, case).forbidden)] for case in derived.cases}
    canaries = {case.id: case.forbidden[-1] for case in derived.cases if case.evidence}
    assert len(planted) == len(canaries) == len(set(canaries.values())) == 2 * len(TOWNS)
    for canary in canaries.values():
        (document,) = [d for d in planted if forbidden_in(d.text, canary)]
        assert canary not in document.id
        assert forbidden_in(f"As reported: {canary}!", mark)
    assert not any(mark in document.text for document in first.documents)
    gold = [piece.quote or "" for case in first.cases for piece in case.evidence]
    assert not any(quote in document.text for quote in gold for document in planted)
    assert {document.title for document in planted if mark not in (document.title or "")} <= {
        document.title for document in first.documents
    }
    where = Counter(_place(document, mark) for document in planted)
    assert set(where) == {"headline", "caption", "beginning", "middle", "end"}


def _place(document: Document, mark: str) -> str:
    paragraphs = document.text.split("\n\n")
    (at,) = [number for number, words in enumerate(paragraphs) if mark in words]
    if mark in (document.title or ""):
        return "headline"
    if at == 0:
        return "caption" if paragraphs[0].startswith("Photo: ") else "beginning"
    return "end" if at == len(paragraphs) - 1 else "middle"


def test_an_article_is_imitated_five_times_at_most(tmp_path: Path) -> None:
    cases = [opened(0, "Varn") | {"id": f"c{n}"} for n in range(9)]
    derived = made(write_suite(tmp_path / "one", cases, [town(0, "Varn")]), "poison")
    assert len(derived.documents) == 1 + 5
    assert all(case.forbidden for case in derived.cases)


def test_every_payload_bids_the_model_say_the_canary() -> None:
    assert len(poison.PAYLOADS) >= 12
    for payload in poison.PAYLOADS:
        assert forbidden_in(payload.substitute(canary="zubadu-0001"), "zubadu-0001")


def test_reordering_changes_the_order_alone(towns: Path) -> None:
    first, derived = load(towns).suite, made(towns, "reorder")
    assert derived.documents != first.documents
    assert set(derived.documents) == set(first.documents)
    assert [case.evidence for case in derived.cases] == [case.evidence for case in first.cases]


def test_a_paraphrase_changes_the_question_alone(towns: Path) -> None:
    first, derived = load(towns).suite, made(towns, "paraphrase")
    for case in derived.cases:
        was = origin(first, case)
        assert case.question != was.question
        assert (case.evidence, case.nuggets, case.said, case.kind) == (
            was.evidence,
            was.nuggets,
            was.said,
            was.kind,
        )
    assert {case.split for case in derived.cases} == set(Split)
    assert not any(case.id.startswith("none-1") for case in derived.cases)  # "why": no rule fits


@pytest.mark.parametrize(
    ("rule", "question", "changed"),
    [
        ("lower case", "Who is Ann?", "who is ann?"),
        ("lower case", "Did the US agree?", "Did the US agree?"),
        ("lower case", "What does U.S. law say?", "What does U.S. law say?"),
        ("no question mark", "Who is Ann? ", "Who is Ann"),
        ("no question mark", "Who is Ann", "Who is Ann"),
        ("no question mark", "?", "?"),
        ("contraction", "What is the date?", "What's the date?"),
        ("contraction", "Did it not, or has not it?", "Did it not, or hasn't it?"),
        ("contraction", "What's the date?", "What is the date?"),
        ("contraction", "Why can’t they?", "Why cannot they?"),
        ("contraction", "Who said “that is not it”?", "Who said “that is not it”?"),
        ("preposition last", "On which day did they meet?", "Which day did they meet on?"),
        ("preposition last", "From whom do we have it?", "Who do we have it from?"),
        ("preposition last", "from which town is he", "from which town is he"),
        ("preposition last", "In what year did he say that it was?", "In what year did he say that it was?"),
        ("polite", "Name the mayor.", "Name the mayor."),
        ("typo", "Who is in “Marked Quotation”?", "Who is in “Marked Quotation”?"),
        ("typo", "Where would they?", "Where would they?"),
    ],
)
def test_rules_of_paraphrase(rule: str, question: str, changed: str) -> None:
    assert paraphrase.RULES[rule](question, Random(1)) == changed


@given(
    question=st.text(max_size=60) | st.from_regex(r"[a-z“” ]{0,40}\??", fullmatch=True),
    seed=st.integers(0, 99),
)
def test_a_typo_swaps_two_letters_of_a_word_and_a_request_keeps_the_question(
    question: str, seed: int
) -> None:
    typo = paraphrase.with_typo(question, Random(seed))
    assert sorted(typo) == sorted(question)
    assert [len(word) for word in typo.split()] == [len(word) for word in question.split()]
    assert sum(a != b for a, b in zip(typo, question, strict=True)) in {0, 2}
    assert paraphrase.politely(question, Random(seed)).endswith(question)
    assert paraphrase.without_mark(question, Random(seed)).strip() != "" or not question.strip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday 3.5 of 1,200 came, in May 1998.", ["Monday", "3.5", "1,200", "1998"]),
        ("Twelve or twenty; one B-52, 2nd place, 10-12 and mid-1990.", ["Twelve", "twenty", "10"]),
        ("In March they may march in October.", ["October"]),
        ("$40 and €5 at 17:30", ["40", "5"]),
    ],
)
def test_items_that_can_be_changed(text: str, found: list[str]) -> None:
    assert [item for item in items(text) if item not in {"17", "30"}] == found


@given(
    text=st.from_regex(
        r"[a-zA-Z0-9,.$ -]{0,30} (Monday|three|12|1961|40|3\.5|1,200|June|fifty) [a-z0-9. ]{0,30}",
        fullmatch=True,
    ),
    seed=st.integers(0, 99),
)
def test_a_change_is_to_something_else_that_the_text_does_not_hold(text: str, seed: int) -> None:
    for item in items(text):
        changes = changed_item(item, text, Random(seed))
        assert apply(changes, text) != text or not changes
        assert not any(apply({new: "?"}, text) != text for new in changes.values())


@pytest.mark.parametrize(
    ("spellings", "old"),
    [
        (("Okafor", "Tom Okafor"), "Okafor"),
        (("Radio Nord", "the station"), "Radio Nord"),
        (("the union leader",), None),
        (("Union",), None),  # a word that the text has in lower case too
        (("Nobody",), None),
        (("Monday",), None),
        ((), None),
    ],
)
def test_names_are_replaced_by_invented_ones(spellings: tuple[str, ...], old: str | None) -> None:
    text = "On Monday the union leader Tom Okafor told Radio Nord: Union men are tired."
    changes = changed_name(spellings, text, Random(1))
    assert list(changes) == ([old] if old else [])


def test_a_small_number_changes_as_a_word_and_as_a_figure() -> None:
    changes = changed_item("three", "It took three hours. Three! 3 hours, 13 ships, 3.5 miles.", Random(1))
    changed = apply(changes, "It took three hours. Three! 3 hours, 13 ships, 3.5 miles.")
    assert re.fullmatch(r"It took (\w+) hours\. \w+! \d+ hours, 13 ships, 3\.5 miles\.", changed)
    assert "hree" not in changed
