"""What a sentence tells, apart from who is said to tell it."""

import re
from dataclasses import dataclass

from service.answering.verified.reading import Text
from service.answering.verified.reported import attributing
from service.english import (
    ARTICLES,
    CONTENT,
    NAME_WORD,
    ReportingClause,
    Tag,
    Token,
    clauses,
    lexicon,
    tokenized,
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A reporting clause, by its content words: `speaker` those of who speaks, in order, `within` what stands
    between speaker and verb, `beside` hearer, venue and day. `heads` is what names the speaker, each way
    enough ("the mayor", "Ann Roe"); `pronoun` is set where it only points back."""

    speaker: tuple[Token, ...]
    within: tuple[Token, ...]
    beside: tuple[Token, ...]
    verb: Token
    heads: tuple[tuple[Token, ...], ...]
    pronoun: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """`tokens` without the reporting clause, in whose place a clause ends. `opens` is where what is told
    begins, behind an office that stands before the clause: "The bank's lawyer, Jane Roe, said"; else 0."""

    tokens: tuple[Token, ...]
    saying: Saying | None = None
    opens: int = 0


_NAME_AFTER = re.compile(rf",\s+{NAME_WORD}(?:\s{NAME_WORD})*(?=[,.]|$)")
_OF_OFFICE = frozenset((*ARTICLES, "of", "s", "for", "and"))
# Behind these the phrase tells more of the speaker: "a lawyer | for the bank", "two aides | who were there".
_MORE = re.compile(
    r"\b(?:of|for|at|in|from|with|to|by|on|about|against|near|close|who|whose|that|which|familiar)\b"
)


def told_of(text: Text) -> Told:
    """The clause stays where there are several, where it binds what it reports, or names a source of its
    own: then it is part of what is told."""
    found = clauses(text.text, text.bare)
    if len(found) != 1:
        return Told(text.tokens)
    clause = found[0]
    start, end = clause.start, max(clause.end, min(clause.adjuncts.end, len(text.text)))
    verb = _verb(text.text, clause)
    frame = tokenized(text.text[start:end])
    if verb is None or any(token.operator for token in frame) or len(attributing(frame)) > 1:
        return Told(text.tokens)
    before = _before(text.text[:start], clause)
    rest = f"{before} ; ; {text.text[end:]}"
    return Told(tokenized(rest), _saying(text.text, clause, verb, end), _opening(before))


def _saying(text: str, clause: ReportingClause, verb: Token, end: int) -> Saying:
    """`end` is behind its hearer, venue and day."""
    name = _NAME_AFTER.match(text, end)
    who = text[slice(*_who(clause))] + (name.group() if name else "")
    after = text[clause.end : end]
    beside = " ; ".join((after, *(field for field in _fields(clause) if field not in after)))
    within = _content(text[clause.speaker.end : clause.end]) if clause.speaker else ()
    return Saying(
        _named(who),
        tuple(token for token in within if token != verb),
        _content(beside),
        verb,
        _heads(text, clause, name),
        clause.pronoun,
    )


def _content(text: str) -> tuple[Token, ...]:
    return tuple(token for token in tokenized(text) if token.kind in CONTENT)


def _named(text: str) -> tuple[Token, ...]:
    """Without the verb that may stand first: "testified Roe"."""
    words = tokenized(text)
    return tuple(token for token in words[int(attributing(words[:1]) == [0]) :] if token.kind in CONTENT)


def _who(clause: ReportingClause) -> tuple[int, int]:
    """From the first word of the clause, so that an office before a name is part of it."""
    if clause.speaker is None:
        return clause.start, clause.start
    return min(clause.start, clause.speaker.start), clause.speaker.end


def _fields(clause: ReportingClause) -> list[str]:
    said = clause.adjuncts
    return [field for field in (said.to, said.venue, said.when) if field]


def _verb(text: str, clause: ReportingClause) -> Token | None:
    """The last word of "Roe also said", the first of "said Roe" and "according to Roe"."""
    words = tokenized(text[clause.start : clause.end])
    if not words:
        return None
    after = clause.speaker is not None and clause.speaker.start > clause.start
    return words[0] if after and attributing(words[:1]) else words[-1]


def _before(before: str, clause: ReportingClause) -> str:
    """What stands before the clause, without the day or place of the saying: "On Sunday, Roe said"."""
    opening = {token.text.lower() for token in tokenized(before)} - lexicon.FREE - {"speaking", "talking"}
    beside = {token.text.lower() for field in _fields(clause) for token in tokenized(field)}
    return "" if before.rstrip().endswith(",") and opening and opening <= beside else before


def _heads(text: str, clause: ReportingClause, name: re.Match[str] | None) -> tuple[tuple[Token, ...], ...]:
    if clause.speaker is None:
        return ()
    phrase = text[clause.speaker.start : clause.speaker.end]
    heads = [_head(phrase)]
    if name:
        heads.append(_head(name.group()))
    return tuple(head for head in heads if head)


def _head(phrase: str) -> tuple[Token, ...]:
    """Of a name its last word; of other phrases all words up to what tells more of them."""
    words = tokenized(phrase)
    lower = any(t.text[0].islower() and t.kind is not Tag.FREE for t in words)
    joined = any(t.text.lower() == "and" for t in words)
    if not lower and not joined and not _MORE.search(phrase):
        return tuple(t for t in words if t.kind is not Tag.FREE)[-1:]
    stop = _MORE.search(phrase)
    head = tokenized(phrase[: stop.start()]) if stop and not joined else words
    return tuple(t for t in head if t.kind is not Tag.FREE)


def _opening(before: str) -> int:
    """The words before the clause, if they are an office and nothing more."""
    tokens = tokenized(before)
    office = (
        bool(tokens)
        and before.rstrip().endswith(",")
        and all(token.kind in (Tag.WORD, Tag.NAME) or token.text.lower() in _OF_OFFICE for token in tokens)
    )
    return len(tokens) if office and tokens[0].clause == tokens[-1].clause else 0
