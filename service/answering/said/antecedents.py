"""Whom a pronoun means that stands for a speaker: the nearest who fits, or nobody."""

import re
from collections.abc import Sequence

from retrieval.article import Span
from service.answering.said.first_names import NO_FIRST, before_surname, is_aged, sex
from service.answering.said.unnamed import (
    GROUP,
    KIN,
    KIN_OF_WOMEN,
    Line,
    asks_about_another,
    at,
    described,
    kin,
    met,
    role_behind,
    speaks,
    tells_of_paper,
    writer,
)
from service.english import (
    ARTICLES,
    CAPITAL,
    HE,
    OWNERS,
    SHE,
    UNITS,
    NameKind,
    any_of,
    head_of,
    is_group,
    is_outlet,
    kind_of,
    lexicon,
    may_speak,
    mentions,
    offices,
)

FAR = 4  # sentences
_HEAD, _NEAR = 6_000, 2_000  # code points of the article that are read for who a name is
_OFFICE = re.compile(rf"^(?:{any_of(ARTICLES, UNITS[1:3])}|some|several|officials|police)\b", re.I)
_BODY = re.compile(
    r"\b(?:Ministry|Department|Office|House|Council|Commission|Union|Committee|Party|Court|Inc|Corp"
    r"|University"
    r"|Board|Army|Front|Association|League|Guild|Authority|Agency|Bank)\b"
)
_HIMSELF = {
    "he": re.compile(rf"\b(?:{any_of(HE)}|himself|Mr)\b", re.I),
    "she": re.compile(rf"\b(?:{any_of(SHE)}|herself|Mrs|Ms)\b", re.I),
}
_TITLED = re.compile(rf"\b(?P<title>{any_of(sorted(offices.SHE_TITLES | offices.HE_TITLES))})\.? \Z", re.I)
_LONGEST_TITLE = 12
_NO_ONE_OF = {"he": re.compile(r"[a-z]woman$"), "she": re.compile(r"[a-z](?<!wo)(?<!chair)(?<!ombuds)man$")}
_KIN = rf"(?:(?P<she>{KIN_OF_WOMEN})|(?:{KIN}))"
_KIN_BEFORE = re.compile(rf"\b{_KIN},? $")  # "his niece, Dr Jane Roe"
_KIN_BEHIND = re.compile(rf", (?!whose\b)(?:\w+ ){{0,3}}?{_KIN}\b")
_OWNS = {"he": re.compile(r"\b(?:his|himself)\b"), "she": re.compile(r"\b(?:her(?=\s[a-z])|herself)\b")}
_ONE_NAME = re.compile(rf"{CAPITAL}[^\W\d_]+(?:[-‑’'][^\W\d_]+)*")
_DOES = re.compile(r"(?:[’']s?|,)? (?:\d\d?, )?[a-z]")
_RELATION = re.compile(r"\s(?:and|of|in|at|for|from)\s")
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


class Antecedents:
    """Reads an article's sentences in order: what was said so far, and of whom a pronoun speaks."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._women: dict[str, bool | None] = {}
        self._whole: dict[str, str] = {}
        self._people: dict[str, bool] = {}

    def of(self, pronoun: str, before: Sequence[Line]) -> Span | None:
        """`before` are the sentences up to here, the nearest last."""
        for line in reversed(before[-FAR:]):
            fit = [span for span in line.speakers if self._fits(pronoun, span)]
            if (
                fit
                and pronoun in _HIMSELF
                and _HIMSELF[pronoun].search(line.bare, 0, self._head_end(fit[-1]) + 7 - line.start)
            ):
                fit = [span for span in fit if self.person(span)]  # "an aide to him said": he isn't the aide
            if fit:
                return fit[-1] if len({self._last(span) for span in fit}) == 1 else None
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

    def learn(self, pronoun: str, span: Span) -> None:
        if pronoun in ("he", "she"):
            self._women[self._key(span)] = pronoun == "she"

    def person(self, span: Span) -> bool:
        """Whether a name is a person's by the article: a first name stands before the last one somewhere."""
        name = self._text[span.start : span.end]
        if name not in self._people:
            self._people[name] = self._is_person(name, span.start)
        return self._people[name]

    def _is_person(self, name: str, at: int) -> bool:
        if not name or name.split()[-1].islower() or _OFFICE.match(name) or _BODY.search(name):
            return False
        if _RELATION.search(name) or is_outlet(name):
            return False
        name = name.title() if name.isupper() else name  # as a transcript labels them
        if re.search('[“"‘]', name):  # Bo “Tiny” Lindqvist
            return True
        around = self._around(at)
        return is_aged(name, around) or any(
            first[0].isupper() and first.lower() not in NO_FIRST
            for first in before_surname(name.split()[-1].rstrip("."), around)
        )

    def _around(self, at: int) -> str:
        return self._text[:_HEAD] + "\n" + self._text[max(_HEAD, at - _NEAR) : at + _NEAR]

    def _last(self, span: Span) -> str:
        return self._text[span.start : span.end].split()[-1]

    def _key(self, span: Span) -> str:
        """The name, a family name as the whole one that was last read; of namesakes one may be a woman."""
        name = self._text[span.start : span.end]
        if " " in name and not name.startswith(("Mr", "Ms")):
            self._whole[name.split()[-1]] = name
        return self._whole.get(name.split()[-1], name) if name.split()[-1] == name else name

    def _fits(self, pronoun: str, span: Span) -> bool:
        if pronoun in ("he", "she"):
            either = self._woman(span) in (None, pronoun == "she")
            return either and self._may_be_person(span) and not self._is_other(pronoun, span)
        name = head_of(self._text[span.start : span.end])
        several = bool(re.search(r"[^s]s$|\sand\s|people$|police$", name))
        if pronoun == "they" and name.islower() and not is_group(name):
            return several
        one = (
            re.match(rf"(?:{any_of(ARTICLES)}|one)\s", name, re.I)
            and speaks(name.split()[-1])
            and not is_group(name)
        )
        return not self.person(span) and (pronoun == "they" or not (several or one))

    def _head_end(self, span: Span) -> int:
        return span.start + len(head_of(self._text[span.start : span.end]))

    def _is_other(self, pronoun: str, span: Span) -> bool:
        """ "A spokesman" is no she."""
        head = head_of(self._text[span.start : span.end])
        return head.split()[-1].islower() and _NO_ONE_OF[pronoun].search(head) is not None

    def _may_be_person(self, span: Span) -> bool:
        """A person by name, or one who is only described: "a shunter"."""
        name = head_of(self._text[span.start : span.end])
        owned = rf"(?:{CAPITAL}[\w’'-]+\s){{0,2}}{CAPITAL}[\w-]+[’']s?\s[a-z]"  # "Roe's lawyer"
        single = re.match(rf"(?i:{any_of(ARTICLES, OWNERS)}|one)\s|{owned}", name) and name[-1] != "s"
        if _ONE_NAME.fullmatch(name) and kind_of(name) is NameKind.UNKNOWN and not self.person(span):
            return not re.search(
                rf"\b(?:in|into|from|across|near|the) {re.escape(name)}\b", self._around(span.start)
            )
        return self.person(span) or bool(
            single
            and (may_speak(name) or speaks(name.split()[-1]))
            and not is_group(name.partition(" of ")[0])
        )

    def _woman(self, span: Span) -> bool | None:
        titled = _TITLED.search(self._text, max(0, span.start - _LONGEST_TITLE), span.start)
        if titled:  # whatever is known of who bore the name last
            return titled["title"].lower() in offices.SHE_TITLES
        last = self._key(span)
        if last not in self._women:
            name = self._text[span.start : span.end]
            known = sex(name, self._around(span.start))
            beside = self._text[max(0, span.start - 30) : span.start], self._text[span.end : span.end + 40]
            kin = _KIN_BEFORE.search(beside[0]) or _KIN_BEHIND.match(beside[1])
            self._women[last] = kin["she"] is not None if known is None and kin else known
        return self._women[last]

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
        return [] if found is None and not people and self._by_surname(line, spans) else found

    def _by_surname(self, line: Line, spans: Sequence[Span]) -> bool:
        """Whether a sentence begins with one who may be a person, by a surname alone ("Roe has left.", "Roe's
        note came."): "he" may be them."""
        if line.by_subject or not spans:
            return False
        name = self._text[spans[0].start : spans[0].end]
        around = self._around(spans[0].start)
        return bool(
            _ONE_NAME.fullmatch(name)
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
            word[0].isupper() or word[0].isdigit() or word in lexicon.OFFICES for word in before
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
