"""True restatements of a news sentence, made by rules that keep its meaning."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
_SAYING = r"(?:said|says|added|told reporters)"
_SPOKEN = re.compile(
    rf"^(?P<open>[“\"])(?P<words>[^”\"]+?),(?P<close>[”\"]) (?P<who>{_NAME}) (?P<verb>{_SAYING})\.?$"
)
_INVERTED = re.compile(rf"^(?P<open>[“\"])(?P<words>[^”\"]+?),(?P<close>[”\"]) said (?P<who>{_NAME})\.?$")
_INDIRECT = re.compile(rf"^(?P<who>{_NAME}) (?P<verb>said|says) (?:that )?(?P<rest>[a-z][^“”\"]+)$")
_OPENING = re.compile(r"^(?P<when>(?:On|In) (?:\w+day|[A-Z][a-z]+|\d{4})), (?P<rest>[A-Z][^“”\"]+)\.$")
_ENDING = re.compile(
    rf"^(?P<rest>{_NAME} [^“”\"]+) (?P<when>on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\.$"
)
_CLAUSE = re.compile(
    r", (?:which|who|where|whose) [^,“”\"]+(?P<end>,(?= (?:is|was|has|had|said|will|would|told)\b)|\.$)"
)
# With these a day may be that of another verb, and can't move: "Roe said on Friday that Doe left".
_ANOTHER_VERB = re.compile(
    r"[,;:]|\b(?:that|to|if|when|while|who|which|where|said|says|told|tells|added|and|but|after|before)\b"
)
_PRONOUNS = {"He", "She", "They", "It", "We", "I", "You"}
_ASIDE = re.compile(r" \([^()]{2,60}\)(?=[ .,;:])")
_LIMITS = re.compile(r"\b(?:not|no|if|unless|but|except|only|although|though|without|when)\b", re.I)
_UP_TO_TWELVE = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = tuple(_UP_TO_TWELVE.split())
_CONTRACTIONS = {
    "did not": "didn’t",
    "do not": "don’t",
    "does not": "doesn’t",
    "is not": "isn’t",
    "was not": "wasn’t",
    "will not": "won’t",
    "cannot": "can’t",
    "has not": "hasn’t",
    "have not": "haven’t",
    "would not": "wouldn’t",
    "could not": "couldn’t",
    "were not": "weren’t",
    "are not": "aren’t",
}
_BACK = {
    "I am": "he was",
    "we are": "they were",
    "I’m": "he was",
    "we’re": "they were",
    "I have": "he had",
    "we have": "they had",
    "I": "he",
    "we": "they",
    "me": "him",
    "us": "them",
    "my": "his",
    "our": "their",
    "will": "would",
    "can": "could",
    "may": "might",
    "is": "was",
    "are": "were",
    "has": "had",
}


@dataclass(frozen=True, slots=True)
class Restated:
    text: str
    how: str


def restate(sentence: str, chance: random.Random) -> Restated | None:
    """One restatement of those that fit, sometimes two on top of each other; the sentence itself if none."""
    fitting = [(name, made) for name, make in _WAYS.items() if (made := _made(make, sentence))]
    if not fitting:
        return Restated(sentence, "as it stands") if chance.random() < 0.2 else None
    name, text = chance.choice(fitting)
    second = [(more, made) for more, make in _LIGHT.items() if more != name and (made := _made(make, text))]
    if second and chance.random() < 0.4:
        more, text = chance.choice(second)
        name = f"{name} and {more}"
    return Restated(text, name)


def _made(make: Callable[[str], str | None], sentence: str) -> str | None:
    """None where words in quotation marks would change: that is no true restatement."""
    made = make(sentence)
    if made is None or make is _reported:
        return made
    quoted = [words.rstrip(",.") for words in re.findall(r"[“\"]([^”\"]*)[”\"]", sentence)]
    return made if all(words in made for words in quoted) else None


def _spoken(sentence: str) -> str | None:
    """ "Q," X said. -> X said: "Q." """
    found = _SPOKEN.match(sentence) or _INVERTED.match(sentence)
    if not found:
        return None
    return f"{found['who']} said: {found['open']}{found['words']}.{found['close']}"


def _reported(sentence: str) -> str | None:
    """ "Q," X said. -> X said that Q, in the third person and past."""
    found = _SPOKEN.match(sentence) or _INVERTED.match(sentence)
    if not found or re.search(
        r"\b(?:you|your|I’ve|we’ve|I'm|I'd|let’s|Let’s)\b|[?!:]|^(?:And|But|So|No|Yes)\b", found["words"]
    ):
        return None
    words = found["words"]
    turned = words if words.startswith("I ") or _name_opens(words) else words[0].lower() + words[1:]
    pattern = (
        r"(?<![\w’'])(?:" + "|".join(sorted(map(re.escape, _BACK), key=len, reverse=True)) + r")(?![\w’'])"
    )
    return f"{found['who']} said that {re.sub(pattern, lambda m: _BACK[m.group()], turned)}."


def _name_opens(words: str) -> bool:
    first = words.split()[0]
    return first not in {
        "The",
        "This",
        "That",
        "We",
        "It",
        "They",
        "He",
        "She",
        "There",
        "In",
        "My",
        "Our",
        "A",
        "If",
        "These",
        "Those",
        "His",
        "Her",
        "Their",
        "What",
        "Every",
        "Some",
        "All",
        "Any",
    }


def _according(sentence: str) -> str | None:
    found = _INDIRECT.match(sentence)
    return (
        f"According to {found['who']}, {found['rest']}" if found and found["who"] not in _PRONOUNS else None
    )


def _with_that(sentence: str) -> str | None:
    found = _INDIRECT.match(sentence)
    return f"{found['who']} stated that {found['rest']}" if found else None


def _opening_moved(sentence: str) -> str | None:
    found = _OPENING.match(sentence)
    if not found or _ANOTHER_VERB.search(found["rest"]):
        return None
    return f"{found['rest']} {found['when'][0].lower()}{found['when'][1:]}."


def _ending_moved(sentence: str) -> str | None:
    found = _ENDING.match(sentence)
    if not found or _ANOTHER_VERB.search(found["rest"]):
        return None
    return f"O{found['when'][1:]}, {found['rest']}."


def _trimmed(sentence: str) -> str | None:
    found = _CLAUSE.search(sentence)
    if not found:
        return None
    return sentence[: found.start()] + ("." if found["end"] == "." else "") + sentence[found.end() :]


def _aside_cut(sentence: str) -> str | None:
    """An aside that limits what stands before it can't go: "allowed in the park (not on the trail)"."""
    aside = _ASIDE.search(sentence)
    if aside is None or _LIMITS.search(aside.group()):
        return None
    return sentence[: aside.start()] + sentence[aside.end() :]


def _verb_of_saying(sentence: str) -> str | None:
    for verb, other in (("added", "said"), ("said", "stated"), ("says", "said"), ("noted", "said")):
        changed = re.sub(rf"(?<=\w )\b{verb}\b(?= that\b|[.,:])", other, sentence, count=1)
        if changed != sentence:
            return changed
    return None


def _said_to(sentence: str) -> str | None:
    changed = re.sub(rf"\btold ({_NAME}|reporters) that\b", r"said to \1 that", sentence, count=1)
    return changed if changed != sentence else None


def _told_first(sentence: str) -> str | None:
    """ "Q," X told Y. -> X told Y: "Q." """
    found = re.match(
        rf"^(?P<open>[“\"])(?P<words>[^”\"]+?),(?P<close>[”\"]) (?P<who>{_NAME}) told (?P<to>{_NAME})\.?$",
        sentence,
    )
    if not found:
        return None
    return f"{found['who']} told {found['to']}: {found['open']}{found['words']}.{found['close']}"


def _that_left_out(sentence: str) -> str | None:
    changed = re.sub(rf"\b(said|says|(?:told|tells) (?:{_NAME}|reporters)) that\b", r"\1", sentence, count=1)
    return changed if changed != sentence else None


def _connective_cut(sentence: str) -> str | None:
    found = re.match(r"(?:But|And|However,|Still,|Meanwhile,|Also,|Then) (?=[a-z]|[A-Z]\w+ )", sentence)
    return sentence[found.end()].upper() + sentence[found.end() + 1 :] if found else None


def _figures(sentence: str) -> str | None:
    changed = re.sub(
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
        lambda m: str(_WORDS.index(m.group())),
        sentence,
        count=1,
    )
    return changed if changed != sentence else None


def _words(sentence: str) -> str | None:
    changed = re.sub(
        r"(?<![\w.,$£€:-])(?:[2-9]|1[0-2])(?= [a-z])", lambda m: _WORDS[int(m.group())], sentence, count=1
    )
    return changed if changed != sentence and not re.search(r"\d (?:p|a)\.?m", sentence) else None


def _percent(sentence: str) -> str | None:
    changed = re.sub(r"(?<=\d) per ?cent\b", "%", sentence)
    return changed if changed != sentence else None


def _contracted(sentence: str) -> str | None:
    for full, short in _CONTRACTIONS.items():
        changed = re.sub(rf"\b{full}\b", short, sentence, count=1)
        if changed != sentence:
            return changed
    return None


_LIGHT: dict[str, Callable[[str], str | None]] = {
    "figure for a word": _figures,
    "word for a figure": _words,
    "percent sign": _percent,
    "contracted": _contracted,
    "another verb of saying": _verb_of_saying,
    "aside cut": _aside_cut,
    "that left out": _that_left_out,
    "said to": _said_to,
    "told first": _told_first,
    "connective cut": _connective_cut,
}
_WAYS: dict[str, Callable[[str], str | None]] = {
    "quotation last": _spoken,
    "indirect speech": _reported,
    "according to": _according,
    "with that": _with_that,
    "opening moved": _opening_moved,
    "ending moved": _ending_moved,
    "clause trimmed": _trimmed,
    **_LIGHT,
}
