"""Whether a question is whole: says all that it asks, so that nothing said before may change its answer.

It asks or orders something, names what it is about, and points at nothing outside itself: no pronoun without
what it stands for, no "that", "there" or "the other", no verb that wants to know to what ("Did Roe agree?").
"""

import re

from service.english import (
    CAPITAL,
    SMALL,
    WORD,
    NameKind,
    any_of,
    base_of,
    closed,
    is_verb,
    lazily,
    mentions,
    not_behind,
    plain_words,
    somebody_in,
    words_of,
)

LEAD = lazily(r"^(?:and|but|so|ok(?:ay)?|also|then)\b[,\s]*(?:also\s+)?(?=\S)", re.I)
_BEFORE = r"(?:(?:on|in|at|to|by|for|from|with|of|about|against|since|until|under|during) )?"
_WH = f"(?:{any_of(closed.QUESTION_WORDS)})"
_AUX = rf"(?:{any_of(closed.ASKING)}|may|might|must)(?:n[’']?t)?"
_AUX_WORD = lazily(rf"{_AUX}|is|was", re.I)
_ASKS = lazily(rf"{_BEFORE}{_WH}(?:[’']?s)?\b|{_AUX}\b", re.I)
_ORDERS = lazily(
    r"(?:list|name|describe|explain|define|summari[sz]e|outline|compare|(?:tell|give|show)(?: me)?|find"
    r"|quote)\b",
    re.I,
)
_IN_PLACE = lazily(rf"\b(?:{_WH}|which \w+)$", re.I)
_LATER = lazily(rf"[,:;–—-]\s*{_BEFORE}(?:{_WH}|{_AUX})\b", re.I)
_NO_VERB = lazily(rf"{_BEFORE}(?:{any_of(closed.WHAT)}|how|whose)(?: [\w’'-]+){{0,4}}", re.I)
_FRAGMENT = lazily(r"(?:what|how) about\b", re.I)
# Who speaks is in no article: such a question goes on with what was talked about.
_ASKER = lazily(rf"\b(?:{any_of(closed.TALKERS)}|mine|ours|yours)\b(?!\.)", re.I)
_KNOWN_ABOUT = lazily(
    rf"\b(?:{any_of(closed.ASKING)}) (?:{any_of(closed.TALKERS)}) (?:know|tell|learn) (?=about\b|of\b)",
    re.I,
)

# One thing alone that is known already: "the crew".
_FEW_WORDS = 4
_NEW_WORDS = 2  # of a fragment that begins something new
_WORDS = lazily(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_BEFORE_NOUN = lazily(r"(?:\b(?:the|a|an|no|any|each|every|many|this)|[’']s?) $", re.I)
_PASSIVE = lazily(rf"\b(?:{any_of(closed.BE, closed.BEING)}|get|got)\b", re.I)
_THE = lazily(r"\bthe\b", re.I)
_PRONOUN = lazily(rf"\b(?:{any_of(closed.THIRD)})\b", re.I)
# "The company said it ...", "which company said that it ...".
_OF_NOUN = lazily(r"\b(?:the|a|an|every|each|any|no|[Ww]hich) (?!of\b)[a-z]")
# What can follow a pronoun that is the subject of a clause of its own: "said it would", "why they left".
_NO_CLAUSE = lazily(
    r"\s*(?:$|[?!.,;:)]|(?:to|on|in|at|for|with|by|from|about|of|after|before|and|or|then|so|too|again|now"
    r"|there|when|if|as|yesterday|today|that|this|up|out|off|down|over)\b)",
    re.I,
)
_POINTS = lazily(
    r"\b(?:(?<!before )(?<!until )this"
    r"(?! (?:week|weekend|month|year|morning|afternoon|evening|spring|summer|autumn|fall|winter)\b)"
    r"|these|those(?! (?:who|that|which|of)\b)|ones|the (?:former|latter)|otherwise|instead|afterwards?"
    r"|(?:until|till|since|by|back|what|and|so) then|then$"
    r"|(?:which|both|either|neither|each|all) of"
    rf" (?:the (?:{any_of(closed.UNITS[1:4])}|others?)|them|these|those(?! (?:who|that|which)))"
    r"|(?:think|thinks|believe|believes|say|says|said|hope|hopes) so"
    rf"|the other (?:{any_of(closed.UNITS[1:5])})|(?:say|says|said|answer|answered|reply|write|wrote) back$"
    r"|(?:which|that|this|the|first|second|last|other|another) one|one$|others$"
    r"|the others?(?: (?:one|side|party|two|half|man|woman|person|company|team))?$"
    rf"|(?:{any_of(closed.DO, closed.HAVE)}) the others?\b|the same(?! \w+ as\b)|such|both$"
    rf"|{not_behind(closed.BE, 'be|been|it')}there(?! (?:{any_of(closed.BE)}|be|been|a|an|any|no)\b))\b",
    re.I,
)
_AT_THAT = lazily(
    rf"(?:^|\b(?:{_AUX}|{_WH}|about|of|to|for|with|after|before|by|from|on|at|in|than|like|and|but|because"
    r"|during) )that\b|\bthat(?: [a-z]+)?(?=\s*$|[?!.,;])",
    re.I,
)
_CONJUNCTION = lazily(
    rf"\bthat (?:{any_of(closed.ARTICLES, closed.SUBJECTS, closed.OWNERS)}|there|no|{CAPITAL}\w+)\b"
)
# "Did Roe agree?": to what? Such a verb at the end leaves out what the question is about.
# "Who asked Roe to?", but "Who did Roe talk to?".
_TO_DO = lazily(rf"who (?!{_AUX}\b)[\w’'-]+(?: [\w’'-]+){{1,3}} to$|why\b.* to$", re.I)
# Such verbs say nothing of what is counted: "How many did Roe get?", but "how many did the Titanic carry".
GAINS = words_of("get win lose have")
_HOW_MANY_WHAT = lazily(
    rf"how many (?:{any_of(closed.DO, closed.MODALS)})\b.* (?:{any_of(sorted(GAINS))})"
    r"(?: (?:in|on|at)\b.*)?$",
    re.I | re.S,
)
_WANTS_MORE = frozenset(
    WORD.findall(
        "accept agree answer approve comment comply confirm decline deny disagree know mean mind object"
        " oppose react refuse reject reply respond say think want welcome do happen"
    )
)
# Nouns that are somebody's or something's, of which only what was said tells: "the reason", "the score".
_OF_SOMETHING = words_of(
    *(closed.THIRD, closed.TALKERS, closed.MODALS, closed.RARE_MODALS),
    "age amount anybody anyone anything answer author bit body case cause change charge charges"
    " comment consequence cost crime date day days detail details difference effect end event"
    " everybody everyone everything evidence example examples fact facts father game goal guy"
    " husband idea impact information issue issues job judge kid kids kind length level list man"
    " matter meaning men mother month name names nobody none nothing number numbers occasion"
    " opponent opinion option options other others outcome part parts people percent percentage"
    " person place places plan plans point points population position price problem problems process"
    " purpose question quote reaction reason reasons record response result results role rule score"
    " season sentence service side sides site situation size somebody someone something sort sources"
    " state statement status step steps story subject suspect team thing things time times title"
    " topic total town type use value verdict version victim victims view way ways week wife album"
    " baby book boy car child children film girl movie show song winner woman women word words work"
    " year years city country exactly exact else more most many much long often far old big another"
    " any all some each every first second third last next previous new also still ever yet already"
    " now currently later today yesterday tomorrow ago before after again just really only very too"
    " so well good bad better best worse worst important able possible sure true false right wrong"
    " there here then than since until till during between among through against"
    " under over into out up down off back because if while but no not yes please nor both either"
    " neither whether without within toward towards upon like per via",
)


def without_lead(question: str) -> str:
    """Without the "And" before it."""
    lead = LEAD.match(question)
    return question[lead.end() :] if lead else question


def whole(question: str) -> bool:
    """Of one question, without what people put around it. Of a question that neither leans nor is whole it
    can't be told: "When did the crew leave?"."""
    body = _body(question)
    if _leans(body):
        return False
    return _named(body) or len(_own(body)) > 1 or not _THE.search(body)


def points(question: str) -> bool:
    """Whether it points at what was said, or is too short to say much itself."""
    return len(question.split()) <= _FEW_WORDS or _points(_body(question))


def leans(question: str) -> bool:
    """Whether it leaves out what it is about, or points at it."""
    return _leans(_body(question))


def opens(question: str, said: str) -> bool:
    """Whether only its verb leaves something out, or it has none, and it is about what `said` doesn't
    speak of: "price per ton?"."""
    body = _body(question)
    if _points(body):
        return False
    told = frozenset(plain_words(said))
    about = [word for m in mentions(body) if m.kind is not NameKind.DAY for word in plain_words(m.text)]
    about += _own(body)
    if not _asks(body) and (_FRAGMENT.match(body) or len(set(about)) < _NEW_WORDS):
        return False
    return bool(about) and not told & frozenset(about)


def stands(question: str) -> bool:
    """Whether others can be read behind it: it doesn't lean, or names what it is about without going on with
    anything, as "what about Roe" does."""
    body = _body(question)
    goes_on = without_lead(question.strip()) != question.strip() or _points(body)
    return not _leans(body) or (not goes_on and (_named(body) or bool(_own(body))))


def _body(question: str) -> str:
    return " ".join(without_lead(" ".join(question.split())).rstrip("?!. ").split())


def _leans(body: str) -> bool:
    return not _asks(body) or _points(body) or _leaves_open(body) or not (_named(body) or _own(body))


def _named(body: str) -> bool:
    return any(mention.kind is not NameKind.DAY for mention in mentions(body))


def _own(body: str) -> list[str]:
    """The words for what it is about."""
    found = []
    for word in _WORDS.finditer(body):
        (plain,) = plain_words(word.group()) or ("",)
        as_noun = _BEFORE_NOUN.search(body[: word.start()])
        if plain and plain not in SMALL and plain not in _OF_SOMETHING and (as_noun or not is_verb(plain)):
            found.append(plain)
    return found


def _asks(body: str) -> bool:
    if _FRAGMENT.match(body) or _ASKER.search(_KNOWN_ABOUT.sub("", _ORDERS.sub("", body))):
        return False
    if _NO_VERB.fullmatch(body):
        return any(is_verb(w) or _AUX_WORD.fullmatch(w) for w in body.split()[1:])
    return bool(_ASKS.match(body) or _ORDERS.match(body) or _LATER.search(body) or _IN_PLACE.search(body))


def _leaves_open(body: str) -> bool:
    """Whether a verb at the end wants something that the question word doesn't stand for."""
    last = plain_words(body)[-1:]
    if _HOW_MANY_WHAT.match(body) or _TO_DO.match(body):
        return True
    if not last or base_of(last[0]) not in _WANTS_MORE:
        return False
    return not _PASSIVE.search(body) and not re.match(r"(?:what|which|whom?)\b", body, re.I)


def _points(body: str) -> bool:
    if _POINTS.search(body):
        return True
    if any(not _CONJUNCTION.match(body, found.end() - 4) for found in _AT_THAT.finditer(body)):
        return True
    return any(not _bound(body, found) for found in _PRONOUN.finditer(body))


def _bound(body: str, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun stands for something named before it: as an owner, or as the subject of a clause of
    its own. As an object it stands for something else: "Did Roe sign it?"."""
    before = body[: pronoun.start()]
    named = any(m.kind is not NameKind.DAY for m in mentions(before))
    known = named or somebody_in(before) or _OF_NOUN.search(before)
    if not known:
        return False
    owns = pronoun.group().lower() in closed.OWNERS and re.match(r" [^\W\d_]", body[pronoun.end() :])
    return bool(owns) or not _NO_CLAUSE.match(body, pronoun.end())
