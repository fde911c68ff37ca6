"""Lines that tell by their own words what they are: credits, bylines, captions with a label, notes,
boilerplate.

Each rule takes the whole of a short line, so that a sentence that merely mentions an agency, begins with
"By" or speaks of tags stays what it is. A line that no rule knows is left to retrieval/regions.py.
"""

import re

from retrieval.article import Region
from retrieval.lines import CLOSERS, ends_sentence
from retrieval.notes import is_note

_LONGEST = 500  # code points: a longer line is prose
_LONGEST_LABEL = 200
_LONGEST_CREDIT = 100

_AGENCY = re.compile(
    r"(thomson )?reuters|(the )?associated press|ap( photos?| images)?|afp|agence france[- ]presse"
    r"|getty( images)?|epa(-efe)?|efe|bloomberg|shutterstock|xinhua|tass|sputnik|ria novosti"
    r"|anadolu( agency)?|pa( wire| media| images)|press association|dpa|kyodo( news)?|nurphoto"
    r"|sopa images|zuma( press)?"
    r"|sipa( usa| press)?|upi|alamy( stock photo)?|istock(photo)?|unsplash|ukrinform|picture alliance|redux"
    r"|magnum photos|lightrocket|ansa|aap|wire ?image|corbis|rex features",
    re.IGNORECASE,
)
_BETWEEN_CREDITS = re.compile(r"(?:(?<!\s)\s+)?(?:[|/]\s*|,\s+)|(?<!\s)\s+(?:via|[-–—])\s+", re.IGNORECASE)
_PHOTO_LABEL = re.compile(
    r"(?:(?:photo(?:graph)?|image|picture|figure|graphic|illustration)s?(?: credit)?|credits?)"
    r"\s*(?::|by\b|courtesy of\b)\s*|(?:image|media|photo) source, ",
    re.IGNORECASE,
)
_CAPTION_LABEL = re.compile(
    r"(?:file photo|file picture|file image|caption|photo caption|file\s[-–—])\s*(?::\s*)?\S"
    r"|(?:image|media|photo|video|picture) caption[,:]\s|\((?:above|below|pictured|left|right|top)\)\s"
    r"|[▲▼◀▶◄►△▽◁▷]\ufe0f?\s",
    re.IGNORECASE,
)
# A sentence of its own that says which photograph it is: "... in this 2019 file photo."
_PHOTO_TOLD = re.compile(
    r"\bin (?:this(?: [\w.,]{1,12}){0,4}|an? (?:undated|file|handout|archive)(?: [a-z]{1,12})?) "
    r"(?:photo(?:graph)?|picture|image|grab|still|screenshot)\b"
)
# A photograph's agency at the end of its caption, in a form that prose doesn't have.
_CREDIT_AT_END = re.compile(
    r"(?:\b(?:REUTERS|AFP|EPA)/[A-Z][\w.'’ -]{2,40}|\(?\b(?:AP|EPA|AFP|Reuters) Photo/[^()]{2,60}\)?"
    r"|\([^()]{0,60}(?:/|via )Getty Images\)|[|/] ?Getty Images)\s*$"
)
_LAST_SENTENCE_END = re.compile(r".*[.!?][\"”’)]*\s+", re.DOTALL)
_SPEECH = re.compile(r"\b(?:said|says|told|added|according to)\b")
_MARK_OF_RIGHTS = re.compile(r"(?:copyright\s+)?(?:\(c\)|©)\s*|copyright\s+(?=\d)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_BYLINE = re.compile(r"(?:By|BY)\s+(?=\S)")
_STAFF = re.compile(
    r"[\s(–—-]*(?:additional )?(?:reporting|writing|editing|compiled)(?: and \w+)? by\b", re.IGNORECASE
)
_CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing) (?:to (?:this|the) (?:report|story|article|piece)|(?:additional )?reporting)\b"
    r"(?: (?:from|in) [^.;]{2,40})?[.)\s]*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:first |last |originally )?(?:published|updated|posted|modified)\b(?: (?:on|at))?\s*:?\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_REPORTER = re.compile(
    r"(?:reporter|author|writer|correspondent|text|words|interview)(?:s|\(s\))?(?::| by)\s+", re.I
)
_CREDITED_ON = re.compile(
    r"(?<=\w)(?:\. (?:Translated|Edited|Photographs?|Pictures?|Illustrations?) (?:from|by) [^.\n]{2,40}){1,3}"
    r"\.?$"
)
_DESK = re.compile(r"[(–—-]+\s?(?:compiled|written|edited|translated|reported) by the [\w -]{2,40}\)?", re.I)
_PARTICLES = frozenset(
    (
        *("and", "of", "for", "the", "in", "at", "via", "de", "del", "della", "di", "da", "dos", "du"),
        *("van", "von", "der", "den", "la", "le", "al", "el", "bin", "ibn", "y"),
    )
)
_STAFF_WORDS = _PARTICLES | {"by", "additional", "reporting", "writing", "editing", "compiled"}
_INNER_END = re.compile(r"[a-z]{3}[.!?][\"”’)]*\s")

_FURNITURE = frozenset(
    (
        *("tags", "tag", "topics", "keywords", "share", "share this", "share this article"),
        *("share this story", "share on facebook", "share on twitter", "share on x", "tweet", "email"),
        *("print", "copy link", "save", "advertisement", "advertising", "advert", "ad", "sponsored"),
        *("sponsored content", "promoted content", "read more", "related", "related articles"),
        *("related stories", "related content", "related topics", "more on this story", "more stories"),
        *("most read", "most popular", "recommended", "trending", "recommended for you"),
        *("you may also like", "continue reading", "read the full story", "comments", "leave a comment"),
        *("follow us", "subscribe", "sign up", "sign in", "log in", "newsletter", "back to top"),
        *("story continues below advertisement", "article continues below advertisement"),
        *("skip advertisement", "skip to main content", "skip to content"),
        *("our standards: the thomson reuters trust principles", "opens new tab", "view comments"),
        *("report this ad", "terms of use", "privacy policy"),
    )
)
_POINTER = re.compile(
    r"[(\[>»→•*\s]{0,4}(?:tags|topics|keywords|filed under|(?:read|see|also|watch|hear|explore|learn) "
    r"(?:more|also|next|this|read|now|related)"
    r"|related(?: (?:stories|articles|coverage|reading|video))?|share(?: this)?|watch|listen|video|gallery"
    r"|more|more (?:from|on|about) [^:.|]{2,40}|you (?:might|may) (?:also )?(?:like|enjoy|be interested in)"
    r"|join the (?:conversation|discussion|debate)|recommended|up next|next up"
    r"|most read|explore more|don['’]t miss|in case you missed it)(?::|\s\|)\s*\S",
    re.IGNORECASE,
)
_ASKED_OF_READERS = re.compile(
    r"(?:[-*•]\s*)?(?:have you been (?:affected|there)|got a (?:tip|story)\?|do you have a (?:tip|story)"
    r"|what do you think\?|let us know (?:in|what)|tell us (?:what you|in the)|have your say"
    r"|support (?:independent|our|quality) journalism|(?:enter|add) your e-?mail"
    r"|this (?:story|article|page) (?:has been|was) (?:shared|viewed|read) [\d,.]+ times"
    r"|this (?:page|blog|live blog|live page|coverage) (?:is|has) (?:now )?(?:closed|ended)"
    r"|(?:accept|manage) (?:all )?cookies|skip to (?:main )?content|\(\([^()\n]{1,150}\)\)$"
    r"|adds? [\w ,']{2,60} \(para(?:s|graphs?)? [\d, -]+\)$)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d{1,3}[ -]min(?:ute)?s?[ -]read$|^\d[\d,.]* (?:comments|shares|views)$", re.I)
_ADVERT = re.compile(
    r"[-–—=*\s\[(]*(?:advertisement|advertising|advert|advertorial|sponsored(?: content)?"
    r"|promoted(?: content)?|paid (?:content|partnership))[-–—=*\s\])]*",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"(?:story|article|text|report) continues (?:below|after|here)(?: [\w ]{2,30})?", re.I
)
_TEASERS = re.compile(
    r"(?:(?:trending|popular|happening)(?: (?:now|stories|today))?|editor['’]?s['’]? (?:picks?|choice)"
    r"|(?:recommended|related|more|other|latest|top|similar)"
    r"(?: (?:stories|articles|news|reading|posts|coverage|for you))"
    r"|(?:read|up) next|most (?:read|popular|viewed|shared)|related|recommended|you (?:may|might) also like"
    r"|don['’]t miss|read more|read also|see also|also read|in case you missed it|more on this(?: story)?)"
    r"[:»>→]?",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"(?:[>»→*•]{1,3}\s*)?(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletters?|e-?mails?|alerts?|updates"
    r"|briefings?|inbox|podcast|channel|free)\b"
    r"|(?:follow|like|join) (?:us|me|@\w+|[\w ]{2,30}) on (?:facebook|twitter|x|instagram|telegram|whatsapp"
    r"|youtube|linkedin|tiktok)\b|download (?:the|our) [\w ]{0,30}\bapp\b|click here (?:to|for)\b",
    re.IGNORECASE,
)
_WRITE_TO = re.compile(
    r"\b(?:reach|contact|e-?mail|write to|follow) (?:him|her|them|us|me|the (?:author|writer|reporter)) "
    r"(?:at|on|via) (?:\S{1,60}@\S|@\w|(?:twitter|x|bluesky|mastodon|linkedin)\b)",
    re.IGNORECASE,
)
_RIGHTS_RESERVED = re.compile(r"\ball rights reserved\b", re.IGNORECASE)
_RULE = re.compile(r"(?:[-=*_~#•·–—+]\s*){3,}")  # a line of signs, drawn between parts
_LIST_OPENERS = frozenset(("tags", "tag", "keywords", "related topics"))


def label_of(line: str) -> Region | None:
    """What the line says it is, or None."""
    if len(line) > _LONGEST:
        return None
    for kind, says_so in _RULES:
        if says_so(line):
            return kind
    return None


def opens_tags(line: str) -> bool:
    """Whether short lines after it are the names of tags."""
    return line.rstrip(": ").lower() in _LIST_OPENERS


def opens_teasers(line: str) -> bool:
    """Whether titles of other articles stand below it: "Read next", "Trending now"."""
    return _TEASERS.fullmatch(line) is not None


def is_advert(line: str) -> bool:
    return _ADVERT.fullmatch(line) is not None


def _is_caption(line: str) -> bool:
    """Labelled ("FILE PHOTO: ..."), ending in its agency, or a photo label with more than a name behind."""
    if _CAPTION_LABEL.match(line) or _CREDIT_AT_END.search(line, max(0, len(line) - _LONGEST_CREDIT)):
        return not _is_credit(line)
    if _ends_in_credit(line) or _tells_its_photo(line):
        return True
    label = _PHOTO_LABEL.match(line)
    return label is not None and label[0].rstrip().endswith(":") and not _is_credit(line)


def _tells_its_photo(line: str) -> bool:
    told = _PHOTO_TOLD.search(line)
    return told is not None and len(line) <= _LONGEST_LABEL and not _SPEECH.search(line)


def _ends_in_credit(line: str) -> bool:
    """Whether a photographer stands behind a last full stop: "Jane Roe in Riga. (Photo: Jo Doe/AP)". An
    agency alone doesn't count: it also stands at the end of its reports."""
    before = _LAST_SENTENCE_END.match(line)
    if before is None or _SPEECH.search(before[0]):
        return False
    tail = line[before.end() :].strip("()[] ")
    if not (_PHOTO_LABEL.match(tail) or _MARK_OF_RIGHTS.match(tail) or re.search(r"[/|]|\bvia\b", tail)):
        return False
    names = [part for part in _BETWEEN_CREDITS.split(tail) if not _AGENCY.fullmatch(part)]
    return bool(names) and _is_credit(tail)


def _is_credit(line: str) -> bool:
    """Agencies, with or without photographers, or a label and a name: "Jane Doe | Reuters", "Photo: X"."""
    words = line[1:-1] if line.startswith("(") and line.endswith(")") else line.removesuffix(".")
    words = words.removesuffix(". Used with permission")
    if not words or len(words) > _LONGEST_CREDIT:
        return False
    label = _PHOTO_LABEL.match(words)
    if label:
        return _names(words[label.end() :], most=8)
    rights = _MARK_OF_RIGHTS.match(words)
    if rights:
        return not _YEAR.search(words) and _names(words[rights.end() :], most=6)
    parts = _BETWEEN_CREDITS.split(words)
    agencies = [part for part in parts if _AGENCY.fullmatch(part)]
    others = [part for part in parts if not _AGENCY.fullmatch(part)]
    return bool(agencies) and len(parts) <= 5 and all(_names(part, most=5) for part in others)


def _is_byline(line: str) -> bool:
    """As "By Jane Doe", "Reporting by X; Editing by Y", "X contributed to this report", "Updated May 1"
    with a year."""
    if len(line) > _LONGEST_LABEL:
        return False
    by = _BYLINE.match(line)
    if by:
        return not ends_sentence(line) and _names(line[by.end() :], most=14)
    line = _CREDITED_ON.sub("", line, count=1)
    reporter = _REPORTER.match(line) or _DESK.fullmatch(line)
    if reporter:
        return reporter.end() == len(line) or (
            not ends_sentence(line) and _names(line[reporter.end() :], most=10)
        )
    if _STAFF.match(line):
        return _names(line.strip("()–—- "), most=40, small=_STAFF_WORDS)
    dated = _DATED.match(line)
    if dated:
        told = _YEAR.search(line) or (_CLOCK.search(line) and "updated" in dated[0].lower())
        rest = line[dated.end() :]
        return bool(told) and (_names(rest, most=12) or _CLOCK.fullmatch(rest) is not None)
    contributed = _CONTRIBUTED.search(line)
    return contributed is not None and not _INNER_END.search(line[: contributed.start()])


def _is_boilerplate(line: str) -> bool:
    """What a page puts around an article: tags, sharing, advertising, pointers elsewhere, rights."""
    if len(line) > _LONGEST_LABEL:
        return False
    words = line.rstrip(":.>»→ ").lower()
    rights = _MARK_OF_RIGHTS.match(line)
    return bool(
        words in _FURNITURE
        or words == "end of list"
        or _ADVERT.fullmatch(line)
        or _CONTINUES.fullmatch(line.rstrip(". "))
        or _ASKED_OF_READERS.match(line)
        or _COUNTED.search(line)
        or _POINTER.match(line)
        or _INVITATION.match(line)
        or _RIGHTS_RESERVED.search(line)
        or _WRITE_TO.search(line)
        or (rights and _YEAR.search(line) and _names(line[rights.end() :], most=14))
        or _RULE.fullmatch(line)
    )


def _names(words: str, *, most: int, small: frozenset[str] = _PARTICLES) -> bool:
    """Whether every word with letters begins with a capital, small connecting words aside."""
    every = words.replace("/", " ").replace("|", " ").split()
    if not 0 < len(every) <= most or not any(word[:1].isalpha() for word in every):
        return False
    bare = (word.strip(CLOSERS + "(,;:.&“‘@") for word in every)
    return all(not word[:1].isalpha() or not word[:1].islower() or word.lower() in small for word in bare)


_RULES = (
    (Region.NOTE, is_note),
    (Region.BYLINE, _is_byline),
    (Region.BOILERPLATE, _is_boilerplate),
    (Region.CREDIT, _is_credit),
    (Region.CAPTION, _is_caption),
)
