"""A page's or a mail's bytes, which may name their encoding, and may be wrong about it."""

import codecs
import re

from retrieval.decode import decode
from retrieval.errors import UnreadableSource

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes
_TAG = re.compile(rb"<[^<>]{0,2000}>")
# As browsers read these names (WHATWG's Encoding Standard).
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_NEVER_DECLARED = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"})
_DETECTED = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "koi8_u", "mac_roman", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("cp1257", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_MIXED = re.compile(r"[A-Za-z][А-яЁёІіЇїЄє]|[А-яЁёІіЇїЄє][A-Za-z]|[\x80-\x9f\ufffd]|[ÃÂ][\x80-\xbf]")
_MOST_MIXED = 0.002  # of the characters: a brand or two


def decoded(name: str, data: bytes, *, declared: str | None = None) -> str:
    """As UTF-8 or with a mark where it is that; else as it declares, unless what comes of it is no text; else
    by its words. Raises UnreadableSource."""
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = None if marked or _is_utf8(data) else _known(declared or _declared(data))
    text = _strictly(data, encoding) if encoding else None
    if text is not None:
        return decode(name, text.encode())
    return decode(name, data) if marked or _is_utf8(data) else _by_its_words(name, data)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_LOOKED_AT])
    return found[1].decode("ascii") if found else None


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared).name if declared else "utf-8"
        text_like = codecs.lookup(name)._is_text_encoding
    except LookupError:
        return None
    return _READ_AS.get(name, name) if text_like and name not in _NEVER_DECLARED else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None
    return None if len(_MIXED.findall(text)) > len(text) * _MOST_MIXED else text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_its_words(name: str, data: bytes) -> str:
    """Detected without the tags, which are English in every language."""
    words = _TAG.sub(b" ", data)
    text = decode(name, words)
    if words == data:
        return text
    for encoding in _DETECTED:
        found = _strictly(words, encoding)
        if found is not None and _lines(found) == text:
            return decode(name, data.decode(encoding).encode())
    raise UnreadableSource(f"{name}: its encoding cannot be told", remedy="save it as UTF-8 text")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
