"""Reads a page back as a browser would: elements with their whole text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Reader(HTMLParser):
    """A page read back: every element with its whole text, as a browser's textContent gives it."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def named(self, id_: str) -> Element:
        (found,) = [element for element in self.elements if element.attributes.get("id") == id_]
        return found

    def has(self, id_: str) -> bool:
        return any(element.attributes.get("id") == id_ for element in self.elements)

    def tagged(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def whole(self, class_: str) -> str:
        """The text of all elements of that class, in their order."""
        classes = ((element, (element.attributes.get("class") or "").split()) for element in self.elements)
        return "".join(element.text for element, its in classes if class_ in its)

    def marked(self) -> str:
        return "".join(element.text for element in self.tagged("mark"))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader
