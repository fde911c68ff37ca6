"""One false thing put into a statement, by class. None where the statement has nothing of the kind."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NAME = re.compile(r"\b[A-Z][a-z]+[\w’-]*(?: [A-Z][a-z]+[\w’-]*){0,2}")
_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DAYS = tuple(_WEEK.split())
_YEAR = "January February March April May June July August September October November December"
_MONTHS = tuple(_YEAR.split())
_NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred"
_NUMBER_WORDS = tuple(_NUMBERS.split())
_OPENINGS = (
    "The He She It They We But And In On At This That There According After Before When While For From His"
    " Her Their Its However Our You If As Now What Some Many Most All One Two Three By With Also Another"
    " These Those Then No Not So My Your Or To Since During Although Though Even Mr Mrs Ms Dr An Let Only"
    " Here"
)
_NO_NAME = {*_DAYS, *_MONTHS, *_OPENINGS.split()}
_NUMBER = re.compile(r"(?<![\w.,$-])\$?\d+(?:[.,]\d+)*(?![\w-])|\b(?:" + "|".join(_NUMBER_WORDS) + r")\b")
_MODALS = {
    "could": "will",
    "may": "will",
    "might": "will",
    "can": "must",
    "will": "may",
    "would": "must",
    "should": "might",
    "must": "may",
}
_NEGATABLE = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|could|can|should|may|might|must|did|does|do)\b"
    r"(?! not\b| no\b|n[’']t)"
)
_NOT = re.compile(r"(?<=\w)n[’']t\b(?<!won.t)(?<!can.t)| not\b(?! only)| never\b")
_VERBS = {
    "said": ("denied", "promised", "threatened"),
    "says": ("denies", "promises", "admits"),
    "stated": ("denied", "promised"),
    "told": ("ordered", "promised"),
    "agreed": ("refused",),
    "refused": ("agreed",),
    "denied": ("confirmed",),
    "asked": ("ordered",),
    "warned": ("promised",),
    "promised": ("threatened",),
    "confirmed": ("denied",),
    "claimed": ("admitted",),
    "ordered": ("asked",),
    "announced": ("denied",),
    "suggested": ("insisted",),
    "accused": ("praised",),
    "rejected": ("accepted",),
    "accepted": ("rejected",),
    "admitted": ("denied",),
    "urged": ("forbade",),
    "pledged": ("refused",),
    "added": ("denied",),
}
_WHO = r"[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,3}"
_SPEAKER = re.compile(
    rf"(?P<a>{_WHO}) (?:said|says|stated|told|added|warned|denied|agreed|promised)\b"
    rf"|[,”\"] said (?P<b>{_WHO})|According to (?P<c>{_WHO}),"
)
_ADDRESSEE = re.compile(
    rf"\b(?:told|asked|interview with|spoke to|said to) (?:the )?(?P<to>{_WHO})"
    r"|\b(?:told) (?P<g>reporters|journalists)\b"
)
# Who did it and to whom, both common nouns.
_DOER = re.compile(
    r"\b(?:[Tt]he|[Aa]n?) (?P<doer>[a-z]{3,}) (?!only|early|July)(?:[a-z]{3,}ed|beat|hit|cut|took|made|held"
    r"|met|led|won|left|saw|gave|told) (?:the|an?|its|his|her|their) (?P<done>[a-z]{3,})\b"
)


@dataclass(frozen=True, slots=True)
class Corruption:
    text: str
    how: str


def names_in(text: str) -> list[str]:
    """Names that stand somewhere inside a sentence, so that their capital is theirs."""
    found = re.findall(r"(?<=[a-z,] )(?:[A-Z][a-z]{2,}[\w’-]*(?: [A-Z][a-z]{2,}[\w’-]*){0,2})", text)
    plain = dict.fromkeys(re.sub(r"[’']s$", "", name) for name in found)
    return [name for name in plain if name.split()[0] not in _NO_NAME]


def _swap(text: str, a: tuple[int, int], b: tuple[int, int]) -> str:
    return text[: a[0]] + text[b[0] : b[1]] + text[a[1] : b[0]] + text[a[0] : a[1]] + text[b[1] :]


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def number(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = list(_NUMBER.finditer(true))
    found = [f for f in found if not re.fullmatch(r"(?:19|20)\d\d", f.group())]
    if not found:
        return None
    if len(found) > 1 and _figure(found[0].group()) != _figure(found[1].group()) and chance.random() < 0.25:
        return Corruption(_swap(true, found[0].span(), found[1].span()), "two numbers change places")
    chosen = chance.choice(found)
    return Corruption(
        _put(true, chosen.span(), _other_number(chosen.group(), quote, chance)), "another number"
    )


def _figure(number: str) -> str:
    values = dict(zip(_NUMBER_WORDS, (*range(2, 13), 20, 30, 40, 50, 100), strict=True))
    return str(values.get(number, number))


def _other_number(old: str, quote: str, chance: random.Random) -> str:
    if old in _NUMBER_WORDS:
        return chance.choice([w for w in _NUMBER_WORDS if w != old and w not in quote.lower()])
    figures = re.findall(r"\d", old)
    stands = set(re.findall(r"\d+(?:[.,]\d+)*", quote))
    for _ in range(20):
        changed = [chance.choice("123456789") if chance.random() < 0.5 else f for f in figures]
        new = _with_figures(old, changed)
        if new.lstrip("$") not in stands:
            return new
    return old


def _with_figures(old: str, figures: Sequence[str]) -> str:
    left = iter(figures)
    return "".join(next(left) if c.isdigit() else c for c in old)


def name(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = [f for f in _NAME.finditer(true) if f.group().split()[0] not in _NO_NAME and f.group() in names]
    others = [n for n in names if not any(word[:4] in quote for word in n.split())]
    if len(found) > 1 and found[0].group() != found[1].group() and chance.random() < 0.2:
        between = true[found[0].end() : found[1].start()]
        # Members of a list may change places and say the same.
        if not re.fullmatch(r"(?:,| and| or|,? the|\s)*", between) and not re.search(
            r"\b(?:and|met|with)\b", between
        ):
            return Corruption(_swap(true, found[0].span(), found[1].span()), "two names change places")
    if not found or not others:
        return None
    chosen = chance.choice(found)
    return Corruption(_put(true, chosen.span(), chance.choice(others)), "another name of the article")


def negation(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = list(_NOT.finditer(true))
    if found and chance.random() < 0.7:
        return Corruption(_put(true, chance.choice(found).span(), ""), "a negation left out")
    without = re.search(r"\bwithout\b", true)
    if without:
        return Corruption(_put(true, without.span(), "with"), "without becomes with")
    able = list(_NEGATABLE.finditer(true))
    if not able:
        return None
    chosen = chance.choice(able)
    return Corruption(_put(true, (chosen.end(), chosen.end()), " not"), "a negation put in")


def speaker(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = _SPEAKER.search(true)
    if not found:
        return None
    which = next(key for key in "abc" if found[key])
    if found[which].split()[0] in _NO_NAME:
        return None
    return _another(true, quote, found.span(which), names, chance)


def addressee(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = _ADDRESSEE.search(true)
    if not found:
        return None
    return _another(true, quote, found.span("to" if found["to"] else "g"), names, chance)


def _another(
    true: str, quote: str, span: tuple[int, int], names: Sequence[str], chance: random.Random
) -> Corruption | None:
    """Half the time, where there is one, another name that stands in the quotation too."""
    old = set(re.findall(r"\w+", true[span[0] : span[1]]))
    others = [n for n in names if not set(re.findall(r"\w+", n)) & old]
    inside = [n for n in others if n in quote]
    if inside and chance.random() < 0.5:
        return Corruption(_put(true, span, chance.choice(inside)), "another name of the quotation")
    return (
        Corruption(_put(true, span, chance.choice(others)), "another name of the article") if others else None
    )


def verb(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = [f for f in re.finditer(r"\b\w+\b", true) if f.group() in _VERBS]
    if not found:
        return None
    chosen = chance.choice(found)
    new = chance.choice(_VERBS[chosen.group()])
    return Corruption(_put(true, chosen.span(), new), f"{chosen.group()} becomes {new}")


def modality(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = [f for f in re.finditer(r"\b\w+\b", true) if f.group() in _MODALS]
    if not found:
        return None
    chosen = chance.choice(found)
    new = _MODALS[chosen.group()]
    return Corruption(_put(true, chosen.span(), new), f"{chosen.group()} becomes {new}")


def date(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = list(
        re.finditer(
            rf"\b(?:{'|'.join(_DAYS)})\b|\b(?:{'|'.join(_MONTHS)})(?= \d|\b(?!y))|\b(?:19|20)\d\d\b", true
        )
    )
    found = [f for f in found if f.group() != "March" or re.match(r" \d", true[f.end() :])]
    found = [f for f in found if f.group() != "May" or re.match(r" \d", true[f.end() :])]
    days = list(re.finditer(rf"(?<=(?:{'|'.join(m[-3:] for m in _MONTHS)}) )\d{{1,2}}\b", true))
    if not found and not days:
        return None
    chosen = chance.choice([*found, *days])
    old = chosen.group()
    pool: Sequence[str] | None = next((each for each in (_DAYS, _MONTHS) if old in each), None)
    if pool is None:
        pool = [str(int(old) + by) for by in (-2, -1, 1, 2) if int(old) + by > 0]
    others = [each for each in pool if each != old and each not in quote]
    return Corruption(_put(true, chosen.span(), chance.choice(others)), "another date") if others else None


def role(true: str, quote: str, names: Sequence[str], chance: random.Random) -> Corruption | None:
    found = _DOER.search(true)
    if not found or found["doer"] == found["done"]:
        return None
    return Corruption(_swap(true, found.span("doer"), found.span("done")), "two nouns change places")


BY_CLASS: dict[str, Callable[[str, str, Sequence[str], random.Random], Corruption | None]] = {
    "number": number,
    "name": name,
    "negation": negation,
    "speaker": speaker,
    "addressee": addressee,
    "verb": verb,
    "modality": modality,
    "date": date,
    "role": role,
}
