"""What tells a note of the article's own: a correction, a clarification, an editor's note. It says what the
article had wrong, so that nothing in it may pass for what the article tells."""

import re

_WORD = r"(?:correction|clarification|retraction|erratum|corrigendum|amendment)"
_EDITORS = r"(?:(?:an? )?note (?:from|by) the editors?|editor(?:s['’]|['’]s|s) note|publisher['’]s note)"
_LABEL = rf"(?:corrections?(?: (?:and|&) clarifications?)?|{_WORD}s?|{_EDITORS})"
_BEHIND = r"(?:,? ?\(?[^():\n]{0,40}\)?)"
_LABELLED = re.compile(rf"[•*–—-]?\s*(?:\[|\()?{_LABEL}{_BEHIND}?\s*(?::|\s[—–|-]\s)\s*\S", re.IGNORECASE)
_ALONE = re.compile(rf"(?:[\d.:apm ]{{3,10}}\s[—–-]\s)?{_LABEL}{_BEHIND}?:?", re.IGNORECASE)
_TEXT = r"(?:article|story|report|piece|post|page|column|interview|headline|caption|blog|entry)"
_ITSELF = re.compile(
    rf"[•*–—-]?\s*\(?(?:"
    rf"(?:an?|the) (?:earlier|previous|prior|original|first) versions? of (?:this|the|our) {_TEXT}\b"
    rf"|this {_TEXT} (?:was|has been) (?:amended|corrected|updated|edited|changed|clarified)\b"
    rf"|this {_TEXT} (?:originally|previously|initially|earlier|incorrectly|wrongly|mistakenly)\b"
    rf"|(?:due to|because of) an (?:editing |editorial |agency |production )?error\b"
    rf"|in (?:this|an earlier) {_TEXT},? we\b"
    rf"|(?:the|a) (?:headline|caption|picture|photograph|graphic)s? (?:was|were|has been|have been) "
    rf"(?:changed|amended|corrected|removed|replaced)\b)",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"[•*–—-]?\s*we (?:also |had |have )?(?:\w+ )?(?:wrote|said|reported|stated|apologi[sz]e)\b", re.I
)
_LONGEST = 700  # code points: a note is a paragraph


def is_note(line: str) -> bool:
    return len(line) <= _LONGEST and bool(_LABELLED.match(line) or _ITSELF.match(line))


def opens_note(line: str) -> bool:
    """Whether it is the heading of what stands below: "Corrections and clarifications"."""
    return _ALONE.fullmatch(line) is not None


def tells_of_itself(line: str) -> bool:
    """Whether a line behind a note goes on with it."""
    return bool(_ITSELF.match(line) or _ALSO.match(line))
