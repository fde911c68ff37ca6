"""What a question asks for, read by rule: its parts, the speaker and the venue it names, and whether it
is about a photograph or a byline. Works on rough English: case and the question mark may be missing."""

import re
from dataclasses import dataclass

from retrieval.article import Region, Span
from service.answering.asked.kinds import NO_AMOUNT, Wanted, names_kind, wanted
from service.answering.asked.several import asks_several, asks_two_sides
from service.english import SMALL, WORD, any_of, closed, is_outlet, lazily, plain_words

# "Whats the target?" too.
_ASKS = f"(?:(?:{any_of(closed.QUESTION_WORDS)})s?|{any_of(closed.DO, closed.BE)}|will)"
_BEFORE_ASKING = r"(?:(?:on|in|at|for|by|to|with|from|of|since|until|about|under|during)\s+)?"
_SPLIT = lazily(rf"\?\s+(?=\w)|(?:,|;)?\s+and\s+(?={_BEFORE_ASKING}{_ASKS}\b)|;\s+", re.I)
_PREAMBLE = lazily(rf"^.{{8,}}?:\s+(?={_BEFORE_ASKING}{_ASKS}\b)", re.I | re.S)
_OWN_KINDS = frozenset({Wanted.PERSON, Wanted.TIME, Wanted.PLACE, Wanted.REASON})
_READ_IN = lazily(rf" – (?={_BEFORE_ASKING}{_ASKS}\b)", re.I)
_PHOTO = lazily(r"\b(?:photos?|photograph(?:s|ed|er)?|pictures?|pictured|images?|captions?)\b", re.I)
_TAKER = lazily(r"\bcredit|\bphotographer|\b(?:who|whose)\b.*\b(?:took|taken|takes|shot|made|is it)\b", re.I)
_BYLINE = lazily(
    r"\b(?:by-?line|who (?:wrote|reported|authored)|contribut(?:ed|or|ors|ing)|author|reporter|journalist"
    r"|credit(?:ed)?)\b",
    re.I,
)
_SPEAKER = lazily(
    rf"\b(?:{any_of(closed.DO, closed.HAVE)})\s+"
    r"(?P<who>(?:[\w.&’'-]+\s+){1,6}?)(?:also\s+|later\s+|really\s+|actually\s+)?"
    r"(?:(?P<speaks>say|said|tell?|told|claim|claimed|add|added|warn|warned|confirm|confirmed"
    r"|(?<!of )state|stated|announce|speak|talk|reply|respond|react|comment|remark)"
    r"|want|think|believe|demand|expect|propose|insist|refuse|hope|plan|describe|call|agree|accept|reject|oppose"
    r"|support|offer|promise|threaten|deny|decide)\b",
    re.I,
)
_OWN_WORDS = lazily(
    r"\b(?:what|which)\b.{0,60}?\b(?P<who>(?:[^\W\d_][\w.-]{0,30}\s+){0,2}[\w.-]{1,30})[’']s?\s+"
    r"(?:own |exact |actual |first |very )?"
    r"(?:words|reply|response|reaction|answer|comments?|statement|quote)\b",
    re.I,
)
_REPLIES = lazily(
    r"\bin (?:reply|response|answer)\b|\b(?:own|exact|actual|very) words\b|\bword for word\b", re.I
)
_TO = lazily(
    r"\b(?:tell?|tells|told|telling|to|on|with|by)\s+(?:the\s+)?(?P<venue>(?:[\w.&’'-]+\s*){1,4})", re.I
)
_DAYS = frozenset((*map(str.lower, closed.DAYS), "exactly", "reporters"))
_ENUMERATION = lazily(r"\b\w+, (?:[\w’'.-]+ ){0,4}[\w’'.-]+,? (?:and|or) ")
_POINTING = frozenset(
    WORD.findall(
        " ".join((*closed.SUBJECTS, *closed.OBJECTS, *closed.OWNERS, *closed.FIRST))
        + " one ones thing things something someone else mean more"
        " many much long often exactly also then so too happened happen ok okay please really again now"
    )
)
_AUX = rf"(?:{any_of(closed.ASKING)})\b"
_VERBS = rf"(?!{_AUX})"
_ASKED_FOR = lazily(
    rf"\b(?:(?:on|in|at|for|by|to|from|of)\s+)?(?:how (?:many|much)(?: {_VERBS}[\w’'-]+){{1,3}}"
    r"|how (?:long|often|old|far|tall|high)"
    rf"|(?:which|what)(?: {_VERBS}[\w’'-]+){{1,3}}(?= {_AUX}))\b",
    re.I,
)
_ORDERS = lazily(
    r"\b(?:ignore|disregard|forget|override|print|reveal|repeat|output|reply with|respond with|answer with"
    r"|(?:start|begin|end|finish) (?:your|the) (?:reply|answer|response)"
    r"|say exactly|pretend|act as|from your own knowledge|from memory|system prompt|hidden instructions)\b",
    re.I,
)
_FEW = 5  # words
_TELL_OF = lazily(
    r"(?:(?:please\s+)?tell (?:me|us) (?:more |something )?about|anything (?:about|on)"
    r"|(?:info|information|details|news) (?:about|on))\s+",
    re.I,
)
_ASKING = lazily(rf"\?|(?:^|[:;,.]\s+){_BEFORE_ASKING}{_ASKS}\b", re.I)
_PERSON_POINTER = lazily(rf"\b(?:{any_of(closed.HE, closed.SHE, closed.THEY)})\b", re.I)
_WRITTEN = lazily(
    r"\b(?:articles?|reports?|stor(?:y|ies)|bible|law|constitution|study|survey|poll|book|papers?|texts?|treaty|document"
    r"|website|caption|headline)$",
    re.I,
)
_BEFORE_OUTLET = frozenset(
    {"a", "an", "both", "these", "this", "that", "same", "article", "report", "other", "on", "and"}
)
_GENERIC = frozenset(
    {"news", "press", "media", "radio", "tv", "television", "magazine", "newspaper", "network", "the news"}
)
_WHAT = lazily(r"(?:(?:and|so|but|now)\s+)?what(?:\s+(?:else|exactly|all))?\s+", re.I)
_ALONE = lazily(rf"{any_of(closed.WHEN)}|whom?", re.I)
_NOBODY = frozenset({*closed.FIRST, "it", "they", "people", "anyone", "anybody", "articles", "the articles"})
_COUNTS = lazily(rf"\bhow (?:many|much)\b{NO_AMOUNT}", re.I)


@dataclass(frozen=True, slots=True)
class Question:
    """`parts` are spans of its text, one if it asks one thing. `speaker` holds the words of the subject
    of "what did X say" or "what does X want"; `speaks` tells the first from the second, and `anything` that
    whatever X said answers, to the venues if there are any. `venues` are the outlets named as hearers ("tell
    Channel 9"), `asides` the regions that may answer beside the body."""

    text: str
    parts: tuple[Span, ...]
    several: bool
    speaker: frozenset[str]
    speaks: bool
    venues: frozenset[str]
    asides: tuple[Region, ...]
    kind: Wanted
    names_kind: bool
    own_words: bool
    who: str = ""
    anything: bool = False

    def two_sided(self) -> bool:
        """Whether it asks which of two things holds, or how two differ: then both sides are wanted."""
        return asks_two_sides(self.asked())

    def wide(self) -> bool:
        """Whether more than one sentence may be wanted: it asks for several things, or for no single fact."""
        return self.several or self.kind in {Wanted.OTHER, Wanted.REASON}

    def vague(self) -> bool:
        """Whether it points to what it doesn't name: "What did he say?", "How many?"."""
        said = plain_words(self.text)
        points = any(w in _POINTING for w in said)
        return points and not any(w not in SMALL and w not in _POINTING and w not in _DAYS for w in said)

    def asks_for(self) -> str | None:
        """What it asks for in its own words: "in which city", "how many soldiers"; None where that says
        little, as "who" alone does."""
        found = _ASKED_FOR.search(self.asked())
        return found.group().strip() if found else None

    def asked(self) -> str:
        """The question itself, without what it is read in."""
        return self.text[self.parts[0].start :].strip()

    def to_read(self) -> str:
        """The question in what it is read in, unless that gives orders; of a mere name, "What about Roe?"."""
        text = self.asked() if _ORDERS.search(self.text[: self.parts[0].start]) else self.text
        name = _TELL_OF.sub("", text.strip()).strip(" ?.!")
        bare = not _ASKING.search(text) and len(plain_words(text)) <= _FEW
        return f"What about {name}?" if name and (bare or _TELL_OF.match(text.strip())) else text

    def only_orders(self) -> bool:
        """Whether it gives orders about the answer and asks nothing."""
        return bool(_ORDERS.search(self.text)) and not _ASKING.search(self.text)

    def asks_nothing(self) -> bool:
        """Whether it only gives orders, or names nothing that could be looked for: "what what"."""
        return self.only_orders() or all(word in SMALL for word in plain_words(self.text))

    def about_a_person(self) -> bool:
        return bool(_PERSON_POINTER.search(self.text))

    def counts(self) -> bool:
        """Whether only a number can answer. Of several parts each is read by itself."""
        return len(self.parts) == 1 and bool(_COUNTS.search(self.text))


def read_question(text: str) -> Question:
    parts = _parts(text)
    # Of several parts each has its own speaker and venue, and is read by itself.
    # What stands before the first is what it is read in: "Of the summit: when was it?".
    begins = parts[0].start
    asked = text[begins:]
    subject = _SPEAKER.search(text, begins) if len(parts) == 1 else None
    own = _OWN_WORDS.search(text, begins) if len(parts) == 1 and subject is None else None
    venues = _venues(asked) if len(parts) == 1 else frozenset()
    return Question(
        text=text,
        parts=parts,
        several=len(parts) > 1 or asks_several(asked),
        speaker=_speaker(subject or own),
        speaks=bool(own or (subject and subject.group("speaks"))),
        venues=venues,
        asides=_asides(asked),
        kind=wanted(asked),
        names_kind=names_kind(asked),
        own_words=bool(own or _REPLIES.search(asked)),
        who=_who(subject or own),
        anything=_asks_for_anything(text, begins, subject, venues),
    )


def _parts(text: str) -> tuple[Span, ...]:
    """Clauses that each ask: split at a question mark, a semicolon, or "and" before a question word."""
    opening = _PREAMBLE.match(text)
    begins = opening.end() if opening else _own_begins(text)
    cuts = [(cut.start(), cut.end()) for cut in _SPLIT.finditer(text, begins)]
    starts = [begins, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    spans = [Span(s, e) for s, e in zip(starts, ends, strict=True) if _asks_enough(text[s:e])]
    asking = [span for span in spans if re.search(rf"\b{_ASKS}\b", text[span.start : span.end], re.I)]
    return tuple(asking[-4:]) or (Span(begins, len(text)),)


def _own_begins(text: str) -> int:
    """Where a question that says whose words or what kind of thing it asks for goes on from another: "What
    did Roe say – what did Lee say to that" asks for none of Roe's. Behind "– and" it is of the same one."""
    last = next(reversed(list(_READ_IN.finditer(text))), None)
    own = last and (_SPEAKER.search(text, last.end()) or wanted(text[last.end() :]) in _OWN_KINDS)
    return last.end() if last and own else 0


def _asks_enough(part: str) -> bool:
    """Two words, or the question word alone: "Where and on what day did they meet?"."""
    return len(WORD.findall(part)) >= 2 or bool(_ALONE.fullmatch(part.strip(" ,")))


def _asks_for_anything(text: str, begins: int, subject: re.Match[str] | None, venues: frozenset[str]) -> bool:
    """ "What did Roe say?", "What did Roe tell Radio Norway?", and nothing more."""
    if not (subject and subject["speaks"] and _WHAT.fullmatch(text, begins, subject.start())):
        return False
    names_venue = False
    for word in plain_words(text[subject.end() :]):
        names_venue = word not in SMALL and (names_venue or any(word in name.split() for name in venues))
        if word not in SMALL and not names_venue:
            return False
    return True


def _who(subject: re.Match[str] | None) -> str:
    """As the question has it, without the verb before it."""
    said = subject.group("who").split() if subject else []
    while said and said[0].lower() in SMALL:
        said = said[1:]
    return " ".join(said)


def _speaker(subject: re.Match[str] | None) -> frozenset[str]:
    if not subject:
        return frozenset()
    who = _who(subject)
    # "does the Daily Post say" asks for what an outlet reports, not for a speaker.
    if is_outlet(who) or who.lower() in _NOBODY or _WRITTEN.search(who):
        return frozenset()
    return frozenset(w for w in plain_words(who) if w not in SMALL and len(w) > 1)


def is_enumeration(text: str) -> bool:
    return bool(_ENUMERATION.search(text))


def names_one_of(asked: frozenset[str], text: str) -> bool:
    """Whether a text has a word of a name; "Ukrainians" and "Ukraine" count as one word."""
    there = set(plain_words(text))
    return bool(asked & there) or any(w[:6] == a[:6] for a in asked if len(a) > 5 for w in there)


def _venues(text: str) -> frozenset[str]:
    found = set()
    for match in _TO.finditer(text):
        run = match.group("venue").split()
        while run and run[0].lower() in _BEFORE_OUTLET:
            run = run[1:]
        for length in range(len(run), 0, -1):
            name = " ".join(run[:length]).strip(" .,?!’'")
            if run[0].lower() in closed.QUESTION_WORDS or name.lower() in _GENERIC:
                break
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
