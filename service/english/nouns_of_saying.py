"""What is said without a verb of saying: "his offer of", "issued a warning that", "is adamant that", "was
rejected by", "is said to have told", "in Roe's view"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.article import Span
from service.english.adjuncts import Adjuncts
from service.english.clauses import may_speak
from service.english.closed import (
    ARTICLES,
    BE,
    DETERMINERS,
    HAVE,
    MODALS,
    OWNERS,
    SUBJECTS,
    UNITS,
    any_of,
    holds,
    listed,
)
from service.english.direct import direct
from service.english.letters import LINK, NAME_WORD
from service.english.names import speaker_of
from service.english.offices import BODIES, is_role
from service.english.papers import PAPER_DONE
from service.english.patterns import lazily
from service.english.phrase_heads import is_paper
from service.english.quotation import MASK
from service.english.reporting_clause import ReportingClause

_NOUNS = (
    "claim|demand|offer|promise|threat|warning|insistence|assertion|suggestion|proposal|pledge|refusal"
    "|request"
    "|call|plea|denial|allegation|accusation|assurance|complaint|argument|belief|fear|contention|admission"
    "|announcement|declaration|prediction|vow|appeal|ultimatum|undertaking|guarantee|apology|hope|concern"
    "|doubt"
    "|regret|willingness|readiness|reluctance|desire|intention|decision|objection|opposition"
)
_LIGHT = (
    "makes|made|make|gave|gives|give|given|issued|issues|issue|sent|voiced|voices|expressed|expresses|repeated"
    "|renewed|reiterated|tabled|delivered|lodged|filed|floated|submitted|put forward|signalled|signaled"
    "|announced|withdrew|withdrawn|dropped|sent out|offered|stated|showed|conveyed|passed on|received"
)
_OWNER = (
    rf"(?:(?P<name>{NAME_WORD}(?:{LINK}{NAME_WORD})*|[Tt]he [a-z]+(?: [a-z]+)?)[’'](?:s|(?<=s[’'])) ?"
    rf"|(?P<own>{any_of(OWNERS)}) )"
)
_MINDED = (
    "adamant|clear|confident|certain|sure|convinced|optimistic|insistent|hopeful|worried|afraid|concerned"
    "|doubtful|sorry|unwilling|willing|ready|prepared|reluctant|determined|keen|open|happy|content|opposed"
    "|unhappy|furious|grateful|disappointed|pessimistic|sceptical|skeptical|hesitant|eager|relieved|glad"
    "|proud"
    "|angry|interested|prepared|minded|inclined|in no (?:hurry|mood|position)"
)
_HAVE_SAID = "told|said|offered|asked|demanded|agreed|refused|threatened|promised|warned"
# With "that" these report, and are other verbs too.
_THAT = (
    "moved|confided|intimated|attested|averred|avowed|submitted|divulged|blurted|wagered|implored|pronounced"
    "|proclaimed|preached|pleaded|surmised|theorised|theorized|rejoined|cabled|phoned|found|finds|held|holds"
)
_DEEDS = (
    (
        rf"(?:{_LIGHT})\s(?:{any_of(DETERMINERS)})\s(?:[a-z-]+\s){{0,3}}?(?P<light>{_NOUNS})s?\s"
        r"(?:that|to|of|for|about|over)\s"
    ),
    (
        rf"(?:{_LIGHT})\s(?:it\s)?(?P<clear>clear|plain|known)\s(?:to\s[^,;:.]{{2,30}}?\s)?"
        rf"(?:that\s|(?=(?:{any_of(SUBJECTS)}|the|there)\s))"
    ),
    (
        rf"(?:{any_of(BE)}|remains?|remained|seems?|sounded|felt"
        rf"|became)\s(?:[a-z]+\s)?(?P<minded>{_MINDED})\s"
        r"(?:that|to|about|of|for|with)\s"
    ),
    (
        r"(?:gave|gives|given|giving|granted|grants)\s[^,;:.]{2,40}?\s(?:until|till|an?|\d+"
        r"|[a-z]{3,8}(?=\s\w+s\s))\s"
        r"[^,;:.]{2,30}?\s(?P<term>to)\s"
    ),
    (
        rf"(?:{any_of(BE)})\s(?:also\s|later\s|widely\s)?(?P<quoted>quoted|cited|reported|recorded|heard"
        rf"|overheard)\s"
        r"(?:[^,;:.]{2,40}?\s)?as\s(?:saying|telling|warning)\s(?:[^,;:.]{2,30}?\s)??(?:that\s)?"
    ),
    (
        rf"(?:{any_of(BE)})\s(?:[a-z]+\s)?(?P<thought>said|understood|reported|believed|thought|alleged"
        rf"|known)\sto\s"
        rf"(?:have\s(?:{_HAVE_SAID})|want|be\s(?:demanding|offering|asking|seeking|threatening"
        rf"|considering))\s"
    ),
    rf"(?:{any_of(BE)})\s(?P<heard>heard|overheard)\sto\ssay\s(?:that\s)?",
    (
        rf"(?:raised|raises|voiced|{any_of(HAVE)})\s(?:[a-z]+\s){{0,2}}(?P<about>doubts|concerns|objections"
        rf"|questions"
        r"|fears)\s(?:about|over|that|to)\s"
    ),
    (
        rf"(?:raised|raises|lowered|increased|improved|cut|doubled|halved|dropped"
        rf"|withdrew)\s(?:{any_of(OWNERS)})\s"
        r"(?:[a-z]+\s)?(?P<bid>offer|bid|demand|claim|price)s?\s(?:to|from|of|for)\s"
    ),
    r"(?:put|puts|laid)\s[^,;:.]{2,60}?\son (?P<table>the table)\b",
    (
        r"(?:wrote|written|writes)\sto\s[^,;:.]{2,50}?\s(?P<wrote>demanding|offering|asking|saying|threatening"
        r"|refusing|warning|proposing|urging|complaining)\s(?:that\s|for\s|to\s)?"
    ),
    (
        rf"(?:gave|gives|given)\s(?:(?:{any_of(OWNERS)})\s(?P<word>word)\sthat"
        r"|(?P<notice>notice)\s(?:of|that))\s"
    ),
    (
        rf"(?:came|comes|come)\s(?:back\s)?with\s(?:{any_of(ARTICLES)})\s(?:[a-z]+\s)?(?P<came>{_NOUNS})\s(?:of"
        rf"|to|for)\s"
    ),
    r"(?:takes|took|take|holds?|held)\sthe\s(?:[a-z]+\s)?(?P<view>view|position|line|opinion|stance)\sthat\s",
    r"(?:lets?|made|makes)\s[^,;:.]{2,40}?\s(?P<known>know|known|clear|understand)\sthat\s",
    (
        rf"(?:set|sets|{any_of(HAVE)}|laid down|lays down|named|listed|lists)\s(?:out\s)?(?:\w+\s)?"
        r"(?P<terms>requests?|complaints?|conditions?|demands?|terms|reasons?|points?):\s"
    ),
    (
        rf"(?P<that>{_THAT})\sthat\s(?=(?:{any_of(DETERMINERS, SUBJECTS)}|there"
        rf"|no|all|{NAME_WORD})\b"
        rf"|(?:[^\s.,;:]{{1,20}}\s){{1,6}}?(?:{any_of(BE, HAVE, MODALS)}|be)\s)"
    ),
    (
        r"(?:countered|responded|replied|came back|opened|answered|retaliated)\s(?P<gave>with)\s"
        r"(?!a (?:smile|laugh|nod|shrug))"
    ),
)
IN_VIEW = "thinks"
# What may also be how a thing is: "clear of", "ready for"
_TAKES_SIDES = lazily(r"\s(?:of|for|with|to)\s$")
_DEED = lazily(r"(?<![\w’'-])(?:" + "|".join(f"(?:{deed})" for deed in _DEEDS) + r")(?=\w|\W|$)")
_NOUN = lazily(
    rf"(?<![\w’'-]){_OWNER}(?:[a-z-]+\s){{0,3}}?(?P<noun>{_NOUNS}|position|message|answer|view|opinion"
    rf"|condition|word|version|account|line|stance|verdict|theory|advice|conclusion|complaint|response"
    rf"|reply)s?\s"
    rf"(?:(?:{any_of(BE)}|remains)\s)?(?:that|to|of|for)\s(?=\w)"
    rf"|(?<![\w’'-])(?P<who>{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,7}}|[Tt]he [a-z]+(?: [a-z]+)?)[’'](?:s"
    rf"|(?<=s[’'])) ?"
    r"(?:[a-z]+\s)?(?P<asks>demand|offer|proposal|condition|promise|price|request|aim|goal|claim|answer|line"
    r"|position|stance|version|verdict"
    r"|complaint|message|response|reply|view|advice|warning|argument|fear|case|question|plea|conclusion"
    r"|theory|point)s?"
    rf"(?::|\s(?:{any_of(BE)}|remains?"
    rf"|included?s?)(?!\s(?:\w+ed|[a-z]+ly|be\w*|[a-z]+en|still|now|not)\b))\s(?=[\w{MASK}])"
)
_SHARES = "about|around|nearly|almost|some|more than|fewer than|less than|most|half|just over|just under|only"
_NOBODY_ELSE = rf"[^,;:.{MASK}]{{2,40}}?"
_IN_VIEW = lazily(
    rf"(?:\b[Aa]s|\bhow)\s(?P<puts>{_NOBODY_ELSE})\s(?:put|puts|sees|saw|tells|told|has|had)\sit"
    r"(?=[,.]|$|\s(?:at|in|on|to|last|this)\b)"
    rf"|\b[Aa]s far as\s(?P<far>{_NOBODY_ELSE})\s(?:{any_of(BE[:1], BE[2:3])})\sconcerned(?=[,.]|$)"
    rf"|^As\s(?P<told>{_NOBODY_ELSE})\s(?:first\s)?(?:reported|reports|wrote|writes|noted|notes|observed|observes"
    rf"|explained|explains)(?:\s(?:on|in|at|last)\s[^,;:.{MASK}]{{2,30}})?(?=,)"
    rf"|\b[Tt]o hear\s(?P<hear>{_NOBODY_ELSE})\stell it(?=[,.]|$)"
    rf"|\b[Ii]f\s(?P<be>{_NOBODY_ELSE})\s(?:{any_of(BE[:2])})\sto be believed(?=[,.]|$)"
    rf"|\b(?:[Ii]n|[Tt]o|[Bb]y|[Oo]n)\s(?:(?P<who>{_NOBODY_ELSE})[’']s?\s"
    r"(?:view|words|opinion|account|telling|reckoning|mind|eyes|judgment|judgement|estimate|reading|version"
    r"|count|calculation|own account|own admission|phrase|phrasing|book)"
    rf"|the\s(?:view|words|opinion|eyes)\sof\s(?P<of>{_NOBODY_ELSE}))(?=,|\.?$|\s{MASK})"
    # "For the envoy, Jane Roe, it is “lost”"
    rf"|^For\s(?:[^,;:.{MASK}]{{2,50}},\s)?(?P<for>{NAME_WORD}(?:{LINK}{NAME_WORD}){{0,3}})"
    rf"(?:,\s[a-z][^,;:.{MASK}]{{2,50}})?,(?=\s[^;:{MASK}]{{1,80}}\s(?:{any_of(BE)})\s{MASK})"
    # "In a poll published by Lumen, 64 percent were for it"
    rf"|^In\s(?P<poll>(?:an?|the|its|their)\s(?:[\w-]+\s){{0,2}}(?:poll|survey|questionnaire)\s(?:{PAPER_DONE}"
    rf"|by|of|for|in|on)\s[^,;:{MASK}]{{2,90}}),(?=\s(?:\d|(?i:{any_of(UNITS)}|{_SHARES})\s))"
    rf"|\b(?:[Ii]n|[Tt]o|[Bb]y)\s(?P<hers>{any_of(OWNERS)})\s(?:own\s)?(?:view|words|opinion|account|telling|reckoning"
    rf"|estimate|reading|version|phrase|judgment|judgement)(?=,|\.?$|\s{MASK}"
    rf"|\s(?:{any_of(DETERMINERS, SUBJECTS)}|there)\s)"
)
# One of these stands in each of them.
_VIEWS = listed(
    "view words opinion account telling reckoning mind eyes judgment judgement estimate reading version count"
    " calculation admission phras book concerned believed For As poll survey questionnaire"
)
_IT = lazily(r"\sit\b")
_OWNED = ("’", "'", *OWNERS)
_SUBJECT_OF = dict(zip(OWNERS, SUBJECTS, strict=True))
_JUDGES = lazily(
    r"\b(?:judges?|justices?|courts?|tribunal|magistrates?|coroner|jury|panel|inquiry|inspectors?|regulator|ombudsman"
    r"|arbitrators?|referee|auditors?|commission|committee)\b",
    re.I,
)
_BY = lazily(
    rf"\s(?:{any_of(BE)}|(?:{any_of(HAVE)})\sbeen)\s(?:(?!not|never|hardly)[a-z]+\s)?(?P<verb>rejected|denied|dismissed|welcomed"
    rf"|condemned"
    r"|criticised|criticized|accepted|disputed|contested|opposed|refused|demanded|proposed|offered|announced"
    rf"|confirmed)\sby\s(?P<who>[^,;:.{MASK}]{{2,60}}?)(?=[,;.]|$|\s(?:on|in|after|as|and|but)\s)"
)


def deeds(sentence: str, masked: str, onward: Sequence[int]) -> Iterator[ReportingClause]:
    """`onward`: where what others say begins, in which something may be done too."""
    for found in _DEED.finditer(masked):
        inner = max((at for at in onward if at < found.start()), default=0)
        own = (inner and direct(sentence, masked, found, inner)) or direct(sentence, masked, found, 0)
        if found["that"] in ("found", "finds") and not (own and _finds(sentence, own)):
            continue
        if own and not own.closing and not (_TAKES_SIDES.search(found.group()) and _is_thing(sentence, own)):
            first = masked.index(" ", found.start())
            verb = (
                "said"
                if found["quoted"] or found["thought"] or found["heard"]
                else masked[found.start() : first]
            )
            verb = found["light"] or found["minded"] or verb
            end = first if found["term"] or found["table"] else found.end()
            yield replace(own, act=True, end=end, verb=verb, adjuncts=Adjuncts(), inside=False)
    for found in _NOUN.finditer(masked) if holds(masked, _OWNED) else ():
        own_of, name = (found["own"] or "").lower(), "who" if found["who"] else "name"
        pronoun = _SUBJECT_OF.get(own_of)
        speaker = None if pronoun else speaker_of(sentence, Span(*found.span(name)))
        verb = found["noun"] or found["asks"]
        if speaker or pronoun:
            yield ReportingClause(speaker, found.start(), found.end(), pronoun, verb=verb, act=True)
    yield from _asides(sentence, masked)


def _finds(sentence: str, own: ReportingClause) -> bool:
    """Whether what they found is what they said: "the judge found that", never "he found that"."""
    before = sentence[own.speaker.start - 30 if own.speaker and own.speaker.start > 30 else 0 : own.end]
    return own.pronoun is None and _JUDGES.search(before) is not None


def _is_thing(sentence: str, own: ReportingClause) -> bool:
    """Whether it is neither named nor known to be somebody: "the mill" in "the mill is clear of the tide"."""
    words = sentence[own.speaker.start : own.speaker.end] if own.speaker else ""
    last = words.split()[-1].lower() if words else ""
    named = not words or any(word[0].isupper() for word in words.split()[1:]) or " " not in words
    return not (named or may_speak(words) or is_role(last.removesuffix("s")) or last in BODIES)


def _is_somebody(words: str) -> bool:
    last = words.split()[-1].lower()
    one = last.removesuffix("s")
    named = any(word[0].isupper() for word in words.split() if word.lower() not in ARTICLES)
    return named or may_speak(words) or is_role(one) or one in BODIES or last in BODIES or is_paper(words)


def _asides(sentence: str, masked: str) -> Iterator[ReportingClause]:
    for found in _IN_VIEW.finditer(masked) if holds(masked, _VIEWS) or _IT.search(masked) else ():
        late = found.start() > 0
        inside = late and masked[found.end() : found.end() + 1] == ","
        if found["hers"]:
            who = _SUBJECT_OF[found["hers"]]
            yield ReportingClause(None, *found.span(), who, late, verb=IN_VIEW, act=True, inside=inside)
            continue
        who_says = Span(*found.span(found.lastgroup or 0))
        name = who_says if found["poll"] else speaker_of(sentence, who_says)
        if (found["puts"] or "").lower() in SUBJECTS:
            yield ReportingClause(
                None, *found.span(), found["puts"].lower(), late, verb=IN_VIEW, act=True, inside=inside
            )
            continue
        if name and _is_somebody(sentence[name.start : name.end]):
            yield ReportingClause(name, *found.span(), verb=IN_VIEW, act=True, closing=late, inside=inside)
    for found in _BY.finditer(masked) if "by" in masked else ():
        name = speaker_of(sentence, Span(*found.span("who")))
        if name:
            yield ReportingClause(name, *found.span(), verb=found["verb"], act=True, closing=True)
