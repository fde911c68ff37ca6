"""Where a reporting clause stands in its sentence: before what it reports, at its end, or in its middle."""

import re

from service.english.adjuncts import Adjuncts, leading
from service.english.closed import (
    BE,
    DEMONSTRATIVES,
    DETERMINERS,
    HAVE,
    MODALS,
    QUESTION_WORDS,
    WHAT,
    WHEN,
    WHO,
    any_of,
)
from service.english.letters import NAME_WORD
from service.english.names import OPENING
from service.english.offices import is_doing
from service.english.quotation import MASK
from service.english.reporting_clause import ReportingClause

AFTER_INSIDE = re.compile(
    rf"[^,;:.()—–{MASK}]{{0,40}},\s+(?!(?:that|quoting|citing|adding|without)\b)[^{MASK}\s]"
)
# "told a packed hall in the capital on Friday."
_HEARERS_ONLY = re.compile(
    rf"(?:{any_of(DETERMINERS)}|this)\s"
    rf"(?:(?!(?:{any_of(BE, HAVE, MODALS)}|that)\s)[^,;:{MASK}]){{2,80}}[.!?]?$"
    rf"|(?:[a-z]+[^\Ws]s|(?:&\s)?{NAME_WORD}(?:\s(?:&\s)?{NAME_WORD}){{0,4}})[.!?]?$"
)
# "wrote to the speaker, Jane Roe, that"
_BESIDE_HEARER = re.compile(rf"\s(?:to\s)?[^,;:.{MASK}]{{2,60}},\s[^,;:.{MASK}]{{2,50}},\sthat\s")
_ALONE = re.compile(
    rf"(?:{any_of(DEMONSTRATIVES)}|nothing|everything|most|others|none),", re.I
)  # "That, Roe says, was"
_NO_MORE = re.compile(
    r"(?:\s+(?:on\s+)?\w+day)?\s*(?:[.!?;]|,\s*(?:quoting|citing|adding|without|and|but)\b|$)"
)
_SAYS_SOMETHING = re.compile(
    rf"(?!(?:{any_of(QUESTION_WORDS)}|after|before|because|although|though|since|until|if|as)\s)"
    rf"[^,;:]{{3,80}}?\s(?:{any_of(BE, HAVE, MODALS)})\s"
)
# "It may hold, he said, “but not for long.”"
_QUOTED_NEXT = re.compile(rf",\s{MASK}")
_AMID = re.compile(
    r"(?:\s[^,;:]{1,30})?,\s(?:ahead of|amid|as|after|before|hours|days|weeks|because|despite|following"
    r"|in (?:a|what)|speaking|asking|requesting|declining)\s"
)
_HAS_VERB = re.compile(rf"\s(?:{any_of(BE, HAVE, MODALS)}|may|might|must)\s")
# It tells of somebody, or when or why it was said: "When the hall was shut, Roe said, “We will go.”"
_OF_WHOM = re.compile(rf"\s(?:{any_of(WHO, WHAT[1:])})\s")
_GOES_WITH_IT = re.compile(
    r"^\s*[\w’'-]+ing\s|^\s*(?:(?:the|that|this|one|an?)\s)?(?:[a-z]+\s)?"
    r"(?:moment|minute|hour|day|night|morning|evening|afternoon|week|month|year|time)\s"
    rf"|^\s*(?:[\w’'-]+\s){{0,4}}(?:{any_of(WHEN)}|whenever|wherever|after|before|because|although|though|since|until|till"
    r"|once|while|whilst|if|unless|as|given|than|that|without)\s",
    re.I,
)
_ONLY_WHERE = re.compile(
    r"\s+(?:after|before|during|at|in|on|following|when|as|through|by|to)\s(?:(?!that\s)[^,;:]){1,60}"
    r"(?:[.!?]?$|,\s(?:adding|noting|warning|insisting|arguing|stressing)\s)"
)


def ends_sentence(masked: str, clause: ReportingClause, floor: int) -> bool:
    """Whether it stands behind a comma at the end: "The talks had failed, Roe told the Post on Monday."."""
    head = masked[floor : clause.start].rstrip()
    settled = head.endswith(",") and len(head.split()) > 2 and not OPENING.match(head)
    rest = masked[clause.reach :].strip()
    if not settled or rest in {"", ".", "!", "?"}:
        return settled
    if not clause.told:
        return False
    if _HEARERS_ONLY.match(rest):
        return True
    where = len(head.split()) > 3 and (
        _ONLY_WHERE.match(masked, clause.reach) or _NO_MORE.match(masked, clause.reach)
    )
    return clause.adjuncts.end > clause.end and MASK not in rest and bool(where)


def stands_inside(masked: str, start: int, end: int, floor: int, *, apart: bool) -> bool:
    """Whether a clause stands between commas in the middle of what it reports: "The army, she said, left".
    `apart`: a comma sets its subject off from the verb too: "Its chair, Jane Roe, said no, but" is none."""
    head = masked[floor:start].rstrip()
    if apart and masked[end : end + 1] != "," and not _says(head):
        return False
    if _BESIDE_HEARER.match(masked, end):
        return False
    if not head.endswith(",") or MASK in head[-3:] or OPENING.match(head):
        return False
    if " " not in head.strip() and not _ALONE.match(head.strip()):
        return False
    return bool(AFTER_INSIDE.match(masked, end))


def closes(masked: str, start: int, end: int) -> bool:
    """Whether a clause stands after a comma with nothing to report behind it: ", the agency reported."."""
    head = masked[:start].rstrip()
    if not head.endswith(","):
        return False
    settled = _may_be_told(head) and MASK not in masked[end:]
    goes_on = _QUOTED_NEXT.match(masked, end) is not None and _says(head)
    amid = settled and goes_with(masked, end) and _says(head)
    return bool(
        goes_on or amid or _NO_MORE.match(masked, end) or (settled and _ONLY_WHERE.match(masked, end))
    )


def goes_with(masked: str, end: int) -> bool:
    """Whether the reporter goes on with what it went with: ", ahead of a vote"."""
    return _AMID.match(masked, end) is not None


def _says(head: str) -> bool:
    """Whether a clause with a verb of its own stands there, not somebody with what is told of them."""
    does = _HAS_VERB.search(head) is not None or any(is_doing(word) for word in head.split()[1:])
    beside = OPENING.match(head) or _GOES_WITH_IT.search(head) or _OF_WHOM.search(head)
    return does and not beside


def _may_be_told(head: str) -> bool:
    """Whether it says something: "Investors would take a cut,", also behind "Under the terms,"."""
    opened, _, rest = head.partition(", ") if OPENING.match(head) else ("", "", head)
    return len(rest.split()) > 3 and (not opened or _SAYS_SOMETHING.match(rest) is not None)


def front(sentence: str, masked: str, subject: int) -> Adjuncts | None:
    """ "On Sunday, X said", "Speaking to CNN on Sunday, X said": adjuncts that open the sentence."""
    head = masked[:subject].rstrip()
    if not head.endswith(",") or len(head) > 120:
        return None
    for stretch in (head[:-1], head[: head.find(",")]):
        opened = leading(sentence, stretch)
        if opened and opened.start == 0:
            return opened
    return None
