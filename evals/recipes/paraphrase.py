"""The same question in other words, by rule: what a right answer is does not change.

After CheckList's invariance tests (Ribeiro et al., 2020), whose perturbations of typos and contractions
these are, with a few ways in which people type questions.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from types import MappingProxyType

from evals.cases import Case, Suite
from evals.recipes.made import Made, noted

_WH = r"what|which|who|whom|whose|when|where|why|how"
_AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might"
_ASKS = re.compile(rf"(?:{_WH}|{_AUXILIARIES})\b", re.IGNORECASE)
_INITIALS = re.compile(r"\b[A-Z]{2,}\b|\b(?:[A-Z]\.){2,}|[/\\_=]")  # US is not us, nor are addresses
_QUOTED = re.compile(
    r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’|(?<!\w)'[^']*'(?!\w)|(?:(?<!\S)[^\s/\\@_=<>]+)?[/\\@_=<>]\S*"
)
_LONG_WORD = re.compile(r"(?<![\w'’-])[a-z]{5,}(?![\w'’-])")
_FUNCTION_WORDS = """
about after again against among because before being between could doing during every might other shall should
since their there these those through under until where whether which while whose would
"""
_NO_CONTENT = frozenset(_FUNCTION_WORDS.split())
_FRONTED = re.compile(
    r"(On|In|At|From|To|For|By|With|About) (which|what|whom) ([^?,;:]+[^?,;:\s])\s*\?", re.IGNORECASE
)
_LONG_FORMS = (
    (r"\b(what|who|when|where|why|how) is (?=\w)", r"\1's "),
    (r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should) not\b", r"\1n't"),
    (r"\b(?:cannot|can not)\b", "can't"),
    (r"\bwill not\b", "won't"),
)
_SHORT_FORMS = (
    (r"\b(what|who|when|where|why|how)['’]s (?=(?:the|a|an|his|her|its|their)\b)", r"\1 is "),
    (r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)n['’]t\b", r"\1 not"),
    (r"\bcan['’]t\b", "cannot"),
    (r"\bwon['’]t\b", "will not"),
)
_POLITE = ("Please tell me: ", "Could you tell me this? ", "I'd like to know: ", "Quick question: ")

# Gives the question back where the rule does not apply.
Rule = Callable[[str, Random], str]


def paraphrase(suite: Suite, seed: int) -> Made:
    """Each case by one rule, chosen at random among those that change its question."""
    cases: list[Case] = []
    left_out: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for case in suite.cases:
        chance = random.Random(f"{seed} {case.id}")  # noqa: S311 - a sample, not a secret
        ways = {
            name: changed
            for name, rule in RULES.items()
            if (changed := rule(case.question, chance)) != case.question
        }
        if not ways:
            left_out["no rule changes its question"] += 1
            continue
        name = chance.choice(list(ways))
        used[name] += 1
        asked = replace(case, question=ways[name])
        cases.append(noted(asked, "paraphrased", f"{name}, where it was {case.question!r}"))
    told = ", ".join(f"{name} {count}" for name, count in sorted(used.items()))
    return Made(suite.documents, tuple(cases), left_out, (f"rules: {told}",) if told else ())


def in_lower_case(question: str, _: Random) -> str:
    """Not where capitals tell words apart."""
    return question if _INITIALS.search(question) else question.lower()


def without_mark(question: str, _: Random) -> str:
    found = question.rstrip()
    return found[:-1].rstrip() or question if found.endswith("?") else question


def with_typo(question: str, chance: Random) -> str:
    """Two neighbouring letters inside a word change places: not in a name or a quotation, nor the first or
    last letter, which readers go by."""
    off_limits = [found.span() for found in _QUOTED.finditer(question)]
    places = [
        at
        for word in _LONG_WORD.finditer(question)
        if word[0] not in _NO_CONTENT and not any(a <= word.start() < b for a, b in off_limits)
        for at in range(word.start() + 1, word.end() - 2)
        if question[at] != question[at + 1]
    ]
    if not places:
        return question
    at = chance.choice(places)
    return f"{question[:at]}{question[at + 1]}{question[at]}{question[at + 2 :]}"


def with_contraction(question: str, _: Random) -> str:
    """What is becomes what's, can't becomes cannot; the first that fits."""
    off_limits = [found.span() for found in _QUOTED.finditer(question)]
    for pattern, instead in (*_LONG_FORMS, *_SHORT_FORMS):
        for found in re.finditer(pattern, question, re.IGNORECASE):
            if not any(a <= found.start() < b for a, b in off_limits):
                return question[: found.start()] + found.expand(instead) + question[found.end() :]
    return question


def politely(question: str, chance: Random) -> str:
    return chance.choice(_POLITE) + question if _ASKS.match(question) else question


def with_preposition_last(question: str, _: Random) -> str:
    """“On which day did they meet?” becomes “Which day did they meet on?”; questions of one clause only."""
    found = _FRONTED.fullmatch(question.strip())
    if not found or re.search(r"\b(?:and|or|but|that)\b", found[3]):
        return question
    asked = "who" if found[2].lower() == "whom" else found[2].lower()
    asked = asked if found[1].islower() else asked.capitalize()
    return f"{asked} {found[3]} {found[1].lower()}?"


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "lower case": in_lower_case,
        "no question mark": without_mark,
        "typo": with_typo,
        "contraction": with_contraction,
        "polite": politely,
        "preposition last": with_preposition_last,
    }
)
