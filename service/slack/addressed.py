"""Is it put to Parley? What becomes of a message that mentions it, is sent to it or stands in its thread.

In a thread people also talk to each other. A reply that doesn't mention Parley is taken only if it asks
something, and asks it of nobody else. In doubt Parley keeps silent, since a mention always reaches it.
"""

import re
from enum import StrEnum
from typing import Literal

from service.english import CAPITAL, CAPITALISED, any_of, closed, lazily

How = Literal["mention", "direct", "reply"]


class Act(StrEnum):
    ANSWER = "answer"
    HELP = "help"
    REACT = "react"
    SILENT = "silent"


_LONGEST = 4_000  # code points that are read; a question has at most 2,000

# What holds no words of whoever writes: code, lines quoted from others, links with their titles; and emoji.
_NOT_SAID = lazily(
    r"```[^`]*(?:```|\Z)|`[^`\n]*`|(?m:^[ \t]*(?:>|&gt;).*$)|<(?:https?|mailto|tel):[^<>]*>|\bhttps?://\S+",
    re.I,
)
_EMOJI = lazily(
    r":[a-z0-9_+'-]*[a-z+_-][a-z0-9_+'-]*:(?:skin-tone-\d:)?"
    "|[\u2190-\u2bff\u3030\u303d\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_MENTION = lazily(r"<@([^<>|]*)[^<>]*>")
_TO_A_GROUP = lazily(r"<!(?:subteam|here|channel|everyone)[^<>]*>|(?<![\w<@.])@(?!parley\b)\w+", re.I)
_TOKEN = lazily(r"<[^<>]*>")
_EMPHASIS = lazily(r"(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)")
_QUOTED = lazily(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_SENTENCE = lazily(r"(?<=[?!.])\s+|\n+")

_WH = any_of(closed.QUESTION_WORDS)
_AUX = any_of(closed.ASKING, "might")
_GREETING = "hey|hi|hello|yo|dear|good morning|good afternoon|good evening|morning"
_CHATTER = (
    "ok|okay|cool|great|nice|perfect|excellent|awesome|brilliant|super|wow|lol|haha|yes|yeah|yep|no|nope|sure|"
    r"right|good|fine|got it|makes sense|well done|nice one|good (?:one|bot|job|answer)|love it|\+1|"
    "ah|oh|aha|hmm?|uh|um"
)
_ONLY_CHATTER = lazily(rf"(?:(?:{_CHATTER})(?![\w'’])[\s,.!]*)+", re.I)
_OPENER = lazily(
    rf"(?:(?:{_CHATTER}|{_GREETING}|there|so|and|but|well|also|sorry|wait|then|now|btw|fwiw|actually|just|quick|"
    "quickly|(?:one|a) (?:more|last|quick)(?: (?:question|thing|one))?|question|follow-?up|next|again|please|"
    "anyway|thanks(?: a lot| so much)?|thank you|thx|ty|cheers|do we know(?: if| whether)?|"
    r"any idea(?: if| whether)?)(?![\w'’-])[\s,.!:;–—-]*)+",
    re.I,
)
_THANKS = lazily(
    r"(?:^|[,.!;:–—-]\s*|\b(?:many|big|great|ok|okay|perfect|cool|nice|awesome|super|and|well|million)\s+)"
    r"(?:thanks|thank (?:you|u)|thankyou|thx|tnx|tysm|tyvm|ty|cheers|(?:much |i )?appreciated?)\b(?! to\b)",
    re.I,
)
_HOW_MUCH = lazily(
    r"[\s,]*(?:(?:so|very) much|a (?:lot|bunch|million|ton)|loads|heaps|again|indeed|much|it|that)\b", re.I
)
_LONE = lazily(r"[\s,]*([^\W\d_][\w'’-]*)[\s.!]*")
_HELP = lazily(r"(?:(?:please|pls)[\s,]+)?/?help(?: me)?(?:[\s,]+(?:please|pls))?[\s.!?]*", re.I)
_HOW_TO_ASK = lazily(
    r"\?+|what can (?:you|i ask|parley)(?: you)?(?: do)?\W*|"
    rf"(?:how|what) (?:{_AUX}) i (?:ask|use)\b.{{0,30}}|how (?:does|do) (?:this|you|parley) work\W*",
    re.I,
)
_BY_OUR_NAME = lazily(
    rf"\b(?:{_GREETING}|ok|okay)[\s,]+parley\b|\bparley\s*[,:!–—-]|,\s*parley[\s?!.]*$", re.I
)

# Put to somebody by name, at either end. A weekday or an adverb beside a comma is nobody.
_CALLED = lazily(
    r"([^\W\d_][\w'’-]*)(?:\s*,\s+|\s+[-–—]+\s+)"
    rf"|({CAPITALISED}):\s+|({CAPITAL}\w*) (?:and|&) {CAPITAL}\w*,\s"
)
_GREETED = lazily(
    rf"(?:{_GREETING})\s+(?!(?:{_WH}|{_AUX}|{_CHATTER}|parley|there|again|so|any|quick|just|one)\b)[^\W\d_]\w*",
    re.I,
)
_CALLED_LAST = lazily(r"(?<![\w'’-])([\w'’-]*),\s+([^\W\d_][\w'’-]*)\s*[?!.]*$")
_NOBODY = lazily(
    rf"yesterday|today|tomorrow|tonight|{any_of(closed.DAYS)}|first|second|third|last|later|then|"
    r"too|though|please|right|ok|okay|correct|yes|no|exactly|again|or|eh|anyway|instead|however|still|meanwhile|"
    rf"overall|{_WH}|parley|\w+ly",
    re.I,
)
# Between colleagues: about themselves, and about what lies on their desks.
_EACH_OTHER = lazily(r"\b(?:[Yy]ou|[Yy]ours?|u|ur|y'?all|[Ww]e|us|[Oo]urs?|I|me|[Mm]y|[Ll]et['’]?s)\b(?!\.)")
_WHOEVER = lazily(
    rf"(?:(?:does|{any_of(closed.MODALS)}) )?(?:anyone|anybody|someone|somebody|everyone|everybody"
    r"|guys|folks)\b"
    r"|(?:has|did) any(?:one|body) (?:seen|hear|heard|got|tried|read|called|checked|asked|see)\b"
    r"|is any(?:one|body) (?:free|around|here|in|going|coming|using|on)\b"
    r"|who(?:['’]s|s) (?:\w+ing\W*$|got\b)|who(?: wants|['’]d like| needs| fancies)\b"
    r"|should (?:this|that|it) (?:go|run)\b|(?:is it|is that|is this) (?:ok|okay|fine|good) (?:to|with|for)\b"
    r"|(?:is|are) (?:the|that|this) (?:story|piece|page|site) (?:live|up|online|out|done|ready)\b",
    re.I,
)
_ON_A_DESK = lazily(
    r"\b(?:coffee|tea|lunch|dinner|pizza|cake|drinks|beers?|snacks?|pub|stand-?up|huddle|zoom|calendar|headline|"
    r"hed|caption|byline|layout|typos?|editing|proof-?read(?:ing)?|publish(?:ing)?|cms|newsletter|homepage|wi-?fi|"
    r"passwords?|printer|laptop|charger|rota|shift|birthday|weekend|parking|kitchen|slides|spreadsheet)\b",
    re.I,
)
_EXCLAIMS = lazily(
    r"(?:really|seriously|right|what|huh|wtf|no way|who (?:knows|cares)|so what|why not|ready|done|sure|eh|"
    r"what the (?:hell|heck)|what['’]s (?:up|new)|how['’]?s it going|how are things|all good|"
    r"good to go|sounds good|makes sense|agreed|"
    r"(?:is )?(?:that|this|it|everything) (?:ok|okay|fine|good|cool|all right|alright)|"
    r"(?:any (?:other )?)?(?:thoughts|opinions|ideas|objections|volunteers|takers|feedback|suggestions)"
    r"(?: on (?:this|that|it))?|how \w+ is (?:that|this)|"
    r"(?:is|was|ai)n['’]?t (?:that|it|this)(?: so| just)? \w+)\W*",
    re.I,
)
_ASKS_UNMARKED = (
    lazily(rf"(?:{_WH})\b(?: \w[\w'’-]*){{0,3}} (?:{_AUX})\b(?! not$)", re.I),
    lazily(rf"(?:what|how) about \w|how (?:many|much|long|far|old|often) \w|what else\b|(?:{_WH})$", re.I),
    lazily(
        r"(?:who|which \w+)(?: else)? (?:said|told|met|won|lost|paid|led|wrote|took|made|left|\w+ed)\b", re.I
    ),
    lazily(rf"(?:{_WH})['’]s \w+ \w+", re.I),
    lazily(
        rf"(?i:{any_of(closed.DO, closed.BE, closed.HAVE)}) "
        rf"(?:{any_of(closed.SUBJECTS, closed.DEMONSTRATIVES, closed.DETERMINERS)}"
        rf"|there|any|all|both|{CAPITAL}[\w'’.-]*) \S"
    ),
)


def act_on(text: str, *, how: How, bot_user: str | None, mentions_only: bool = False) -> Act:
    """`text` is as Slack sends it, with its markup. `mentions_only`: a reply must mention us to be taken."""
    text = text[:_LONGEST]
    mentioned = _MENTION.findall(text)
    to_us = how != "reply" or bot_user in mentioned
    if not to_us and (mentions_only or mentioned or _TO_A_GROUP.search(text)):
        return Act.SILENT
    words = _words(text)
    if to_us or _BY_OUR_NAME.search(words):
        return _put_to_us(text, words)
    return _overheard(words)


def _put_to_us(text: str, words: str) -> Act:
    if _HELP.fullmatch(words) or _HOW_TO_ASK.fullmatch(words):
        return Act.HELP
    if _ONLY_CHATTER.fullmatch(words) or (_THANKS.search(words) and not _asked(words)):
        return Act.REACT
    if words:
        return Act.ANSWER
    rest = _TO_A_GROUP.sub("", _MENTION.sub("", text)).strip(" \n,.!")
    if not rest:
        return Act.HELP
    return Act.ANSWER if _EMOJI.sub("", rest).strip() else Act.REACT


def _overheard(words: str) -> Act:
    """Said in our thread, to nobody by mention."""
    if _HELP.fullmatch(words):
        return Act.HELP
    asked = _asked(words)
    if asked:
        return Act.SILENT if _to_somebody(words) or any(map(_between_colleagues, asked)) else Act.ANSWER
    thanks = _THANKS.search(words)
    return Act.REACT if thanks and not _thanks_somebody(words[thanks.end() :]) else Act.SILENT


def _words(text: str) -> str:
    """What the writer said, in plain words, a line to a line."""
    said = _EMOJI.sub(" ", _TOKEN.sub(" ", _NOT_SAID.sub(" ", text)))
    lines = (" ".join(_EMPHASIS.sub("", line).split()) for line in said.split("\n"))
    return "\n".join(line for line in lines if line).strip(" ,")


def _asked(words: str) -> list[str]:
    """The sentences that ask, without what leads to the question."""
    stripped = (_opened(sentence) for sentence in _SENTENCE.split(words))
    return [sentence for sentence in stripped if _asks(sentence)]


def _opened(sentence: str) -> str:
    opener = _OPENER.match(sentence)
    return sentence[opener.end() :] or sentence if opener else sentence


def _asks(sentence: str) -> bool:
    end = sentence.rstrip(" ”\"'’)*_~")
    if not any(character.isalnum() for character in end) or _EXCLAIMS.fullmatch(end):
        return False
    if end[-2:].rstrip("!")[-1:] in ("?", "？", "؟"):
        return True
    return end[-1] not in ".!:…," and any(form.match(end) for form in _ASKS_UNMARKED)


def _to_somebody(words: str) -> bool:
    """By name: "Anna, did they sign?", "hi Tom, who was there?", "did they sign, Anna?"."""
    called, last = _CALLED.match(_opened(words)), _CALLED_LAST.search(words)
    if _GREETED.match(words) or (called and _is_called(next(filter(None, called.groups())))):
        return True
    # "in Basel, Switzerland?" names a place.
    return bool(last and _is_called(last[2]) and not (last[1][:1].isupper() and last[2][:1].isupper()))


def _is_called(word: str) -> bool:
    return not _NOBODY.fullmatch(word) and not _ONLY_CHATTER.fullmatch(word)


def _between_colleagues(question: str) -> bool:
    own = _QUOTED.sub("", question)
    return bool(_EACH_OTHER.search(own) or _WHOEVER.match(own) or _ON_A_DESK.search(own))


def _thanks_somebody(rest: str) -> bool:
    """A word that stands alone after thanks is whom they are for: "thanks Tom!", "thanks, all"."""
    while very := _HOW_MUCH.match(rest):
        rest = rest[very.end() :]
    lone = _LONE.fullmatch(rest)
    return bool(lone and lone[1].lower() != "parley" and _is_called(lone[1]))
