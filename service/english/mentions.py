"""Names in what was said, and what kind of thing each seems to be. Only what the words show: a name that
could be several things is of unknown kind."""

import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.article import Span
from service.english import closed
from service.english.adjuncts import is_outlet
from service.english.closed import any_of, words_of
from service.english.letters import CAPITAL, LINK, NAME_WORD, PARTICLE
from service.english.names import name_of
from service.english.patterns import lazily

_RUN = lazily(rf"\b{NAME_WORD}(?:(?!\s\s|\n){LINK}{NAME_WORD})*(?: plc\b)?")
_PART = lazily(rf"{NAME_WORD}|{PARTICLE}")
_ACRONYM = lazily(rf"{CAPITAL}{{3,}}|(?:{CAPITAL}\.){{2,}}")
_LONGEST = 80  # code points of a name
_OWNER = lazily(r"[’']s?$")


# Words that begin a sentence with a capital and are no name.
_NO_NAME = words_of(
    *(closed.DETERMINERS, closed.SUBJECTS, closed.FIRST, closed.FIRST_OWNERS, closed.DEMONSTRATIVES),
    *(closed.QUESTION_WORDS, closed.ASKING, closed.RARE_MODALS, closed.NUMBERS),
    "and but or so if in on at of to for from by with as there then here not no yes yeah ok"
    " okay sorry please thanks also about after before during since until while because although only both"
    " all some any every each many several according speaking asked tell name list explain"
    " describe give show anything nothing something different next new another other more most he's she's"
    " it's they're what's who's mr mrs ms dr actually wait between among under over up down out let well"
    " i'm i'd i've don't doesn't didn't isn't wasn't aren't weren't can't couldn't won't wouldn't",
)
_DAY = lazily(
    rf"(?:{any_of(closed.DAYS, closed.MONTHS)}|(?:19|20)\d\d|yesterday|today|tomorrow)"
    r"(?: (?:morning|afternoon|evening|night))?",
    re.I,
)
_DAYS = lazily(rf"\b(?:{_DAY.pattern})\b", re.I)
_BODY_WORD = lazily(
    r"\b(?:Office|Ministry|Department|Commission|Committee|Council|Agency|Authority|Bureau|Court|Institute"
    r"|Association|University|Police|Party|Group|Union|Service|Hospital|Company|Corp|Inc|Ltd|Bank|Foundation"
    r"|House|Senate|Congress|Parliament|Organi[sz]ation|Nations|Airlines|Airways|Motors|Club|United|City"
    r"|Terminals?|Holdings|Shipping|Shipyards?|Logistics|Industries|Partners|Systems|Technologies|Railways|Ferries"
    r"|Ports|Federation|Alliance|Guild|League|Board|Society)\b"
)
_NEAR = 60  # code points before a name, in which "near" and blanks stand
_THE_BEFORE = re.compile(r"\b[Tt]he $")
_BEFORE_PLACE = lazily(r"\b(?:in|near|outside|across|inside|at|from)\s+$", re.I)
_SPEAKS = lazily(
    r"\s*(?:,\s*)?(?:said|says|say|told|tells|tell|added|argued|warned|claimed|announced|insisted"
    r"|testified)\b"
)
_HEARER = lazily(
    r"\b(?:tell|told|telling|on|to|with|by) (?P<name>(?:the )?[\w.&’'-]+"
    r"(?: (?!(?:on|in|at|about|to|for|after|before|that)\b)[\w.&’'-]+){0,3})",
    re.I,
)
_SHE = lazily(r"\b(?:Mrs|Ms|Miss|Madam|Queen|Princess|Lady|Dame|Sister|Baroness|\w+woman)\b\.?\s*$")
_HE = lazily(r"\b(?:Mr|Sir|King|Prince|Lord|Pope|Father|Baron|\w+man)\b\.?\s*$")
# Common given names of women and of men; one that is common for both is in neither.
_WOMEN = words_of(
    "Abigail Ada Agnes Aisha Alice Amanda Amelia Amina Amy Ana Angela Anita Ann Anna Annalena Anne"
    " Barbara Beatrice Brenda Bridget Camilla Carla Carol Caroline Catherine Charlotte Christina"
    " Christine Clara Claudia Cynthia Deborah Denise Diana Diane Dorothy Edith Eleanor Elena Elizabeth"
    " Ella Ellen Emily Emma Esther Eva Fatima Fiona Frances Giorgia Gloria Grace Greta Hanna Hannah"
    " Heather Helen Hillary Ines Ingrid Irina Isabel Isabella Jacinda Jacqueline Jane Janet Jennifer"
    " Jessica Joan Joanna Judith Julia Julie Kaja Kamala Karen Kate Katherine Kathleen Laura Lena Leyla"
    " Linda Lisa Liz Lucia Lucy Lydia Margaret Maria Marie Marina Marta Martha Mary Matilda Melania Mette"
    " Michelle Miriam Monica Nadia Nancy Naomi Natalia Nicola Nina Olga Olivia Pamela Patricia Paula"
    " Petra Priya Rachel Rebecca Rita Rosa Ruth Sandra Sanna Sara Sarah Sharon Sheila Silvia Sofia Sonia"
    " Sophie Stephanie Susan Susanna Svetlana Sylvia Tatiana Teresa Theresa Ursula Valentina Vera"
    " Victoria Wendy Yvonne"
)
_MEN = words_of(
    "Abdul Adam Ahmed Alexander Ali Andreas Andrew Anthony Antonio Arthur Ben Benjamin Bernard Boris"
    " Brian Bruce Carlos Charles Christopher Colin Craig Daniel David Dennis Derek Dmitry Donald Duncan"
    " Edgar Edward Emmanuel Eric Erik Ernest Felix Fernando Francis Francisco Frank Fred Friedrich Gary"
    " George Gerald Graham Gregory Hans Harold Harry Hassan Henry Howard Hugo Hussein Ian Igor Isaac Ivan"
    " Jack Jacob James Jason Javier Jens Jeremy Jim Joe John Jonas Jonathan Jorge Jose Joseph Joshua Juan"
    " Justin Keir Keith Kenneth Kevin Khalid Klaus Lars Lawrence Leonard Louis Luis Luke Malcolm Marco"
    " Mario Mark Martin Matthew Michael Mikhail Mohammed Muhammad Nathan Neil Nicholas Nigel Norman Olaf"
    " Oleg Oliver Omar Oscar Otto Pablo Patrick Paul Pedro Peter Philip Pierre Raj Ralph Ravi Raymond"
    " Richard Robert Roger Roland Ronald Rudolf Russell Samuel Scott Sebastian Sergei Simon Stefan"
    " Stephen Steve Steven Stuart Theodore Thomas Timothy Tobias Tom Tony Victor Viktor Vincent Vladimir"
    " Volodymyr Walter William Xavier Yusuf"
)


class NameKind(StrEnum):
    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    PLACE = "place"
    DAY = "day"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """`text` as it stands, an article that belongs to it included ("the White House")."""

    text: str
    kind: NameKind
    start: int
    end: int

    def same_as(self, other: str) -> bool:
        """Whether one of two names is, or ends, the other: "Roe" and "Jane Roe"."""
        mine, its = bare_name(self.text), bare_name(other)
        return mine == its or mine.endswith(" " + its) or its.endswith(" " + mine)


def bare_name(name: str) -> str:
    return _OWNER.sub("", name.lower().removeprefix("the ").strip())


def mentions(text: str) -> list[Mention]:
    """The names in a text, in order."""
    found = [m for run in _RUN.finditer(text) if (m := _mention(text, run.start(), run.end()))]
    days = [Mention(d.group(), NameKind.DAY, d.start(), d.end()) for d in _DAYS.finditer(text) if _is_day(d)]
    free = [m for m in found if all(m.end <= d.start or d.end <= m.start for d in days)]
    return sorted([*free, *days], key=lambda m: m.start)


def kind_of(name: str) -> NameKind:
    """Of a name that stands alone, in whatever case it was typed."""
    bare = name.removeprefix("the ").removeprefix("The ")
    if _DAY.fullmatch(bare):
        return NameKind.DAY
    if any(is_outlet(form) for form in (bare, bare.title(), bare.upper())):
        return NameKind.OUTLET
    if _BODY_WORD.search(bare) or " & " in bare or (bare.isupper() and 2 <= len(bare) <= 6):
        return NameKind.BODY
    words = bare.split()
    if any(_ACRONYM.fullmatch(w) for w in words):
        return NameKind.UNKNOWN
    if len(words) > 1 and all(_PART.fullmatch(w) for w in words) and bare == name:
        return NameKind.PERSON
    return NameKind.UNKNOWN


def outlets(text: str) -> list[Mention]:
    """The outlets something is said to or on, also where they were typed without capitals."""
    found = []
    for hearer in _HEARER.finditer(text):
        words = list(re.finditer(r"[\w.&’'-]+", hearer["name"]))
        for last in reversed(words):
            name = hearer["name"][: last.end()]
            if kind_of(name) is NameKind.OUTLET:
                found.append(
                    Mention(name, NameKind.OUTLET, hearer.start("name"), hearer.start("name") + len(name))
                )
                break
    return found


def of_women(name: str, texts: str) -> bool | None:
    """Whether a name is a woman's, by its title or given name; None if nothing tells."""
    given = {name.split()[0]}
    if texts:  # a pattern is made for each name
        family = re.escape(name.split()[-1])
        places = (found.start() for found in re.finditer(rf"\b{family}\b", texts))
        before = [texts[max(0, at - 40) : at] for at in places]
        she, he = (any(title.search(each) for each in before) for title in (_SHE, _HE))
        if she != he:
            return she
        called = rf"(?<![\w.])(?<!\w[’'-])(\w[\w.’'‑-]*) (?:{PARTICLE} ){{0,2}}{family}\b"
        given.update(re.findall(called, texts))
    if given & _WOMEN:
        return True
    if given & _MEN:
        return False
    return None


def _is_day(found: re.Match[str]) -> bool:
    """ "May" and "march" are also verbs: those that could be must have a capital and stand inside."""
    word = found.group()
    return word.lower() not in {*closed.ALSO_WORDS, "august"} or (word[0].isupper() and found.start() > 0)


_ON_DAY = lazily(rf"(?:{any_of(closed.DAYS)})\s(?=\w)")


def _mention(text: str, start: int, end: int) -> Mention | None:
    first = re.match(r"[^\W_]{3,}ly\s(?=\S)", text[start:end])
    if first and first.group().strip() not in _WOMEN | _MEN and not re.search(r"\w\s$", text[:start][-2:]):
        start += first.end()  # "Publicly Roe"
    while start < end:  # small words that begin a sentence are no part of a name
        word = re.match(r"\S+\s*", text[start:end])
        if word is None or word.group().strip().lower().replace("’", "'") not in _NO_NAME:
            break
        on, start = word.group().strip().lower() == "on", start + word.end()
        if on and (day := _ON_DAY.match(text, start, end)):
            start = day.end()  # "On Monday Jane Roe"
    if owner := _OWNER.search(text[start:end]):
        end = start + owner.start()
    if not 2 <= end - start <= _LONGEST or _is_demonym(text, start, end):
        return None
    the = _THE_BEFORE.search(text, max(0, start - len(" the ")), start)
    name = None if the else name_of(text, Span(start, end))
    if name and name.start >= start and name.end <= end:
        start, end = name.start, name.end
    kind = _kind_here(text, start, end, the=bool(the))
    low = the.start() if the and kind in (NameKind.BODY, NameKind.UNKNOWN) else start
    shown = "the " + text[start:end] if low < start else text[start:end]
    return Mention(shown, kind, low, end)


def _kind_here(text: str, start: int, end: int, *, the: bool) -> NameKind:
    kind = kind_of(text[start:end])
    if kind is NameKind.PERSON and the:
        return NameKind.BODY
    if (
        kind in (NameKind.UNKNOWN, NameKind.PERSON)
        and not the
        and _BEFORE_PLACE.search(text, max(0, start - _NEAR), start)
    ):
        return NameKind.PLACE
    if kind is NameKind.UNKNOWN and the:
        return NameKind.BODY
    if kind is NameKind.UNKNOWN and (_SPEAKS.match(text, end) or text[start:end] in _WOMEN | _MEN):
        return NameKind.PERSON
    return kind


def _is_demonym(text: str, start: int, end: int) -> bool:
    """ "Russian" in "Russian officials": an adjective of one word before a word in lower case."""
    word = text[start:end]
    ends = re.fullmatch(
        rf"{CAPITAL}\w*(?:ian|ean|ish|ese|ican|eli|aqi|ani|ch)|German|Greek|Swiss|Czech|Thai", word
    )
    return bool(ends and re.match(r"\s+[a-z]", text[end:]))
