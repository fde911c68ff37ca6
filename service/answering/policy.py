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
    SPEAKER = "speaker"  # "what did Roe say on pay?" is answered by what Roe said
    ANYTHING = "anything"  # "what did Roe say?" is answered by whatever Roe said
    MATTER = "matter"  # "what did Roe say about pay?" is answered by what Roe said that names pay
    OWN_WORDS = "own_words"  # "in his own words", "in reply" are answered by what is said to be his
    BEARER = "bearer"  # "the president" is Roe, where an article has "President Roe"
    VENUE = "venue"  # "what did Roe tell NBC?" is answered by what was said there
    COUNTED = "counted"  # "how many ships?" is answered where ships are named, by a number
    VOTES = "votes"  # "how many voted for it?" is answered by a sentence that counts votes
    KIND = "kind"  # "who?" and "when?" are answered by a sentence that tells somebody, a time
    WHETHER = "whether"  # "did Roe sign?" is answered by a sentence on signing, or one that is sure to answer
    ANOTHER = "another"  # "when did Roe meet Doe?" isn't answered by whom else Roe met
    NAMESAKE = "namesake"  # "what did Roe say?" is answered by what one Roe said, not by two
    UNMENTIONED = "unmentioned"  # "how many died in Kalno?" isn't answered by an article that has no Kalno
    PLACE = "place"  # "which city?" is answered by a sentence that names a place
    INTRODUCED = "introduced"  # "who is Roe?" is answered by what ties an office to Roe
    DEFINED = "defined"  # "what is the Joint Council?" is answered by what says what bears that name
    VAGUE = "vague"  # "what did he say?" is asked back
    ASIDES = "asides"  # what asks for a caption or a byline is answered from those
    ORDERS = "orders"  # what only gives orders, or names nothing, isn't answered
    PARTS = "parts"  # a question of several parts has a sentence for each
    BROAD = "broad"  # what wants an overview is answered with one
    HOLDER = "holder"  # "who is the mayor?" is answered by what ties the office to the one who holds it
    LATEST = "latest"  # "how many so far?" is answered by the latest of those that are as likely
    BY_DAY = "by_day"  # "is it still on?" is answered rather by the later articles, "at first" by the first
    # Of those that are told.
    FOR_REASON = "reason"  # "why?" is answered with the reason that the next sentence gives
    ONCE = "once"  # what says the same is told once
    HEADINGS = "headings"  # a heading is told where no sentence of its article tells it
    DATED = "dated"  # what articles of several days tell stands under each one's outlet and day
    LEAD_IN = "lead_in"  # a sentence that doesn't name its speaker is led in by the name
    SENTENCE_BEFORE = "sentence_before"  # one that leans on the sentence before is shown with it
    CONFLICTS = "conflicts"  # where two articles differ is told and marked
    PREMISE = "premise"  # what a question takes for granted and the articles deny is told as such
    REPORTS = "reports"  # "do the reports differ on it?" is answered by what they say of it
    # Of what is asked in a conversation.
    SMALL_TALK = "small_talk"  # a hello is no question
    UNWRAPPED = "unwrapped"  # what people put around a question is no part of it
    SPELT = "spelt"  # "ppl" is people, and "teh" is the
    FOREIGN = "foreign"  # what is asked in another language is told so
    RECALLED = "recalled"  # "who said that?" is answered from the answer before
    NAMED = "named"  # a name that is typed short or with a slip is the one in the articles
    WHOLE = "whole"  # nothing said before changes what a question says by itself
    CORRECTED = "corrected"  # "no, I meant Roe" is the question before, with Roe
    MORE = "more"  # "who else?" is the question before, with "else"
    BARE = "bare"  # "when?" asks that of the question before
    FRAGMENT = "fragment"  # "and on NBC?" is the question before, on NBC
    AGAIN = "again"  # "which one", "the day before" and "it" are of what the question before named
    HE = "he"  # "he" and "she" are the one person who can be meant
    THEY = "they"  # "they" are the group asked about
    IT = "it"  # "it" is the one event or body asked about
    LEANING = "leaning"  # a question that leans on the answer is read behind that too, and near it
    CARRIED = "carried"  # a question that leans on the one before is read behind it
    BESIDE = "beside"  # what was said before is searched for beside it


ALL_RULES = frozenset(Rule)


@dataclass(frozen=True, slots=True)
class Abstaining:
    """Log odds that something that was read answers; `python -m training calibrate` fits the first three and
    shows what comes of each threshold (docs/decisions/0011-the-reader.md)."""

    base: float = 1.0
    read: float = 0.6  # the reader's log odds of the likeliest sentence
    holds: float = 0.25  # and of the likeliest passage
    around: float = 0.4  # and the mean of all that were read; by hand: 1, the fit's, costs facts told once
    match: float = 3.0  # MaxSim of the nearest sentence; on multihoprag500 and squad2_500
    longer: float = 0.056  # more of it for each doubling of a long question, which matches less well
    answers: float = 0.4  # the least chance that is answered
    near: float = 0.1  # the least that is shown as nearest
    unfit: float = 0.5  # of the confidence, where what was found is of the wrong kind or speaker; by hand


@dataclass(frozen=True, slots=True)
class Reading:
    """Passages that are read for a question, in the order in which they were found."""

    passages: int = 12
    step: int = 4  # so many at a time, for as long as no sentence is
    sure: float = 0.8  # so likely to answer, by the reader alone; these on talks, port, river and seeds
    compared: int = 5  # of those read, the likeliest, whose sentences are scored by their words too
    reranked: int = 20  # passages that a model is shown by the chance that they answer
    found: float = (
        12.0  # what the search's score adds to its log odds; on the retrieval of talks and multihoprag500
    )
    asides: int = 2  # captions and bylines beside them, where the question is about those; by hand


@dataclass(frozen=True, slots=True)
class Scoring:
    """Log odds that a sentence answers; `python -m training calibrate` fits the first five beside `match`."""

    base: float = -3.4
    read: float = 0.66  # the reader's log odds of the sentence
    holds: float = 0.15  # and of its passage
    behind: float = -1.45  # what its passage lacks of the nearest's search score
    speaker: float = 0.1  # once if it begins with the name asked about, twice if that is who said it
    match: float = 5.0  # MaxSim; on clapnq, quotesum and seeds, whose questions share more words
    venue: float = 1.0  # it was said where the question asks; by hand
    far: float = 1.5  # so far below the best, what holds the kind asked for is about something else
    overtaken: float = 2.0  # less for the first article, where it is asked how things stand or ended, if a
    overtaking: float = 2.0  # later one's sentence is no farther below; chosen on 13 invented worlds


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is told beside the likeliest sentence."""

    most: int = 5  # sentences of an answer; by hand
    told: float = 0.42  # of the likeliest's chance, which a further one must have
    single: float = 0.6  # the same where a single fact is asked for
    alike: float = 0.7  # shared words over the shorter sentence's: said once; by hand
    copy: float = 0.9  # the same of two articles: what both report is told twice, a copy once; by hand


@dataclass(frozen=True, slots=True)
class Overviewing:
    """What an overview is composed of; all by hand."""

    most: int = 12  # sentences
    articles: int = 24  # all of a corpus of so many
    nearest: int = 8  # of a larger one those of the best passages
    parties: int = 9
    read: int = 10  # passages that are read for a plain question behind it
    plain: float = 0.8  # worth of a sentence that says what was agreed, is in dispute, comes next, is wanted
    least: float = -1.0  # and of the first few
    wants: float = 0.5  # of those, where it is wanted
    wanted: float = 1.2  # of the best sentence that says what somebody wants, if any does
    likely: float = -1.5  # of the best sentence, where but one thing is asked for
    below: float = 5.0  # so far below the best is told too
    told: int = 8  # of these
    terms: int = 10  # sentences of an agreement's
    on_topic: float = -2.5  # and where it is said of one matter
    few: int = 4


@dataclass(frozen=True, slots=True)
class Conflicting:
    """When two articles are taken to tell of one thing."""

    about: float = 0.6  # of the question's words stand in each of the two sentences; by hand
    shared: int = 2  # content words of two quotations that a model holds against each other; by hand
    near: int = 3  # words between a number and what it counts; by hand
    chance: float = 0.2  # the least that a sentence answers whose answer is held against another's; by hand
    sided: float = 0.15  # the same where it is asked which of two things holds; by hand
    most: int = 10  # such sentences; by hand
    alike: float = 0.25  # of their other words are shared: then they tell of one thing, and also where
    sure: float = 0.6  # each is so likely, or
    likely: float = 0.5  # so likely, and they share
    named: int = 3  # words of the question that are no names; these four chosen on ramdocs
    sides: int = 4  # that are told; by hand
    denied: float = 0.65  # of the question's words stand in a sentence that denies what it takes for granted
    remote: float = 0.03  # the least that a sentence answers which denies it; by hand
    heard: float = 0.1  # the least that a sentence answers which may say that it is so; by hand


@dataclass(frozen=True, slots=True)
class NearnessBars:
    """What a model may quote; `python -m benchmarks.injection` counts what these keep out."""

    close: float = 0.58  # MaxSim at which it may be a stranger to its article
    longer: float = 0.056  # less for each doubling of a long question, which matches less well
    at_home: float = 0.5  # of its words stand elsewhere in the article
    sharing: float = 0.2  # of them, where it shares a word with the question
    short: int = 60  # words of an article beside the paragraph that tell too little


@dataclass(frozen=True, slots=True)
class Window:
    """Which passages a model gets to read; by hand, as test_window.py holds them."""

    budget: int = 12_000  # tokens
    each: int = 3  # passages of an article with its copies, before others have come
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
    further: float = 0.05  # the least chance of a sentence that tells more; by hand
    near: int = 300  # code points from what was told: so near is likelier what a follow-up asks for, by
    beside: float = 0.5  # log odds; and what was told itself less, by
    again: float = -1.0  # these three on the follow-ups for development
    read_all: float = 0.5  # log odds more that something answers, where reading didn't stop at it; likewise
    same: float = 0.5  # of a quotation's words stand in another article's sentence of the same; by hand


@dataclass(frozen=True, slots=True)
class Searching:
    """Of passages (retrieval/search.py)."""

    dense_share: float = 0.5  # of a passage's fused score, the vector's; the rest is the words'
    around: float = 0.7  # of it for a headline, a byline or a credit; on the retrieval of talks and quarry


@dataclass(frozen=True, slots=True)
class Policy:
    """`rules` are those that are on."""

    abstaining: Abstaining = Abstaining()
    reading: Reading = Reading()
    scoring: Scoring = Scoring()
    choosing: Choosing = Choosing()
    overview: Overviewing = Overviewing()
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
