"""Whom a pronoun means that stands for a speaker: the nearest who fits, or nobody."""

import re
from collections.abc import Sequence
from dataclasses import replace

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
    closed,
    is_group,
    is_paper,
    kind_of,
    kind_of_noun,
    lexicon,
    mentions,
    offices,
    opening_phrase,
)

_JOINS = ("But", "And", "Yet", "So", "Then", "The")
_OPENS = re.compile(r"(?:In|On|At|After|Before|Speaking|Late|Early|During|Asked|For)\s[^;:]{1,80}$")
_THIRD = {
    **dict.fromkeys(("he", "she"), re.compile(rf"\b(?:{any_of(HE, SHE, closed.SELVES[:2])}|Mr|Mrs|Ms)\b")),
    **dict.fromkeys(
        ("it", "they"),
        re.compile(
            rf"\b(?:{any_of(closed.SUBJECTS[2:], closed.THEY, closed.OWNERS[2:], closed.SELVES[2:])})\b"
        ),
    ),
}
_KINDS = {"it": ("body", "paper"), "they": ("body", "somebody")}
_WORD = re.compile(r"(?<!\bthat )(?<!\bthis )\b[a-z][a-z-]+")  # "that version" is what was said before
_BESIDE = re.compile(r",\s[^,;:]{2,120},\s")
_IN_PLACE = re.compile(r"\b(?:in|near|across|outside)\s$")
_ONE = re.compile(r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother)\s(?:[\w’'-]+\s)*[a-z][\w’'-]*(?<!s)")
_SEVERAL = re.compile(r"\s[a-z]+\s(?:[\w’'-]+\s){0,3}?[a-z-]+[^s\W]s\b")  # "blamed the owners"
# What goes with words of somebody's own: "disagreed", "took a different line", "was less sure"
_TAKES_PART = re.compile(
    r"(?:,\s[^,;:]{2,120})?,?\s(?:[a-z]+ly\s)?(?:(?:dis)?agreed|differed|demurred|dissented|concurred|objected"
    r"|(?:took|had|held|offered|gave)\s(?:an?|another|the)\s(?:[a-z]+\s){0,2}(?:line|view|account|answer"
    r"|explanation|version|opinion|verdict|assessment|warning)"
    rf"|(?:{any_of(closed.BE)}|sounded|seemed)\s(?:[a-z]+ly\s|far\s|even\s|much\s)?(?:less|more|not so)\s"
    r"(?:sure|certain|categorical|pessimistic|optimistic|critical|cautious|blunt|hopeful|direct|forgiving"
    r"|sceptical|skeptical|enthusiastic|positive|impressed|confident|convinced|guarded|generous|emphatic|conciliatory))\b"
)
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
_WHO_NEXT = re.compile(r",? who\b")  # "an answer from Jane Roe, who": no place
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
            if not line.speakers and line in before[-2:] and (does := self._does(pronoun, line, before)):
                return does
            if pronoun in ("he", "she"):
                if not line.speakers and self._tells_anew(pronoun, line):
                    return None
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

    def _does(self, pronoun: str, line: Line, before: Sequence[Line]) -> Span | None:
        """Which body alone does something by words in a sentence that begins with it ("The ministry denied
        it."), or of whom it tells anew what goes with their speaking ("A second envoy was less sure.")."""
        person = pronoun in _HIMSELF
        near = before[: before.index(line)][-1:]  # the sentence before it
        if line.by_subject or (not self._begins(line) and any(self._rivals(pronoun, one) for one in near)):
            return None
        new = opening_phrase(line.bare)
        one = at(line, new.start, new.end) if new else next(iter(line.doing), None)
        if one is None or not self.fits(pronoun, one):
            return None
        beside = _BESIDE.match(line.bare, one.end - line.start)
        rest = replace(line, bare=line.bare[beside.end() - 1 if beside else one.end - line.start :])
        alone = not (_THIRD[pronoun].search(rest.bare) or self._rivals(pronoun, rest))
        several = pronoun == "they" and _SEVERAL.match(rest.bare)
        does = len({self._last(span) for span in line.doing}) == 1 and (alone or tells_of_paper(line))
        if new:
            paper = is_paper(line.bare[new.start : new.end])
            part = _TAKES_PART.match(rest.bare)
            stands = part and not _THIRD[pronoun].search(rest.bare, part.end())
            return one if (paper and not person) or stands or (does and alone) else None
        if person or several or not does or not self._leads(line, one):
            return None
        head = self._text[one.start : self._head_end(one)]
        return None if pronoun == "they" and _ONE.fullmatch(head) and not is_group(head) else one

    def _tells_anew(self, pronoun: str, line: Line) -> bool:
        """Whether a paragraph begins with somebody unnamed: "he" may be them, if they don't say so."""
        new = opening_phrase(line.bare) if line.start and self._begins(line) else None
        return bool(new and not line.by_subject and self.fits(pronoun, at(line, new.start, new.end)))

    def _begins(self, line: Line) -> bool:
        """Whether a paragraph begins with it."""
        return "\n" in self._text[max(0, line.start - 2) : line.start] or not line.start

    def _rivals(self, pronoun: str, line: Line) -> bool:
        """Whether a sentence tells of others whom the pronoun may mean."""
        named = [
            at(line, one.start, one.end)
            for one in mentions(line.bare)
            if one.kind is not NameKind.DAY
            and not _IN_PLACE.search(line.bare, max(0, one.start - 9), one.start)
        ]
        kinds = _KINDS.get(pronoun, ("somebody",))
        if pronoun in _HIMSELF:
            named = [span for span in named if self._woman(span) in (None, pronoun == "she")]
        return bool(named) or any(
            kind_of_noun(word, bare=False, first=False) in kinds and word.endswith("s") == (pronoun == "they")
            for word in _WORD.findall(line.bare)
        )

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
            if (m.kind in (NameKind.PERSON, NameKind.UNKNOWN) or _WHO_NEXT.match(line.bare, m.end))
            and not role_behind(line, m)
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
            alone = fit[0] in line.doing and len(line.doing) == 1  # "It was called odd by Jane Roe of Ordal."
            first = [fit[0]] if alone or self._is_subject(line, fit[0]) else fit
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
