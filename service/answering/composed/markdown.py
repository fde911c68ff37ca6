"""An answer's text for a client that takes it for Markdown: it shows the same words, and none of them
becomes a link, an image, HTML or anything else but words.

Every ASCII punctuation mark may be escaped (https://spec.commonmark.org/0.31.2/#backslash-escapes). The
autolinks that GitHub's flavour finds in plain words (https://github.github.com/gfm/#autolinks-extension-) are
broken with a character that is not seen.
"""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"[^\S ]+| {2,}")
_UNASKED = re.compile(r"(?<=://)|(?<=\bwww\.)|(?<=@)|(?<=[^\W\d_]\.)(?=[^\W\d_]{2})", re.I)
_WORD_JOINER = "\u2060"


def escaped(text: str) -> str:
    """On one line: a line break would begin a new block."""
    line = _SPACE.sub(" ", text).strip()
    return _MARKS.sub(r"\\\1", _UNASKED.sub(_WORD_JOINER, line))
