"""An indirect question as a direct one: "what Roe told the crowd" is "What did Roe tell the crowd?"."""

import re

from service.english import BASES, CAPITAL, PASTS, THIRDS, WORD, any_of, closed

_WH = re.compile(
    r"(?P<wh>(?:(?:on|in|at|to|by|for|from|with|of|about|since|until) )?"
    rf"(?:{any_of(closed.QUESTION_WORDS)})\b"
    r"(?: (?:many|much|long|often|far|old|soon|big|high)\b)?)\s+(?P<rest>\S.*)",
    re.I | re.S,
)
_DIRECT = re.compile(rf"(?:what|who|{any_of(closed.WHEN)})[’']?s ", re.I)
_TWO = re.compile(r"\w{3}[?.!] ")
_WHETHER = re.compile(r"(?:whether|if)\s+(?P<rest>\S.*)", re.I | re.S)
_AUX = frozenset(
    WORD.findall(
        " ".join((*closed.ASKING, *closed.RARE_MODALS))
        + " isn't aren't wasn't weren't won't wouldn't can't couldn't hasn't haven't hadn't"
    )
)
_BEGINS = re.compile(rf"(?:{any_of(closed.DETERMINERS, closed.SUBJECTS)})$|{CAPITAL}")
_SUBJECT = 7  # words
_NO_SUBJECT = frozenset(WORD.findall("to of in on at by for from with about after before and or that"))


def direct(clause: str) -> str | None:
    """None where it isn't plain which word is the verb. A clause that is a question already is one."""
    text = " ".join(clause.split()).rstrip("?!. ")
    if _TWO.search(text):
        return None
    if _DIRECT.match(text):
        return _ended(text)
    found = _WH.fullmatch(text)
    if found is None:
        whether = _WHETHER.fullmatch(text)
        return _turned("", whether["rest"].split()) if whether else None
    wh, words = _with_noun(found["wh"], found["rest"].split())
    if not words or words[0].lower() in _AUX or words[0].lower() in PASTS or words[0].lower() in THIRDS:
        return _ended(text)  # the question word is the subject, or it was direct all along
    return _turned(wh + " ", words) or _ended(text)


def _with_noun(wh: str, words: list[str]) -> tuple[str, list[str]]:
    """ "How many ships" of "how many ships the port took"; all of it where that is the subject."""
    if not re.search(r"\b(?:many|much|which|whose|what)$", wh, re.I):
        return wh, words
    begins = next((i for i, word in enumerate(words[:4]) if _BEGINS.match(word)), None)
    if begins is None:
        return (wh, words) if wh.lower().endswith("what") else (" ".join([wh, *words]), [])
    return " ".join([wh, *words[:begins]]), words[begins:]


def _turned(wh: str, words: list[str]) -> str | None:
    """The verb after the first words that can be a subject."""
    for at in range(1, min(len(words), _SUBJECT + 1)):
        word, low = words[at], words[at].lower()
        subject, rest = words[:at], words[at + 1 :]
        if subject[-1].lower() in _NO_SUBJECT or subject[-1].lower() in closed.ARTICLES:
            continue
        if low in _AUX:
            return _ended(wh + " ".join([word, *subject, *rest]))
        if low in PASTS and low not in THIRDS and not _is_participle(words, at):
            return _ended(wh + " ".join(["did", *subject, PASTS[low], *rest]))
        if low in THIRDS and word.islower() and not _follows_noun(words, at):
            return _ended(wh + " ".join(["does", *subject, THIRDS[low], *rest]))
        if at == len(words) - 1 and low in BASES and re.search(r"[^s]s$|^they$", subject[-1], re.I):
            return _ended(wh + " ".join(["do", *words]))
    return None


def _is_participle(words: list[str], at: int) -> bool:
    """Whether a verb in the past stands before a noun of the subject: "the proposed law"."""
    return words[at - 1].lower() in closed.DETERMINERS


def _follows_noun(words: list[str], at: int) -> bool:
    """Whether a form in -s is rather a plural: "the peace talks were", with a verb to come."""
    return any(word.lower() in _AUX or word.lower() in PASTS for word in words[at + 1 : at + 3])


def _ended(text: str) -> str:
    return text[:1].upper() + text[1:] + "?"
