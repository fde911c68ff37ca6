"""What a question asks for, read by rule: its parts, the speaker and the venue it names, and whether it
is about a photograph or a byline. Works on rough English: case and the question mark may be missing."""

import re
import unicodedata
from dataclasses import dataclass

from retrieval.article import Region, Span
from service.answering.adjuncts import is_outlet

_ASKS = r"(?:what|who|whom|when|where|why|how|which|did|does|do|is|are|was|were|will)"
_SPLIT = re.compile(rf"\?\s+(?=\w)|(?:,|;)?\s+and\s+(?={_ASKS}\b)|;\s+", re.I)
_SEVERAL = re.compile(
    r"\bboth\b|\beach\b|\blist\b|\bwhich (?:\w+ )?\w+s\b|\bwhat (?:are|were)\b|\bdiffer|\bcompar|\bsides?\b"
    r"|\bwho (?:are|were|else)\b|\bhow (?:do|did) .+ and .+|\bvarious\b|\bsources\b|\boutlets\b"
    r"|\b(?:two|three|four|five)\b",
    re.I,
)
_PHOTO = re.compile(r"\b(?:photos?|photograph(?:s|ed|er)?|pictures?|pictured|images?|captions?)\b", re.I)
_TAKER = re.compile(
    r"\bcredit|\bphotographer|\b(?:who|whose)\b.*\b(?:took|taken|takes|shot|made|is it)\b", re.I
)
_BYLINE = re.compile(
    r"\b(?:by-?line|who (?:wrote|reported|authored)|contribut(?:ed|or|ors|ing)|author|reporter|journalist"
    r"|credit(?:ed)?)\b",
    re.I,
)
_SPEAKER = re.compile(
    r"\b(?:did|does|do|has|have|had)\s+(?P<who>(?:[\w.’'-]+\s+){1,6}?)(?:also\s+|later\s+|really\s+|actually\s+)?"
    r"(?:(?P<speaks>say|said|tell|told|claim|claimed|add|added|warn|warned|confirm|confirmed|state|stated|announce)"
    r"|want|think|believe|demand|expect|propose|insist|refuse|hope|plan|describe|call)\b",
    re.I,
)
_TO = re.compile(
    r"\b(?:tell|tells|told|telling|to|on|with|by)\s+(?:the\s+)?(?P<venue>(?:[\w.&’'-]+\s*){1,4})", re.I
)
_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_SMALL = frozenset(
    _WORD.findall(
        "a an the of to in on at for from by with and or is are was were be been do does did has have had"
        " what who whom when where why how which that this these those it its as about say said"
        " tell told says"
        " not if there"
    )
)
_DAYS = frozenset(_WORD.findall("monday tuesday wednesday thursday friday saturday sunday exactly reporters"))
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half|several)\b",
    re.I,
)
_TIME = re.compile(
    r"\b(?:1\d|20)\d\d\b|day\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:century|ago|yesterday|tomorrow|hours?|weeks?|months?|years?)\b"
)
_NAME = re.compile(r"(?<=[\w,] )[A-Z]\w+")
_ENUMERATION = re.compile(r"\w+, (?:[\w’'.-]+ ){0,4}[\w’'.-]+,? (?:and|or) ")
_EXPECTS = (
    (re.compile(r"\bhow (?:many|much|long|old|far)\b", re.I), _NUMBER),
    (re.compile(r"\bwhen\b|\bwhat (?:day|date|year|time)\b", re.I), _TIME),
    (re.compile(r"\bwho(?:m|se)?\b", re.I), _NAME),
    (re.compile(r"\bwhich (?:\w+ )?\w+s\b|\bwhat (?:are|were)\b|\blist\b|\bname\b", re.I), _ENUMERATION),
)
_COUNTS = re.compile(r"\bhow (?:many|much)\b", re.I)


@dataclass(frozen=True, slots=True)
class Question:
    """`parts` are spans of its text, one if it asks one thing. `speaker` holds the words of the subject
    of "what did X say" or "what does X want"; `speaks` tells the first from the second. `venues` are the
    outlets named as hearers ("tell Channel 9"), `asides` the regions that may answer beside the body."""

    text: str
    parts: tuple[Span, ...]
    several: bool
    speaker: frozenset[str]
    speaks: bool
    venues: frozenset[str]
    asides: tuple[Region, ...]

    def open(self) -> bool:
        """Whether it asks for all that somebody said, and names no subject: "What did X tell Y?"."""
        if not self.speaks or not self.speaker:
            return False
        known = self.speaker | {word for venue in self.venues for word in venue.split()}
        return not {
            w for w in plain_words(self.text) if w not in _SMALL and w not in known and w not in _DAYS
        }

    def counts(self) -> bool:
        """Whether only a number can answer. Of several parts each is read by itself."""
        return len(self.parts) == 1 and bool(_COUNTS.search(self.text))

    def expects(self, sentence: str) -> bool:
        """Whether a sentence holds a number, a time or a name where the question asks for one."""
        return any(asks.search(self.text) and given.search(sentence) for asks, given in _EXPECTS)


def read(text: str) -> Question:
    parts = _parts(text)
    # Of several parts each has its own speaker and venue, and is read by itself.
    subject = _SPEAKER.search(text) if len(parts) == 1 else None
    return Question(
        text=text,
        parts=parts,
        several=len(parts) > 1 or bool(_SEVERAL.search(text)),
        speaker=_speaker(subject),
        speaks=bool(subject and subject.group("speaks")),
        venues=_venues(text) if len(parts) == 1 else frozenset(),
        asides=_asides(text),
    )


def words(text: str) -> frozenset[str]:
    """Content words, lower case, crudely stemmed: enough to compare two texts of one language."""
    return frozenset(_stem(w) for w in plain_words(text) if w not in _SMALL)


def plain_words(text: str) -> list[str]:
    # Composed, so that a name is found however its accents are written.
    composed = unicodedata.normalize("NFC", text).lower()
    return [re.sub(r"[’']s$", "", w).replace(".", "") for w in _WORD.findall(composed)]


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _parts(text: str) -> tuple[Span, ...]:
    """Clauses that each ask: split at a question mark, a semicolon, or "and" before a question word."""
    cuts = [(cut.start(), cut.end()) for cut in _SPLIT.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    spans = [Span(s, e) for s, e in zip(starts, ends, strict=True) if len(_WORD.findall(text[s:e])) >= 2]
    asking = [span for span in spans if re.search(rf"\b{_ASKS}\b", text[span.start : span.end], re.I)]
    return tuple(asking[-4:]) or (Span(0, len(text)),)


def _speaker(subject: re.Match[str] | None) -> frozenset[str]:
    if not subject:
        return frozenset()
    return frozenset(w for w in plain_words(subject.group("who")) if w not in _SMALL and len(w) > 1)


def has_number(text: str) -> bool:
    return bool(_NUMBER.search(text))


def names_one_of(asked: frozenset[str], text: str) -> bool:
    """Whether a text has a word of a name; "Ukrainians" and "Ukraine" count as one word."""
    there = set(plain_words(text))
    return bool(asked & there) or any(w[:6] == a[:6] for a in asked if len(a) > 5 for w in there)


def _venues(text: str) -> frozenset[str]:
    found = set()
    for match in _TO.finditer(text):
        run = match.group("venue").split()
        for length in range(len(run), 0, -1):
            name = " ".join(run[:length]).strip(" .,?!’'")
            if any(is_outlet(form) for form in (name, name.title(), name.upper())):
                found.add(" ".join(plain_words(_outlet_words(name))))
                break
    return frozenset(found)


def _outlet_words(name: str) -> str:
    """The shortest beginning of a run that is an outlet and the words that continue its name."""
    run = name.split()
    for length in range(1, len(run) + 1):
        head = " ".join(run[:length])
        if any(is_outlet(form) for form in (head, head.title(), head.upper())):
            follows = run[length : length + 1]
            more = follows and (follows[0].lower() in {"news", "times", "post", "radio", "tv", "sunday"})
            return " ".join(run[: length + (1 if more else 0)])
    return name


def _asides(text: str) -> tuple[Region, ...]:
    """Regions that may answer besides the body, because the question is about them; the likeliest first."""
    if _PHOTO.search(text):
        asks_whose = _TAKER.search(text)
        return (Region.CREDIT, Region.CAPTION) if asks_whose else (Region.CAPTION, Region.CREDIT)
    return (Region.BYLINE, Region.CREDIT) if _BYLINE.search(text) else ()
