"""Reads what a language model says, as it says it: each statement as soon as its object closes.

Takes one JSON object with a list of statements, or a statement's object a line, with anything about them
(a fence, a preface). Nothing here is trusted: words are located and statements verified afterwards.
"""

import json
import re
from dataclasses import dataclass, field

_KEY = re.compile(r"\bP\d{1,4}\.\d{1,4}\b")
_DEEPEST = 16  # brackets open at once; our own format needs five
_BESIDE = frozenset({"premise", "differ", "unanswered"})
LONGEST = 256 * 1024  # code points of an answer that are read
_MOST_UNANSWERED = 40  # parts of a question


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, or what is taken for granted or differed on, with the keys that it cites."""

    text: str
    cites: tuple[str, ...]


@dataclass(slots=True)
class Streamed:
    """`feed` it the pieces of an answer in order; how they are cut makes no difference.

    `readable` is set once an object came that is of our form, with statements or without. `malformed` counts
    what came in another: an object that is no JSON, a list of something else, a text that is none; `lost`
    those of them that stood for statements. `given_up` is set once the answer is too long or too deep; what
    comes after isn't read. `closed` tells whether no bracket is left open.
    """

    unanswered: tuple[str, ...] = ()
    premise: tuple[Stated, ...] = ()
    differ: tuple[Stated, ...] = ()
    readable: bool = False
    malformed: int = 0
    lost: int = 0
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
            self._lose()
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
            self._lose()
            return None
        if "statements" in value:
            self._take_whole(value)
        elif "assumed" in value:
            self.premise += self._beside(value, "assumed", least=1)
        elif "about" in value:
            self.differ += self._beside(value, "about", least=2)
        elif _is_statement(value):
            return self._statement(value)
        elif value.keys() & _BESIDE:
            self._take_rest(value)
        return None

    def _statement(self, value: dict[str, object]) -> Stated | None:
        text = _text(value.get("text"))
        if not text or "cites" not in value:
            self._lose()
            return None
        self.readable = True
        return Stated(text, self._cites(value["cites"]))

    def _take_whole(self, value: dict[str, object]) -> None:
        """Of the statements, those that are objects were taken as they closed."""
        listed = value["statements"]
        self.readable = self.readable or isinstance(listed, list)
        for each in listed if isinstance(listed, list) else [listed]:
            if not _holds_statement(each):
                self._lose()
        self._take_rest(value)

    def _take_rest(self, value: dict[str, object]) -> None:
        """What is beside the statements, but the objects, which were taken as they closed."""
        for each in self._list(value.get("unanswered")):
            if text := _text(each):
                self.unanswered = (*self.unanswered[: _MOST_UNANSWERED - 1], text)
            elif each != "":
                self.malformed += 1
        for named, field_ in (("premise", "assumed"), ("differ", "about")):
            listed = self._list(value.get(named))
            self.malformed += sum(not isinstance(each, dict) or field_ not in each for each in listed)

    def _beside(self, value: dict[str, object], field_: str, *, least: int) -> tuple[Stated, ...]:
        text, cites = _text(value[field_]), self._cites(value.get("cites"))
        if len(cites) >= least:
            return (Stated(text, cites),)
        self.malformed += 1
        return ()

    def _cites(self, value: object) -> tuple[str, ...]:
        """The keys in it, however they are written; what is none stands for itself, and for no sentence."""
        found: list[str] = []
        for each in [value] if isinstance(value, str) else self._list(value):
            if text := _text(each):
                found += _KEY.findall(text) or [text]
            else:
                self.malformed += 1
        return tuple(found)

    def _list(self, value: object) -> list[object]:
        """None is as good as nothing."""
        if value is not None and not isinstance(value, list):
            self.malformed += 1
        return value if isinstance(value, list) else []

    def _lose(self) -> None:
        self.malformed += 1
        self.lost += 1


def _holds_statement(value: object) -> bool:
    """Whether it is an object that was to be one, or has one in it as a list has."""
    if isinstance(value, list):
        return any(map(_holds_statement, value))
    return isinstance(value, dict) and _is_statement(value)


def _is_statement(value: dict[str, object]) -> bool:
    return ("text" in value or "cites" in value) and not value.keys() & {"assumed", "about"}


def _text(value: object) -> str:
    """Empty for what is no text, such as half a surrogate pair."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        return ""
    return value.strip()
