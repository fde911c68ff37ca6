"""Text of others made safe for Slack: what it could obey, what it would hide, how much room it takes.

Slack reads `& < >` in every text that it parses, and turns `*`, `_`, backticks, `:names:`, `@here`, addresses
and bare domains into something of its own (https://docs.slack.dev/messaging/formatting-message-text). Only
`& < >` can be escaped; for the rest there is no escape. So nothing of an article, a model or a person goes
through a parser: it is put into rich_text elements, whose text Slack shows as it stands (rich_text.py), and
into plain_text. The one parsed text left is the notification beside the blocks; see `notification`.
"""

import re
import unicodedata
from bisect import bisect_right
from urllib.parse import quote, urlsplit

# Formatting characters that words need, or that move nothing: the joiners, the marks of direction (which end
# with their word, unlike the overrides and embeddings), the soft hyphen, and space of no width.
_HARMLESS = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u00ad\u2060\ufeff")
# The flags of England, Scotland and Wales are a black flag and its tags; tags by themselves hide text.
_UNUSUAL = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f|[^ -~\n]")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# The blocks of Unicode with right-to-left letters and numbers.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_LONGEST_URL = 1_000
_KEPT_IN_URL = "/?#[]@!$&'()*+,;=:%-._~"
_WORD_JOINER = "\u2060"
# Where a parser could begin to see an address, a mention, a channel or an emoji.
_SEEDS = re.compile(r"(?<=[@#])(?=\S)|(?<=\w)(?=\.\S)|(?<=[\w+.-])(?=:\S)|(?<=:)(?=\S)")


def visible(text: str) -> str:
    """Every character as it is, save those that hide or move others: they are named, as in ⟨U+202E⟩.

    Line breaks of all kinds become line feeds, tabs spaces. Nothing is left out.
    """
    lines = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return _UNUSUAL.sub(lambda found: _shown(found[0]), lines)


def _shown(characters: str) -> str:
    """Of one character, or of a flag with its tags."""
    if len(characters) > 1 or characters in _HARMLESS:
        return characters
    hides = unicodedata.category(characters) in {"Cc", "Cf", "Cs"}
    return f"⟨U+{ord(characters):04X}⟩" if hides else characters


def one_line(text: str) -> str:
    return " ".join(visible(text).split())


def isolated(text: str) -> str:
    """Each line that holds right-to-left script set apart, so that it doesn't turn the words around it.

    For text that is `visible`: it can't end the isolation itself.
    """
    return "\n".join(_set_apart(line) for line in text.split("\n"))


def _set_apart(line: str) -> str:
    return f"{_ISOLATE}{line}{_END_OF_ISOLATE}" if _RIGHT_TO_LEFT.search(line) else line


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def units(text: str) -> int:
    """Its length as the strictest reader of Slack's limits would count it: UTF-16 units, escaped."""
    return len(escaped(text).encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> tuple[str, str]:
    """The beginning that takes at most `most` units, and the rest; joined they are the text.

    Cut after white space where there is some in the last half, else between two characters that stand for
    themselves: no emoji or accented letter is torn. `most` has room for one character at least.
    """
    if units(text) <= most:
        return text, ""
    at = bisect_right(range(len(text)), most, key=lambda length: units(text[:length])) - 1
    spaces = [found.end() for found in re.finditer(r"\s+", text[:at]) if found.end() > at // 2]
    letters = (number for number in range(at, at // 2, -1) if _may_begin(text, number))
    at = spaces[-1] if spaces else next(letters, at)
    return text[:at], text[at:]


def _may_begin(text: str, at: int) -> bool:
    """Whether a new piece may begin with the character at `at`."""
    before, after = text[at - 1], text[at]
    joined = "\u200d" in (before, after) or (_is_flag_letter(before) and _is_flag_letter(after))
    modifies = "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f"
    return not (joined or modifies or unicodedata.category(after).startswith("M"))


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def shortened(text: str, most: int) -> str:
    """One line of at most `most` units; an ellipsis tells that there is more."""
    begin, rest = cut(one_line(text), most)
    return begin if not rest else cut(begin, most - 1)[0].rstrip() + "…"


def notification(text: str, most: int) -> str:
    """The text beside the blocks: what a phone shows, and what a screen reader says first.

    Slack parses it, so `& < >` are escaped and everything a parser could take for an address, a mention, an
    emoji is broken by a joiner of no width; Message.posting besides asks Slack not to parse. Half of `most`
    is for the joiners.
    """
    return escaped(_SEEDS.sub(_WORD_JOINER, shortened(text, most // 2)))


def web_url(address: str | None) -> str | None:
    """An http(s) address that can end neither a link nor a line: `|` becomes %7C, and so on.

    None for anything else, for one with a name or password in it, or one that is too long.
    """
    if address is None or any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in address):
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    names_someone = parts.username is not None or parts.password is not None
    if parts.scheme not in {"http", "https"} or not host or names_someone or port == 0:
        return None
    if not re.fullmatch(r"[A-Za-z0-9.-]+|[0-9a-f:.]+", host):
        return None
    url = quote(address, safe=_KEPT_IN_URL)
    return url if units(url) <= _LONGEST_URL else None
