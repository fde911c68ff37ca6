"""Compares who a statement says spoke, to whom, where and when, with its sentence and the article beside."""

from collections.abc import Sequence
from itertools import pairwise

from service.answering.verified.reading import CitedSentence
from service.answering.verified.told import Saying
from service.english import Tag, Token, lexicon, stem, tokenized


def same_saying(claim: Saying | None, sentence: Saying | None, source: CitedSentence) -> bool:
    """Whether a statement tells of its sentence's speaker, and of nobody else. Of a sentence that nobody is
    said to say, by itself or by the article around it, nothing may be told but its words."""
    if claim is None:
        return sentence is None and not source.spoken
    if sentence is None and not source.spoken:
        return False
    told = _by_the_speaker(claim, sentence, source) and _as_said(claim, sentence)
    own = sentence.beside if sentence else ()
    beside = (*own, *(token for token in _beside(source) if not _all_in([token], own)))
    within = _in_order(claim.within, sentence.within if sentence else ()) or _beside_told(
        claim.within, beside
    )
    return told and within and _beside_told(claim.beside, beside)


def _by_the_speaker(claim: Saying, sentence: Saying | None, source: CitedSentence) -> bool:
    """By the sentence's own name or office for them, all of it that tells who they are; else, where the
    sentence has but a pronoun, or marks, by the article's."""
    if sentence is not None and sentence.heads:
        named = any(_all_in(head, claim.speaker) for head in sentence.heads)
        return claim.pronoun is None and named and _in_order(claim.speaker, sentence.speaker)
    if sentence is not None and sentence.pronoun and claim.pronoun == sentence.pronoun:
        return True
    speaker = tokenized(source.said.speaker) if source.said and source.said.speaker else ()
    return (
        claim.pronoun is None and _all_in(_last(speaker), claim.speaker) and _in_order(claim.speaker, speaker)
    )


def _beside_told(told: Sequence[Token], known: Sequence[Token]) -> bool:
    """Each word of it by one of the article's, and the words of a name in their order."""
    if not all(_follow(one, other, known) for one, other in pairwise(told) if _one_name(one, other)):
        return False
    left = list(known)
    for token in told:
        at = next((at for at, other in enumerate(left) if token.forms & other.forms), None)
        if at is None:
            return False
        del left[at]
    return True


def _one_name(one: Token, other: Token) -> bool:
    named = (token.kind in (Tag.NAME, Tag.WORD) and token.text[0].isupper() for token in (one, other))
    return all(named) and one.clause == other.clause


def _follow(one: Token, other: Token, known: Sequence[Token]) -> bool:
    firsts = [at for at, token in enumerate(known) if token.forms & one.forms]
    return any(token.forms & other.forms for token in known[min(firsts, default=len(known)) + 1 :])


def _last(name: Sequence[Token]) -> Sequence[Token]:
    words = [token for token in name if token.kind is not Tag.FREE]
    return words if any(token.text[0].islower() for token in words) else words[-1:]


def _all_in(words: Sequence[Token], run: Sequence[Token]) -> bool:
    return bool(words) and all(any(word.forms & other.forms for other in run) for word in words)


def _as_said(claim: Saying, sentence: Saying | None) -> bool:
    """ "Said" may stand for any verb that only reports; another verb needs itself."""
    if _says(claim.verb):
        return True
    if sentence is None or _says(sentence.verb):
        return False
    ours, theirs = claim.verb, sentence.verb
    return ours.key == theirs.key or stem(ours.text) == stem(theirs.text)


def _says(verb: Token) -> bool:
    return verb.key == lexicon.SAY


def _in_order(words: Sequence[Token], run: Sequence[Token]) -> bool:
    rest = iter(run)
    return all(any(word.forms & other.forms for other in rest) for word in words)


def _beside(source: CitedSentence) -> list[Token]:
    """What the article tells of to whom, where and when."""
    said = source.said
    fields = [said.to, said.venue, said.when] if said else []
    return [token for field in fields if field for token in tokenized(field)]
