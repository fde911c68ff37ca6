"""A sentence as it is read: in one line, without what stands in it only beside a name."""

from retrieval.typeset import DIVIDED
from service.english import CAPITAL, SHORT_FIRST, lazily

_CUT_SHORT = lazily(rf"\b({SHORT_FIRST})\.(?= )")
_THOUSANDS = lazily(r"(?<=\d),(?=\d{3}(?!\d))")
# "Jane Roe (Ind, Stoke Central), who", "Jon Doe (ret.)"
_BESIDE = lazily(rf" \((?:[Rr]etd?\.|{CAPITAL}[^()]{{1,40}}(?=\)[,.]))\)")


def in_one_line(text: str) -> str:
    """As long as before: a word that a line's end divides isn't two, a stop behind a first name that is cut
    short ends nothing, and "(ret.)" and a name's party are left out."""
    text = DIVIDED.sub("--", text) if "\n" in text else text
    text = _CUT_SHORT.sub(r"\1_", text)
    return _BESIDE.sub(lambda found: " " * len(found[0]), text) if "(" in text else text


def with_whole_numbers(bare: str) -> str:
    """As long as before: in "which has 2,800 members, said" the first comma ends nothing. Only for what is
    read of a sentence, never for what is shown of it."""
    return _THOUSANDS.sub("0", bare)
