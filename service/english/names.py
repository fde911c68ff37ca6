"""Who is named by a phrase before or after a reporting verb: "Secretary of State Jane Roe" is Jane Roe, "a
spokesman for the White House" is nobody by name, and stays as it is."""

import re

from retrieval.article import Span
from service.english import closed
from service.english.closed import any_of, words_of
from service.english.letters import CAPITAL, CAPITALISED, INITIALS, LINK
from service.english.offices import BODIES, is_known_role, is_role
from service.english.patterns import lazily
from service.english.quotation import MASK

# Initials are read in one way alone: in two, a row of them would take a time that doubles with each.
_CAP = rf"(?:{INITIALS}|(?!{CAPITAL}\.){CAPITALISED}\.?)"
_NAME_AT_END = lazily(rf"{_CAP}(?:{LINK}{_CAP}|\s+plc|(?<=\.)[-‑]{_CAP})*$")
ONLY_NAME = lazily(rf"^{_CAP}(?:{LINK}{_CAP})*(?:\s+plc)?(?:\s+and\s+{_CAP}(?:\s+{_CAP})*)?$")
_PARTICLE_BEFORE = lazily(r"(?:^|[^\w’'])(?P<it>(?:de|da|del|della|van|von|ter|al)(?: (?:la|der|den))? )$")
_PEOPLE = lazily(
    r"^(?:[a-z-]+ (?:and )?){0,3}(?:officials|authorities|prosecutors|police|[a-z]+(?:ers|ors|ists|ians"
    r"|ees|ants|men|women)|colleagues|delegates|friends|relatives"
    r"|insiders|neighbou?rs|families|nurses|parents|bosses|chiefs"
    r"|groups|charities|unions|firms|clubs|parties)$"
)
_OF = lazily(r"\s+(?:of|from|at|with|for)\s")
_NICKNAMED = lazily(rf"(?P<given>{_CAP}(?:{LINK}{_CAP})*) [“\"‘][^“”\"’]{{1,20}}[”\"’] $")
_PAIR = lazily(rf"(?:[Bb]oth\s+)?(?:the\s+)?{_CAP}(?:\s+{_CAP})*\s+and\s+(?:the\s+)?{_CAP}(?:\s+{_CAP})*$")
OPENING = lazily(
    r"^(?:In|On|At|During|After|Before|Since|For|With|While|Following|As|Despite|Speaking|Asked|Pressed|Told"
    r"|Questioned|Challenged|Reached|Overnight|Yesterday|Today|Tonight|Afterwards|Elsewhere|Separately|However"
    r"|Good|Hello|Welcome|Thanks"
    r"|Finally|Earlier"
    r"|Later|Meanwhile|From|Under|By|To|Until|Among|Amid|Through|Beyond|Outside|Inside|Besides|Instead|Of"
    r"|About|According)\b"
)
_ROLE = lazily(
    r"(?:^|(?<=\s))(?:Secretary|Minister|President|Chancellor|Premier|Envoy|Ambassador"
    r"|Chief\sExecutive(?:\sOfficer)?|Chief|Chairman"
    r"|Chairwoman"
    r"|Chair|Judge|Justice|Senator|Sen\.|Representative|Rep\.|Congressman|Congresswoman|Governor|Gov\.|Mayor"
    r"|General|Gen\.|Colonel|Col\.|Lt\.|Maj\.|Capt\.|Captain|Sgt\.|Admiral|Adm\.|Commissioner|Director"
    r"|Spokesman"
    r"|Spokeswoman|Spokesperson|Leader|King|Queen|Prince|Princess|Pope|Archbishop|Bishop|Professor|Prof\."
    r"|Dr\.?"
    r"|Coach|Attorney|Detective|Officer|Sheriff|CEO|CFO|COO|CTO|Speaker|Adviser|Advisor|Analyst|Lord|Sir"
    r"|Prosecutor|Mediator|Negotiator|Chancellor|Councillor|Councilman|Sergeant|Lieutenant|Major|Commander"
    r"|Marshal|Father|Reverend|Rev\.?|Brother|Sister|Inspector|Superintendent|Constable|Rabbi|Imam|Sheikh"
    r"|Madam(?=\s\w+\s\w)|Trustee|Rancher|Coun\.?"
    r"|Emir|Sultan|Skipper|Economist|Lawyer|Cllr\.?|Dame|Lady|Canon|Abbot|Datuk|Dato|Tun|Begum|Mullah"
    r"|Ayatollah|Hon\.?|Mme|Herr|Frau|Señora?|Senhora?|Signora?|Sponsor|Manager|Striker|Goalkeeper"
    r"|Midfielder|Defender|Captain|Nurse|Farmer|Activist|Campaigner|Author|Historian|Engineer|Cleaner"
    r"|Baroness|Baron|Viscount|Earl|Duke|Duchess|Count|Countess|Deputy|Negotiator|Administrator|Landlord|Landlady|Treasurer|Clerk|Headteacher|Principal|Rector"
    r"|Vicar|Curator|Founder|Editor|Publisher|Trader|Pilot|Driver|Surgeon)(?:-designate|-elect)?(?=\s|$)"
)
_ROLE_BEFORE = lazily(
    r"\s+(?:(?:Special|Deputy|Vice|Prime|Foreign|Defen[cs]e|Chief|Former|Presidential)\s+)*$"
)
_FIRST_OF_PHRASE = lazily(
    rf"^(?:{any_of(closed.DETERMINERS, closed.UNITS[:5], closed.FIRST_OWNERS[:2])}"
    r"|several|some|many|most|both|each|another|others|officials?|police|sources?"
    r"|prosecutors?|authorities|investigators?|experts?|analysts?|critics?|lawyers?|attorneys?|researchers?"
    r"|scientists?"
    r"|doctors?|witnesses|residents|people|aides|diplomats|lawmakers|activists|organi[sz]ers|state|local"
    r"|federal"
    r"|senior|former|military|court|company|government|hospital|rescue|fire|army|defen[cs]e|intelligence"
    r"|spokesman|spokeswoman|spokesperson)(?=\s|$)",
    re.I,
)
_NO_PART_OF_PHRASE = lazily(
    rf"\b(?:{any_of(closed.BE, closed.HAVE, closed.MODALS, closed.SUBJECTS)}|may|might|who|which|that|but|if"
    r"|when|after|before|because|as|than|not|by|into)\b"
)
# Who is none, or one of several: nobody in particular said it.
_NOBODY = lazily(
    rf"^(?:{any_of(closed.SUPPOSING)}|neither|nor|nobody|no one|none|no|few|hardly|not"
    r"|either|anyone|anybody)\s"
    r"|\bversion of th(?:is|e)\b|^nobody$|^none$|\b(?:n?or|and not|but not)\s",
    re.I,
)
# After these a name is of what the phrase is about, not who speaks: "a source close to Jane Roe".
_BEFORE_ANOTHER = lazily(
    r"(?:^|\s)(?:of|for|at|in|from|with|to|by|on|about|against|near|behind|under|over|around|between|via"
    r"|than|like"
    r"|alongside|beside|representing|advising|replacing|including)"
    rf"(?:\s+(?:{any_of(closed.DETERMINERS)}))?\s*$"
)
_THINKS = lazily(
    r"\b(?:thinks?|thought|believes?|believed|fears?|feared|knows?|knew|hears?|heard|regrets?|regretted"
    r"|hopes?|hoped"
    r"|doubts?|doubted|feels?|felt|learned|learnt|suspects?|suspected|remembers?|remembered|finds|found|saw"
    r"|watched"
    rf"|whose|whom|whether|what|{any_of(closed.WHEN)})(?![\w-])"
)
_ANOTHER_AND = lazily(rf"(?:^|\s)(?P<one>{_CAP}) and\b")
_OFFICE_OF = lazily(
    rf"(?:{CAPITAL}\w+ )*(?:Secretary|Minister|Chief|Head|Director) (?:of|for) (?:the )?"
    rf"{CAPITAL}\w+ (?={CAPITAL})"
)
_BODY = lazily(
    r"(?:Office|Ministry|Department|Commission|Committee|Council|Agency|Authority|Bureau|Court|Institute"
    r"|Association"
    r"|University|Police|Party|Group|Union|Service|Hospital|Company|Bank|Foundation"
    r"|League|Front|Movement|Army|Board|Guild|Federation|Chamber|Alliance|Congress|Assembly|Society|Club)$"
)
# "The Union of Rail and Ferry Staff"
_BODY_OF_SEVERAL = lazily(
    rf"[Tt]he (?:{CAPITAL}[\w’'-]+ ){{0,3}}(?:Union|Association|Federation|Institute|Department|Ministry"
    r"|Office|Council|Board|Society|Confederation|Chamber|League|Guild|Alliance|Committee|Bureau|Agency"
    rf"|Conference|Centre|Center) (?:of|for) (?:{CAPITAL}[\w’'-]+,? ){{1,4}}(?:and|&)"
    rf"(?P<other>(?: {CAPITAL}[\w’'-]+){{1,4}})$"
)
_BODY_ENDS = words_of("crews employees trades industries affairs sciences arts sports skills families")
_TIME = lazily(rf"(?:\b(?:{any_of(closed.DAYS)})|{any_of(closed.MONTHS)}|week|month|year)s?$")
_LONG = lazily(
    rf"(?:{any_of(closed.ARTICLES, closed.UNITS[:3])}|some|several)\s(?:[\w-]+\s){{0,2}}(?:mother|father"
    rf"|parents?|wife|husband|widow|son|daughter|brother|sister|family"
    r"|head|chief|leader|leaders|director|owner|lawyer|lawyers|spokes\w+|officials?|members?|president"
    r"|chair\w*|secretary|minister"
    r"|delegation|relatives|residents|workers|survivors?)\s(?:of|for|from|in|at)\s",
    re.I,
)
_DOCUMENT = lazily(
    rf"(?:{any_of(closed.DETERMINERS)})\s(?:[\w’'-]+\s){{0,4}}(?:letter|statement|note|memo|message|report"
    rf"|reply|notice|circular"
    r"|post|submission|filing|petition|resolution|communiqu[eé]|declaration|email|e-mail)\s(?:of|to|from|by"
    r"|for|on|in|at|sent|seen|issued)\s",
    re.I,
)
_RANK = lazily(r"^(?:Deputy|Vice|Assistant|Special|Senior|Former|Chief|Executive|Prime|Foreign)\b")


def last_of_several(sentence: str, subject: Span) -> bool:
    """Whether a subject ends a list: in "Doe, Roe and their aide said" it is not all who spoke."""
    before = sentence[: subject.start].rstrip()
    joined = before.endswith("and") or re.search(r"\band\b", sentence[subject.start : subject.end])
    before = before.removesuffix("and").rstrip()
    if not joined or not before.endswith(","):
        return False
    one = re.split(r"[,;:“”\"]", before[:-1])[-1].strip()
    return bool(ONLY_NAME.match(one)) and not OPENING.match(one) and not one.endswith(("ly", "day", "ver"))


def speaker_of(sentence: str, subject: Span) -> Span | None:
    words = sentence[subject.start : subject.end].rstrip()
    if _NOBODY.search(words) or re.search(r"[’']s?$", words):
        return None
    several = _BODY_OF_SEVERAL.match(words)
    if several and _may_end_body(several["other"].split()):
        return Span(subject.start, subject.start + len(words))
    office = _OFFICE_OF.match(words)
    start = subject.start + (office.end() if office else 0)
    before_of = _before_of(sentence, subject)
    if before_of:
        return before_of
    name = name_of(sentence, Span(start, subject.start + len(words)))
    if name and _DOCUMENT.match(words) and MASK not in words and "," not in words:
        return Span(subject.start, subject.start + len(words))  # "a post in the name of Jane Roe"
    if name:
        return with_particle(sentence, _with_nickname(sentence, name))
    if (
        len(words.split()) > (16 if _DOCUMENT.match(words) or _LONG.match(words) else 9)
        or _NO_PART_OF_PHRASE.search(words)
        or _THINKS.search(words)
        or MASK in words
    ):
        return None
    if (
        _FIRST_OF_PHRASE.match(words)
        or _PEOPLE.search(words)
        or (words[0].isupper() and len(words.split()) <= 6 and not OPENING.match(words))
    ):
        return Span(subject.start, subject.start + len(words))
    return None


def _may_end_body(words: list[str]) -> bool:
    """ "Industry", "Ferry Staff", which may be part of what a body is called; no "Mayor Jane Roe"."""
    last = words[-1].lower()
    several = last in BODIES | _BODY_ENDS or (last.endswith("s") and is_role(last.removesuffix("s")))
    return len(words) == 1 or (several and not any(_ROLE.match(word) for word in words[:-1]))


def _before_of(sentence: str, subject: Span) -> Span | None:
    """ "Jane Roe of the bargemen's league": the full name that stands before where its bearer belongs."""
    for of in _OF.finditer(sentence, subject.start, subject.end):
        name = name_of(sentence, Span(subject.start, of.start()))
        words = sentence[name.start : name.end] if name and name.end == of.start() else ""
        if (
            name
            and " " in words.removeprefix("The ")
            and ONLY_NAME.match(words)
            and not _ROLE.search(words)
            and not _BODY.search(words)
        ):
            return name
    return None


def _with_nickname(sentence: str, name: Span) -> Span:
    """Bo “Tiny” Lindqvist, of whose name "Lindqvist" was read."""
    before = _NICKNAMED.search(sentence, max(0, name.start - 60), name.start)
    given = before and name_of(sentence, Span(*before.span("given")))
    return Span(given.start, name.end) if given else name


def named_alone(text: str, subject: Span) -> Span | None:
    """The name that a phrase is, but for an office in front of it: "Mayor Jane Roe"; no longer phrase."""
    words = text[subject.start : subject.end].strip()
    if not ONLY_NAME.match(words) or OPENING.match(words) or _BODY.search(words):
        return None
    return name_of(text, subject)


def name_of(text: str, subject: Span) -> Span | None:
    """The person or body named at the end of a phrase, the office left out."""
    words = text[subject.start : subject.end]
    if words == "I" or _TIME.search(words):
        return None
    if _PAIR.match(words):
        return subject
    found = _NAME_AT_END.search(words)
    if not found or len(words.split()) > 12:
        return None
    before = words[: found.start()]
    if before.strip().lower() in closed.ARTICLES:
        return subject  # "the White House": the article belongs to the name
    if _another_speaks(before):
        return None
    if before and (_BEFORE_ANOTHER.search(before) or re.search(r"\b(?:the|an?)\s*$", before)):
        # "A spokesman for the White House": the phrase speaks, not the body named in it.
        late = re.match(r"(?:After|Before|In|On|At|During|Following)\s", words)
        return None if late or _NO_PART_OF_PHRASE.search(words) or len(words.split()) > 9 else subject
    if _BODY.search(words):
        # "the Social Development Ministry", "the county Attorney's Office": a body is named by all of it.
        return subject if len(words.split()) <= 9 and not _NO_PART_OF_PHRASE.search(words) else None
    return _without_office(subject.start + found.start(), found.group())


def _another_speaks(before: str) -> bool:
    """Whether what stands before a name makes it part of a longer thought, or one of two who speak:
    "it isn't true that Roe", "Doe fears Roe", "spokesman John Doe and aide Jane Roe"."""
    if _NO_PART_OF_PHRASE.search(before) or _THINKS.search(before):
        return True
    other = _ANOTHER_AND.search(before)
    return bool(
        other
        and not _ROLE.search(other["one"])
        and not re.search(r"\bof (?:the )?$", before[: other.start("one")])
    )


def _without_office(start: int, name: str) -> Span | None:
    low, high = 0, len(name)
    while " " in name[low:].partition(" ")[2] and is_known_role(name[low:].partition(" ")[0].lower()):
        low += len(name[low:].partition(" ")[0]) + 1  # "Owner Jane Roe"
    for owner in re.finditer(r"[’']s?\s+", name):
        low = owner.end()
    for role in _ROLE.finditer(name):
        if role.end() < len(name):
            low = max(low, role.end() + 1)
        elif role.start() > low and not name.startswith("The ") and not _RANK.match(name[low:]):
            before = _ROLE_BEFORE.search(name[low : role.start()])
            high = low + before.start() if before and before.start() > 0 else high
    decorated = re.search(r"\s(?:KC|QC|SC|MP|MEP|MSP|OBE|MBE|CBE|PhD)$", name[low:high])
    high -= len(decorated.group()) if decorated else 0
    if low >= high or name[low:high].lower() in closed.ARTICLES:
        low, high = 0, len(name)
    first = re.match(
        r"(?:But|And|Yet|Even|Only|The|In|On|At|After|Former|Then|Old|Veteran|\w+-(?:turned|of)-\w+)\s+",
        name[low:high],
    )
    if first and first.group().strip() != "The":
        low += first.end()
    return Span(start + low, start + high)


def with_particle(sentence: str, name: Span) -> Span:
    """ "de Quintal", which begins with a small letter."""
    particle = _PARTICLE_BEFORE.search(sentence, max(0, name.start - 12), name.start)
    return Span(particle.start("it"), name.end) if particle else name
