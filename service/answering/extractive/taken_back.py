"""What an article reports and takes back in its next sentence: "We reported that it was safe. It wasn't."."""

import re
from collections.abc import Sequence

from retrieval.article import Sentence
from service.english import any_of, closed

AFTER = " [The sentence after: "
_WRONG = re.compile(
    rf"(?:{any_of(map(str.title, closed.DEMONSTRATIVES))}|It|Both|Neither|We|The (?:figure|number|date|claim"
    rf"|report|statement|name|sum|sentence|passage|headline|article|story))\b[^.;]{{0,60}}?"
    rf"\b(?:(?:{any_of(closed.BE)})"
    r" (?:wrong|incorrect|false|untrue|inaccurate|mistaken|not (?:correct|true|the case|so|accurate)|in error"
    r"|an? (?:mistake|error))|(?:did|does) not (?:happen|exist|occur|take place|say (?:so|that)))\b"
    rf"|Neither (?:{any_of(closed.BE)}) (?:true|correct|right|so)\b"
)
_OURS = re.compile(
    r"\b(?:we|our|this (?:newspaper|paper|station|site|article)|an? (?:earlier|previous) version"
    r"|the (?:same (?:article|report|story|version)|article|headline))\b[^.;]{0,120}?"
    r"\b(?:report(?:ed)?|said|stated|wrote|gave|put|described|published|claimed|named|called|suggested)\b",
    re.I,
)


def taken_back_by(sentence: Sentence, around: Sequence[Sentence], text: str) -> Sentence | None:
    """The next sentence, if it says that what this one tells was wrong."""
    if not _OURS.search(text, sentence.start, sentence.end):
        return None
    after = next((one for one in around if one.start >= sentence.end), None)
    return after if after and _WRONG.match(text, after.start, after.end) else None
