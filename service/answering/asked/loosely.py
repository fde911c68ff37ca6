"""What kind of overview is wanted by a question that holds nothing but the words of such questions, in
whatever order: "ok so after all that, whats still open". Any other word makes it a precise question. So do a
capital amid it, which may begin a name, a question word that wants one thing, "which" of one, and somebody's
deed: "what did she agree to".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from service.answering.asked.one_thing import LEADS_IN, wants_one
from service.answering.asked.wordings import EVENTS, Overview
from service.english import CAPITAL, WORD, any_of, closed, lazily, plain_words, words_of

_LONGEST = 24  # words
_ARTICLES = words_of(
    "article articles report reports stories coverage source sources outlet outlets paper papers"
    " newspaper newspapers accounts publications"
)
_LINKS = words_of("links references reference citations bibliography")
_DEAL = words_of(
    "deal deals agreement agreements treaty accord accords settlement pact truce compromise contract"
    " package arrangement"
)
_SIDES = words_of("side sides party parties both each everyone everybody camp camps")
_OPEN = words_of(
    "open unresolved unsettled undecided unsolved disputed contested contentious outstanding sticking"
    " stumbling obstacle obstacles hurdle hurdles disagreement disagreements disagree disagreeing"
    " differences gap gaps apart divides dividing divided deadlock deadlocked stuck blocking impasse"
    " contention disputing arguing holdup hangup hangups blocker blockers dealbreaker dealbreakers"
    " roadblock roadblocks clash clashing unfinished unclear bone bones haggling debating quarrelling"
    " quarrel thorny tricky bridged"
)
_TO_DO = lazily(
    r"\b(?:left|remain\w*|still|yet) (?:\w+ ){0,2}to (?:be )?(?:agree|settle|sort|solve|resolve|decide)"
    r"|\bin dispute\b|\bholding (?:\w+ )?(?:\w+ )?up\b|\bloose ends\b"
    r"|\bstill (?:fighting|arguing|talking|negotiating)\b|\bnot (?:yet )?(?:clear|signed)\b"
    r"|\bfault lines\b|\bkeeps? (?:them|both|the sides) apart\b"
)
_AGREED = words_of(
    "accepted agreed agree agreeing settled settle decided decide resolved resolve solved sorted outcome"
    " outcomes result results concluded consensus compromises"
)
_CONSENT = lazily(r"\bsigned (?:up to|off)\b|\bcommon ground\b|\bhands on\b|\beye to eye\b")
_TERMS = words_of("terms contents content details provisions clauses conditions commitments elements")
_HOLDS = words_of(
    "in inside include includes contain contains look looks consist consists entail entails say says"
    " cover covers made"
)
_STATE = words_of(
    "latest update updates updated status progress progressing stand stands standing breakthrough"
    " movement developments development headway closer newest situation missed advanced news"
)
_NOW = lazily(
    r"\bwhere (?:are|is|s) (?:(?:we|things)$|(?:we|they|things|it|this) (?:at|now|right|today)\b)"
    r"|^(?:and|so) now$"
    r"|\bhow (?:\w+ ){0,2}(?:looking|look|going)\b(?! to)|\bhow far along\b|\bstate of\b"
)
_DONE = lazily(
    r"\b(?:over|done|final|finished|signed|sealed|dead|in place)\b(?! (?:the|on|with)\b)"
    r"|\bstill (?:talking|negotiating)\b|\bcome to terms\b|\bmake up\b"
)
_COMES = lazily(
    rf"\b(?:next|upcoming)\b(?! (?:{any_of(EVENTS)})\b)"
    r"|(?<!go )\bahead\b|\b(?:expect(?:ed)?|forthcoming|follows?|afterwards)\b"
    r"|\b(?:agenda|schedule|calendar|proceed)\b"
    r"|\bcoming (?:up|next|days|weeks)\b|\bhappens? (?:now|then|after|from)\b|\bfrom (?:here|now on)\b"
    r"|\b(?:is|the|what) plans?\b|\bgoing to (?:do|happen)\b|\b(?:has|have) to happen\b|\bnow what\b"
    r"|\bsteps (?:remain|left)\b|\b(?:will|to) continue\b|\banticipated\b|\bfuture of\b|\bscheduled\b"
    r"|\bwatch for\b|\blikely to\b"
)
_TAKES_PART = words_of(
    "involved parties actors players participants stakeholders negotiators groups organisations"
    " organizations protagonists camps represented representatives principals cast"
)
_SEATED = words_of("sides people")
_WANT = words_of("want wants wanted demand demands demanding asking position positions stance stances")
_LINE = words_of(
    "timeline chronology chronological chronologically sequence milestones unfold unfolded history dates"
    " stages"
)
_WHO_TAKES_PART = lazily(
    rf"\bwho(?: all)? (?:{any_of(closed.BE)}|takes?|took) (?:all )?(?:\w+ ){{0,2}}?"
    rf"(?:involved|taking part|part|represented|negotiating|{any_of(sorted(_TAKES_PART | _SEATED))})\b"
    r"(?! (?:to|over|by|agreed|said)\b)"
    r"|\bwho is who\b"
)
_INVOLVED = lazily(
    r"\b(?:involved|represented|tak(?:e|ing) part|participating|negotiating|at the table)\b"
    r"|\b(?:key|main) figures\b|^(?:(?:please|pls|show|give|list|name|tell|me|us|all|key|main|what|which|are"
    r"|the|different|both|two) )*"
    r"(?:parties|sides|actors|players|participants|stakeholders|negotiators|groups|organi[sz]ations"
    r"|protagonists|people|principals|cast)\b"
    rf"(?! (?:agree|say|said|want|sign(?:ed)?|to|for|on|from|still|{any_of(closed.DO, closed.HAVE)})\b)"
)
_COURSE = lazily(
    r"\bstep by step\b|\bday by day\b|\bby date\b|\bcourse of\b|\bfrom (?:the )?(?:start|beginning)\b"
    r"|\btook place\b|\bin (?:\w+ )?order\b(?! to)|\border of\b"
)
_DIFFER = words_of(
    "differ differs differing difference differences disagree disagrees contradict contradicts"
    " contradicting contradictory contradictions conflict conflicts conflicting compare comparison"
    " discrepancy discrepancies inconsistencies inconsistent diverge consistent vary varies versions"
    " differently different same agree match mismatch slant slanted framed"
)
_VERSIONS = lazily(r"\bversions\b|\beach (?:outlet|paper|article|source)\b|\bsay the same\b|\bsame facts\b")
_GIST = words_of(
    "summary summarise summarize overview gist recap background explain explained briefing brief rundown"
    " synopsis tldr outline basics primer nutshell fuss mess essentials resume takeaways"
)
_GOING_ON = lazily(
    r"\bgoing on\b|\bhappening\b|\b(?:all|is|fuss|mess) about\b|\b(?:main|key) points\b|\bshort version\b"
    r"|\b(?:the|whole) (?:story|thing)\b|\bat hand\b|(?<!then )\bwhat happened\b(?= so far| here|$)"
    r"|\bin (?:a nutshell|short|brief)\b|\bneed to know\b"
)
_SAYS = lazily(r"\babout\b|\bpoints\b|\b(?:say|says|tell)\b|\bsumm|\boverview\b|\bgist\b")
_FROM = lazily(
    r"\b(?:this|that|it|these|all|info)(?: all)? (?:based on|from|come from|comes from)\b"
    r"|\byou (?:have )?read\b|\bevidence\b|\byou (?:get|got|know) (?:all )?(?:this|that|it)\b"
)
# "They" are the sides; what he or she did is one's deed.
_THEY = words_of(closed.THEY, "it its")
_LOOSE = words_of(
    *(closed.ASKING, closed.BEING, closed.TALKERS, closed.DEMONSTRATIVES),
    *(closed.ARTICLES, closed.QUESTION_WORDS, closed.UNITS[:2], EVENTS, _THEY, _ARTICLES, _LINKS, _DEAL),
    *(_SIDES, _OPEN, _AGREED, _TERMS, _HOLDS, _STATE, _TAKES_PART, _SEATED, _WANT, _LINE, _DIFFER, _GIST),
    "about according actually after afterwards agenda ahead all along already also and anticipated any"
    " anything argument around as asap at away based basically before beginning behind between bit bits"
    " blocks bodies bottom break briefly bring btw bullet but by calendar catch characters clear clearly"
    " come comes coming common continue current currently date day days dead develop developed doing done"
    " down drawn during end ends english even event events everything evidence exactly expect expected eye"
    " facts far fault fighting figures final finally find finish finished follow follows for forthcoming"
    " from full future fyi general get getting give gives giving go goes going gonna got ground hand hands"
    " happen happened happening happens hello here hey hi highlights hold holding identify important info"
    " into issue issues just keeps key kind kindly know known lately left let lets like likely line lines"
    " link list lol loose lot main major make makes manage matter matters media mind miss more most move"
    " need needs negotiating next no not now of off ok okay on only or order other others otherwise out"
    " over overall own part parts persons place plain plan plans play please pls plz point points ppl"
    " present print problem problems proceed process proposed provides put quick quickly reach reached"
    " read really recent recently remain remaining remains reported reporting right roughly said schedule"
    " scheduled sealed see set shaken shape short shortly show shown sign signed simple simply since small"
    " so some something sort speed spin start started state step steps still story stuff sum supposed sure"
    " table take taking tales talked talking tell telling tells text than thank thanks then there thing"
    " things through thx till to today together told too took topics total trouble u until up upcoming"
    " upon use used using version very walk watch way weeks well went while whole with within words work"
    " wrap written yet",
)
# As typed in a hurry.
_HURRIED = {
    **{f"{word}s": word for word in (*closed.QUESTION_WORDS, "it", "that", "there", "let")},
    **{f"they{end}": "they" for end in ("ve", "re", "d", "ll")},
    **{f"{verb}nt": f"{verb} not" for verb in closed.ASKING},
    "cant": "can not",
    "cannot": "can not",
    "wont": "will not",
    "im": "i",
    "ive": "i",
}
_NOT_AGREED = lazily(r"\bnot\b|\bno\b|\bwithout\b")
_OR_NOT = lazily(r"\bor (?:not|no|still)\b.*|\bdeal or no deal\b")
_BY_THE_ARTICLES = lazily(
    r"^(?:according to|based on|going by|from) (?:all )?(?:(?:the|these|those|your) )?"
    rf"(?:{any_of(_ARTICLES)}) "
)
_YES_OR_NO = lazily(
    rf"{LEADS_IN}(?:{any_of(closed.DO, closed.HAVE, closed.BE)})\b(?! (?:{any_of(closed.FIRST)})\b)"
)
_NAME = lazily(rf"{CAPITAL}(?![’']?(?:m|ve|d|ll)\b)")
_OF_ONE = frozenset((*closed.WHO, *closed.WHEN)) - {"how"}
_GOES_ON = lazily(r"(?:and|but|any|(?:what|how) about)\b")
_POINTING = words_of(_THEY, closed.DEMONSTRATIVES, "then more other others")


@dataclass(frozen=True, slots=True)
class _Loose:
    """What is asked, in small letters, and its words."""

    text: str
    words: frozenset[str]

    def has(self, *some: frozenset[str]) -> bool:
        """A word of each of them."""
        return all(self.words & each for each in some)

    def reads(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.text))

    @property
    def yes_or_no(self) -> bool:
        return self.reads(_YES_OR_NO)


def read_loosely(asked: str, *, alone: bool = True) -> Overview | None:
    """None, too, of what may point at something said before, unless it is asked alone."""
    if _holds_a_name(asked):
        return None
    typed = [word.replace("'", "") for word in plain_words(asked.replace("’", "'"))]
    text = " ".join(_HURRIED.get(word, word) for word in typed)
    words = text.split()
    if not words or len(words) > _LONGEST or not all(word in _LOOSE for word in words):
        return None
    if not alone and (_GOES_ON.match(text) or not _POINTING.isdisjoint(words)):
        return None
    text = _BY_THE_ARTICLES.sub("", text)
    return _kind(_Loose(text, frozenset(text.split())))


def _holds_a_name(asked: str) -> bool:
    """A capital behind the first word, or a first word in capitals alone, unless all is."""
    first, *others = [found.group() for found in WORD.finditer(asked)] or [""]
    if asked.isupper():
        return False
    return (len(first) > 1 and first.isupper()) or any(_NAME.match(word) and word != "I" for word in others)


def _kind(asked: _Loose) -> Overview | None:
    if wants_one(asked.text):
        return None
    first = next((word for word in asked.text.split() if word in closed.QUESTION_WORDS), "")
    if first in _OF_ONE:
        return _of_one(asked, first)
    if not _OF_ONE.isdisjoint(asked.words):
        return None
    kinds = _OF_HOW if first == "how" else _KINDS
    kind = next((kind for kind, wanted in kinds.items() if wanted(asked)), None)
    return None if kind in _OF_ALL and asked.has(_OF_SOMEBODY) else kind


def _of_one(asked: _Loose, first: str) -> Overview | None:
    """What a question word wants that isn't one thing."""
    if first == "who":
        return Overview.PEOPLE if asked.reads(_WHO_TAKES_PART) and not asked.yes_or_no else None
    if first != "where" or not re.search(rf"{LEADS_IN}where\b|\bshow me where\b", asked.text):
        return None
    if asked.reads(_FROM):
        return Overview.SOURCES
    if asked.reads(_NOW) or asked.has(words_of("stand stands")):
        return Overview.STATE
    if asked.has(_DIFFER | _OPEN):
        return Overview.ACCOUNTS if asked.has(_ARTICLES) else Overview.OPEN
    return Overview.AGREED if re.search(r"\bagree(?: on)?$", asked.text) else None


def _is_settled(asked: _Loose) -> bool:
    """Whether it is asked by yes or no, of an agreement and of nothing that one holds."""
    there = re.search(rf"\bthere (?:\w+ ){{0,2}}(?:{any_of(_DEAL)})\b", asked.text)
    plain = not asked.has((_HOLDS | _WANT | _OPEN) - {"in"})
    return plain and (asked.has(_AGREED | _STATE) or bool(there) or asked.reads(_DONE))


def _is_open(asked: _Loose) -> bool:
    negated = _NOT_AGREED.search(_OR_NOT.sub("", asked.text)) and asked.has(_AGREED)
    return asked.has(_OPEN - {"open"} if asked.yes_or_no else _OPEN) or asked.reads(_TO_DO) or bool(negated)


_KINDS: dict[Overview, Callable[[_Loose], bool]] = {
    Overview.ACCOUNTS: lambda asked: asked.has(_ARTICLES, _DIFFER) or asked.reads(_VERSIONS),
    Overview.NEXT: lambda asked: asked.reads(_COMES) and not asked.yes_or_no,
    Overview.TIMELINE: lambda asked: asked.has(_LINE) or asked.reads(_COURSE),
    Overview.STATE: lambda asked: (
        _is_settled(asked) if asked.yes_or_no else asked.has(_STATE) or asked.reads(_NOW)
    ),
    Overview.OPEN: _is_open,
    Overview.TERMS: lambda asked: (
        not (asked.yes_or_no or asked.reads(_NOT_AGREED))
        and (asked.has(_DEAL, _HOLDS | _GIST) or asked.has(_TERMS))
    ),
    Overview.AGREED: lambda asked: not asked.yes_or_no and (asked.has(_AGREED) or asked.reads(_CONSENT)),
    Overview.GIST: lambda asked: (
        asked.has(_GIST)
        or asked.reads(_GOING_ON)
        or (asked.has(_ARTICLES) and asked.reads(_SAYS) and not asked.yes_or_no)
    ),
    Overview.SOURCES: lambda asked: (
        not asked.yes_or_no and (asked.has(_ARTICLES | _LINKS) or asked.reads(_FROM))
    ),
    Overview.PEOPLE: lambda asked: (
        not asked.yes_or_no and (asked.reads(_INVOLVED) or asked.has(_WANT, _SIDES))
    ),
}
_OF_ALL = {Overview.OPEN, Overview.AGREED, Overview.STATE, Overview.TERMS, Overview.NEXT}
# Of one of those who take part: "what did the negotiators agree".
_OF_SOMEBODY = _TAKES_PART - {"involved", "parties", "represented"}
_OF_HOW: dict[Overview, Callable[[_Loose], bool]] = {
    Overview.ACCOUNTS: _KINDS[Overview.ACCOUNTS],
    Overview.NEXT: lambda asked: asked.reads(_COMES) and asked.has(words_of("will continue proceed")),
    Overview.TIMELINE: lambda asked: asked.has(_LINE - {"stages"}) or asked.reads(_COURSE),
    Overview.STATE: lambda asked: asked.reads(_NOW),
}
