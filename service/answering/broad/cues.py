"""The words by which English news tells that something was agreed, is in dispute, comes next, is wanted."""

import re

from service.english import BE, DAYS, MONTH, any_of, closed, lazily


def _cue(*wordings: str) -> re.Pattern[str]:
    """A wording a line, as a regular expression, between word boundaries."""
    lines = (line.strip() for each in wordings for line in each.strip().splitlines())
    return lazily(rf"\b(?:{any_of(lines)})\b", re.I)


_DAY = any_of(DAYS)

AGREED = _cue("""
    agree[sd]?|agreement|accept(?:s|ed)?|approv(?:es|ed)|sign(?:s|ed)|struck|settled|adopted|ratified|reached
    conceded|concessions?|voted (?:yes|for|to accept)|voted? \\d+|says? yes|said yes|backed|endorsed
    suspend(?:s|ed)?|a deal|initial(?:s|l?ed)
""")
# Where news begins to tell what is in it.
_TEXT = (
    r"(?:[\w-]{1,30} )?(?:deal|agreement|accord|treaty|pact|truce|text|settlement|contract|compromise|terms"
    r"|framework|draft|package|protocol|memorandum)"
)
TERMS = _cue(
    rf"under (?:the|its|this) {_TEXT}",
    rf"(?:the|this) {_TEXT} (?:says|provides|allows|requires|calls for|includes|contains|leaves|gives|sets)",
    rf"according to (?:the|its|a) (?:heads of |draft |final )?{_TEXT}",
    rf"{_TEXT} (?:under|by) which",
)
NOT_AGREED = _cue(
    "could|would|might|may|if|should|wants?|hopes?|failed|expected|demand\\w*|asked|without|nothing|nobody"
)

# That the sides themselves came to terms: what others approve, they agreed before.
CAME_TO_TERMS = _cue("""
    agreed|reached|struck|settled|sign(?:s|ed)|initial(?:s|l?ed)|concluded|came to terms|clinched
""")
# Of what went before, amid the terms; and how one of them reads.
BEFORE_IT = _cue("had")
OF_TERMS = _cue(
    f"will|shall|must|may|(?:{any_of(BE)}) (?:to|left|(?!expected|hoped|feared)[a-z]+ed)",
    "pays?|passes|gets?|keeps?|receives?|absorbs?|contributes?|guarantees?|lapses?|ends? on|comes? back",
)

OPEN = _cue("""
    disagree\\w*|differ\\w*|reject(?:s|ed|ing)?|refus(?:es|ed|al|ing)|den(?:y|ies|ied)|disput(?:es|ed)
    insist(?:s|ed|ing)?|sticking|stumbling|unresolved|remain(?:s|ed|ing)?|deadlock\\w*|stalled|collapsed|failed
    obstacles?|gaps?|far apart|far from|divided|oppos(?:es|ed)|object(?:s|ed)?|demand(?:s|ed|ing)?|contested
    will not|would not|won[’']t|cannot|no (?:agreement|deal)|not (?:agree|accept|enough|yet)|never|crux
    ask(?:s|ed|ing)? for|wants?|conditions?|concerns?|broken off|threaten(?:s|ed)?|but not
""")
# That it says of itself what is open.
PLAINLY_OPEN = _cue(
    """
    far apart|sticking[ -]points?|stumbling[ -]blocks?|unresolved|unsettled|undecided|deadlocked
    (?:still|remains?|remained) (?:open|in dispute|disputed|to be (?:settled|agreed|resolved))
    left to (?:solve|settle|resolve|agree|decide)|what is not(?=[:,])|what divides|main obstacles?
    the gap between
    not (?:yet )?(?:been )?(?:settled|resolved|agreed on)
    """,
    rf"(?:sides|parties|they) (?:{any_of(BE)}|still)?(?: still)? ?"
    "(?:differ|disagree|divided|at odds|cannot agree)(?: still)?(?: (?:on|over|about))?",
)
NOT_OPEN = _cue("accepted|approved|agreed to|thanked|apologi[sz]ed")

NEXT = _cue(
    """
    expects? to|plans? to|will (?!not)\\w+
    next (?:week|month|round|step|session|meeting|year)|resumes?|go(?:es)? on|starts? again|meets?|votes? on
    deadline|takes? effect|would be (?:addressed|discussed|central)
    """,
    f"(?:{any_of(BE)}) (?:set|due|expected|scheduled|planned|to)",
    f"until (?:the|{_DAY})|by (?:the end|{_DAY}|{MONTH})",
)
NOT_NEXT = _cue(f"(?:{any_of(closed.WAS)}|had been) (?:set|due|expected|scheduled|planned|to)")

# That one of the sides moved.
MOVED = _cue(
    """
    doubled|tripled|halved|softened|hardened|dropped|gave up|given up|giv(?:es?|ing) up|gave way|gave ground
    backed down|retreated|no longer|conceded|concessions?|new offer
    in place of
    (?:went|gone|came|come|goes|comes) (?:up|down) to
    """,
    f"(?:raised|lowered|cut|improved) (?:{any_of(closed.OWNERS)})",
    r"from [\w$€£%.,-]+(?: [\w$€£%.,-]+){0,3} to [\w$€£%.,-]+",
    f"(?:up|down) from|(?:{any_of(BE)}|now) (?:up|down) to",
)

# What was on the table, where a figure stands beside it.
OFFERED = _cue("""
    offer(?:s|ed|ing)?|bids?|demand(?:s|ed)?|propos(?:es|ed|al|als)|asking price|price|wants?
    agreed (?:\\w+ ){0,4}(?:on|to|for)|settled (?:on|for)
""")

# That talks began, went on, broke off, came to an end.
_TALKS = "(?:talks|negotiations?|round|meeting|summit|strike|truce|ceasefire|deal|agreement|text|parliament)"
_TURNED = (
    "(?:open(?:s|ed)?|beg[au]n|began|start(?:s|ed)?|ended|collapsed|broke (?:off|down)|resumed?|adjourned"
    "|suspend(?:s|ed|ing)?|postponed|initial(?:s|l?ed)|sign(?:s|ed)|approv(?:es|ed)|ratified|called off)"
)
TURNS = _cue(rf"{_TALKS}\b[^.;]{{0,60}}\b{_TURNED}", rf"{_TURNED}\b[^.;]{{0,60}}\b{_TALKS}")

# Of a question: what those who take part want.
WANTING = _cue(
    "wants?|wanting|demands?|demanding|positions?|stances?|stands?|asking|offer(?:s|ing)?|goals?|aims?"
)

WANTED = _cue("""
    wants?|wanted|demand(?:s|ed|ing)?|ask(?:s|ed|ing)? (?:for|that|the)|seek(?:s|ing)?|sought
    insist(?:s|ed|ing)?|call(?:s|ed|ing)? (?:for|on)|requires?|urge[sd]?|offer(?:s|ed|ing)?
    propos(?:es?|ed|ing)|(?:prepared|ready|willing) to|refus(?:es|ed|ing)(?! to (?:comment|say))
    reject(?:s|ed|ing)?|oppos(?:es|ed)|accept(?:s|ed)?|agree[sd]?|would (?:not|only|never|accept)
    will (?:not|never|only)|won[’']t|cannot|should|must|raised|lowered|lifted|put [\\w .,]{1,30}on the table
    pressing for|press for|the need for|aims? (?:to|for)|plans? to|threaten(?:s|ed)?|warn(?:s|ed)?
    promised?|pledged?|in favou?r of|against|(?:best|only) way
""")
