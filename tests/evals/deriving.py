"""Suites to derive from: eight articles, two cases each; a public set; articles to add."""

import re
from pathlib import Path

from evals.cases import Case, Suite
from evals.derive import Recipe, derive
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
        "text": f"Ships are back in the north. The port of {name} reopened on 3 May {1990 + number} after a "
        "strike.\n\n"
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


def write_towns(tmp_path: Path) -> Path:
    """Eight articles, two cases each, and two that nothing answers."""
    cases: list[dict[str, object]] = [make(*pair) for pair in enumerate(TOWNS) for make in (opened, lost)]
    cases += [
        line(
            id=f"none-{n}", kind="unanswerable", question=question, answerable=False, nuggets=[], evidence=[]
        )
        for n, question in enumerate(["Who built the port of Varn?", "so"])
    ]
    return write_suite(tmp_path / "towns", cases, [town(*pair) for pair in enumerate(TOWNS)])


def write_public(tmp_path: Path) -> Path:
    """A suite without kinds: gold of whole articles, a given document, a text that Parley refuses."""
    corpus = [town(*pair) for pair in enumerate(TOWNS)] + [{"id": "bad", "text": "a\x00b"}]
    cases: list[dict[str, object]] = [
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


def write_others(tmp_path: Path) -> Path:
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
