"""A question that wants an overview, not a fact: "What is this about?", "What does the union want?".

Only what is nothing else, from its first word to its last: a wording a line, <NAMES> standing for what
`_NAMED` gives them. Whatever isn't plain is a precise question.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from service.english import DAYS, MONTH, SMALL, any_of, closed, plain_words, words_of


class Overview(StrEnum):
    """What of: the whole, who takes part, what one wants, two beside each other, and so on."""

    GIST = "gist"
    PEOPLE = "people"
    POSITION = "position"
    COMPARISON = "comparison"
    ACCOUNTS = "accounts"  # the articles beside each other
    AGREED = "agreed"
    OPEN = "open"
    NEXT = "next"
    TIMELINE = "timeline"
    SINCE = "since"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Broad:
    """`of` are whom or what it asks about, as it has them: two of a comparison, none where it is all; `topic`
    what they are to be compared in; `since` the day, empty where it is the latest."""

    kind: Overview
    of: tuple[str, ...] = ()
    topic: str = ""
    since: str = ""


_A_NAME = r"[\w’'&.-]+(?: [\w’'&.-]+){0,4}?"
_NAMED = {
    "BE": f"(?:'s| {'| '.join(closed.BE)})",
    "ARE": any_of(closed.BE),
    "DO": any_of(closed.DO),
    "ME": "(?: me| us)?",
    "GIVE": f"(?:(?:(?:{any_of(closed.MODALS)}) (?:you|u) )?(?:please )?"
    "(?:(?:give|show|tell|get|send|write|make|list|name)<ME> |(?:i|we) (?:need|want|would like) )?"
    "(?:an? |the |some |all (?:of )?(?:the )?|your )?)",
    "IT": "(?:this|it|that|these|everything|all(?: of)?(?: this| that| it)?"
    "|(?:the|these|those|this|all(?: the)?|both|your) (?:(?:whole|entire|two|three|current|latest|news) )?"
    "(?:<ARTICLES>|<TALKS>))",
    "ARTICLES": "(?:articles?|reports?|stor(?:y|ies)|news|coverage|sources?|outlets|papers|newspapers"
    "|accounts)",
    "TALKS": "(?:(?:peace |wage |pay |trade |latest )?(?:talks?|negotiations?|dispute|conflict|crisis|strike"
    "|deal|affair|case|situation|summit|matter|process|discussions?|row|standoff|war|bid|takeover|merger"
    "|meetings?|bargaining))",
    "SIDES": "(?:they|(?:the|both)(?: two| different| various| main)?(?: sides?| parties| party)|both)",
    "EACH": "(?:<SIDES>|each side|each party|everyone|everybody|each of them)",
    "SUM": "(?:(?:short|brief|quick|one-paragraph|concise|rough|general|bullet(?:ed)?|high-level) )*"
    "(?:summary|overview|gist|recap|briefing|outline|digest|rundown|synopsis|tl;?dr|essentials|highlights"
    "|<KEY>(?:points|takeaways|facts))",
    "KEY": "(?:(?:main|key|most important|bullet|remaining|biggest|big|chief|major|final|two|different) )*",
    "NOW": "(?: (?:so far|now|here|then|right now|at the moment|at present|currently|exactly|today"
    "|<IN_IT>))*",
    "IN_IT": "(?:(?:in|of|at|with|about|on|for|to|from|between) (?:<IT>|<SIDES>|them|us))",
    "SUMMARISE": "(?:summari[sz]e|sum up|recap|outline|brief (?:me|us) on)",
    "PARTIES": "(?:parties|sides|people|actors|players|negotiators|participants|stakeholders|protagonists"
    "|countries|groups|organi[sz]ations)",
    "INVOLVED": "(?:involved|taking part|participating|negotiating|(?:at|around) the table)",
    "WANT": "(?:want|demand|ask for|seek|insist on|call for|need|require|offer|propose|hope for)",
    "WANTING": "(?:wanting|asking for|demanding|seeking|insisting on|calling for|offering|proposing"
    "|holding out for|fighting for|after)",
    "STAND": "(?:positions?|stances?|views?|demands?|offers?|aims?|goals?|proposals?|line|conditions|terms"
    "|red lines?|asks|wishes)",
    "DIFFER": "(?:differ|disagree|argue|clash|diverge|compare|contradict each other)",
    "ALREADY": "(?:(?:already|finally|actually) )?",
    "BONES": "(?:sticking[ -]points?|issues|obstacles|disagreements|hurdles|differences"
    "|points of (?:contention|disagreement|dispute|conflict)|stumbling[ -]blocks?|problems)",
    "UNSETTLED": "(?:unresolved|open|unsettled|disputed|contested|contentious|in dispute|undecided|unclear"
    "|not (?:yet )?agreed|left to (?:agree|settle|resolve|decide))",
    "NEWS": "(?:(?:(?:latest|new|recent|most recent) )?(?:changes|developments|updates?|news))",
    "LINE": "(?:(?:short|brief|full|quick) )?(?:timeline|chronology|sequence of events|order of events)",
    "DAY": rf"(?:(?:last |this )?(?:{any_of(DAYS)})|yesterday|today|\d{{4}}-\d\d-\d\d"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH})(?:,? \d{{4}})?"
    rf"|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)",
    "OF": rf"(?:the )?(?P<x>{_A_NAME})",
    "X": rf"(?P<x>{_A_NAME})",
    "Y": rf"(?P<y>{_A_NAME})",
    "X_AND_Y": "<X>(?:'s?)? (?:and|with|to|vs\\.?|versus|against) <Y>",
    "ON": r"(?: (?:on|about|over|regarding|concerning) (?P<topic>.{2,80}))?",
    "REPORTS": "(?:(?:(?:the|these|both|all)(?: the)? )?(?:(?:two|three|different) )?<ARTICLES>)",
    "SINCE": "since (?P<since><DAY>)",
}
_WORDINGS = {
    Overview.POSITION: """
        what (?:do|does) <X> <WANT>(?: (?:or|and) <WANT>)?<NOW>
        what(?:'s| is| are) <X>(?:'s?) <STAND>(?: (?:and|or) <STAND>)?<NOW>
        what(?:'s| is| are) the (?:positions?|stance|demands) of <X>
        where (?:do|does) <X> stand
        what (?:<ARE>) <X> <WANTING>
        what (?:has|have) <X> (?:offered|demanded|proposed|asked for|called for)<NOW>
        <SUMMARISE> <X>'s? <STAND>""",
    Overview.GIST: """
        what<BE> <IT> (?:all )?about<NOW>
        what<BE> (?:going on|happening|at stake|at issue)(?: about)?<NOW>
        what<BE> the (?:story|situation|gist|upshot|background|context|dispute|bottom line)(?: about)?
        what (?:has )?happened so far|what has happened|what do i need to know
        what do (?:we|you) know(?: about <IT>)?<NOW>
        what (?:<DO>) <IT> (?:say|report|tell(?: us)?|cover)
        what (?:<DO>) <REPORTS> (?:say|report|tell us) (?:about|on) <OF>
        (?:<SUMMARISE>|explain)(?: <IT>)?<NOW>
        <SUMMARISE> <OF>
        <GIVE><SUM>(?: (?:of|on|about|for|from|in) <IT>)?<NOW>
        <GIVE><SUM> (?:of|on|about|for|from|in) <OF>
        what (?:<ARE>) the <SUM>(?: (?:of|in|from|about) <IT>)?<NOW>
        what (?:<ARE>) the <SUM> (?:of|in|from) <OF>
        what (?:<DO>) the <X> <ARTICLES> (?:say|report|cover)
        (?:tell (?:me|us) )?about <IT>
        (?:catch|fill) me (?:up|in)(?: on <IT>)?|bring me up to (?:speed|date)(?: on <IT>)?""",
    Overview.PEOPLE: """
        who<BE>? (?:all )?<INVOLVED><NOW>
        who (?:<ARE>) who|who (?:all )?takes part<NOW>|who wants what
        (?:who|what|which) (?:<ARE>) the <KEY><PARTIES>(?: involved)?<NOW>
        (?:what|which) <PARTIES> (?:<ARE>) <INVOLVED><NOW>
        <GIVE><KEY><PARTIES>(?: involved)?<NOW>
        what (?:<DO>) <EACH> <WANT><NOW>
        what (?:<ARE>) (?:each (?:side|party)'s|(?:the (?:two )?|both )(?:sides|parties)') <STAND>
        what (?:<ARE>) the <STAND> of <EACH>
        where (?:<DO>) <EACH> stand""",
    Overview.ACCOUNTS: """
        (?:compare|contrast) <REPORTS>
        (?:how|where|on what|in what) (?:<DO>) <REPORTS> <DIFFER>
        what<BE> the differences? between <REPORTS>""",
    Overview.COMPARISON: """
        compare (?:what )?(?:the <STAND> of )?<X_AND_Y>(?:(?:'s?)? <STAND>)?(?: (?:say|said|want))?<ON>
        (?:how|where|on what) (?:<DO>) <X_AND_Y> <DIFFER><ON>
        how (?:<DO>) <X> (?:differ|diverge) from <Y><ON>
        what<BE> the differences between (?:what )?<X_AND_Y>(?: (?:say|want))?<ON>
        what (?:<DO>) <X_AND_Y> (?:each )?<WANT><NOW>
        what (?:<DO>) <X_AND_Y> <DIFFER> (?:on|about|over)""",
    Overview.AGREED: """
        what (?:<ARE>|has been|have been) <ALREADY>(?:agreed|settled|decided|resolved)(?: on)?<NOW>
        what (?:<DO>|have|has) <SIDES> <ALREADY>(?:agree|agreed)(?: on| upon| to)?<NOW>
        (?:where|on what) (?:<DO>|have) <SIDES> (?:agree|agreed)<NOW>
        what (?:<ARE>) the <KEY>(?:agreements?|outcomes?|results?|terms|common ground)<NOW>
        what (?:agreements?|deals?|results?) (?:<ARE>|has been|have been) (?:reached|made|struck)<NOW>
        what (?:<ARE>) (?:in )?the (?:deal|agreement)""",
    Overview.OPEN: """
        (?:what|which) (?:<ARE>) the <KEY>(?:open )?<BONES><NOW>
        (?:what|where|on what) (?:<DO>) <SIDES> (?:still )?<DIFFER>(?: (?:on|about|over))?<NOW>
        what(?:<BE>| remains?) (?:still )?<UNSETTLED><NOW>
        what<BE> (?:holding|blocking|stopping|delaying) (?:<IT>|an? (?:deal|agreement)|things)(?: up)?
        what<BE> holding up (?:<IT>|an? (?:deal|agreement)|things)
        what stands in the way<NOW>|what stands in the way of (?:an? |the )?(?:deal|agreement|peace)
        <GIVE><KEY>(?:open )?<BONES><NOW>""",
    Overview.NEXT: """
        what(?:<BE>| will be)? (?:happens?|comes|happening|coming|the)? ?next(?: steps?)?<NOW>
        what (?:happens|will happen)(?: now| next| then| after (?:this|that))?<NOW>
        what (?:<ARE>) (?:expected|planned|scheduled)(?: to happen)?(?: next)?<NOW>
        <GIVE>next steps<NOW>|what now|(?:so )?what happens now
        (?:how|where) (?:<DO>|will) (?:<IT>|things|they) go (?:on|from here)""",
    Overview.TIMELINE: """
        <GIVE><LINE>(?: of (?:the )?events)?<NOW>
        what<BE> the <LINE><NOW>
        what happened (?:when|in what order|and when|day by day|step by step)
        how (?:<DO>|has|have) (?:<IT>|things|events) (?:unfold|develop|evolve|progress|come about)(?:ed)?<NOW>
        how did (?:<IT>|things|we) get (?:here|to this point)""",
    Overview.SINCE: """
        what(?:<BE>| has| have)? (?:changed|happened|new|different|developed|moved)<NOW> <SINCE>
        what (?:<ARE>) the <NEWS>(?: <IN_IT>)? <SINCE>
        (?:<SUMMARISE>|update me on|catch me up on) (?:what (?:has )?happened|<IT>|the <NEWS>) <SINCE>
        (?:any |the )?<NEWS>(?: <IN_IT>)? <SINCE>
        what<BE> (?:new|the latest)(?: news)?<NOW>|(?:any |<GIVE>)<NEWS><NOW>
        what (?:has )?changed(?: recently| lately| last)?<NOW>
        what (?:<ARE>) the <NEWS><NOW>""",
    Overview.SOURCES: """
        what (?:<ARE>) (?:the|these|all the) (?:sources|articles|outlets)<NOW>
        (?:which|what) <ARTICLES> (?:<ARE>|<DO>|have) (?:used|there|here|cited|reporting|you use)<NOW>
        which <ARTICLES> (?:has |have )?(?:reported|covered)(?: on)? <IT>
        where (?:<DO>) (?:<IT>|(?:this|the) information) come from""",
}


def _filled(wording: str) -> str:
    while (found := re.sub(r"<(\w+)>", lambda name: _NAMED.get(name[1], name[0]), wording)) != wording:
        wording = found
    return wording


_PATTERNS = [
    (kind, re.compile(_filled(line.strip()), re.I))
    for kind, lines in _WORDINGS.items()
    for line in lines.strip().splitlines()
]
_LONGEST = 160  # code points
_AROUND = re.compile(
    r"^(?:(?:and|so|ok(?:ay)?|now|please|pls|just)[\s,]+)+|(?:[\s,]+(?:please|pls|thanks))?[\s?!.]*$",
    re.I,
)
_NOBODY = words_of(
    *(closed.THIRD, closed.TALKERS, closed.DEMONSTRATIVES, closed.QUESTION_WORDS),
    "about over say said it each everyone everybody someone anyone both all side sides party parties there",
)


def read_broad(text: str) -> Broad | None:
    """None of a precise question, and of one whose kind isn't plain."""
    if len(text) > _LONGEST:
        return None
    asked = " ".join(_AROUND.sub("", " ".join(text.split())).replace("’", "'").split())
    for kind, wording in _PATTERNS:
        found = wording.fullmatch(asked)
        if found and (read := _read(kind, found.groupdict())):
            return read
    return None


def _read(kind: Overview, found: dict[str, str | None]) -> Broad | None:
    """None where whom it asks about is nobody by name: "What does he want?"."""
    of = tuple(name.strip(" '.") for key in ("x", "y") if (name := found.get(key)))
    if not all(map(_is_somebody, of)):
        return None
    return Broad(kind, of, found.get("topic") or "", found.get("since") or "")


def _is_somebody(name: str) -> bool:
    words = plain_words(name)
    return any(word not in SMALL for word in words) and not any(word in _NOBODY for word in words)
