"""Who a name or a phrase may be: a person or a body, a man or a woman, as an article tells."""

import re

from retrieval.article import Span
from service.answering.said.first_names import NO_FIRST, before_surname, is_aged, sex
from service.answering.said.unnamed import KIN, KIN_OF_WOMEN, speaks
from service.english import (
    ARTICLES,
    CAPITAL,
    OWNERS,
    UNITS,
    NameKind,
    any_of,
    head_of,
    is_group,
    is_outlet,
    is_paper,
    kind_of,
    may_speak,
    offices,
)

_HEAD, _NEAR = 6_000, 2_000  # code points of the article that are read for who a name is
_OFFICE = re.compile(rf"^(?:{any_of(ARTICLES, UNITS[1:3])}|some|several|officials|police)\b", re.I)
_BODY = re.compile(
    r"\b(?:Ministry|Department|Office|House|Council|Commission|Union|Committee|Party|Court|Inc|Corp"
    r"|University"
    r"|Board|Army|Front|Association|League|Guild|Authority|Agency|Bank)\b"
)
# Of two words it may be a person's, "Ivy Chamber".
_BODY_OR_NAME = re.compile(
    r"\b(?:Bureau|Institute|Society|Federation|Chamber|Alliance|Service|Trust|Group|Assembly|Parliament"
    r"|Confederation)\b"
)
_TITLED = re.compile(rf"\b(?P<title>{any_of(sorted(offices.SHE_TITLES | offices.HE_TITLES))})\.? \Z", re.I)
_LONGEST_TITLE = 12
_NO_ONE_OF = {
    "he": re.compile(rf"woman$|\b(?:girl|{KIN_OF_WOMEN})$"),
    "she": re.compile(
        r"(?<!wo)(?<!chair)(?<!ombuds)man$|\b(?:boy|(?:grand)?(?:father|son)|husband|brother|uncle|nephew)$"
    ),
}
_KIN = rf"(?:(?P<either>chairman)|(?P<she>{KIN_OF_WOMEN})|(?:{KIN}))"
_KIN_BEFORE = re.compile(rf"\b{_KIN},? $")  # "his niece, Dr Jane Roe"
_KIN_BEHIND = re.compile(rf", (?!whose\b)(?:\w+ ){{0,3}}?{_KIN}\b")
_SEVERAL = re.compile(r"[^s]s$|\sand\s|people$|police$")
_SHARE = re.compile(rf"\b(?:half|thirds?|quarters?|majority|most|many|{any_of(UNITS)}|per ?cent)$", re.I)
ONE_NAME = re.compile(rf"{CAPITAL}[^\W\d_]+(?:[-‑’'][^\W\d_]+)*")
_RELATION = re.compile(r"\s(?:and|of|in|at|for|from|by|with|to)\s")


class People:
    """`text` is the article's; what is learned of a name is kept for the sentences that follow."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._women: dict[str, bool | None] = {}
        self._whole: dict[str, str] = {}
        self._people: dict[str, bool] = {}

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
        if not name or name.split()[-1].islower() or _OFFICE.match(name) or _is_body(name):
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

    def fits(self, pronoun: str, span: Span) -> bool:
        if pronoun in ("he", "she"):
            either = self._woman(span) in (None, pronoun == "she")
            return either and self._may_be_person(span) and not self._is_other(pronoun, span)
        name = head_of(self._text[span.start : span.end])
        several = not _is_body(name) and bool(_SEVERAL.search(name) or _SHARE.search(name))
        body = is_group(name) or name.split()[-1].lower() in offices.BODIES
        if pronoun == "they" and name.islower() and not body:
            return several
        one = (
            re.match(rf"(?:{any_of(ARTICLES)}|one)\s", name, re.I)
            and speaks(name.split()[-1])
            and not (is_group(name) or is_paper(name))
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
        whole = self._text[span.start : span.end]
        name = head_of(whole)
        owned = rf"(?:{CAPITAL}[\w’'-]+\s){{0,2}}{CAPITAL}[\w-]+[’']s?\s[a-z]"  # "Roe's lawyer"
        single = re.match(rf"(?i:{any_of(ARTICLES, OWNERS)}|one|another)\s|{owned}", name) and not re.search(
            r"[^s]s$", name
        )
        # "Friends of Jane Roe" are nobody's surname.
        alone = name == whole and ONE_NAME.fullmatch(name) and kind_of(name) is NameKind.UNKNOWN
        if alone and not self.person(span):
            return not re.search(
                rf"\b(?:in|into|from|across|near|the) {re.escape(name)}\b", self._around(span.start)
            )
        return self.person(span) or bool(
            single
            and (may_speak(name) or speaks(name.split()[-1]))
            and not (is_group(name.partition(" of ")[0]) or is_paper(name))
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
            told = known is None and kin and not kin["either"]
            self._women[last] = kin["she"] is not None if kin and told else known
        return self._women[last]


def _is_body(name: str) -> bool:
    if _BODY.search(name):
        return True
    return _BODY_OR_NAME.search(name) is not None and len(name.split()) > 2
