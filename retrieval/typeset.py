"""Letters and words that typesetting has changed, as their reader reads them: ligatures are letters, soft
hyphens and joiners are nothing, and a word that a line's end divides is one word.

What is stored and shown keeps them; this is for comparing and for the models.
"""

import re

from tokenizers import Regex, Tokenizer, normalizers

LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "Ĳ": "IJ",
    "ĳ": "ij",
}
_CHANGED = str.maketrans({**LIGATURES, **dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", "")})
DIVIDED = re.compile(r"(?<=[^\W\d_])[-‐]\n(?=[^\W\d_])")


def as_read(text: str) -> str:
    """Offsets don't stay."""
    text = text.translate(_CHANGED)
    return DIVIDED.sub("", text) if "\n" in text else text


def read_as_read(pieces: Tokenizer) -> Tokenizer:
    """Has a tokenizer read a text so, its offsets being those of the text as it is written."""
    changed = [normalizers.Replace(one, letters) for one, letters in LIGATURES.items()]
    divided = normalizers.Replace(Regex(r"(?<=\p{L})[-‐]\n(?=\p{Ll})"), "")
    own = [pieces.normalizer] if pieces.normalizer else []
    pieces.normalizer = normalizers.Sequence([*changed, divided, *own])
    return pieces
