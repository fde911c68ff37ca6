"""Verbs that news questions ask with, and their forms: "said" and "says" are "say"."""

from service.english.words import WORD

BASES = tuple(
    WORD.findall(
        "say tell want think believe claim announce confirm deny describe call ask meet agree refuse"
        " propose offer accept reject demand warn promise plan expect hope know mean do make take give"
        " get go come leave stay return win lose beat play score sign join start begin end stop open"
        " close pay cost buy sell cut raise lower rise fall grow happen die kill attack strike hit"
        " arrest charge find see hear report publish write respond react reply resign run lead vote"
        " decide choose support oppose criticise criticize praise blame threaten approve visit travel"
        " fly live work need use build launch release send receive help try face admit insist argue add"
        " mention explain discuss talk speak sail land crash burn spread be have"
    )
)
# Known by their forms alone: where a subject ends isn't told by these, since most are nouns too.
_OTHERS = tuple(
    WORD.findall(
        "answer appoint arrive bring broker chair change comment complain comply condemn consider"
        " continue decline deliver dismiss disagree divert draft earn elect extend fail fire follow fund"
        " head hold invite issue keep last learn lift look lose mediate move negotiate object order own"
        " pause postpone power prefer propose put quit recall regret remain remove repeat request resume"
        " reveal say seek sentence set show stand steal suffer suggest suspend testify thank urge wait"
        " walk warn welcome withdraw wonder worry"
    )
)
# base past participle, where they aren't regular
_IRREGULAR = (
    "say said said/tell told told/think thought thought/meet met met/know knew known"
    "/mean meant meant/do did done/make made made/take took taken/give gave given/get got got"
    "/go went gone/come came come/leave left left/win won won/lose lost lost/beat beat beaten"
    "/begin began begun/pay paid paid/cost cost cost/buy bought bought/sell sold sold/cut cut cut"
    "/rise rose risen/fall fell fallen/grow grew grown/strike struck struck/hit hit hit"
    "/find found found/see saw seen/hear heard heard/write wrote written/run ran run/lead led led"
    "/choose chose chosen/fly flew flown/build built built/send sent sent/speak spoke spoken"
    "/spread spread spread/bring brought brought/hold held held"
    "/keep kept kept/put put put/quit quit quit/seek sought sought/set set set/show showed shown"
    "/stand stood stood/steal stole stolen/withdraw withdrew withdrawn"
)
_DOUBLES = frozenset(
    WORD.findall(
        "stop plan cut run hit set put quit win get begin beg rebut admit commit submit permit regret refer"
        " concur confer"
        " slam nod shrug"
    )
)


def past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLES else "") + "ed"


def third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


_PARTS = {line.split()[0]: line.split()[1:] for line in _IRREGULAR.split("/")}
_PARTS |= {"be": ["was", "been"], "have": ["had", "had"]}
_ALL = dict.fromkeys((*BASES, *_OTHERS))
PASTS = {_PARTS[base][0] if base in _PARTS else past(base): base for base in _ALL}
THIRDS = {"has" if base == "have" else "is" if base == "be" else third(base): base for base in _ALL}
_PARTICIPLES = {parts[1]: base for base, parts in _PARTS.items()}


def _gerund(base: str) -> str:
    if base.endswith("e") and base not in {"see", "be", "agree", "disagree"}:
        return base[:-1] + "ing"
    return base + (base[-1] if base in _DOUBLES else "") + "ing"


_GERUNDS = {_gerund(base): base for base in _ALL}


def base_of(word: str) -> str:
    """Of a form that is known; else the word itself."""
    low = word.lower()
    return PASTS.get(low) or THIRDS.get(low) or _PARTICIPLES.get(low) or _GERUNDS.get(low) or low


def is_verb(word: str) -> bool:
    """Whether it may be one, by a form that is known or by its ending."""
    return base_of(word) in _ALL or (len(word) > 4 and word.lower().endswith("ed"))
