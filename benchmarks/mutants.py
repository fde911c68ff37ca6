"""Quotations and statements as a dishonest or careless answerer would hand them in.

Each goes the way an answerer's goes: its words are located in the article it names, then verified. What is
served is judged by a rule that shares no code with the verifier: letters and digits alone, in order.
"""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.minimal_pairs import sentences
from retrieval.article import Quote
from service.answering import Draft, DraftPart, Said, StatementKind
from service.answering.verified import locate, verify

_ID, _OTHER = "a_1", "a_2"
_SHORT = 5
_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Outcome:
    """Counts by way of mutating. `false` and `true` are what was handed in, `served` the false that came
    through and `refused` the true that didn't; `shown` is what was served wrongly, after its quotation."""

    false: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Case:
    """An article, another one, and the span of a sentence in the first."""

    text: str
    other: str
    start: int
    end: int

    @property
    def quote(self) -> Quote:
        return Quote(_ID, 1, self.start, self.end, self.text[self.start : self.end])

    def text_of(self, id_: str, version: int) -> str | None:
        return {(_ID, 1): self.text, (_OTHER, 1): self.other}.get((id_, version))


def judged(texts: Sequence[str], *, seed: int, count: int) -> Outcome:
    """`count` false ones, and as many true ones typeset otherwise."""
    chance = random.Random(seed)
    outcome = Outcome()
    cases = _cases(texts, chance)
    while sum(outcome.false.values()) < count:
        case = chance.choice(cases)
        name, make = chance.choice(_FALSE)
        draft = make(case, chance)
        if draft is not None:
            outcome.false[name] += 1
            deceives = _deceives(case, draft)
            outcome.served[name] += deceives
            if deceives:
                outcome.shown.append((name, case.quote.text, "".join(part.text for part in draft.parts)))
        name, typeset = chance.choice(TYPESET)
        outcome.true[name] += 1
        outcome.refused[name] += not _accepted(case, typeset(case.quote.text, chance))
    return outcome


def _cases(texts: Sequence[str], chance: random.Random) -> list[Case]:
    made = []
    for text in texts:
        other = chance.choice(texts)
        made += [Case(text, other, *span) for span in sentences(text)]
    return made


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())


def _deceives(case: Case, draft: Draft) -> bool:
    """Whether anything is served that the articles don't say: words shown as an article's that stand
    nowhere in it, or words of the answerer's own."""
    for served in verify([draft], case.text_of).drafts:
        for part in served.parts:
            if part.quote is None:
                if letters(part.text):
                    return True
                continue
            text = case.text_of(part.quote.article_id, part.quote.version) or ""
            if text[part.quote.start : part.quote.end] != part.quote.text or part.text != part.quote.text:
                return True
            if letters(part.quote.text) not in letters(text):
                return True
    return False


def _accepted(case: Case, words: str) -> bool:
    """Whether true words come through, served as the article has them, at the place meant."""
    found = locate(words, case.text, near=case.start)
    if found is None:
        return False
    quote = Quote(_ID, 1, found.span.start, found.span.end, case.text[found.span.start : found.span.end])
    served = verify([Draft(StatementKind.QUOTE, (DraftPart(words.strip(), quote),))], case.text_of).drafts
    meant = letters(case.quote.text) == letters(quote.text)
    return meant and len(served) == 1 and served[0].parts[0].text == quote.text


def _handed_in(words: str, case: Case) -> Draft | None:
    """As a model's answer comes in: located if it can be. None where the words do stand in the article."""
    if letters(words) in letters(case.text):
        return None
    found = locate(words, case.text, near=case.start)
    quote = case.quote if found is None else Quote(_ID, 1, found.span.start, found.span.end, words)
    return Draft(StatementKind.QUOTE, (DraftPart(words, quote),))


def _shifted(case: Case, chance: random.Random) -> Draft | None:
    by = chance.choice([-7, -3, -2, -1, 1, 2, 3, 7])
    quote = Quote(_ID, 1, case.start + by, case.end + by, case.quote.text)
    if case.text[max(0, quote.start) : quote.end] == quote.text:
        return None
    return Draft(StatementKind.QUOTE, (DraftPart(quote.text, quote),))


def _stitched(case: Case, chance: random.Random) -> Draft | None:
    words = case.quote.text.split()
    if len(words) < 7:
        return None
    at = chance.randrange(2, len(words) - 4)
    gap = chance.choice([" ... ", " … ", " ", " [...] ", "... "])
    return _handed_in(" ".join(words[:at]) + gap + " ".join(words[at + chance.choice([1, 2]) :]), case)


def _two_sentences(case: Case, chance: random.Random) -> Draft | None:
    spans = sentences(case.text)
    other = chance.choice(spans)
    return _handed_in(
        case.quote.text[:-1] + chance.choice([" ", " ... ", "; "]) + case.text[slice(*other)], case
    )


def _edited(case: Case, chance: random.Random) -> Draft | None:
    words = list(_WORD.finditer(case.quote.text))
    word = chance.choice(words)
    other = chance.choice(list(_WORD.finditer(case.other)) or words).group()
    new = chance.choice([other, "", f"{word.group()} {other}", word.group().swapcase(), word.group()[:-1]])
    return _handed_in(case.quote.text[: word.start()] + new + case.quote.text[word.end() :], case)


def _digit(case: Case, chance: random.Random) -> Draft | None:
    digits = list(re.finditer(r"\d", case.quote.text))
    if not digits:
        return None
    at = chance.choice(digits).start()
    return _handed_in(case.quote.text[:at] + chance.choice("0123456789") + case.quote.text[at + 1 :], case)


def _article(case: Case, chance: random.Random) -> Draft | None:
    if letters(case.quote.text) in letters(case.other):
        return None
    id_, version = chance.choice([(_OTHER, 1), (_ID, 2), ("a_9", 1)])
    at = case.other.find(case.quote.text[:4]) if id_ == _OTHER else case.start
    quote = Quote(id_, version, max(0, at), max(0, at) + case.end - case.start, case.quote.text)
    return Draft(StatementKind.QUOTE, (DraftPart(quote.text, quote),))


def _own_words(case: Case, chance: random.Random) -> Draft | None:
    """Shown as the quotation, over a quotation that does stand."""
    draft = _edited(case, chance)
    return Draft(StatementKind.QUOTE, (DraftPart(draft.parts[0].text, case.quote),)) if draft else None


def _lead_in(case: Case, chance: random.Random) -> Draft | None:
    name = chance.choice(list(re.finditer(r"[A-Z]\w+", case.other)) or [None])
    lead = chance.choice(["{}: ", "{} denied it: ", "[{}] ", "In truth, {} lied: ", "{}, on Zorblax TV: "])
    lead = lead.format(name.group() if name else "Zorblax")
    if any(word in case.text for word in re.findall(r"[A-Z]\w+", lead)):
        return None
    said = chance.choice([None, Said(speaker=name.group() if name else "Zorblax")])
    return Draft(StatementKind.QUOTE, (DraftPart(lead), DraftPart(case.quote.text, case.quote, said)))


def _statement(case: Case, chance: random.Random) -> Draft | None:
    """A sentence of the answerer's own, over a quotation that does stand."""
    draft = chance.choice([_edited, _digit, _two_sentences])(case, chance)
    if draft is None or _only_inflected(draft.parts[0].text, case.quote.text):
        return None
    return Draft(StatementKind.PARAPHRASE, (DraftPart(draft.parts[0].text, case.quote),))


def _only_inflected(words: str, quoted: str) -> bool:
    """Leaving out or inflecting a word may leave a true restatement, and a short word put in may leave a
    clumsy one; only a longer word or a figure put in is surely false."""
    ours = Counter(word.lower() for word in re.findall(r"\w+", words))
    theirs = Counter(word.lower() for word in re.findall(r"\w+", quoted))
    new = [word for word in ours - theirs if len(word) > _SHORT or word.isdigit()]
    return all(any(their.startswith(word[:4]) for their in theirs) for word in new)


def _notice(case: Case, chance: random.Random) -> Draft | None:
    name = chance.choice(
        ["The minister lied. ", "Nobody was hurt, and this proves it: ", "You should sell. "]
    )
    return Draft(StatementKind.NOTICE, (DraftPart(name), DraftPart(case.quote.text, case.quote)))


_FALSE: list[tuple[str, Callable[[Case, random.Random], Draft | None]]] = [
    ("span shifted", _shifted),
    ("stitched over a gap", _stitched),
    ("two sentences made one", _two_sentences),
    ("word changed, added or cut", _edited),
    ("digit changed", _digit),
    ("another article or version", _article),
    ("other words over a true span", _own_words),
    ("lead-in of its own", _lead_in),
    ("statement with words of its own", _statement),
    ("notice that claims", _notice),
]


def _straight(text: str, chance: random.Random) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _curly(text: str, chance: random.Random) -> str:
    return re.sub(r'"(?=\w)', "“", text).replace('"', "”").replace("'", "’")


def _dashes(text: str, chance: random.Random) -> str:
    return re.sub(r"\s?(?:—|–|--|-)\s?", lambda m: chance.choice(["—", " – ", "--", " - "]), text)


def _spaces(text: str, chance: random.Random) -> str:
    return re.sub(r" ", lambda m: chance.choice([" ", "  ", "\n", "\u00a0", "\u202f"]), text)


def _zero_width(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice("\u200b\u200d\ufeff\u00ad\u2060") + text[at:]


TYPESET: list[tuple[str, Callable[[str, random.Random], str]]] = [
    ("as it stands", lambda text, chance: text),
    ("straight marks", _straight),
    ("curly marks", _curly),
    ("other dashes", _dashes),
    ("other spaces and line breaks", _spaces),
    ("zero-width characters", _zero_width),
    ("NFD", lambda text, chance: unicodedata.normalize("NFD", text)),
    ("NFC", lambda text, chance: unicodedata.normalize("NFC", text)),
]
