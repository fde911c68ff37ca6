"""What something named is, or what a numbered article or a treaty says, where that alone is asked: the
sentences in which the news says so."""

import re
from collections.abc import Callable, Mapping, Sequence

from retrieval.article import Sentence
from service.answering import Passage, Said
from service.answering.asked import Question
from service.answering.extractive.choosing import alike
from service.answering.extractive.introduced import Introduction, leads_in, text_of
from service.english import CAPITAL, SMALL, any_of, closed, is_outlet, lazily, words_of

_MOST = 2  # sentences
_IS = any_of((*closed.BE, "'s", "’s", "s"))
_NAME = r"[^\W_][\w.’'-]*(?: [\w.’'-]+){0,5}?"
_NUMBERED = words_of("article clause paragraph section chapter annex protocol resolution")
_TREATIES = words_of("treaty accord agreement convention charter constitution pact")
_TEXT = rf"(?:(?:{any_of(_NUMBERED)}) \d[\w.-]*(?: of {_NAME})?|{_NAME} (?:{any_of(_TREATIES)}))"
_ASKS = (
    lazily(
        rf"what(?: exactly)? ?(?:{_IS})(?: exactly)? (?:(?:the|an?) )?(?P<what>{_NAME})(?: exactly)?", re.I
    ),
    lazily(rf"what does (?:(?:the|an?) )?(?P<what>{_NAME}) stand for", re.I),
    lazily(rf"what does (?:the )?(?P<what>{_TEXT}) say", re.I),
)
_IS_TEXT = lazily(_TEXT, re.I)
_FIRST = lazily(r"(?:The )?[“\"‘«]?")
_LONGER = lazily(rf"(?!The )\b{CAPITAL}[\w’'-]{{0,60}} $")
_OF = rf"(?: (?:of|in|to|on) (?:the )?{CAPITAL}[\w’'-]*(?: {CAPITAL}[\w’'-]*){{0,2}})?"
_A = r"(?:an?|one of|part of|short for)"
# A verdict on it, or how it stands with it, is no definition.
_VERDICTS = any_of(
    words_of(
        "threat mistake step line lie joke shame dream trap disaster failure success hour day week month year"
    )
)
_NO_VERDICT = rf"(?! (?:\w+ ){{0,2}}(?:{_VERDICTS})\b)"
_DEFINES = lazily(rf"{_OF}(?:, [^,.;]{{1,80}},)? (?:is|are|means|stands for) {_A}{_NO_VERDICT}\b")
_PROVIDES = lazily(
    rf"{_OF} (?:says|states|provides|provided|stipulates|stipulated|requires|commits|obliges|defines|binds"
    r"|allows|forbids|bans|calls for)\b"
)
# "X, a body that counts": but not "X, a union and the army", "X, a source confirmed", "X, a day after".
_WHO_SAYS = "spokes[a-z]+|officials?|sources?|diplomats?|ministers?|captain|aide|adviser|lawyer|report"
_BESIDE = lazily(
    rf"(?: \([^()]{{1,20}}\))?(?!, (?:an?|one) (?:[\w-]+ )?(?:{_VERDICTS}|{_WHO_SAYS}|move|blow|first|sign"
    r"|journey|violation|breach|result|matter|question)\b)"
    rf", (?:(?:{_A}|which (?:is|was) an?) (?![^,.;]{{1,60}} and (?:the|an?|{CAPITAL}))(?:[\w-]+ ){{1,4}}"
    r"(?:of|that|which|who|led|set|founded|made|run|for|in|from|charged|representing)\b"
    r"|founded |set up |made up of )"
)
_BODIES = words_of(
    "group organisation organization company firm union association campaign movement party agency body"
    " commission committee council charity bank newspaper network alliance coalition federation fund trust"
    " militia faction institute lobby club cooperative consortium"
)
# "A group called X", "of the protest group X", not "told the union X would go"; "X, the campaign against".
_KIND_BEFORE = lazily(
    rf"(?:\b(?:an?|the) (?:[a-z-]{{1,30}} ){{0,3}}(?:called|named|known as)"
    rf"|(?:^The|\b(?:of|from|by|with|for|behind|against|and) (?:an?|the)) (?:[a-z-]{{1,30}} ){{0,3}}"
    rf"(?:{any_of(_BODIES)})) [“\"‘«]?$"
)
_KIND_BEHIND = lazily(
    rf", the (?:[a-z-]{{1,30}} ){{0,3}}(?:{any_of(_BODIES)})"
    r"(?: (?:of|for|that|which|behind|in|against|led|founded|based|representing)\b|,(?! (?:and|or)\b))"
)
_DAYS = words_of(closed.DAYS, closed.MONTHS)
Attributed = Callable[[Passage], Mapping[Sentence, Said | None]]


def asks_what(asks: Question) -> str | None:
    """What it is asked of: "Joint Council" of "What is the Joint Council?"."""
    asked = asks.asked().rstrip(" ?!.")
    found = next((found for each in _ASKS if (found := each.fullmatch(asked))), None)
    return found["what"] if found else None


def definitions(what: str, passages: Sequence[Passage], said: Attributed) -> list[Introduction]:
    """The sentences that say what bears that name, those that begin with it first. None where it stands as no
    name and isn't explained: "the offer" is no such thing; and none in which somebody has their say on it."""
    name = re.compile(rf"(?<!\w){re.escape(what)}(?!\w)", re.I)
    thing = re.compile(
        rf"An? {re.escape(what)} (?:is|means|refers to) (?:{_A}|the|when|what){_NO_VERDICT}\b", re.I
    )
    found = [
        (worth, (passage, sentence))
        for passage in passages
        for sentence in passage.hit.chunk.sentences
        if sentence.region.tells and sentence not in passage.hit.again
        if (worth := _defines(name, thing, passage.article.text[sentence.start : sentence.end])) is not None
        if worth or _by_itself(said(passage).get(sentence), name)
    ]
    told: list[Introduction] = []
    for _, place in sorted(found, key=lambda each: each[0]):
        if len(told) < _MOST and not any(alike(text_of(place), text_of(other)) for other in told):
            told.append(place)
    return told


def _defines(name: re.Pattern[str], thing: re.Pattern[str], text: str) -> int | None:
    """0 where the sentence begins with it and says what it is, or what a thing of that kind is ("A quay levy
    is what a ship pays"); 1 where it says so of it further on."""
    if thing.match(text):
        return 0
    for place in name.finditer(text):
        before, words = text[: place.start()], place.group()
        if not _is_name(words) or _LONGER.search(before) or _begins_anyway(before, words):
            continue
        binds = bool(_IS_TEXT.fullmatch(words) and _PROVIDES.match(text, place.end()))
        if _FIRST.fullmatch(before) and (binds or _DEFINES.match(text, place.end())):
            return 0
        behind = _BESIDE.match(text, place.end()) or _KIND_BEHIND.match(text, place.end())
        beside = (behind and not leads_in(before)) or _KIND_BEFORE.search(before)
        if beside or (text.startswith(")", place.end()) and _abbreviates(words, before)):
            return 1
    return None


def _abbreviates(words: str, before: str) -> bool:
    """In parentheses behind what it is short for: not "GENEVA (AP)"."""
    return words.isupper() and before.endswith(" (") and before != before.upper() and not is_outlet(words)


def _begins_anyway(before: str, words: str) -> bool:
    """Whether its capital may be the sentence's: "Inflation is a worry" names nothing."""
    return words.isalpha() and not words.isupper() and not before.strip('“"‘«')


def _is_name(words: str) -> bool:
    said = [word for word in words.split() if word.casefold() not in SMALL]
    return bool(said) and words not in _DAYS and all(word[0].isupper() or word[0].isdigit() for word in said)


def _by_itself(said: Said | None, name: re.Pattern[str]) -> bool:
    """Whether nobody says it, unless the text itself does."""
    return said is None or said.speaker is None or bool(name.search(said.speaker))
