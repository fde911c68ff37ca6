"""What is asked of the answer before: who said that, in which article, when, more of it, less of it.

Only what is nothing else, from its first word to its last; whatever might be another question is one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from service.conversation.pointing import bag_of
from service.conversation.whole import without_lead
from service.conversation.wrapping import unwrapped
from service.english import SMALL, any_of, closed, lazily, plain_words, stem, words_of


class Recall(StrEnum):
    SPEAKER = "speaker"
    ARTICLE = "article"
    PUBLISHED = "published"
    SAID_WHEN = "said_when"
    SAID_WHERE = "said_where"
    WHEN = "when"  # of what was said, or of what happened
    WHERE = "where"
    SHORTER = "shorter"
    MORE = "more"
    OTHERS = "others"  # whether other articles say so too


# A phrase a line, in lower case, as a regular expression. NAMES in capitals stand for those in `_NAMED`.
_NAMED = {
    "THAT": "(?:that|this|it|so|those|these)",
    "PAPER": "(?:article|source|outlet|(?:news)?paper|report|stor(?:y|ie)|publication|piece)s?",
    "WHOM": rf"(?P<whom>{any_of(closed.SUBJECTS)}|(?!that\b|this\b)[\w.'-]+(?: [\w.'-]+){{0,2}}?)",
    "ARE": f"(?:{any_of(closed.BE)})",
    "AUX": f"(?:{any_of(closed.DO, closed.HAVE)})",
    "OWNS": any_of(closed.HAVE),
    "US": f"(?:{any_of(closed.FIRST_OBJECTS)}|them)",
    "SAY": "(?:say|tell|claim|announce|state|mention)",
    "PLEASE": f"(?:(?:{any_of(closed.MODALS)}) you )?(?:please )?",
    "MORE": "(?:some )?(?:more|further)(?: details?| info(?:rmation)?)?",
    "ABOUT": "(?: (?:about|on) THAT)?",
    "ONE": "(?:a|one|1)(?: single| short)?",
    "MAKE": "(?:(?:make|keep|say|put|answer) )?(?:(?:it|that|this) )?",
}
_PHRASES = {
    Recall.SPEAKER: r"""
who (?:said|says|claimed|claims|stated|announced|told US) THAT
who(?: is|'s) (?:saying|claiming) THAT|who says|says who|according to whom?
who(?: is|'s| was) (?:being |you )?quot(?:ed|ing)(?: there| here)?|who are you quoting
ARE THAT (?:[\w'-]+ ){1,4}(?:speaking|talking|saying THAT|who (?:said|says) THAT)
whose (?:words|quotes?|statements?|claims?) ARE THAT
""",
    Recall.ARTICLE: """
(?:in |from |according to )?(?:what|which) PAPER
(?:in |from )?(?:what|which) PAPER ARE THAT(?: (?:in|from|reported(?: in| by)?|said in))?
(?:what|which) PAPER (?:said|says|say|reported|reports|report|wrote|writes|OWNS) THAT
(?:in |from )?(?:what|which) PAPER (?:does|did) THAT (?:come from|say (?:that|so)|stand(?: in)?)
sources?|(?:the|your|what(?:'s| is) (?:the|your)) source(?: (?:for|of) THAT)?|sources? for THAT
(?:citation|reference)s?|PLEASEcite (?:your |the )?sources?
where (?:did|do) you (?:get|read|find|have) THAT(?: from)?|where does it say (?:that|so|this)
where (?:does|did) THAT come from|where (?:is|was) THAT (?:from|written|reported)
who (?:reported|reports|wrote|published) THAT
""",
    Recall.PUBLISHED: """
when ARE THAT(?: PAPER)? published|when did (?:the|this|that) PAPER come out
(?:on )?(?:what|which) (?:date|day) ARE THAT(?: PAPER)? published
when ARE the PAPER (?:published|written|posted)|how old is (?:it|this|that|(?:this|that|the) PAPER)
(?:on )?(?:what|which) (?:date|day) ARE the PAPER (?:published|written|posted)
(?:what(?:'s| is) )?(?:the )?(?:publication date|date of (?:the |this |that )?PAPER|date of publication)
""",
    Recall.SAID_WHEN: """
when AUX WHOM SAY(?: THAT)?|when (?:was|were) THAT said
(?:on )?(?:what|which) day (?:did WHOM SAY THAT|(?:was|were) THAT said)
""",
    Recall.SAID_WHERE: """
where AUX WHOM SAY(?: THAT)?|where (?:was|were) THAT said
(?:to|on) (?:whom|who|which (?:outlet|channel|station|paper)) (?:did WHOM say THAT|was THAT said)
""",
    Recall.WHEN: r"""
when(?: exactly| precisely)?(?: (?:was|is) THAT)?|when did THAT happen
(?:on )?(?:what|which) day(?: (?:was|is) THAT)?
""",
    Recall.WHERE: """
where(?: exactly| precisely)?(?: (?:was|is) THAT)?|where did THAT happen
""",
    Recall.SHORTER: """
PLEASEMAKE(?:a (?:bit|little) |much )?(?:shorter|briefer|brief|briefly)
PLEASEMAKE(?:in |just |only )*ONE sentence(?: only)?
PLEASEshorten (?:it|that|this)|(?:the |a )?short(?:er)? (?:version|answer)|keep it short
PLEASEgive me (?:the |a )short(?:er)? (?:version|answer)
tl;?dr|too long|in short|in brief|in a nutshell
""",
    Recall.MORE: """
PLEASE(?:tell|give|show) (?:me |us )?MOREABOUT|MOREABOUT|PLEASEsay moreABOUT
(?:is there |do you have )?(?:anything|something) (?:else|more)ABOUT|what (?:else|more)
any (?:more|other|further) details|(?:in )?more detail|longer
PLEASE(?:go on|continue|keep going|elaborate(?: on THAT)?|expand on THAT)
""",
    Recall.OTHERS: """
ARE THAT (?:really |actually )?(?:true|correct|right|so|accurate|confirmed|certain)
(?:oh )?really|true|seriously|for real|are you (?:really )?sure(?: (?:about|of) THAT)?
can THAT be (?:true|right|confirmed)|has THAT been confirmed
who else (?:says|said|reports|reported|confirms) THAT
AUX (?:any |the |an)?other PAPER (?:say|report|confirm|agree)(?: THAT| the same| otherwise)?
AUX (?:anyone|anybody|others)(?: else)? (?:say|report|confirm)(?: THAT| the same)
""",
}
_POINTING = words_of(
    *(closed.THIRD, closed.DEMONSTRATIVES, closed.ARTICLES),
    "and but so or huh eh hm well then again too also other others one ones meaning",
)
_FIGURE = lazily(r"\d[\d.,]*\d|\d")
_AHEAD = lazily(r"(?:[ -][^\W\d_]+){0,3}")
_LONGEST = 80  # code points
_DOUBTS = lazily(
    r"(?P<body>(?:(?:really|only|just|so|wait|what|seriously|as (?:much|many|few|little) as|a mere),? ){0,3}"
    rf"(?P<figure>\d[\d.,]*\d|\d)(?: (?:{any_of(closed.SCALES)}|per ?cent|%))?"
    rf"(?: (?!(?:{closed.MONTH}|{any_of(closed.SHORT_MONTHS)})\b)(?P<noun>[a-z]+))?)[?!. ]*\?[?!. ]*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Recalled:
    """`of` is the name, in lower case, of whom alone it is asked; `asked` is shown behind the question
    before. With `figures` it is asked only of an answer that tells them, and with the noun `counted` behind
    them: "only 3 clerks?" doubts no ships."""

    kind: Recall
    asked: str
    of: str | None = None
    figures: frozenset[str] = frozenset()
    counted: str = ""

    @property
    def alone(self) -> bool:
        """Whether it is nothing without an answer before it. "When?" may go on with a question too."""
        return self.kind not in (Recall.WHEN, Recall.WHERE)

    def told_in(self, text: str) -> bool:
        """Whether a text has the figures, with what is counted a few words behind them."""
        found = [one for one in _FIGURE.finditer(text) if one.group() in self.figures]
        behind = [_AHEAD.match(text, one.end()) for one in found]
        counts = any(ahead and stem(self.counted) in map(stem, ahead[0].split()) for ahead in behind)
        return self.figures <= {one.group() for one in found} and (counts or not self.counted)


def _phrases(lines: str) -> tuple[re.Pattern[str], ...]:
    for name, pattern in reversed(_NAMED.items()):
        lines = lines.replace(name, pattern)
    return tuple(lazily(line) for line in lines.strip().split("\n"))


_KNOWN = {kind: _phrases(lines) for kind, lines in _PHRASES.items()}
_PRONOUNS = frozenset(closed.SUBJECTS) - {"it"}


def says_nothing(typed: str) -> bool:
    """Whether it only points: "huh?", "and?", "the other one?"."""
    said = plain_words(unwrapped(typed))
    return bool(said) and all(word in _POINTING for word in said)


def doubting(typed: str) -> Recalled | None:
    """ "Really only 350?": whether that is so, if the answer tells that figure."""
    found = _DOUBTS.fullmatch(" ".join(unwrapped(typed).split())) if len(typed) <= _LONGEST else None
    if found is None:
        return None
    body, noun = found["body"], (found["noun"] or "").lower()
    return Recalled(
        kind=Recall.OTHERS,
        asked=body[:1].lower() + body[1:],
        figures=frozenset({found["figure"]}),
        counted="" if noun in SMALL else noun,
    )


def recalled(typed: str) -> Recalled | None:
    if len(typed) > _LONGEST:
        return None
    body = without_lead(" ".join(unwrapped(typed).split())).rstrip("?!. ")
    plain = body.lower().replace("’", "'").replace(",", "")
    for kind, phrases in _KNOWN.items():
        for found in filter(None, (phrase.fullmatch(plain) for phrase in phrases)):
            of = found.groupdict().get("whom")
            return Recalled(kind, body[:1].lower() + body[1:], None if of in _PRONOUNS else of)
    pointed = bag_of(plain_words(body)) if plain else None
    return Recalled(Recall(pointed), body[:1].lower() + body[1:]) if pointed else None
