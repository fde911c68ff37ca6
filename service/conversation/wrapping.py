"""What people put around a question, taken away: a greeting, "quick question -", "could you tell me", thanks,
an emoji, "cc" and whom, a signature, markup. The rest is the question, in its own words.

Where nothing is around it, it is left exactly as it was typed. Where it can't be told whether words are part
of the question, they stay.
"""

import re

from service.conversation.indirect import direct
from service.english import ASKING, MODALS, QUESTION_WORDS, any_of, lazily

_WH = rf"(?:{any_of(QUESTION_WORDS)})(?:[’']?s)?"
_AUX = rf"(?:{any_of(ASKING)})(?:n[’']?t)?"
_ASKING = rf"(?:(?:on|in|at|to|by|for|from|with|of|about) )?(?:{_WH}|{_AUX})\b"
_ORDER = r"(?:list|name|describe|explain|define|summari[sz]e|outline|compare|give|show|find|quote|tell)\b"
_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff"
    "\u200d\ufe0e\ufe0f\U000e0020-\U000e007f\u20e3"
)
PICTURE = rf"(?:[{_EMOJI}]+|:[a-z][a-z0-9_+-]*:(?::[a-z0-9_+-]+:)?|(?<!\w)[:;]-?[)(DP](?!\w)|<3)"
_POINT = r"(?:[,.!;…]|:(?![a-z_]+:))"
_GAP = rf"(?:\s*{_POINT}+\s*|\s+[–—-]+\s+|\s*\n\s*|\s+)"
_STOP = rf"(?:\s*{_POINT}+\s*|\s*[–—-]+\s+|\s*\n\s*)"  # more than a space
_ENDED = rf"(?<=[?.!\n])(?:\s|{PICTURE})*"
_CALLED = (
    r"(?:@[\w.-]+|<@\w+>|parley|there|all|everyone|everybody|team|folks|guys|again|anyone|bot|mate|friends?)"
)
_GREETING = (
    r"(?:hi+|hey+|hello|hiya|heya|g[’']day|howdy|yo|hallo|greetings"
    r"|good (?:morning|afternoon|evening|day)|morning|afternoon|evening)"
)
_THANKS = (
    r"(?:many thanks|thanks|thank you|thankyou|thx|thnx|tnx|ty|tia|cheers)"
    r"(?: (?:so much|very much|a lot|again|in advance|a million|for that|for (?:your|the) help)){0,3}"
)
_PLEASE = r"(?:please|pls|plz|asap|urgent(?:ly)?|kindly)"
_QUESTION = (
    r"(?:(?:(?:just|sorry|ok|and)\s+)?(?:a |an |my |one |last |quick |small |short |silly |stupid |dumb "
    r"|basic |simple |random |follow-?up |more |final |next |real )*(?:question|qn?|thing|query)(?: \d{1,2})?"
    r"(?: for (?:you|parley|the bot))?)"
)
_ASIDE = (
    rf"(?:{_QUESTION}|(?:just |still |only )?(?:checking|asking)"
    r"|(?:also|next|real quick|quick|quickly|help(?: me)?|happy \w+day|re|fwd?|oh and)(?=\W)"
    r"|(?:i )?hope (?:you|all|this)[^,.!?;:\n]{0,40}|my name is \w+"
    r"|(?:i |i[’']ve )?(?:have |got |have got )(?:a |one |another )?(?:quick |small |short )?question"
    r"|(?:please |can you (?:please )?|could you (?:please )?)?answer(?: this)?"
    r"|fyi|btw|by the way|sorry(?: to (?:bother|disturb|ask)(?: you)?)?|excuse me|pardon(?: me)?|apologies"
    r"|ok(?:ay)?|well|right|alright|hm+|u[mh]+|er+m?|oh|ah|anyway|actually|tl;?dr|random"
    r"|no rush|if (?:you|u) (?:have (?:time|a (?:moment|second|minute))|can|could)"
    r"|anyone)"
)
_TELL = lazily(
    rf"(?:(?:{any_of(MODALS)}|may|might) (?:you|u|i|anyone|someone|somebody|we)"
    r"(?: please| kindly| possibly| maybe)? (?:please )?"
    r"(?:tell|remind|inform|let|ask|say|check|know|explain|find|look)(?: to)?(?: (?:me|us|up|out|know))*"
    r"|would (?:you|u) mind (?:telling|reminding|explaining to|letting|saying)(?: (?:me|us))?(?: know)?"
    r"|(?:please |kindly |just |pls )*(?:tell|remind|let) (?:me|us)(?: know)?"
    r"|(?:anyone|anybody|someone) knows?"
    r"|i(?:[’']?m| am|[’']?d| would| was| just|[’']?ve| have| really| only| still)*"
    r" (?:want(?:ed)?|need(?:ed)?|like|love|try|trying|hoping|wish) to"
    r" (?:know|learn|find out|ask|understand|hear|see|check)"
    r"|(?:do|does) (?:we|you|u|anyone|anybody|someone) (?:happen to )?know"
    r"|(?:i(?:[’']?m| am| was| have been|[’']?ve been)? )?(?:just |only |still )?"
    r"(?:wondering|curious(?: to know)?|wonder)"
    r"|any idea|(?:may|can|could) i ask)"
    r"(?: (?:please|pls|asap|quickly|now|about|again))*(?=[\s,:])[,:]?\s+",
    re.I,
)
_GOES_ON = rf"(?={PICTURE}|{_ASKING}|{_PLEASE}\b|{_ASIDE}\b|{_TELL.pattern})"
_LEADS = tuple(
    lazily(pattern, re.I)
    for pattern in (
        rf"{PICTURE}[\s,.!:-]*",
        r"(?:@[\w.-]+|<@\w+(?:\|[^>]*)?>)[\s,:–—-]+",
        rf"{_GREETING}(?:[\s,]+{_CALLED}){{0,4}}(?:{_STOP}|\s+{_GOES_ON})",
        rf"{_GREETING}(?:[\s,]+{_CALLED}){{1,4}}(?:{_GAP})",
        r"dear (?:[\w@.-]+ ){0,2}[\w@.-]+\s*[,:!]\s*",
        rf"(?:parley|bot|team|all|everyone|folks|anyone){_STOP}",
        rf"{_THANKS}{_STOP}",
        rf"{_PLEASE}(?:[\s,]+{_PLEASE}){{0,4}}(?:{_STOP}|\s+(?={_ASKING}|{_ORDER}|{_TELL.pattern}))",
        (
            rf"{_ASIDE}(?:[\s,]+(?:{_ASIDE}|{_PLEASE})){{0,4}}"
            rf"(?:{_STOP}(?:but |so |and (?={_ASKING}))?|\s+(?={_ASKING}))"
        ),
        r"q(?:uestion)?\s*[:.)]\s+",
        r"(?:have you )?got a (?:sec|second|minute|moment)\?\s+",
        rf"(?:[->*•#]+|\(?\d{{1,2}}[.)])\s+(?={_ASKING})",
    )
)
_NAMES = r"(?:[\s,&]+(?:and\s+)?(?:@[\w.-]+|<@\w+(?:\|[^>]*)?>))"
_SAID = "".join(
    rf"(?<!\b{word} )" for word in ("say", "said", "says", "saying", "mean", "means", "by", "word", "of")
)
_POLITE = rf"(?:{_THANKS}|{_PLEASE})"
_WHAT_FOR = (
    r"(?:(?:just )?asking for|for (?:an? |my |our |the )|(?:i )?(?:really )?need (?:this|it)"
    r"|(?:it[’']s |this is )?urgent|sorry|no hurry)\b"
)
_CLOSE = r"(?:(?:kind|best|warm)?\s*regards|best(?: wishes)?|br|yours|sincerely)\b"
_TAILS = tuple(
    lazily(pattern, re.I)
    for pattern in (
        rf"(?<![\s,])(?!(?<=[{_EMOJI}])[{_EMOJI}])[\s,]*{PICTURE}[.!]*$",
        rf"(?<=[?.!\s])\s*cc:?{_NAMES}+\s*$",
        r"(?<=[?.!])\s*cc\b[^?]{0,80}$",
        rf"(?<=[?])\s*{_NAMES.replace('+(?:and', '*(?:and')}+\s*$",
        rf"{_ENDED}(?:--+|–|—)\s*\w[^?\n]{{0,40}}$",
        rf"{_ENDED}{_CLOSE}[\s,]*[^?\n,]{{0,40}}$",
        rf"{_ENDED}{_THANKS},?\s+(?:[^\W\d_][\w.-]*\s*){{1,3}}$",
        rf"(?<=[?!\n])(?:\s|{PICTURE})*\(?{_WHAT_FOR}[^?()\n]{{0,40}}\)?$",
        rf"\s*\({_WHAT_FOR}[^?()\n]{{0,40}}\)(?=\?*$)",
        r"(?<=\w)\s*(?:\.{2,}|…)$",
        rf"\s(?<=[\w?] ){_SAID}(?:lol|haha+|tho|hehe+)[.!]*$",
        rf"{_ENDED}sent from my [^?\n]{{1,40}}$",
        (
            rf"{_ENDED}[–—-]*\s*(?:{_POLITE}|no rush|just (?:curious|wondering|asking)|anyone|any ideas?)"
            rf"(?:[\s,]+{_POLITE}){{0,4}}[\s,]*(?:parley)?[.!?\s]*$"
        ),
        rf"\s*,\s*{_POLITE}(?:[\s,]+(?:and )?{_POLITE}){{0,4}}[.!\s]*(?=\?*$)",
        rf"\s(?<=[^\s,] ){_SAID}{_POLITE}(?: (?:and )?{_POLITE}){{0,4}}[.!\s]*$",
        r"\s*,\s*(?:@[\w.-]+|<@\w+(?:\|[^>]*)?>|parley|team|folks|guys|everyone|anyone|mate)(?=\s*\?*$)",
    )
)
_LAYERS = 8
_BLANKS = lazily(r"\s+")
_EMPHASIS = lazily(r"(?<![\w*_])(\*\*\*|\*\*|__|\*|_|~|`)(?=[^\s*_])([^*_~`\n]*[^\s*_~`])\1(?![\w*_])")
_QUOTED = lazily(r"(?:“([^“”]+)”|\"([^\"]+)\"|'([^']+)'|‘([^‘’]+)’|«([^«»]+)»)\s*")
_MARKS = lazily(r"\s*\?[?!.…\s]*[?!.…]$|\s+\?$")
_ASKS = lazily(_ASKING, re.I)
_STARTS = lazily(rf"{_ASKING}|{_ORDER}|and\b|but\b", re.I)


def unwrapped(typed: str) -> str:
    """The question without what stands around it; exactly as typed where nothing does, or nothing is left."""
    given = _BLANKS.sub(_one_blank, typed.strip())
    text = " ".join(_EMPHASIS.sub(r"\2", given).split(" ")).strip()
    for _ in range(_LAYERS):
        before, text = text, _outside(text)
        if text == before:
            break
    if not re.search(r"\w", text) or text == given:
        return typed
    return tidy(text)


def _one_blank(run: re.Match[str]) -> str:
    """For a pattern that begins with blanks would try each of them."""
    return "\n" if "\n" in run.group() else " "


def _outside(text: str) -> str:
    """One layer less."""
    quoted = _QUOTED.fullmatch(text)
    if quoted and _ASKS.match(inner := next(filter(None, quoted.groups())).strip()):
        text = inner
    for lead in _LEADS:
        text = _without(text, lead.match(text))
    for tail in _TAILS:
        text = _without(text, tail.search(text))
    text = _MARKS.sub("?", text)
    told = _TELL.match(text)
    return (direct(text[told.end() :]) or text) if told else text


def _without(text: str, found: re.Match[str] | None) -> str:
    """Less what was found, if something is left that could be asked."""
    if found is None or found.start() == found.end():
        return text
    rest = (text[: found.start()] + text[found.end() :]).strip()
    return rest if re.search(r"\w{2}", rest) else text


def tidy(text: str) -> str:
    """With a capital, and a question mark where it asks."""
    text = text.strip().rstrip(" ,;:")
    if _STARTS.match(text):
        text = text[:1].upper() + text[1:]
    return text + "?" if _ASKS.match(text) and text[-1:].isalnum() else text
