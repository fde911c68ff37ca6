"""Whether a statement is its quotation cut short, and cut where nothing turns on what is left out.

A word list alone can't tell: "Russia took the town" has no word that "Russia failed to take the town" lacks.
So the statement is laid beside the sentence, word for word and in its order (laid.py). What the sentence
has besides must be of a kind that can go (left_out.py): the place or day, a title, an aside between commas,
or the rest of the sentence after the last word told, where no "if", no "but" and no speaker stands in it. Of
a denial, or of what holds of all, next to nothing can go. A day keeps to its verb (days.py). Who said it may
be told in other words of the article's (who_spoke.py), and is never left out (reported.py).
"""

import re
from collections.abc import Iterator

from service.answering.verified.checks import ALL_CHECKS, Check, Checks
from service.answering.verified.days import moved
from service.answering.verified.laid import Laid
from service.answering.verified.locate import locate
from service.answering.verified.reading import CitedSentence, Text
from service.answering.verified.told import Told, told_of
from service.answering.verified.who_spoke import same_saying
from service.english import Tag

QUOTED = "quoted_words_disagree"
UNATTRIBUTED = "attribution_left_out"
CUT = "cut_otherwise"

_WHO_SAID_IT = frozenset({Check.SPEAKER, Check.SPOKEN, Check.REPORTED})
# As headlines and some papers quote; an apostrophe is none.
_SINGLE = re.compile(r"(?<![\w'’])['‘](?=\w)([^'‘’\n]{1,200})['’](?!\w)")
_GOES_ON = re.compile(r"[\s\x01]*\w")
_LONGEST = 160  # words of a sentence that is compared


def cut_fault(text: Text, source: CitedSentence, checks: Checks = ALL_CHECKS) -> str | None:
    """Of one sentence's source. Refuses what it can't follow."""
    if Check.ASKING in checks and (_asks(source.quote.text) or "?" in text.text):
        return CUT
    if Check.MARKS in checks and not _marked(text, source):
        return QUOTED
    if max(len(text.tokens), len(source.quote.tokens)) > _LONGEST:
        return CUT
    if _laid(text, source, checks):
        return None
    return UNATTRIBUTED if _laid(text, source, checks - _WHO_SAID_IT) else CUT


def _laid(text: Text, source: CitedSentence, checks: Checks) -> bool:
    return any(_fits(*way, checks) for way in _ways(text, source, checks))


def _asks(sentence: str) -> bool:
    return sentence.rstrip("”\"’' ").endswith("?")


def _marked(text: Text, source: CitedSentence) -> bool:
    """Whether what the statement puts in quotation marks stands in such marks, where around a reporter's word
    they would doubt it; and what stands in them is told in them, or of a speaker."""
    spoken = (source.quote.text,) if source.quoted else source.quote.quotes
    if not all(any(_stands(quoted, each, whole=True) for each in spoken) for quoted in text.quotes):
        return False
    if any(_stands(doubted, _SINGLE.sub(" ", text.text)) for doubted in _SINGLE.findall(source.quote.text)):
        return False
    if source.spoken or any(token.kind is Tag.VERB for token in text.tokens):
        return True
    bare = text.bare
    return not any(_stands(quoted, bare) for quoted in source.quote.quotes)


def _stands(quoted: str, text: str, *, whole: bool = False) -> bool:
    """`whole`: to the end of a clause, for "a thief of hearts" is no "thief"."""
    words = quoted.strip("“”\"«»‘’'`").rstrip(".,;:!? ")
    found = locate(words, text, near=0)
    return found is not None and not (whole and _GOES_ON.match(text, found.span.end))


def _ways(text: Text, source: CitedSentence, checks: Checks) -> Iterator[tuple[Told, Told]]:
    """Both with their reporting clauses, and both without, where the sentence's is the statement's."""
    if not source.spoken or Check.SPOKEN not in checks:
        yield Told(text.tokens), Told(source.quote.tokens)
    claim, sentence = told_of(text), told_of(source.quote)
    if same_saying(claim.saying, sentence.saying, source) or Check.SPEAKER not in checks:
        yield claim, sentence


def _fits(claim: Told, sentence: Told, checks: Checks) -> bool:
    told, whole, opens = claim.tokens, sentence.tokens, sentence.opens
    if Check.WORDS not in checks or Laid(told, whole, checks, opens=opens).fits():
        return True
    return any(
        Laid(rest, whole, checks, opens=opens, day=day).fits()
        for rest, day in moved(told, whole, checks, opens=opens)
    )
