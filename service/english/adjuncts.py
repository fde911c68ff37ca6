"""What stands beside a reporting verb: the hearer, the venue, the day.

Read strictly in sequence from the verb: the first word that fits no pattern ends the reading, so that
"said talks would resume on Sunday" gives no day for the saying.
"""

import re
from dataclasses import dataclass

from service.english import closed
from service.english.closed import any_of
from service.english.letters import CAPITAL, NAME_WORD
from service.english.patterns import lazily

_DAY, _MONTH = f"(?:{any_of(closed.DAYS)})", f"(?:{closed.MONTH})"
_WHEN = (
    rf"(?:early |late |last |this )?{_DAY}(?:,? {_MONTH} \d{{1,2}}(?:, \d{{4}})?)?"
    r"(?: (?:morning|afternoon|evening|night))?"
    rf"|{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?"
    rf"|(?:last |this )?{_MONTH}(?: \d{{4}})?"
    r"|today|yesterday|tonight|(?:earlier )?(?:this|last) (?:week|month|year|night)"
)
# After a day these make it the subject of what is said, or the beginning of a name.
_GOES_ON = (
    rf"(?:{any_of(closed.BE, closed.HAVE, closed.MODALS, closed.RARE_MODALS)}"
    r"|marks?|marked|Times|Mirror|Telegraph|Express|Mail|Herald|Courier|Post)\b"
)
_CAP = rf"(?:{NAME_WORD}|\d+)"
_NOT_DAY = rf"(?!{_DAY}\b|{_MONTH}(?:\s|$))"
_CAPS = rf"{_NOT_DAY}{_CAP}(?:(?: of| for)? {_NOT_DAY}{_CAP}){{0,4}}"
_QUOTED_SHOW = r"(?: ?“[^”]{1,40}”| ?\"[^\"]{1,40}\")"
_OUTLET = lazily(
    r"\b(?:News|TV|Radio|Television|Times|Post|Journal|Herald|Courier|Tribune|Guardian|Telegraph"
    r"|Independent|Mail|Sun|Mirror"
    r"|Show|Today|Press|Podcast|Network|Channel|Social|Twitter|Facebook|Instagram|Telegram|YouTube|Weibo"
    r"|Bluesky|LinkedIn|Threads|Mastodon|TikTok|Reddit|Substack"
    r"|Reuters|Bloomberg|Axios|Politico|Agence|Gazette|Chronicle|Globe|Economist|Magazine|Newsweek|Wired"
    r"|Verge|TechCrunch|Fortune|Forbes|Newsnight|Newshour|Zeitung|Monde|Figaro|Spiegel|Haaretz|Xinhua|Tass"
    r"|TASS"
    r"|Interfax|newspaper|broadcaster|magazine|agency|network|podcast)\b"
)
_STATIONS = lazily(
    r"^(?:the )?(?:CNN|BBC|ABC|NBC|CBS|MSNBC|CNBC|PBS|NPR|ITV|AFP|AP|ESPN|RT|ARD|ZDF|NHK|CBC|RTÉ|LCI|X"
    r"|C-SPAN)\b"
)
_HEARERS = (
    r"(?:reporters|journalists|lawmakers|senators|investors|viewers|listeners|readers|supporters|officials"
    r"|aides"
    rf"|allies|the (?:news agency|news site|broadcaster|(?:radio|TV|television) (?:station|channel)) {_CAPS}"
    r"|parliament|congress|delegates|colleagues|MPs|members|state (?:television|media|radio|TV)"
    rf"|(?:{any_of(closed.FIRST_OWNERS)}|this) (?:reporter|correspondent|station|newspaper|paper|bureau"
    r"|colleague|producer)"
    r"|(?:the|a|this) (?:court|jury|committee|newspaper|network|agency|broadcaster|council|parliament|judge"
    r"|crowd"
    r"|audience|panel|paper|magazine|website|channel|programme|program|conference(?: call)?|hearing))(?!\w)"
)
_SETTING = (
    rf"(?:in|at|during|through) (?:an?|{any_of(closed.OWNERS)}) "
    r"(?:[a-z]+ ){0,2}(?:statement|tweet|post|conference"
    r"|speech|letter|interview|briefing|video|memo|report|filing|email|address|message|rally|hearing|call"
    r"|remarks)"
    r"|by (?:tele)?phone|by e-?mail|by text(?: message)?|by letter|(?:over|on) the (?:tele)?phone|in writing"
)
_KIND = (
    r"(?: (?:television|radio|newspaper|magazine|news(?: agency)?|TV|website|site|show|series|programme"
    r"|program|podcast|network|channel)(?!\w))"
)
_HEARER = lazily(rf" (?P<to>{_HEARERS}|(?:the )?{_CAPS}(?:[’']s? ?{_CAPS})?{_QUOTED_SHOW}?{_KIND}?)")
_OBJECT_PRONOUN = lazily(rf" (?:{any_of(closed.OBJECTS, closed.FIRST_OBJECTS)})\b")
_VENUE = lazily(
    rf",? (?:speaking |appearing )?on (?P<venue>(?:the )?{_CAPS}(?:{_QUOTED_SHOW})?|“[^”]{{1,40}}”)"
)
_INTERVIEW = lazily(
    rf",? (?:in|during) (?:an? |his |her )?(?:[a-z]+ )?(?:interview|appearance|conversation|remarks)"
    rf" (?:with|on|to|for) "
    rf"(?P<venue>(?:the )?{_CAPS}{_QUOTED_SHOW}?)"
)
_TO = lazily(rf",? (?:speaking |talking |in (?:remarks|comments) )?to (?P<to>{_HEARERS}|(?:the )?{_CAPS})")
_PLACE = lazily(rf",? (?:in|at|from) (?P<place>(?!\d{{4}}\b)(?:the )?{_CAPS})")
_TIME = lazily(
    rf",? (?:(?:early|late|later|again) )?(?:on |in"
    rf" )?(?P<when>{_WHEN})(?![\w-])(?![’']s)(?! {_GOES_ON})"
)
_PLAIN = lazily(rf",? (?:{_SETTING})(?![\w-])")
_AFTER_NAME = lazily(
    rf"$|\W*$|[^\w\s]|\s+(?:{any_of(closed.SUBJECTS, closed.OWNERS, closed.BE, closed.HAVE)}"
    rf"|{any_of(closed.QUESTION_WORDS)}"
    r"|that|on|in|at|during|after|before|about|we|I|the|there"
    r"|this|last|to|for|as|while|and|by|via|early|late|earlier|later|whether|if|not|no|an?|from"
    r"|with|of|yesterday|today|tonight|through|following|amid|both|all|some|any|only|just|once|since)\b"
    rf"|\s+(?:{_DAY}|{_MONTH}|[“\"‘(—–-])"
)
# Bodies and countries that "said on X" names as a topic, never as a venue.
_NO_VENUE = lazily(r"^(?:the )?(?:US|U\.S\.|EU|E\.U\.|UN|U\.N\.|NATO|UK|U\.K\.|AI|NHS|GDP)$")


@dataclass(frozen=True, slots=True)
class Adjuncts:
    """`start` and `end` are where they stand in the sentence."""

    to: str | None = None
    venue: str | None = None
    when: str | None = None
    start: int = 0
    end: int = 0

    def filled_from(self, other: "Adjuncts | None") -> "Adjuncts":
        if other is None:
            return self
        return Adjuncts(
            self.to or other.to, self.venue or other.venue, self.when or other.when, self.start, self.end
        )


def is_outlet(name: str) -> bool:
    """Whether a name is that of a newspaper, network, agency or platform, by the words it is made of."""
    return bool(_OUTLET.search(name) or _STATIONS.match(name))


def trailing(sentence: str, masked: str, at: int, *, tells: bool) -> Adjuncts:
    """The adjuncts that follow a verb or its subject directly. `tells`: the verb takes its hearer bare."""
    found: dict[str, str] = {}
    start = at
    if tells:
        hearer = _HEARER.match(sentence, at) or _OBJECT_PRONOUN.match(sentence, at)
        if hearer and not _certain(sentence, hearer):
            return Adjuncts(start=start, end=start)
        if hearer:
            _keep(found, hearer)
            at = hearer.end()
    while step := _step(sentence, at):
        if step.start() >= len(masked) or step.end() == at or not _certain(sentence, step):
            break
        _keep(found, step)
        at = step.end()
    return Adjuncts(found.get("to"), found.get("venue"), found.get("when"), start, at)


def leading(sentence: str, head: str) -> Adjuncts | None:
    """The adjuncts that end a stretch before its verb or comma, if the stretch ends in some.

    Tried from each preposition on, the longest first: "X on Sunday" [said], "Speaking to CNN on Sunday".
    """
    for opening in re.finditer(
        rf"(?:^|(?<=\s))(?:[Oo]n|[Ii]n|[Aa]t|[Ss]peaking|[Tt]alking|[Dd]uring|[Ee]arlier|[Ll]ast|{_DAY})\b",
        head,
    ):
        text = " " + head[opening.start()].lower() * (not head[opening.start() :].startswith(closed.DAYS))
        text += head[opening.start() + (1 if len(text) == 2 else 0) :].rstrip()
        read = trailing(text, text, 0, tells=False)
        if read.end == len(text) and (read.to or read.venue or read.when):
            return Adjuncts(read.to, read.venue, read.when, len(head[: opening.start()].rstrip()), len(head))
    return None


def _step(sentence: str, at: int) -> re.Match[str] | None:
    for pattern in (_TIME, _INTERVIEW, _TO, _VENUE, _PLAIN, _PLACE):
        step = pattern.match(sentence, at)
        if step and _plausible(step):
            return step
    return None


def _certain(sentence: str, step: re.Match[str]) -> bool:
    """Whether a name ends where it seems to: in "told Jane Roe had lied" and "said in Rome Doe lied" the
    capitals may begin what was said. A place or hearer needs a word after it that continues the reporting."""
    name = next(
        (step.groupdict().get(kind) for kind in ("to", "place", "venue") if step.groupdict().get(kind)), ""
    )
    if (
        not name
        or not re.search(CAPITAL, name)
        or name[-1] in '”"'
        or (" " not in name and "place" not in step.groupdict() and step.re is not _TO)
    ):
        return True
    return bool(_AFTER_NAME.match(sentence, step.end()))


def _plausible(step: re.Match[str]) -> bool:
    venue = step.groupdict().get("venue")
    if venue is None or step.re is _INTERVIEW:
        return True
    return not _NO_VENUE.match(venue) and (is_outlet(venue) or venue.startswith("“") or " “" in venue)


def _keep(found: dict[str, str], step: re.Match[str]) -> None:
    for name, value in step.groupdict().items():
        if value is not None:
            found.setdefault("venue" if name == "place" else name, value)
