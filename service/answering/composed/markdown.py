"""An answer's text for a client that takes it for Markdown: it shows the same words, and none of them
becomes a link, an image, HTML or anything else but words.

What has a meaning there is escaped (https://spec.commonmark.org/0.31.2/#backslash-escapes), some of it only
where it begins a line. The
autolinks that GitHub's flavour finds in plain words (https://github.github.com/gfm/#autolinks-extension-) are
broken with a character that is not seen.
"""

import re

_MARKS = re.compile(
    r"([\\`*\[\]<|~#]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,32};)|\$(?=\$)|!(?=\[)|^[>=]|^[-+](?=[\s-]|$))"
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_SPACE = re.compile(r"[^\S ]+| {2,}")
_UNASKED = re.compile(r"(?<=://)|(?<=\bwww\.)|(?<=@)|(?<=[^\W_]\.)(?=[^\W\d_]{2})", re.I)
_WORD_JOINER = "\u2060"
_OPENED = re.compile(r"(?<=\])(?=[(\[:])|(?<=<)(?=[a-z/!?])", re.I)


def escaped(text: str) -> str:
    """On one line: a line break would begin a new block."""
    line = _SPACE.sub(" ", text).strip()
    return _NUMBERED.sub(r"\1\\\2", _MARKS.sub(r"\\\1", _UNASKED.sub(_WORD_JOINER, line)))


def inert(text: str) -> str:
    """The same characters on one line, for people and programs as well as for Markdown: only what would be a
    link, an image or HTML is broken, with the character that is not seen."""
    return _OPENED.sub(_WORD_JOINER, _UNASKED.sub(_WORD_JOINER, _SPACE.sub(" ", text).strip()))
