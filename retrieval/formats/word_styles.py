"""The styles of a Word file: what they are called, and whose words they hide (ECMA-376, 17.7.3)."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")
_MOST_BASES = 20  # of a style upon another


class Styles:
    def __init__(self, document: "Document") -> None:
        self._names = {style.style_id: (style.name or "").lower() for style in document.styles}
        root = document.styles.element
        self._styles = {one.get(f"{_W}styleId"): one for one in root.iter(f"{_W}style")}
        plain = (id_ for id_, one in self._styles.items() if _is_plain(one))
        self._plain = next(plain, None)
        self._everywhere = _told(root.find(f"{_W}docDefaults/{_W}rPrDefault")) or False

    def name_of(self, paragraph: Any) -> str:
        """In lower case; nothing where none is named."""
        return self._names.get(_named(paragraph, "p") or "", "")

    def hide(self, element: Any) -> bool:
        """Whether it is a run that isn't seen: as it says itself, else by its style or by its paragraph's; of
        two that both hide, one undoes the other."""
        if element.tag != f"{_W}r":
            return False
        itself = _told(element)
        if itself is not None:
            return itself
        around = next(element.iterancestors(f"{_W}p"), None)
        paragraphs = self._plain if around is None else _named(around, "p") or self._plain
        return self._everywhere or self._hidden_by(_named(element, "r")) != self._hidden_by(paragraphs)

    def _hidden_by(self, style: str | None) -> bool:
        for _ in range(_MOST_BASES):
            found = self._styles.get(style)
            if found is None:
                return False
            if (told := _told(found)) is not None:
                return told
            base = found.find(f"{_W}basedOn")
            style = None if base is None else base.get(f"{_W}val")
        return False


def _told(element: Any) -> bool | None:
    """None where it leaves that to others."""
    found = None if element is None else element.find(f"{_W}rPr/{_W}vanish")
    return None if found is None else found.get(f"{_W}val") not in _OFF


def _named(element: Any, kind: str) -> str | None:
    style = element.find(f"{_W}{kind}Pr/{_W}{kind}Style")
    return None if style is None else style.get(f"{_W}val")


def _is_plain(style: Any) -> bool:
    """That of paragraphs which name none."""
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on")
