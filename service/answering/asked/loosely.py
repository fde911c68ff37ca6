"""What kind of overview is wanted by a question that holds nothing but the words of such questions, in
whatever order: "ok so after all that, whats still open". Any other word makes it a precise question, and so
does a question word that wants one thing: "when did they agree"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from service.answering.asked.wordings import EVENTS, Overview
from service.english import any_of, closed, plain_words, words_of

_LONGEST = 24  # words
_ARTICLES = words_of(
    "article articles report reports stories news coverage source sources outlet outlets paper papers"
    " newspaper newspapers accounts press media journalists publications documents texts material pieces"
    " bibliography"
)
_NEWS = words_of("news coverage press media")
_LINKS = words_of("links link references reference citations")
_SAYS = re.compile(r"\babout\b|\bpoints\b|\b(?:say|says|tell)\b|\bsumm|\boverview\b|\bgist\b")
_DEAL = words_of(
    "deal deals agreement agreements treaty accord settlement pact truce compromise contract package"
    " accords pacts arrangement"
)
_SIDES = words_of("side sides party parties both each everyone everybody camp camps they them")
_OPEN = words_of(
    "open unresolved unsettled undecided unsolved disputed contested contentious outstanding sticking"
    " stumbling obstacle obstacles hurdle hurdles disagreement disagreements disagree disagreeing"
    " differences gap gaps apart divides dividing divided deadlock deadlocked stuck blocking impasse"
    " contention disputing arguing holdup hangup hangups blocker blockers dealbreaker dealbreakers"
    " roadblock roadblocks clash clashing argue unfinished unclear bone bones haggling debating"
    " quarrelling thorny tricky quarrel quarrels"
)
_LEFT = words_of("left remain remains remaining")
_TO_DO = re.compile(
    r"\b(?:left|remain\w*|still|yet) (?:\w+ ){0,2}to (?:be )?(?:agree|settle|sort|solve|resolve|decide)"
    r"|\bin dispute\b|\bhold(?:ing)? (?:\w+ )?(?:\w+ )?up\b|\bup in the air\b|\bloose ends\b|\bfault lines\b"
    r"|\bstill (?:fighting|arguing|talking|negotiating)\b|\bnot (?:yet )?(?:clear|signed)\b"
    r"|\bagainst a\b|\bkeeps? (?:them|the sides) apart\b"
)
_AGREED = words_of(
    "agreed agree agreeing agrees settled settle decided decide resolved resolve solved sorted outcome"
    " outcomes result results concluded common ground shook consensus compromises"
)
_CONSENT = re.compile(
    r"\bsigned up to\b|\bsaid yes to\b|\bcommon ground\b|\bhands on\b"
    r"|\bsigned off\b|\bboth (?:\w+ )?(?:have )?accepted\b|\bcome to an understanding\b|\bnailed down\b"
    r"|\beye to eye\b|\b(?:been|are) closed\b|\bunited\b"
)
_TERMS = words_of(
    "term terms content contents detail details provision provisions clause clauses conditions"
    " commitments obligations obliged elements"
)
_HOLDS = words_of(
    "in inside include includes included contain contains look looks consist consists entail entails say"
    " says cover covers involve involves signing sign signed made break"
)
_STATE = words_of(
    "latest update updates updated status progress progressing stand stands standing state breakthrough"
    " movement developments development headway closer newest situation miss missed phase advanced"
)
_NEXT = words_of(
    "next upcoming ahead expect expected forthcoming follow follows future afterwards coming agenda"
    " schedule calendar proceed continue anticipated"
)
_COMES = re.compile(
    rf"\b(?:next|upcoming)\b(?! (?:{any_of(EVENTS)})\b)"
    r"|\b(?:ahead|expect(?:ed)?|forthcoming|follows?|afterwards|agenda|schedule)\b"
    r"|\bcoming (?:up|next|days|weeks)\b|\bhappens? (?:now|then|after|from)\b|\bfrom here\b"
    r"|\b(?:is|the|what) plans?\b|\bgoing to (?:do|happen)\b|\b(?:has|have) to happen\b"
    r"|\bnow what\b|\bfrom now on\b|\bsteps (?:remain|left)\b|\bin store\b|\bwatch for\b|\bcalendar\b"
    r"|\bproceed\b|\b(?:will|to) continue\b|\banticipated\b|\bnext (?:move|step|stage)\b"
)
_DONE = re.compile(
    r"\b(?:over|done|final|finished)\b(?! (?:the|on|with)\b)|\bstill (?:talking|negotiating)\b"
    r"|\bsigned\b|\bmake up\b|\bcome to terms\b"
)
_NOW = re.compile(
    r"\bwhere are (?:we|they|things)\b|^(?:and|so) now$|\bhow (?:\w+ )?(?:look|going|go)\b|\bgot to\b"
    r"|\bhow (?:far along|advanced)\b"
)
_SEATED = words_of("sides people figures taking part")
_TAKES_PART = words_of(
    "involved parties actors players participants stakeholders negotiators groups organisations"
    " organizations protagonists camps represented representatives principals persons bodies cast"
)
_WANT = words_of("want wants wanted demand demands demanding asking position positions stance stances")
_LINE = words_of(
    "timeline chronology chronological chronologically sequence milestones order unfold unfolded history"
    " dates stages phases"
)
_COURSE = re.compile(
    r"\bstep by step\b|\bday by day\b|\bby date\b|\bcourse of\b|\bfrom (?:the )?(?:start|beginning)\b"
)
_DIFFER = words_of(
    "differ differs differing difference differences disagree disagrees contradict contradicts"
    " contradicting contradictory contradictions conflict conflicts conflicting compare comparison"
    " discrepancy discrepancies inconsistencies inconsistent diverge consistent vary varies versions"
    " differently same agree match line different mismatch slant slanted spin framed otherwise"
)
_VERSIONS = re.compile(r"\bversions\b|\bsay the same\b|\bsame facts\b")
_GIST = words_of(
    "summary summarise summarize overview gist recap background explain explained briefing brief rundown"
    " synopsis tldr tl;dr outline basics primer nutshell fuss mess essentials resume"
)
_GOING_ON = re.compile(
    r"\bgoing on\b|\bhappening\b|\b(?:all|is|fuss|mess) about\b|\b(?:main|key) points\b"
    r"|\bshort version\b|\b(?:the|whole) (?:story|thing)\b|\bat hand\b|\btakeaways\b"
    r"|(?<!then )\bwhat happened\b(?! (?:at|in|on|after|before|with|to|during)\b)"
    r"|\bin (?:a nutshell|short|brief)\b|\bneed to know\b"
)
_FROM = re.compile(
    r"\b(?:based|come|comes|came|get|got|all this|this) (?:all )?(?:on|from)\b|\byou read\b|\bevidence\b"
)
_LOOSE = words_of(
    *(closed.ASKING, closed.BEING, closed.TALKERS, closed.FIRST_OBJECTS, closed.FIRST_OWNERS, closed.THIRD),
    *(closed.QUESTION_WORDS, closed.DEMONSTRATIVES, closed.ARTICLES, closed.UNITS[:3], EVENTS, _LEFT),
    *(_ARTICLES, _DEAL, _SIDES, _OPEN, _AGREED, _TERMS, _HOLDS, _STATE, _NEXT, _TAKES_PART, _WANT, _LINE),
    *(_DIFFER, _GIST, _LINKS),
    "about accepted according actually affairs after again against air all along already also among an"
    " and any anybody anything apart argument around as asap at away base based basically basing because"
    " been before beginner beginning being between big bigger biggest bit bits block blocks both bottom"
    " briefly bring broad broke broken btw bullet bullets but by calendar cannot catch catching character"
    " characters cite clear closed come comes concerns conclude concluding conclusion course cover current"
    " currently cut date day days dead deals dear develop developed different differently doing done down"
    " draw drawn during each else end ended ending ends english even event events ever everything evidence"
    " exactly explain eye facts far fault fighting figures file fill final finally find fine finish"
    " finished first follow for four from full furnish further fyi gaps get gets getting give given gives"
    " giving go goes going gonna good got grounds guys hand hands happen happened happening happens have"
    " hello help here hey hi highlights hold holding how identify if important in info information"
    " interests into issue issues item items just keep keeps key kind kindly know known knows language"
    " last lately latest let like likely line lines list lol long loose lot made main major make makes"
    " manage managed many mark matter matters maybe me mean mind miss missed more most move moving must my"
    " nah nailed name names need needs negotiating new no not nothing now of off ok okay on ones only or"
    " other others our out over overall own part parts people person picture place plain plan planned"
    " plans play please pls plz point points ppl present principal print problem problems proceed proposal"
    " proposed provide publish published put question quick quickly reach reached read reading reads ready"
    " really recent recently rely remain report reported reporting respects right roughly run said"
    " say saying sealed seconds see seeing send set several shaken shape short shortly should show side"
    " sign signed simple simply since sit small so some somebody somehow someone something soon sort"
    " sorted speed stage standpoint start started step steps still store story stuff successive such sum"
    " summed supposed sure table take takeaways taken takes taking tale talk talked talking tell telling"
    " tells tension text than thank thanks that the their then there thing things think this tho thorough"
    " though three through throughout thx tie ties till time times titles to today together told tomorrow"
    " too took topic topics total towards trouble try trying two u underlying understanding united until"
    " up upon ur us use used using various version versions very walk wanna want watch way we week weeks"
    " well went what what's whatever whats where which while whole whose will with within without word"
    " words worked working would wrap write written yes yesterday yet you your youre",
)
# As typed in a hurry.
_HURRIED = {
    **{f"{word}s": word for word in (*closed.QUESTION_WORDS, "it", "that", "there", "let")},
    **{f"they{end}": "they" for end in ("ve", "re", "d", "ll")},
    **{f"{verb}nt": "not" for verb in (*closed.ASKING, "ca", "wo")},
    "cannot": "not",
    "wat": "what",
    "wats": "what",
    "wut": "what",
    "wich": "which",
    "abt": "about",
    "im": "i",
    "ive": "i",
}
_LONG = 9  # letters
_NEGATED = re.compile(r"\b(?:not|no|without)\b")
_OR_NOT = re.compile(r"\bor (?:not|no|still)\b.*|\bdeal or no deal\b")
_LEADS_IN = r"^(?:(?:so|and|ok|okay|btw|but|hi|hey|hello|well|then) )*"
_WANTS_ONE = re.compile(
    rf"{_LEADS_IN}(?:why|when|where|whom?|how (?:many|much|long|far(?! along)|often|old|big))\b"
)
_YES_OR_NO = re.compile(rf"{_LEADS_IN}(?:{any_of(closed.DO, closed.HAVE, closed.BE)})\b(?! you\b)")
_ONE_OF_SEVERAL = re.compile(
    rf"\b(?:first|second|third|last|previous|earlier|next|old|other) (?:{any_of(_DEAL, EVENTS)})\b"
)
_ONE_THING = re.compile(
    r"\b(?:what|which) (?:day|date|time|one|side|party|article|report|paper|outlet)\b"
    r"|\bmade (?:them|both|the)\b|\bat first\b|\bhow (?:to|(?:do|can|should) (?:i|you))\b"
    r"|\bever\b|\bfirst thing\b"
    r"|\b(?:the|an?|that) (?:\w+ )?(?:article|report|paper|outlet|source)\b"
    r"|\b(?:an?|the|what|end|start) (?:day|date|time)\b(?! (?:list|line))"
)
_WHERE = re.compile(rf"{_LEADS_IN}where\b")
_WHO = re.compile(rf"{_LEADS_IN}whom?\b")


@dataclass(frozen=True, slots=True)
class _Loose:
    """What is asked, in small letters, and its words."""

    text: str
    words: frozenset[str]

    def has(self, *some: frozenset[str]) -> bool:
        """A word of each of them."""
        return all(self.words & each for each in some)

    def wants(self, *some: frozenset[str]) -> bool:
        """As has, but for what can't be answered by yes or no."""
        return self.has(*some) and not self.yes_or_no

    @property
    def yes_or_no(self) -> bool:
        return self.reads(_YES_OR_NO)

    def reads(self, pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.text))


def read_loosely(asked: str) -> Overview | None:
    typed = [word.replace("'", "").replace("’", "") for word in plain_words(asked)]
    words = [_spelt(_HURRIED.get(word, word)) for word in typed]
    if not words or len(words) > _LONGEST or not all(word in _LOOSE for word in words):
        return None
    return _kind(_Loose(" ".join(words), frozenset(words)))


def _kind(asked: _Loose) -> Overview | None:
    if asked.reads(_ONE_OF_SEVERAL) or asked.reads(_ONE_THING):
        return None
    if asked.reads(_WANTS_ONE):
        return _of_one(asked)
    return next((kind for kind, wanted in _KINDS if wanted(asked)), None)


def _of_one(asked: _Loose) -> Overview | None:
    """What one question word wants that isn't one thing."""
    if asked.reads(_WHO):
        return Overview.PEOPLE if asked.has(_TAKES_PART | _SEATED) or "who is who" in asked.text else None
    if not asked.reads(_WHERE):
        return None
    if asked.reads(_FROM):
        return Overview.SOURCES
    if asked.has(_STATE) or asked.reads(_NOW):
        return Overview.STATE
    if asked.has(_DIFFER | _OPEN):
        return Overview.ACCOUNTS if asked.has(_ARTICLES) else Overview.OPEN
    return Overview.AGREED if asked.has(_AGREED) else None


def _spelt(word: str) -> str:
    """Two letters the other way round put right, and one of two alike, or any of a long word, that is one too
    few or too many."""
    if word in _LOOSE:
        return word
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    right = (each for each in (*swapped, *_shorter(word)) if each in _LOOSE)
    return next(right, _LACKING.get(word, word))


def _shorter(word: str) -> list[str]:
    return [
        word[:at] + word[at + 1 :]
        for at in range(1, len(word))
        if len(word) >= _LONG or word[at] == word[at - 1]
    ]


_LACKING = {shorter: word for word in sorted(_LOOSE) for shorter in _shorter(word)}
_KINDS: tuple[tuple[Overview, Callable[[_Loose], bool]], ...] = (
    (Overview.ACCOUNTS, lambda asked: asked.has(_ARTICLES, _DIFFER) or asked.reads(_VERSIONS)),
    (Overview.GIST, lambda asked: asked.has(_ARTICLES - _NEWS) and asked.reads(_SAYS)),
    (Overview.TIMELINE, lambda asked: asked.has(_LINE) or asked.reads(_COURSE)),
    (Overview.SOURCES, lambda asked: asked.has(_ARTICLES - _NEWS | _LINKS) or asked.reads(_FROM)),
    (Overview.NEXT, lambda asked: asked.reads(_COMES) and not asked.yes_or_no),
    (Overview.STATE, lambda asked: asked.yes_or_no and (asked.has(_AGREED | _DEAL) or asked.reads(_DONE))),
    (Overview.OPEN, lambda asked: asked.has(_OPEN) or asked.reads(_TO_DO) or _not_agreed(asked)),
    (Overview.TERMS, lambda asked: asked.has(_DEAL, _HOLDS | _GIST) or asked.wants(_TERMS)),
    (Overview.AGREED, lambda asked: asked.has(_AGREED) or asked.reads(_CONSENT)),
    (Overview.PEOPLE, lambda asked: asked.wants(_TAKES_PART | _SEATED) or asked.wants(_WANT, _SIDES)),
    (Overview.GIST, lambda asked: asked.has(_GIST) or asked.reads(_GOING_ON)),
    (Overview.STATE, lambda asked: asked.has(_STATE | _NEWS) or asked.reads(_NOW)),
    (Overview.TERMS, lambda asked: asked.has(_DEAL)),
)


def _not_agreed(asked: _Loose) -> bool:
    negated = _NEGATED.search(_OR_NOT.sub("", asked.text))
    return bool(negated) and asked.has(_AGREED)
