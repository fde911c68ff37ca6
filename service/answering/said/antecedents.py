"""Whom a pronoun means that stands for a speaker: the nearest who fits, or nobody."""

import re
from collections.abc import Sequence

from retrieval.article import Span
from service.answering.said.fitting import ONE_NAME, People
from service.answering.said.unnamed import (
    GROUP,
    Line,
    asks_about_another,
    at,
    described,
    kin,
    met,
    role_behind,
    tells_of_paper,
    writer,
)
from service.english import (
    HE,
    SHE,
    NameKind,
    any_of,
    is_group,
    kind_of,
    lexicon,
    mentions,
    offices,
    opening_phrase,
)

_JOINS = ("But", "And", "Yet", "So", "Then", "The")
_OPENS = re.compile(r"(?:In|On|At|After|Before|Speaking|Late|Early|During|Asked|For)\s[^;:]{1,80}$")
FAR = 4  # sentences
_HIMSELF = {
    "he": re.compile(rf"\b(?:{any_of(HE)}|himself|Mr)\b", re.I),
    "she": re.compile(rf"\b(?:{any_of(SHE)}|herself|Mrs|Ms)\b", re.I),
}
_BESIDE_HIM = {
    pronoun: re.compile(rf"\s(?:to|of|for|with|from)\s(?:{any_of(forms)})\b")
    for pronoun, forms in (("he", HE), ("she", SHE))
}
_OWNS = {"he": re.compile(r"\b(?:his|himself)\b"), "she": re.compile(r"\b(?:her(?=\s[a-z])|herself)\b")}
_DOES = re.compile(r"(?:[’']s?|,)? (?:\d\d?, )?[a-z]")
# "For eleven years Jane Roe has run it"
_TIMED = re.compile(
    r"(?:For|In|On|At|Since|After|During|Over|Late|Early|Last|This|Every|One)\s(?:[\w-]+\s){0,3}?"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|mornings?|nights?|afternoons?|evenings?|decades?|\d{4})\s"
)
_OPENED = re.compile(r"\s[-—–]\s|[,:;]\s")
# In "Roe told her no" Roe isn't she.
_ANOTHER = {
    "he": re.compile(r"\b(?:to|with|for|of|by|from|asked|told|called|against)\shim\b"),
    "she": re.compile(
        r"\b(?:to|with|for|of|by|from|asked|told|called|against)\sher\b(?=\s*[.,;:]|\s(?:in|on|at|that|to)\b)"
    ),
}


class Antecedents(People):
    """Reads an article's sentences in order: what was said so far, and of whom a pronoun speaks."""

    def of(self, pronoun: str, before: Sequence[Line]) -> Span | None:
        """`before` are the sentences up to here, the nearest last."""
        for line in reversed(before[-FAR:]):
            fit = [span for span in line.speakers if self.fits(pronoun, span)]
            if (
                fit
                and pronoun in _HIMSELF
                and self._of_another(pronoun, line, self._head_end(fit[-1]) - line.start)
            ):
                fit = [span for span in fit if self.person(span)]  # "an aide to him said": he isn't the aide
            if fit:
                return fit[-1] if len({self._last(span) for span in fit}) == 1 else None
            if not line.speakers and line in before[-2:] and (does := self._does(pronoun, line)):
                return does
            if pronoun in ("he", "she"):
                named = self._named(pronoun, line)
                if named is not None:
                    return named[0] if len(named) == 1 else None
            elif pronoun == "it" and tells_of_paper(line):
                return writer(line)
            elif line.speakers:
                return None
            elif body := self._body(line):
                return body
        return None

    def _does(self, pronoun: str, line: Line) -> Span | None:
        """Who alone does something by words in a sentence that begins with them ("The ministry denied it."),
        or of whom it tells anew ("A second envoy was late.")."""
        if line.by_subject:
            return None
        new = opening_phrase(line.bare)
        if new:
            span = at(line, new.start, new.end)
            return span if self.fits(pronoun, span) else None
        if len({self._last(span) for span in line.doing}) != 1 or not self._leads(line, line.doing[0]):
            return None
        one, person = line.doing[0], pronoun in _HIMSELF
        if (person and self.person(one)) or not self.fits(pronoun, one):
            return None
        return None if person and self._named(pronoun, line) else one

    def _of_another(self, pronoun: str, line: Line, end: int) -> bool:
        """Whether one who isn't named stands before one who is "he" already: "an aide to him"."""
        beside = _BESIDE_HIM[pronoun].match(line.bare, end)
        return beside is not None or _HIMSELF[pronoun].search(line.bare, 0, end) is not None

    def _leads(self, line: Line, span: Span) -> bool:
        """Whether nothing but what opens a sentence stands before it."""
        before = line.bare[: span.start - line.start]
        return before.strip() in ("", *_JOINS) or (before.endswith(", ") and _OPENS.match(before) is not None)

    def _named(self, pronoun: str, line: Line) -> list[Span] | None:
        """Whom of those who could be meant a sentence names in which none of them speaks; None where it is
        about nobody."""
        if not line.by_subject and asks_about_another(line):
            return []
        relative = None if line.by_subject else kin(line)
        if relative and self._woman(relative) in (None, pronoun == "she"):
            return [relative]
        named = [
            m
            for m in mentions(line.bare)
            if m.kind in (NameKind.PERSON, NameKind.UNKNOWN) and not role_behind(line, m)
        ]
        spans = [
            Span(line.start + m.start, line.start + m.end)
            for i, m in enumerate(named)
            if (m.kind is NameKind.PERSON or i == 0) and not m.text.isupper()  # a dateline's
        ]
        people = [span for span in spans if self.person(span)]
        if spans and not people and _HIMSELF[pronoun].search(line.bare) and self._is_subject(line, spans[0]):
            people = spans[:1]
        people = [span for span in people if not self._owns(span)] or people
        self._learn_from(line, people)
        fit = [span for span in people if self._woman(span) in (None, pronoun == "she")]
        if len(fit) == 1 and len(people) == 1 and _ANOTHER[pronoun].search(line.bare):
            return None
        if line.by_subject:
            fit = [span for span in fit[:1] if self._is_subject(line, span)]
        if fit:
            first = [fit[0]] if self._is_subject(line, fit[0]) else fit
            return list({self._last(span): span for span in first}.values())
        unnamed = [] if people or line.by_subject else list(met(pronoun, line))
        if len(unnamed) == 1 and not _HIMSELF[pronoun].search(line.bare):
            return unnamed
        found = None if people or _HIMSELF[pronoun].search(line.bare) else described(line, spans)
        if found is None:
            return [] if not people and self._by_surname(line, spans) else None
        return [span for span in found if not self._is_other(pronoun, span)]

    def _by_surname(self, line: Line, spans: Sequence[Span]) -> bool:
        """Whether a sentence begins with one who may be a person, by a surname alone ("Roe has left.", "Roe's
        note came."): "he" may be them."""
        if line.by_subject or not spans:
            return False
        name = self._text[spans[0].start : spans[0].end]
        around = self._around(spans[0].start)
        return bool(
            ONE_NAME.fullmatch(name)
            and _DOES.match(line.bare, spans[0].end - line.start)
            and (self._owns(spans[0]) or self._is_subject(line, spans[0]))
            and self._may_be_person(spans[0])
            and not re.search(rf"\b{re.escape(name.lower())}\b", around)  # "Talks have failed."
        )

    def _owns(self, span: Span) -> bool:
        return self._text[span.end : span.end + 1] in ("’", "'")

    def _learn_from(self, line: Line, people: Sequence[Span]) -> None:
        """ "Roe gave the mill to his niece": Roe is "he"."""
        his, hers = (_OWNS[pronoun].search(line.bare) for pronoun in ("he", "she"))
        if (
            people
            and bool(his) != bool(hers)
            and self._is_subject(line, people[0])
            and self._woman(people[0]) is None
        ):
            self._women[self._key(people[0])] = hers is not None

    def _is_subject(self, line: Line, span: Span) -> bool:
        """Whether nothing but an office, and what opens the sentence, stands before a name, and nothing is
        its bearer's: in "Roe's envoy" the envoy is the subject."""
        before = _OPENED.split(line.bare[: span.start - line.start])[-1]
        timed = _TIMED.match(before)
        before = before[timed.end() if timed else 0 :].split()
        return not self._owns(span) and all(
            word[0].isupper() or word[0].isdigit() or word in lexicon.OFFICES or offices.is_role(word)
            for word in before
        )

    def _body(self, line: Line) -> Span | None:
        """The body that a sentence begins with: "The Northern Command welcomed it.", "The union has not."."""
        group = GROUP.match(line.bare)
        if group and (is_group(group["who"]) or group["who"].split()[-1] in offices.BODIES):
            return Span(line.start, line.start + group.end("who"))
        named = [one for one in mentions(line.bare) if not (" " in one.text and one.text.isupper())]
        first = next(iter(named), None)
        several = first and role_behind(line, first)
        opens = first is not None and self._is_subject(line, at(line, first.start, first.end))
        if first and opens and several and several["several"]:
            return at(line, first.start, several.end())
        named = [one for one in named if not role_behind(line, one)]
        first = next(iter(named), None)
        bodies = {
            m.text.removeprefix("the ").lower(): m
            for m in named
            if m.kind is NameKind.BODY and kind_of(m.text) is NameKind.BODY
        }
        if len(bodies) == 1 and not any(m.kind is NameKind.PERSON for m in named):
            only = next(iter(bodies.values()))
            return Span(line.start + only.start, line.start + only.end)
        if first is None or first.kind in (NameKind.DAY, NameKind.PERSON):
            return None
        span = Span(line.start + first.start, line.start + first.end)
        return None if self.person(span) or not self._is_subject(line, span) else span
