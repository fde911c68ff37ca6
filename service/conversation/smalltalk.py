"""What is no question about the articles: hello, thanks, goodbye, "what can you do?", "what do you know?".

Only what is nothing else, from its first word to its last; whatever might be a question is one.
"""

import re
from enum import StrEnum

from service.conversation import phrases
from service.conversation.wrapping import PICTURE
from service.english import QUESTION_WORDS, closed, plain_words, words_of


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
_THANKS = words_of("thanks thank thankyou thx thnx tnx ty tysm cheers ta appreciated appreciate")
_PRAISE = words_of(
    "great good nice perfect cool super awesome wonderful excellent brilliant amazing fantastic lovely neat"
    " helpful useful quick fast clever smart impressive interesting clear fine love loved helps helped works"
)
_SOCIAL = _THANKS.union(
    _PRAISE,
    words_of(
        *(closed.TALKERS, closed.DEMONSTRATIVES, closed.BE, closed.ARTICLES),
        "ok okay k u ur thats it its s re m ve all so very really much a lot for the help helping needed need"
        " wanted know to now today done here again indeed oh wow well and then job work bot answer answers"
        " one stuff just what had have",
    ),
)
_ASKING_FIRST = words_of(QUESTION_WORDS, closed.ASKING)
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
            return _pleased(typed)
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


def _pleased(typed: str) -> SmallTalk | None:
    """Thanks and praise put together in any way, and not asking: "ok thx thats all i needed"."""
    said = plain_words(typed)
    if "?" in typed or not said or said[0] in _ASKING_FIRST or not _SOCIAL.issuperset(said):
        return None
    if any(word in _THANKS for word in said):
        return SmallTalk.THANKS
    return SmallTalk.FINE if any(word in _PRAISE for word in said) else None


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
