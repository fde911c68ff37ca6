"""Bytes to text: every character as its writer meant it, or a refusal.

In order: a byte order mark is believed; else strict UTF-8; else two ways to detect an older encoding, each
with a floor below which the file is refused. U+FFFD is never put in the place of what cannot be read.
"""

import codecs
import re

from retrieval.errors import UnreadableSource
from retrieval.language import is_english

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a zip archive, or a Word or OpenDocument file"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
# An article holds a few, of a paste from a terminal; what is left of a binary file, one in ten.
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL, _FEW = 0.02, 4  # of all characters; so many at least
_AS_UTF8 = "save it as UTF-8 text"
_LETTER = r"[^\W\d_]"
_MISREAD = re.compile(
    r"[^\W\d_a-zA-Z]{3}"  # three accented letters in a row: another alphabet
    rf"|{_LETTER}(?!{_LETTER})[^\x00-\x7f’‘“”–—…•™®©°\xa0\xad·]{_LETTER}"  # Ukrai¿ski: a sign inside a word
    rf"|{_LETTER}[¹²³¼½¾ªº]{_LETTER}"  # Ze³enski, where Unicode calls the sign a number or letter
    r"|[ÂÃâ][\x80-\xbf€‚ƒ„…†‡ˆ‰‹Œ•˜™]"  # UTF-8 read as windows-1252
)
# Mac Roman read as windows-1252: ÒYesÓ, itÕs, "left Ð and"
_OF_MAC = re.compile(
    r"(?<!\w)[ÒÔ](?=[A-Za-z])|(?<=[a-z.,!?…])Ó(?!\w)|[A-Za-z]Õ(?:s|t|re|ve|ll|d|m)?(?!\w)|(?<=\s)[ÐÑ](?=\s)"
)
# What an article is likely to be in, the rivals of each, and nothing that decodes any bytes whatever.
_DETECTABLE = [
    *("cp1252", "cp1250", "cp1251", "koi8_r", "koi8_u", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]
_FEWEST_BYTES = 64
_LEAST_COHERENCE = 0.4  # of 1: how well the letters' frequencies suit some language (charset-normalizer)
_MOST_CHAOS = 0.05  # of 1: characters that don't belong together
_MARGIN = 0.05  # by which the best must lead in coherence every rival that reads differently


def decode(name: str, data: bytes) -> str:
    """The text, its byte order mark dropped and CRLF and CR made LF; nothing else is changed. Its control
    characters are for whoever shows it to make harmless.

    Raises UnreadableSource: binary, empty, or in an encoding that cannot be told.
    """
    _refuse_signature(name, data)
    text = _decoded(name, data)
    _refuse_control(name, text)
    if not text.replace("\ufeff", "").strip():
        raise UnreadableSource(f"{name} is empty", remedy="give a file that holds the article's text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_signature(name: str, data: bytes) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            remedy = f"take the article's text out of it and {_AS_UTF8}"
            raise UnreadableSource(f"{name} is a binary file: it looks like {what}", remedy=remedy)


def _refuse_control(name: str, text: str) -> None:
    """A NUL stands in no text; of other control characters, which are kept, a few do."""
    if (at := text.find("\x00")) >= 0:
        raise UnreadableSource(
            f"{name} is a binary file, not text (U+0000 at character {at})", remedy=_AS_UTF8
        )
    found = len(_CONTROL.findall(text))
    if found > max(_FEW, len(text) * _MOST_CONTROL):
        share = f"{found} of {len(text)} characters are control characters"
        raise UnreadableSource(f"{name} is a binary file, not text ({share})", remedy=_AS_UTF8)


def _decoded(name: str, data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(name, data[len(mark) :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        if _is_damaged_utf8(data):
            raise UnreadableSource(f"{name} is damaged UTF-8 at byte {exc.start}", remedy=_AS_UTF8) from exc
    if b"\x00" in data:
        raise UnreadableSource(f"{name} is a binary file, not text (it holds NUL)", remedy=_AS_UTF8)
    text = _english_windows(data) or _english_mac(data) or _detected(data)
    if text is None:
        raise UnreadableSource(f"{name}: its encoding cannot be told", remedy=_AS_UTF8)
    return text


def _marked(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        problem = f"begins with the mark of {encoding} but isn't, at byte {exc.start}"
        raise UnreadableSource(f"{name} {problem}", remedy=_AS_UTF8) from exc


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether half or more of the bytes beyond ASCII form UTF-8 characters: another encoding's hardly do."""
    beyond_ascii = len(data) - len(data.decode("ascii", "ignore"))
    readable = data.decode("utf-8", "ignore")
    in_characters = len(readable.encode()) - len(readable.encode("ascii", "ignore"))
    return in_characters * 2 >= beyond_ascii


def _english_windows(data: bytes) -> str | None:
    """English in windows-1252, of which Latin-1 text is a part: the default that WHATWG's Encoding Standard
    and HTML give to English pages.

    Detectors take these few accents for any Western or Central European encoding, so this is decided by the
    words: surely English, and what lies beyond ASCII is typography or a letter among plain ones.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    misread = _MISREAD.search(text) or _OF_MAC.search(text)
    return text if is_english(text) and not misread else None


def _english_mac(data: bytes) -> str | None:
    """English in Mac Roman, where its quotation marks, apostrophes and dashes would be capitals in
    windows-1252."""
    if not _OF_MAC.search(data.decode("cp1252", "replace")):
        return None
    text = data.decode("mac_roman")
    return text if is_english(text) and not _MISREAD.search(text) else None


def _detected(data: bytes) -> str | None:
    """By charset-normalizer, where the best reading is good and no rival reading is about as good."""
    from charset_normalizer import from_bytes  # here, because it takes 30 ms and is hardly ever needed

    if len(data) < _FEWEST_BYTES:
        return None
    readings = sorted(
        from_bytes(data, cp_isolation=_DETECTABLE), key=lambda match: (match.chaos, -match.coherence)
    )
    good = [match for match in readings if match.chaos <= _MOST_CHAOS]
    best = max(good, key=lambda match: match.coherence, default=None)
    if best is None or best.coherence < _LEAST_COHERENCE:
        return None
    text = str(best)
    rivals = [match for match in good if match.coherence > best.coherence - _MARGIN and str(match) != text]
    return None if rivals else text
