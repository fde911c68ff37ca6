"""No text makes a regular expression of ours take more than a time in proportion to its length: it would hold
the interpreter, and with it every route."""

import ast
import re
from pathlib import Path

import pytest

from retrieval.segment import MAX_SENTENCE
from tests.patterns.attacks import Attack, attacks
from tests.patterns.found import Found, every_pattern, modules
from tests.patterns.growth import LONGEST, growth, yardsticks

SENTENCE, QUESTION, MESSAGE = MAX_SENTENCE, 2_000, 4_000
# What sees no longer text than that is tried with that much, by the beginning of its name.
BOUNDS = {
    "service.english.spoken.": (SENTENCE, "reads a sentence, or what stands between two clauses of it"),
    "service.english.acts.": (SENTENCE, "reads a sentence"),
    "service.english.nouns_of_saying.": (SENTENCE, "reads a sentence"),
    "service.english.direct.": (SENTENCE, "reads a sentence"),
    "service.english.relayed.": (SENTENCE, "reads a sentence"),
    "service.english.verbless.": (SENTENCE, "reads a sentence"),
    "service.english.open_verbs.": (SENTENCE, "reads a sentence"),
    "service.english.inverted.": (SENTENCE, "reads a sentence"),
    "service.english.inverted:": (SENTENCE, "reads a sentence"),
    "service.answering.said.carrying_on.": (SENTENCE, "reads a sentence"),
    "service.answering.said.unnamed.": (SENTENCE, "reads a sentence"),
    "service.english.quotation._NAME_BEFORE": (40, "reads so much before a quotation mark"),
    "service.english.names.": (SENTENCE, "reads a phrase of a sentence"),
    "service.english.names:": (SENTENCE, "reads a phrase of a sentence"),
    "service.answering.asked.kinds._DURATION": (SENTENCE, "looks for what is wanted in a sentence"),
    "service.answering.asked.kinds._PLACE": (SENTENCE, "looks for what is wanted in a sentence"),
    "service.english.reported_speech.": (SENTENCE, "reads a sentence"),
    "service.english.reported_speech:": (SENTENCE, "reads a sentence"),
    "service.conversation.referents.": (QUESTION, "reads a question"),
    "service.conversation.referents:": (QUESTION, "reads a question"),
    "service.slack.addressed.": (MESSAGE, "reads the beginning of a message"),
    "service.conversation.wrapping.": (QUESTION, "reads a question"),
    "service.answering.asked.reports.": (QUESTION, "reads a question"),
    "service.answering.broad.parties.": (SENTENCE, "reads a sentence"),
    "service.answering.extractive.values.": (SENTENCE, "reads a sentence"),
    "service.conversation.foreign.": (QUESTION, "reads a question"),
    "service.conversation.recalls.": (80, "reads no longer question"),
    "service.answering.asked.broad.": (160, "reads no longer question"),
    "service.answering.asked.question.": (QUESTION, "reads a question, or a sentence that may answer it"),
}
# What sees every run of blanks as one.
ONE_BLANK = ("service.conversation.wrapping.",)
MOST = 15.0  # yardsticks that such a pattern may take of the longest text that it sees, however it grows
# How those are asked that are handed on: `_joined` and `_outside` try each of theirs at a place.
ASKED = {
    "service.answering.verified.locate._DASH": ("match",),
    "service.answering.asked.reports._DISPUTES": ("match",),
    "service.conversation.wrapping._LEADS[7]": ("match",),
    "service.conversation.wrapping._LEADS[8]": ("match",),
    "service.english.inverted._NAME_NEXT": ("match",),
    "service.english.verbless._SIGNED": ("match",),
}


def bound(where: str) -> int:
    return next((longest for begins, (longest, _) in BOUNDS.items() if where.startswith(begins)), LONGEST)


def steep(found: Found) -> list[tuple[str, Attack]]:
    """The first attack that makes it grow faster than its text, told twice; of what sees short texts alone,
    and takes long for the longest of them."""
    pattern, longest = found.compiled(), bound(found.where)
    for way in ASKED.get(found.where, found.ways):
        for attack in attacks(pattern):
            if attack.unit.isspace() and found.where.startswith(ONE_BLANK):
                continue
            grown = growth(pattern, way, attack, longest=longest)
            bounded = longest < LONGEST and grown.size == longest
            if grown.steep and not (bounded and yardsticks(pattern, way, attack.text(longest)) <= MOST):
                return [(way, attack)]
    return []


@pytest.mark.slow
@pytest.mark.parametrize("package", ["retrieval", "prompts", "service", "evals"])
def test_time_grows_with_the_length_alone(package: str) -> None:
    mine = [found for found in every_pattern() if found.where.partition(".")[0] == package]
    assert {found.where: told for found in mine if (told := steep(found))} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [r"(#{1,6})\s+(.*?)(\s+#+)?", r"\s*,\s*", r"(?:[a-z]+)*$", r"x.*y", r"(?:A|A\.?)(?:\s(?:A\.?|A|A\.))*$"],
)
def test_those_that_grow_faster_are_found(pattern: str) -> None:
    """Else the test above would pass whatever is written."""
    made = Found("here", pattern, re.DOTALL, ("fullmatch", "search"))
    assert steep(made)


# As two of ours once were: searched, they begin anew at each place.
CALLED_LAST = r"[\w'’-]*,\s+([^\W\d_][\w'’-]*)\s*[?!.]*$"
PICTURE_LAST = r"[\s,]*(?:<3)[.!]*$"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "unit", "longest"), [(CALLED_LAST, "_", MESSAGE), (PICTURE_LAST, ",", QUESTION)]
)
def test_a_square_shows_in_a_short_text(pattern: str, unit: str, longest: int) -> None:
    compiled, attack = re.compile(pattern), Attack("", unit, "")
    assert growth(compiled, "search", attack, longest=longest, telling=0.003).steep
    assert steep(Found("here", pattern, 0, ("search",)))
    assert not growth(compiled, "match", attack, longest=longest).steep, "from one place, it is quick"


@pytest.mark.slow
def test_a_short_text_may_not_take_long_either() -> None:
    assert steep(Found("service.slack.addressed.here", r"\w*[\w-]*,", 0, ("search",)))
    assert not steep(Found("service.slack.addressed.here", r"_,", 0, ("search",)))


@pytest.mark.slow
def test_every_pattern_is_found() -> None:
    found = every_pattern()
    where = {each.where for each in found}
    assert len(found) > 250
    assert {"retrieval.regions._OPENS_HEADING", "retrieval.labels._BETWEEN_CREDITS"} <= where
    assert any(name.startswith("service.english.names:") for name in where)
    assert all(any(name.startswith(begins) for name in where) for begins in (*BOUNDS, *ASKED))


def test_none_is_kept_that_a_question_makes() -> None:
    """`lazily` keeps what it makes: it is for modules, not for functions that are called again and again."""
    inside = {
        f"{module.__name__}.{node.name}"
        for module in modules()
        for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "lazily"
    }
    assert inside == {
        "service.answering.broad.cues._cue",
        "service.conversation.phrases.phrases",
        "service.conversation.recalls._phrases",
    }, "called while a module is imported, and never after"
