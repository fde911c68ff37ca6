"""What may be said in words of ours: who speaks, where, to whom and when, as the article has it, and
notices that claim nothing. Kept as patterns, so that a new wording has to be added here to be served."""

import re
from collections.abc import Iterable

from service.answering import Said, has_marker
from service.answering.verified.locate import locate
from service.answering.verified.reading import Text
from service.english import CAPITAL

_ASIDES = re.compile(
    r"\s*\[?(?:Photo caption|Photo credit|Byline|Headline|The (?:two )?sentences? (?:before|after)"
    r"|The head of the table|A note in the article|Corrected by the outlet|The entry's time)\s*:\s*"
)
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s+)?[,;:.()\[\]–—…]+\s*(?:(?:on|to|in|said|and)\s)?\s*|^(?:on|to|in)\s|\s(?:on|to|in|and)\s"
)
_NOTICE = re.compile(
    r"(?:I found (?:no|nothing)\b|The nearest (?:says?|passage)\b"
    r"|The articles? (?:I searched )?(?:do|does|may) not\b"
    r"|(?:The )?(?:sources|articles) (?:differ|disagree)\b"
    r"|None of the articles\b|No (?:article|passage)\b|Please (?:name|say)\b)",
    re.I,
)
_DENIES_ALL = re.compile(
    r"The (?:articles?|passages?|sources?) (?:(?:do|does)(?:n['’]t| not)|say nothing)\b", re.I
)
_STOP = re.compile(rf"(?<=[.!?;])(?<!\b{CAPITAL}\.)(?<!\b(?:Mr|Ms|Dr|St)\.)(?<!\bMrs\.)\s+")


def claims_nothing(text: str) -> bool:
    """Whether a run of a notice is one of our wordings about what was looked at, what stands in front of a
    sentence beside another, a question of ours, or marks alone."""
    if _ASIDES.fullmatch(text):
        return True
    sentences = sentences_of(text)
    ours = all(sentence.endswith("?") or _NOTICE.match(sentence) is not None for sentence in sentences)
    return ours and not has_marker(text)


def sounds_like_ours(text: str) -> bool:
    """Whether a sentence could be taken for a notice about what was found: in a statement's own words, where
    nothing tells it apart, that would deny what was never looked for."""
    return any(_NOTICE.match(each) or _DENIES_ALL.match(each) for each in sentences_of(text))


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in _STOP.split(text.strip()) if any(c.isalnum() for c in sentence)]


def fits(lead: str, *, said: Said | None, near: str, quote: str) -> bool:
    """Whether a run beside a quotation says only what the article says near it, and names no other
    speaker than the quotation does."""
    if has_marker(lead):
        return False
    if _ASIDES.fullmatch(lead) or not any(c.isalnum() for c in lead):
        return True
    phrases = [phrase for phrase in _BETWEEN.split(lead) if any(c.isalnum() for c in phrase)]
    told = [field for field in (said.speaker, said.to, said.venue, said.when) if field] if said else []
    borne_out = all(phrase in told or _stands(phrase, [*told, near]) for phrase in phrases)
    return borne_out and (not lead.rstrip().endswith(":") or _speaks(phrases[0], Text(quote).speakers))


def _stands(phrase: str, texts: Iterable[str]) -> bool:
    return any(locate(phrase, text, near=0) for text in texts)


def _speaks(name: str, speakers: tuple[str, ...]) -> bool:
    """Where the quotation itself names who speaks, the lead-in names nobody else."""
    words = set(re.findall(r"\w+", name))
    return not speakers or any(words & set(re.findall(r"\w+", speaker)) for speaker in speakers)
