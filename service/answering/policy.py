"""All that chooses an answer: the numbers, each with what it is and how it was set, and the rules.

`parley settings` prints it; `parley evals run --policy NAME=VALUE --without RULE` measures another one, and
`make ablation` switches each number and each rule off in turn. The functions are handed what they need of it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")

LONG = 16  # word pieces of a question past which MaxSim, a mean over them, is another measure


class Rule(StrEnum):
    """A decision that can be switched off. A rule is asked for last, when all else would have it act, so that
    an ablation sees where it does."""

    # Of the sentences that can answer.
    SPEAKER = "speaker"  # "what did Roe say?" is answered by what Roe said
    OWN_WORDS = "own_words"  # "in his own words", "in reply" are answered by what is said to be his
    BEARER = "bearer"  # "the president said" is Roe's, where the article has "President Roe"
    VENUE = "venue"  # "what did Roe tell NBC?" is answered by what was said there
    COUNTED = "counted"  # "how many ships?" is answered where ships are named, by a number
    PLACE = "place"  # "which city?" is answered by a sentence that names a place
    OUTLET = "outlet"  # "on which channel?" is answered by a sentence that says to whom or where
    VAGUE = "vague"  # "what did he say?" is asked back
    ASIDES = "asides"  # what asks for a caption or a byline is answered from those
    ORDERS = "orders"  # what gives orders and asks nothing isn't answered
    PARTS = "parts"  # a question of several parts has a sentence for each
    ALL_NAMED = "all_named"  # where one sentence has all that is named, less nearness is enough
    SAID_THERE = "said_there"  # the same, where it was said by whom and where the question asks
    # Of those that are told.
    ONCE = "once"  # what says the same is told once
    LEAD_IN = "lead_in"  # a sentence that doesn't name its speaker is led in by the name
    SENTENCE_BEFORE = "sentence_before"  # one that leans on the sentence before is shown with it
    CONFLICTS = "conflicts"  # where two articles differ is marked
    # Of what is asked in a conversation.
    SMALL_TALK = "small_talk"  # a hello is no question
    UNWRAPPED = "unwrapped"  # what people put around a question is no part of it
    WHOLE = "whole"  # nothing said before changes what a question says by itself
    CORRECTED = "corrected"  # "no, I meant Roe" is the question before, with Roe
    MORE = "more"  # "who else?" is the question before, with "else"
    BARE = "bare"  # "when?" asks that of the question before
    FRAGMENT = "fragment"  # "and on NBC?" is the question before, on NBC
    HE = "he"  # "he" and "she" are the one person who can be meant
    THEY = "they"  # "they" are the group asked about
    IT = "it"  # "it" is the one event or body asked about
    CARRIED = "carried"  # a question that leans on the one before is read behind it
    BESIDE = "beside"  # what was said before is searched for beside it


ALL_RULES = frozenset(Rule)


@dataclass(frozen=True, slots=True)
class Abstaining:
    """A logistic over the nearest sentence's MaxSim (docs/decisions/0004-abstention.md)."""

    intercept: float = -9.30  # of the log odds; benchmarks/fit_abstention.py, on clapnq and squad2_500
    match: float = 14.54  # of the log odds, for MaxSim; fitted with it
    length: float = 0.82  # for each doubling of a long question; answers 19 in 20 of multihoprag500
    denied: float = -3.0  # it denies nothing, and the question asks what was not; -2 to -6 are alike
    answers: float = 0.12  # the least probability that is answered; refuses one answerable question in 20
    near: float = 0.05  # the least that is shown as nearest, or answers with all that is named; as `answers`
    unfit: float = 0.5  # of the confidence, where what was found is of the wrong kind or speaker; as `near`


@dataclass(frozen=True, slots=True)
class Reading:
    """Passages whose sentences are compared."""

    passages: int = 5  # for a single fact; more brought nothing and cost a pass each
    wide: int = 8  # where more than one sentence may be wanted
    asides: int = 2  # captions and bylines beside them, where the question is about those; by hand


@dataclass(frozen=True, slots=True)
class Scoring:
    """Weights beside MaxSim; tried on five public sets."""

    shared_words: float = 0.1  # of the question's words, the share that stands in the sentence
    passage: float = 0.1  # MaxSim of the whole passage
    headline: float = -0.08  # it is a headline
    speaker: float = 0.06  # once if it begins with the name asked about, twice if that is who said it
    venue: float = 0.15  # it was said where the question asks
    far: float = 0.1  # so far below the best, what holds the kind asked for is about something else


@dataclass(frozen=True, slots=True)
class Choosing:
    """How far below the best a further sentence may lie, by what is asked and where it stands; tried on
    clapnq, quotesum and multihoprag500 (docs/decisions/0004-abstention.md)."""

    most: int = 5  # sentences of an answer; by hand
    alike: float = 0.7  # shared words over the shorter sentence's: said once; by hand
    copy: float = 0.9  # the same of two articles: what both report is told twice, a copy once; by hand
    further: float = 0.075  # where no single fact is asked for
    several: float = 0.06  # where several things are asked
    other_side: float = 0.03  # another outlet's sentence, of a question with one answer
    confirms: float = 0.08  # the same, where it holds the number, time or place asked for
    next: float = 0.16  # the next sentence of a speaker on the same point
    spoken: float = 0.25  # a further statement of the speaker asked about
    elsewhere: float = 0.16  # the first sentence of another article
    either_side: float = 0.16  # a further sentence of either article, where the question has two sides


@dataclass(frozen=True, slots=True)
class Conflicting:
    """When two articles are taken to tell of one thing."""

    about: float = 0.6  # of the question's words stand in each of the two sentences; by hand
    shared: int = 2  # content words of two quotations that a model holds against each other; by hand
    near: int = 3  # words between a number and what it counts; by hand


@dataclass(frozen=True, slots=True)
class NearnessBars:
    """What a model may quote; `python -m benchmarks.injection` counts what these keep out."""

    least: float = 0.21  # MaxSim
    close: float = 0.58  # MaxSim at which it may share no word
    longer: float = 0.056  # less for each doubling of a long question, which matches less well
    at_home: float = 0.5  # of its words stand elsewhere in the article
    sharing: float = 0.2  # of them, where it shares a word with the question
    short: int = 60  # words of an article beside the paragraph that tell too little


@dataclass(frozen=True, slots=True)
class Window:
    """Which passages a model gets to read; by hand, as test_window.py holds them."""

    budget: int = 3000  # tokens
    each: int = 3  # passages of an article with its copies
    copied: float = 0.5  # of an article's runs that were found stand in another: then they are copies
    same: float = 0.8  # of a passage's runs are shown already: then it says nothing more


@dataclass(frozen=True, slots=True)
class Remembering:
    """What was said before, beside a question that leans on it; chosen on abgcoqa_cnn and mtragun."""

    turns: int = 4  # the latest, of which
    words_of_turn: int = 25
    short: int = 25  # words of history that count in full
    long_weight: float = 0.5  # of longer history, and for a question that may not lean on it
    few: int = 8  # words of an answer that is read with the question it answers


@dataclass(frozen=True, slots=True)
class Searching:
    """Of passages (retrieval/search.py)."""

    dense_share: float = 0.5  # of a passage's fused score, the vector's; the rest is the words'


@dataclass(frozen=True, slots=True)
class Policy:
    """`rules` are those that are on."""

    abstaining: Abstaining = Abstaining()
    reading: Reading = Reading()
    scoring: Scoring = Scoring()
    choosing: Choosing = Choosing()
    conflicting: Conflicting = Conflicting()
    nearness: NearnessBars = NearnessBars()
    window: Window = Window()
    remembering: Remembering = Remembering()
    searching: Searching = Searching()
    rules: frozenset[Rule] = ALL_RULES

    def without(self, *rules: Rule) -> "Policy":
        return replace(self, rules=self.rules.difference(rules))

    def by(self, rule: Rule, acting: T, otherwise: T) -> T:
        """What comes of a rule, or of its absence; asked for only where the two differ."""
        return acting if acting == otherwise or rule in self.rules else otherwise

    def numbers(self) -> dict[str, float]:
        """By name, as `scoring.venue`."""
        groups = {name: group for name, group in asdict(self).items() if name != "rules"}
        return {f"{group}.{name}": n for group, numbers in groups.items() for name, n in numbers.items()}

    def having(self, name: str, value: float) -> "Policy":
        """With another number under one of these names."""
        group, number = name.split(".")
        changed = replace(getattr(self, group), **{number: type(self.numbers()[name])(value)})
        return replace(self, **{group: changed})

    def changes(self) -> dict[str, float | bool]:
        """What is otherwise than Parley's own."""
        own = PARLEY.numbers()
        numbers = {name: n for name, n in self.numbers().items() if n != own[name]}
        return numbers | dict.fromkeys(sorted(ALL_RULES - self.rules), False)

    @property
    def digest(self) -> str:
        told = json.dumps([self.numbers(), sorted(self.rules)])
        return hashlib.sha256(told.encode()).hexdigest()[:12]


PARLEY = Policy()
