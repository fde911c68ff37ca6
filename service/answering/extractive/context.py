"""Makes a chosen sentence stand by itself: a lead-in that names its speaker, or the sentence before it."""

import re
from dataclasses import dataclass
from typing import Protocol

from retrieval.article import Quote, Region, Sentence
from retrieval.lines import rows_above
from retrieval.runs import entry_at
from service.answering import PARLEY, Draft, DraftPart, Passage, Policy, Rule, Said, StatementKind
from service.answering.extractive.by_name import ANSWERS
from service.answering.extractive.corrections import CORRECTED, NONE, Corrections
from service.answering.extractive.taken_back import AFTER, taken_back_by
from service.english import DEMONSTRATIVES, OWNERS, SUBJECTS, any_of, is_outlet, plain_words, words

_LEANS = re.compile(
    r"(?:But |And |Yet |So |Still, |However, )?"
    rf"(?:{any_of(map(str.title, (*SUBJECTS, *DEMONSTRATIVES, *OWNERS)))}|Such)\b"
)
# "It gave no such promise", but not "no such thing", "such a (steep) fall that", "such a good day".
_SUCH = re.compile(
    r"\b(?:[Ss]uch an?|[Nn]o such|[Aa]ny such) (?!(?:things?|lot|shame|pity|way|good|bad|long|large|big)\b)"
    r"\w+\b(?!(?: \w+)? (?:as|that)\b)"
)
# Points back to a matter, which the name of the speaker doesn't supply.
_POINTS = re.compile(
    r"[“\"]?(?:But |And |Yet |So |Still, |However, )?"
    rf"(?:It was|It is|{any_of(map(str.title, DEMONSTRATIVES))})\b"
)
NOTED = " [A note in the article: "
_LEAST_SHARED = 3  # words of a sentence and of the note on it
BEFORE = " [The sentence before: "
_ASIDES = {
    Region.CAPTION: "Photo caption: ",
    Region.CREDIT: "Photo credit: ",
    Region.BYLINE: "Byline: ",
}


class Chosen(Protocol):
    """A sentence of a passage, and who said it as the article tells."""

    @property
    def passage(self) -> Passage: ...
    @property
    def sentence(self) -> Sentence: ...
    @property
    def text(self) -> str: ...
    @property
    def said(self) -> Said | None: ...


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence that was chosen by whoever cites it."""

    passage: Passage
    sentence: Sentence
    said: Said | None

    @property
    def text(self) -> str:
        return self.passage.article.text[self.sentence.start : self.sentence.end]


def _head(candidate: Chosen) -> Quote | None:
    """The first row of the table that a sentence is a row of."""
    passage, sentence = candidate.passage, candidate.sentence
    rows = rows_above(passage.article.text, sentence.start, sentence.end)
    return passage.quote(Sentence(rows.start, rows.end, Region.BODY)) if rows else None


def _time(candidate: Chosen) -> Quote | None:
    """Of a live blog, in which a later entry may tell otherwise."""
    passage, sentence = candidate.passage, candidate.sentence
    if not sentence.region.tells:
        return None
    time = entry_at(passage.article.text, passage.article.regions, sentence.start)
    return passage.quote(time) if time else None


def _note(candidate: Chosen) -> Quote | None:
    """What the article itself notes about what a sentence tells: a correction, a clarification."""
    article, told = candidate.passage.article, words(candidate.text)
    notes = [region for region in article.regions if region.kind is Region.NOTE]
    shared = [len(told & words(article.text[note.start : note.end])) for note in notes]
    if max(shared, default=0) < _LEAST_SHARED:
        return None
    note = notes[shared.index(max(shared))]
    return candidate.passage.quote(Sentence(note.start, note.end, Region.NOTE))


def draft(candidate: Chosen, *, policy: Policy = PARLEY, corrected: Corrections = NONE) -> Draft:
    beside = policy.by(Rule.SENTENCE_BEFORE, _beside(candidate, corrected), ())
    before = policy.by(Rule.LEAD_IN, _before(candidate), ())
    return Draft(StatementKind.QUOTE, (*before, quote_part(candidate), *beside))


def quote_part(candidate: Chosen) -> DraftPart:
    return DraftPart(candidate.text, candidate.passage.quote(candidate.sentence), candidate.said)


def _before(candidate: Chosen) -> tuple[DraftPart, ...]:
    aside = _ASIDES.get(candidate.sentence.region)
    if aside:
        return (DraftPart(aside),)
    time, head, lead = _time(candidate), _head(candidate), _lead_in(candidate)
    return (
        *_set_in("[The entry's time: ", time),
        *_set_in("[The head of the table: ", head),
        *((DraftPart(lead),) if lead else ()),
    )


def _set_in(label: str, quote: Quote | None) -> tuple[DraftPart, ...]:
    return (DraftPart(label), DraftPart(quote.text, quote), DraftPart("] ")) if quote else ()


def _beside(candidate: Chosen, corrected: Corrections) -> tuple[DraftPart, ...]:
    """What the article notes about it or takes back, or its outlet corrects; or the sentence before, if it
    leans on that."""
    note = None if candidate.sentence.region is Region.NOTE else _note(candidate)
    if note:
        return (DraftPart(NOTED), DraftPart(note.text, note), DraftPart("]"))
    passage = candidate.passage
    wrong = taken_back_by(candidate.sentence, passage.around, passage.article.text)
    if wrong:
        quote = passage.quote(wrong)
        return (DraftPart(AFTER), DraftPart(quote.text, quote), DraftPart("]"))
    right = corrected.of(passage, candidate.text)
    if right:
        return (DraftPart(CORRECTED), DraftPart(right.text, right), DraftPart("]"))
    points = _POINTS.match(candidate.text) or _SUCH.search(candidate.text) or ANSWERS.match(candidate.text)
    if _lead_in(candidate) and not points:
        return ()
    return beside(candidate)


def beside(candidate: Chosen) -> tuple[DraftPart, ...]:
    """The sentence before one that leans on it, marked as such."""
    text = candidate.text
    leans = _LEANS.match(text) or _SUCH.search(text) or ANSWERS.match(text)
    if candidate.sentence.region in _ASIDES or not leans:
        return ()
    previous = _previous(candidate)
    if previous is None:
        return ()
    quote = candidate.passage.quote(previous)
    return (DraftPart(BEFORE), DraftPart(quote.text, quote), DraftPart("]"))


def _lead_in(candidate: Chosen) -> str | None:
    """Who speaks, and where, if the sentence itself doesn't name them; every name as the article has it."""
    said = candidate.said
    if said is None or said.speaker is None or _names(candidate.text, said.speaker):
        return None
    # What is no outlet is the place, and "on Paris" would make it what was talked about.
    spoken_on = said.venue if said.venue and is_outlet(said.venue) else None
    venue = f", on {spoken_on}" if spoken_on and not _names(candidate.text, spoken_on) else ""
    hearer = f", to {said.to}" if said.to and not _names(candidate.text, said.to) else ""
    return f"{said.speaker}{venue}{hearer}: "


def _names(text: str, name: str) -> bool:
    return plain_words(name)[-1] in plain_words(text)


def _previous(candidate: Chosen) -> Sentence | None:
    own = [s for s in candidate.passage.around if s.region is candidate.sentence.region]
    return next((s for s in reversed(own) if s.end <= candidate.sentence.start), None)
