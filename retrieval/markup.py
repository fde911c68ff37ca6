"""What a reader sees of a text that was exported with its markup: Markdown without its marks, links and
images, and HTML's names of characters as the characters.

Marks that part a text's lines stay ("#", "-", "1."): they tell what a line is (retrieval/regions.py).
https://spec.commonmark.org
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from retrieval.article import Region
from retrieval.lines import ends_sentence, lines

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_FRONT = re.compile(
    r"\A\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n(?=[ \t]*(?:#|[\"']?[\w-][\w .-]{0,60}[\"']?[ \t]*[:=]|(?P=mark)))"
    r"(?:(?!(?P=mark)[ \t]*$)[^\n]*\n)*(?P=mark)[ \t]*$",  # not where a line is drawn above a text
    re.M,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = 0x10FE00  # private characters that stand for escaped ones meanwhile
_SHOWN = re.compile(f"[{chr(_HIDDEN)}-{chr(_HIDDEN + 0x7F)}]")
_TARGET = (
    r"\(\s?<?[^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?>?(?:\s\"[^\"\n]*\"|\s'[^'\n]*')?\s?\)"
)
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\](?:{_TARGET}|\[[^\[\]\n]*\])")
_LINK = re.compile(rf"\[(?P<text>[^\[\]]*)\](?:{_TARGET}|\[[^\[\]\n]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\](?!:)")
_NOTE = re.compile(r" {0,3}\[\^[^\[\]\s]{1,40}\]:[ \t]")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]+\S+[^\n]*$", re.M)
_CODE = re.compile(r"(?P<ticks>`{1,2})(?P<text>[^`\n]+)(?P=ticks)")
_STARS = re.compile(r"(?P<mark>\*{1,3})(?=[^\s*])(?P<text>(?:[^*\n]|\n(?!\n))+)(?<=\S)(?P=mark)")
_LINES_UNDER = re.compile(
    r"(?<!\w)(?P<mark>_{1,3})(?=[^\s_])(?P<text>(?:[^_\n]|\n(?!\n))+)(?<=\S)(?P=mark)(?!\w)"
)
_STRUCK = re.compile(r"~~(?=\S)[^~\n]+~~ ?")
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|sup|sub|span|mark|small|ins|a|br|p|div|figure|center)\b[^<>\n]{0,300}>", re.I
)
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_CODE_OF_SITE = re.compile(r"[ \t]*(?:\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\})[ \t]*")
_QUOTED = re.compile(r"(?: {0,3}> ?)+")
_ALIGNS = frozenset("|:- \t")
_ROW = re.compile(r"[ \t]*\|(?P<cells>.*[^\\])\|[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_EMPHASISED = re.compile(r"(?:[*_]{1,3})[^*_\s](?:.*[^*_\s])?[*_]{1,3}")
_POINT = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")
_MOST_BESIDE_LINKS = 2  # words


@dataclass(frozen=True, slots=True)
class Plain:
    """`told`: what a line is by its markup, by the place where it begins."""

    text: str
    told: dict[int, Region]


def unescaped(text: str) -> str:
    """HTML's names of characters read once, as a page shows them; what names none stays."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(name: re.Match[str]) -> str:
    if name[0][1] != "#" and name[0][1:] not in html5:
        return name[0]
    read = html.unescape(name[0])
    return name[0] if "\ufffd" in read or (not read.isprintable() and not read.isspace()) else read


def front_matter(text: str) -> str | None:
    """What stands above a Markdown text about it, with its marks (YAML's "---", TOML's "+++")."""
    found = _FRONT.match(text)
    return found[0] if found else None


def plain(markdown: str) -> Plain:
    front = front_matter(markdown) or ""
    body = _without_comments(markdown[len(front) :])
    raw = body.split("\n")
    shown = _inline(body).split("\n")
    told = {line.start: Region.BOILERPLATE for line in lines(front)}
    out, at = list[str](), len(front)
    for line, kind in _lines(raw, shown):
        lead = len(line) - len(line.lstrip())
        if kind and line.strip():
            told[at + lead] = kind
        out.append(line)
        at += len(line) + 1
    return Plain(front + "\n".join(out), told)


def _lines(raw: list[str], shown: list[str]) -> Iterator[tuple[str, Region | None]]:
    """Each line that stays, with what its markup tells."""
    captioned = fenced = False
    for line, own in zip(raw, shown, strict=True):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            yield line, None
        elif not _is_alignment(line):
            image = bool(_IMAGE.search(line))
            below = captioned and _EMPHASISED.fullmatch(line.strip()) is not None
            row = _ROW.fullmatch(own)
            text = row["cells"].strip().replace("\\|", "|") if row else _QUOTED.sub("", own, count=1)
            yield text, Region.CAPTION if below else _told(line, own)
            captioned = (image and not text.strip()) or (captioned and not line.strip())


def _is_alignment(line: str) -> bool:
    """The line below a table's head: "|:---|---:|"."""
    return "|" in line and "--" in line and _ALIGNS.issuperset(line)


def _told(line: str, shown: str) -> Region | None:
    if _NOTE.match(line):
        return Region.NOTE
    return Region.BOILERPLATE if _is_menu(line, shown) else None


def _is_menu(line: str, shown: str) -> bool:
    """Whether a line is made of links and says nothing beside them."""
    links = _LINK.findall(_IMAGE.sub("", line))
    beside = _LINK.sub(" ", _IMAGE.sub("", line)).lstrip()
    point = _POINT.match(beside)
    beside = beside[point.end() :] if point else beside
    if not links or line.lstrip().startswith("#") or ends_sentence(shown.strip()):
        return False
    words = sum(any(map(str.isalnum, word)) for word in beside.split())
    return words == 0 or (words <= _MOST_BESIDE_LINKS and len(links) > 1)


def _without_comments(text: str) -> str:
    """As many lines as before."""
    out, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        out += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*out, text[at:]])


def _inline(text: str) -> str:
    """As many lines as before."""
    text = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    text = "\n".join("" if _CODE_OF_SITE.fullmatch(line) else line for line in text.split("\n"))
    text = _DEFINED.sub("", _IMAGE.sub("", text))
    for _ in range(2):  # a link in a link's text, an image's remains
        text = _LINK.sub(_link_text, text)
    text = _FOOTNOTE.sub("", _CODE.sub(r"\g<text>", text))
    text = _STRUCK.sub("", text)
    for _ in range(2):  # one inside the other
        text = _LINES_UNDER.sub(r"\g<text>", _STARS.sub(r"\g<text>", text))
    text = unescaped(_ADDRESS.sub(r"\1", _TAG.sub("", text)))
    return _SHOWN.sub(lambda found: chr(ord(found[0]) - _HIDDEN), text)


def _link_text(link: re.Match[str]) -> str:
    """Nothing of a heading's anchor, whose text is a sign."""
    text = link["text"]
    return text if any(c.isalnum() for c in text) or (_SHOWN.search(text) is None and len(text) > 2) else ""
