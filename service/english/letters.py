"""What a capital letter is, and a word that begins with one, as fragments of regular expressions.

Any upper-case letter counts: Łódź, Šefčovič, Ó Briain, Öz. They stand in no range of code points, so the
class is read from Unicode's own table; what lies beyond its first plane no newspaper prints.
"""

import sys
import unicodedata
from collections.abc import Iterable
from itertools import groupby

_FIRST_PLANE = range(min(sys.maxunicode, 0xFFFF) + 1)


# What Unicode doesn't take apart, as a keyboard without it has it.
_TYPED = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ß": "ss"}
    | {"ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
)


def unaccented(text: str) -> str:
    """As who has no accents on the keyboard types it: "Luka" for "Łuka"."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_TYPED)


def _ranges(codes: Iterable[int]) -> str:
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda at: at[1] - at[0])]
    return "".join(chr(run[0]) + f"-{chr(run[-1])}" * (len(run) > 1) for run in runs)


CAPITAL = f"[{_ranges(c for c in _FIRST_PLANE if unicodedata.category(chr(c)) in ('Lu', 'Lt'))}]"
REST = r"[\w’'‑-]"  # of a name's letters, those behind the first
INITIALS = rf"(?:{CAPITAL}\.)+"
# "al-Tamimi", "d'Artagnan" begin in lower case.
# So do "kaMpofu", "uMkhize", "deWitt": two letters or one, and the capital right behind.
CAPITALISED = (
    r"(?:\b(?:a[dlnrstz]|ash|el|bin|ben|ibn|abu)[-‑]|\b[dl][’']|\b(?:ka|wa|ma|ne|u|de|la|le|du|van|mac|mc))?"
    rf"{CAPITAL}{REST}*"
)
# "Vell & Co. Ltd.", "Roe Jr.": the stop belongs to the word.
SHORTENED = "(?:Co|Ltd|Inc|Corp|Bros|Jr|Sr)"
# What stands for a first name before a stop: "Geo. T. Roe".
SHORT_FIRST = "(?:Geo|Chas|Jos|Wm|Jas|Thos|Benj|Robt|Edw)"
NAME_WORD = rf"(?:{SHORTENED}\.|{INITIALS}|{CAPITALISED})"
PARTICLE = (
    r"(?:de|da|del|della|der|den|van|von|bin|bint|ibn|ben|abu|al|el|la|le|di|du|do|dos|das|af|av|ter|ten|zu"
    r"|y|e|wa|ka|binti|ould|walad|ap|ab|op|zum|zur|vom|[’']t)"
)
# Between two words of a name.
LINK = rf"\s+(?:(?:{PARTICLE}\s+){{0,2}}|&\s+)"
