"""What a page's styles hide: declarations that leave nothing to see, and whom the page's own rules mean.

No browser: what a later rule shows again stays hidden, and sheets that aren't in the page aren't known.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))")
_STRING = re.compile(r'"[^"\n]*"|' + r"'[^'\n]*'")
_BLOCK = re.compile(r"([{}])")
_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(px|r?em|ex|ch|%|vw|vh|pt|cm|mm|in)?")
_PIXELS = {
    "em": 16,
    "rem": 16,
    "ex": 8,
    "ch": 8,
    "vw": 12.8,
    "vh": 8,
    "%": 0.16,
    "pt": 1.33,
    "cm": 38,
    "mm": 3.8,
    "in": 96,
}
_CLEAR = re.compile(r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\([^)]*[,/][0.]+%?\)")
_MOVED = re.compile(r"translate(?:x|y|3d)?\(([^()]*)\)")
_SCALED = re.compile(r"scale(?:x|y|3d)?\(([^()]*)\)")
_CLIPPED = re.compile(r"inset\((?:[5-9]\d|100)(?:\.\d+)?%|circle\(0")
_PLACES = ("left", "right", "top", "text-indent", "margin-left", "margin-top")
_SIZES = ("width", "height", "max-width", "max-height")
_FAR_UNITS = {
    "em": 4,
    "rem": 4,
    "in": 96,
    "cm": 38,
}  # shares of a page are as pixels, to spare what is laid out so
_FAR, _BEYOND, _MOVED_FAR = -100, 3000, -1000  # pixels to where nobody looks
_FAINT, _TINY = 0.1, 2
# -- selectors
_PART = re.compile(r"([.#]?)([\w-]+)|\[\s*([\w-]+)\s*(?:([~|^$*]?=)([^\]]*))?\]|\*|:not\([^()]*\)")
_BETWEEN = re.compile(r"\s*([>+~])\s*|\s+")
_WIDE = 1280  # pixels of the screen on which a page is thought to be read
_WIDTH = re.compile(r"(?:(min|max)-width:|width([<>])=?)([\d.]+)(px|r?em)")
_NO_SCREEN = re.compile(r"\b(?:print|speech|tty|tv|handheld|projection|aural|braille)\b")
_NOT_YET = re.compile(r"@(?:-\w+-)?(?:keyframes|starting-style|font-face|page|property|counter-style)\b")


def hides(declared: str) -> bool:
    """Whether declarations, as in a style attribute, leave nothing of an element to see."""
    told: dict[str, str] = {}
    hidden = False
    for one in re.sub(r"\s+", "", _plain(declared)).split(";"):
        name, colon, value = one.partition(":")
        if not colon:
            continue
        told[name] = value.partition("!")[0]
        hidden = hidden or _hides(name, told[name])
    if _CLEAR.fullmatch(told.get("color", "")) and "text" not in told.get("background-clip", "") + told.get(
        "-webkit-background-clip", ""
    ):
        return True
    cut = any(told.get(f"overflow{way}", "")[:6] in ("hidden", "clip") for way in ("", "-x", "-y"))
    small = any(
        (size := _pixels(told.get(name, "").replace("%", "em"))) is not None and size <= 1 for name in _SIZES
    )
    return hidden or (cut and (small or told.get("text-indent") == "100%"))


def _hides(name: str, value: str) -> bool:
    if name in ("display", "visibility", "content-visibility"):
        return value in (("none",) if name == "display" else ("hidden", "collapse"))
    if name in ("opacity", "scale"):
        return _below(_number(value), _FAINT)
    if name in ("font-size", "font"):
        return _below(_pixels(value.partition("/")[0]), _TINY)
    if name in _PLACES:
        return _is_far(value)
    if name in ("transform", "translate", "filter"):
        moved = [one for group in _MOVED.findall(value) for one in group.split(",")]
        scaled = [one for group in _SCALED.findall(value) for one in group.split(",")]
        moved += [value] if name == "translate" else []
        faint = "opacity(" in value and _below(_number(value.partition("opacity(")[2]), _FAINT)
        far = any(_is_far(one, _MOVED_FAR) for one in moved)
        return far or faint or any(_below(_number(one), _FAINT) for one in scaled)
    return (
        value.startswith(("rect(0", "rect(1px"))
        if name == "clip"
        else bool(name.endswith("clip-path") and _CLIPPED.match(value))
    )


def _plain(css: str) -> str:
    """In lower case, without comments and escapes."""
    bare = _COMMENT.sub("", css.lower())
    return _ESCAPE.sub(_unescaped, bare) if "\\" in bare else bare


def _unescaped(found: "re.Match[str]") -> str:
    code = int(found[1], 16) if found[1] else 0
    return (chr(code) if 0 < code < 0xD800 else "") if found[1] else found[2]


def _pixels(value: str) -> float | None:
    found = _LENGTH.match(value[:40])
    return None if found is None else float(found[1]) * _PIXELS.get(found[2] or "", 1)


def _number(value: str) -> float | None:
    found = _LENGTH.match(value[:40])
    return None if found is None else float(found[1]) * (0.01 if found[2] == "%" else 1)


def _below(number: float | None, bound: float) -> bool:
    return number is not None and abs(number) < bound


def _is_far(value: str, before: float = _FAR) -> bool:
    found = _LENGTH.match(value[:40])
    pixels = 0.0 if found is None else float(found[1]) * _FAR_UNITS.get(found[2] or "", 1)
    return pixels <= before or pixels >= _BEYOND


@dataclass(frozen=True, slots=True)
class _Compound:
    """`.a#b[c=d]`: all that one element must have."""

    tag: str | None
    names: tuple[str, ...]  # `.class` and `#id`
    attributes: tuple[tuple[str, str, str], ...]

    def fits(self, element: "HtmlElement") -> bool:
        if self.tag is not None and element.tag != self.tag:
            return False
        return all(name in _named(element) for name in self.names) and all(
            _has(element, *one) for one in self.attributes
        )

    @property
    def key(self) -> str:
        """What an element is looked up by."""
        return (
            self.names[0]
            if self.names
            else f"[{self.attributes[0][0]}"
            if self.attributes
            else self.tag or "*"
        )


Selector = tuple[_Compound, ...]  # the element's own first, then who must stand above it, from the inside


@dataclass(frozen=True, slots=True)
class Rules:
    """The selectors of a page's own sheets that hide."""

    of: dict[str, set[Selector]] = field(default_factory=lambda: defaultdict(set))

    def hide(self, element: "HtmlElement") -> bool:
        if not self.of:
            return False
        keys = {"*", str(element.tag), *_named(element), *(f"[{name}" for name in element.attrib)}
        found = (selector for key in keys for selector in self.of.get(key, ()))
        return any(_fits(selector, element) for selector in found)


def rules_of(root: "HtmlElement") -> Rules:
    rules = Rules()
    for sheet in root.iter("style"):
        unused = any(above.tag in ("noscript", "template") for above in sheet.iterancestors())
        if not unused and _holds(f"@media {(sheet.get('media') or '').lower()}"):
            for selectors, declared in _hiding(_plain(sheet.text or "")):
                if hides(declared):
                    for selector in filter(None, map(_selector, selectors.split(","))):
                        rules.of[selector[0].key].add(selector)
    return rules


def _hiding(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of what holds on a screen; also of blocks in blocks."""
    quiet = _STRING.sub(lambda found: '""' if set("{};") & set(found[0]) else found[0], css)
    stack: list[tuple[str, bool, list[str]]] = [("", True, [])]
    for piece in _BLOCK.split(quiet):
        selectors, holds, declared = stack[-1]
        if piece == "{":
            opens = declared.pop() if declared else ""
            before, _, prelude = opens.rpartition(";")
            declared.append(before + ";")
            prelude = prelude.strip()
            own = selectors if prelude.startswith("@") else prelude.replace("&", "").strip() or selectors
            stack.append((own, holds and (not prelude.startswith("@") or _holds(prelude)), []))
        elif piece != "}":
            declared.append(piece)
        elif len(stack) > 1:
            stack.pop()
            if holds:
                yield selectors, "".join(declared)
    yield from ((selectors, "".join(declared)) for selectors, holds, declared in stack[1:] if holds)


def _holds(prelude: str) -> bool:
    """Whether an at-block counts where a page is read on a screen."""
    if not prelude.startswith("@media"):
        return _NOT_YET.match(prelude) is None
    return any(map(_is_read_so, prelude.removeprefix("@media").split(",")))


def _is_read_so(query: str) -> bool:
    query = query.strip()
    if query.startswith("not"):
        return not _is_read_so(query[3:].replace("not", ""))
    if _NO_SCREEN.search(query):
        return False
    for least, sign, number, unit in _WIDTH.findall(re.sub(r"\s+", "", query)):
        wide = (_pixels(number) or 0) * (1 if unit == "px" else 16)
        if (wide > _WIDE) if "min" in least or sign == ">" else (wide < _WIDE):
            return False
    return True


def _selector(text: str) -> Selector | None:
    """None where it means a part of an element, or one that is pointed at."""
    pieces = _BETWEEN.split(text.strip())
    found: list[_Compound] = []
    for at in range(len(pieces) - 1, -1, -2):
        compound = _compound(pieces[at])
        if compound is None:
            return None
        found.append(compound)
        if at and pieces[at - 1] in ("+", "~"):  # whoever stands beside it
            break
    return tuple(found)


def _compound(text: str) -> _Compound | None:
    tag, names, attributes, at = None, [], [], 0
    while part := _PART.match(text, at):
        at = part.end()
        sign, name, attribute, how, value = part.groups()
        if attribute:
            attributes.append((attribute, how or "", (value or "").strip().strip("\"'")))
        elif sign:
            names.append(sign + name)
        elif name:
            tag = name
    return _Compound(tag, tuple(names), tuple(attributes)) if text and at == len(text) else None


def _named(element: "HtmlElement") -> frozenset[str]:
    return _names(element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=1024)
def _names(classes: str, id_: str) -> frozenset[str]:
    """In lower case, as rules are read."""
    return frozenset((*(f".{one}" for one in classes.lower().split()), f"#{id_.lower()}"))


def _has(element: "HtmlElement", name: str, how: str, value: str) -> bool:
    found = (element.get(name) or "").lower()
    if not how:
        return element.get(name) is not None
    fits = {
        "=": found == value,
        "~=": value in found.split(),
        "|=": found == value or found.startswith(f"{value}-"),
        "^=": bool(value) and found.startswith(value),
        "$=": bool(value) and found.endswith(value),
        "*=": bool(value) and value in found,
    }
    return fits[how]


def _fits(selector: Selector, element: "HtmlElement") -> bool:
    own, *above = selector
    if not own.fits(element):
        return False
    ancestors = element.iterancestors()
    return all(any(one.fits(ancestor) for ancestor in ancestors) for one in above)
