"""Reads what a language model says, as it says it: each statement as soon as its object closes.

Takes one JSON object with a list of statements, or a statement's object a line, with anything about them
(a fence, a preface). Nothing here is trusted: words are located and statements verified afterwards.
"""

import json
from dataclasses import dataclass, field

_DEEPEST = 16  # brackets open at once; our own format needs five
LONGEST = 256 * 1024  # code points of an answer that are read


@dataclass(frozen=True, slots=True)
class Evidence:
    """The key of a passage, and the words of it that are relied on, as the model gave them."""

    passage: str
    words: str


@dataclass(frozen=True, slots=True)
class Stated:
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    about: str
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class Streamed:
    """`feed` it the pieces of an answer in order; how they are cut makes no difference.

    `readable` is set once an object came that is of our form, with statements or without. `malformed` counts
    closed objects that are no JSON. `given_up` is set once the answer is too long or
    too deep; what comes after isn't read. `closed` tells whether no bracket is left open.
    """

    unanswered: tuple[str, ...] = ()
    conflicts: tuple[Differing, ...] = ()
    readable: bool = False
    malformed: int = 0
    given_up: bool = False
    _open: list[str] = field(default_factory=list)
    _objects: list[int] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _in_string: bool = False
    _escaped: bool = False
    _length: int = 0

    @property
    def closed(self) -> bool:
        return not self._open and not self.given_up

    def feed(self, piece: str) -> list[Stated]:
        """The statements that the piece completes."""
        stated: list[Stated] = []
        self._length += len(piece)
        if self._length > LONGEST:
            self.given_up = True
        for character in piece:
            if self.given_up:
                break
            ended = self._step(character)
            if ended is not None and (statement := self._take(ended)) is not None:
                stated.append(statement)
        return stated

    def _step(self, character: str) -> str | None:
        """An object's text, when this character closes it."""
        if not self._open and character != "{":
            return None
        self._text.append(character)
        if self._in_string:
            self._within_string(character)
        elif character == '"':
            self._in_string = True
        elif character in "{[":
            self._opens(character)
        elif character in "}]":
            return self._closes(character)
        return None

    def _within_string(self, character: str) -> None:
        if self._escaped:
            self._escaped = False
        elif character == "\\":
            self._escaped = True
        elif character == '"':
            self._in_string = False

    def _opens(self, bracket: str) -> None:
        self._open.append(bracket)
        if bracket == "{":
            self._objects.append(len(self._text) - 1)
        self.given_up = len(self._open) > _DEEPEST

    def _closes(self, bracket: str) -> str | None:
        if self._open.pop() != {"}": "{", "]": "["}[bracket]:
            self.malformed += 1
            self._forget()
            return None
        ended = "".join(self._text[self._objects.pop() :]) if bracket == "}" else None
        if not self._open:
            self._forget()
        return ended

    def _forget(self) -> None:
        self._open.clear()
        self._objects.clear()
        self._text.clear()

    def _take(self, ended: str) -> Stated | None:
        try:
            value = json.loads(ended)
        except ValueError:
            self.malformed += 1
            return None
        if "text" in value and "evidence" in value:
            text = _text(value["text"])
            self.readable = self.readable or bool(text)
            return Stated(text, _evidence(value["evidence"])) if text else None
        self.readable = self.readable or isinstance(value.get("statements"), list)
        if "unanswered" in value or "conflicts" in value:
            self.unanswered += tuple(filter(None, map(_text, _list(value.get("unanswered")))))
            self.conflicts += tuple(filter(None, map(_differing, _list(value.get("conflicts")))))
        return None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    """Empty for what is no text, such as half a surrogate pair."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        return ""
    return value.strip()


def _evidence(value: object) -> tuple[Evidence, ...]:
    found = []
    for each in _list(value):
        if isinstance(each, dict):
            passage, words = _text(each.get("passage")), _text(each.get("words"))
            if passage and words:
                found.append(Evidence(passage, words))
    return tuple(found)


def _differing(value: object) -> Differing | None:
    if not isinstance(value, dict):
        return None
    about, evidence = _text(value.get("about")), _evidence(value.get("evidence"))
    return Differing(about, evidence) if about and len(evidence) > 1 else None
