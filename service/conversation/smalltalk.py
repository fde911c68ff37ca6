"""What is no question about the articles: hello, thanks, goodbye, "what can you do?", "what do you know?".

Only what is nothing else, from its first word to its last; whatever might be a question is one.
"""

import re
from enum import StrEnum

from service.conversation import phrases
from service.conversation.wrapping import PICTURE


class SmallTalk(StrEnum):
    """The weightiest last: "hello, what can you do?" is the last of its two."""

    FINE = "fine"
    BYE = "bye"
    THANKS = "thanks"
    HELLO = "hello"
    ABILITIES = "abilities"
    KNOWLEDGE = "knowledge"


_ORDER = list(SmallTalk)
_ALWAYS = {kind: phrases.phrases(getattr(phrases, kind.name)) for kind in reversed(_ORDER)}
_FIRST = {
    SmallTalk.ABILITIES: phrases.phrases(phrases.FIRST_ABILITIES),
    SmallTalk.KNOWLEDGE: phrases.phrases(phrases.FIRST_KNOWLEDGE),
}
_BETWEEN = re.compile(r"[,.!?;:…\n]+|\s[–—-]+\s")
_CALLED = re.compile(
    r"(?:^|\s)(?:@[\w.-]+|<@\w+>|parley|there|all|everyone|everybody|team|folks|guys|again|bot|mate|man|buddy"
    r"|dude|(?:my )?friends?|sir|please|pls|plz|then|so)$"
)
_CALLED_FIRST = re.compile(
    r"^(?:@[\w.-]+|<@\w+>|parley|ok(?:ay)?|so|and|oh|ah|well|alright|please|pls|but|um+|hm+)\s+"
)
_WAVES, _THANKFUL = re.compile("[\U0001f44b\U0001f590]|:wave:"), re.compile("\U0001f64f|:pray:|:thankyou:")
_LONGEST = 120  # code points


def small_talk(typed: str, *, first: bool) -> SmallTalk | None:
    """`first`: nothing was asked before."""
    if len(typed) > _LONGEST:
        return None
    words = re.sub(PICTURE, " ", typed, flags=re.I)
    if not re.search(r"\w", words):
        return _pictured(typed)
    kinds = []
    for piece in _BETWEEN.split(words.lower().replace("’", "'")):
        if not re.search(r"\w", piece) or _CALLED.fullmatch(piece.strip()):
            continue
        kind = _kind(" ".join(piece.strip(" -–—*_~\"'“”()").split()), first=first)
        if kind is None:
            return None
        kinds.append(kind)
    return max(kinds, key=_ORDER.index, default=None)


def _kind(piece: str, *, first: bool) -> SmallTalk | None:
    tried = ""
    while piece != tried:
        for known in (_ALWAYS, _FIRST) if first else (_ALWAYS,):
            for kind, phrase in known.items():
                if phrase.fullmatch(piece):
                    return kind
        tried, piece = piece, _less(piece)
    return None


def _less(piece: str) -> str:
    """Without a word for whoever is spoken to."""
    shorter = _CALLED.sub("", piece).strip()
    return shorter if shorter and shorter != piece else _CALLED_FIRST.sub("", piece).strip() or piece


def _pictured(typed: str) -> SmallTalk | None:
    """Of pictures alone."""
    if not re.search(PICTURE, typed, re.I):
        return None
    if _WAVES.search(typed):
        return SmallTalk.HELLO
    return SmallTalk.THANKS if _THANKFUL.search(typed) else SmallTalk.FINE
