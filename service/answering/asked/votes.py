"""How many voted so: what a question asks of a vote, and whether a sentence counts one, as "by 14 votes to
nine", "nine of the twelve members backed it", "163 for, 41 against" do."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from service.english import HAVE, NUMBERS, SMALL, any_of, closed, lazily, plain_words, stem

_ASKS = lazily(
    rf"\bhow many(?P<voters>(?: [\w’'-]+){{0,5}}?) (?:(?:{any_of(HAVE)}) )?(?:voted|abstained)\b"
    r"(?:.{0,40}? (?:for|against|in favou?r of|on) (?P<matter>.{0,200}))?"
    r"|\bby (?:how many votes|(?:what|which|how (?:big|large) an?) (?:margin|majority))\b"
    r"(?!.{0,80}\b(?:win|won|lead|leads|led|elected)\b)",
    re.I | re.S,
)
_N = rf"(?:(?<![\d,.])\d[\d,.]*|{any_of(NUMBERS)}|all|none|nobody|hundred|dozen)"
_SOME = rf"\b{_N}(?: [\w’'-]+){{0,6}}"
# Of "nine to four", "141-88"; none of "18-25 years", "from 3 to 5 per cent", "2031-32".
_COUNT = rf"(?:\d{{1,3}}(?:,\d{{3}}){{0,2}}|(?:(?:{any_of(closed.TENS)})-)?(?:{any_of(NUMBERS)}))"
_NO_MEASURE = (
    r"(?=$|[.,;:)”\"’—](?!\d)"
    r"| (?:votes?|for|in favou?r|against|on|to|with|after|and|at|late|last|yesterday)\b)"
)
_TALLY = lazily(
    rf"{_SOME}? (?:votes|voted|abstained|abstaining|abstentions|backed|supported|opposed)\b"
    rf"|{_SOME}? (?:for|in favou?r)\b.{{0,60}}? {_N} (?:\w+ )?against\b"
    rf"|\bvoted (?:[a-z]+ ){{0,3}}?{_N}(?: votes)? ?(?:to|[-–]) ?{_N}\b"
    rf"|(?<![\w,.])\d[\d,.]* ?(?:per ?cent|%)(?: \w+){{0,2}} (?:for|against|in favou?r)\b"
    rf"|{_SOME} (?:said (?:yes|no)|stayed away)\b|\b(?:margin|majority) of {_N}|\b(?:one|single) vote\b"
    rf"|(?<!from )(?<![\w.,–-]){_COUNT}(?: votes)?(?: to | ?[-–] ?){_COUNT}{_NO_MEASURE}"
    r"|\bunanimous(?:ly)?\b",
    re.I,
)
_PREFIX = 5  # letters that "quarry" and "quarrymen" share


@dataclass(frozen=True, slots=True)
class VoteAsked:
    """`voters` and `matter` are stems: who voted, and for or against what; none where it isn't asked so."""

    voters: AbstractSet[str]
    matter: AbstractSet[str]

    def is_on_it(self, text: str) -> bool:
        """Whether a sentence counts the votes of these voters on that: a word of theirs stands no later than
        the count, since "its board backed it by 15 votes to six, and members will vote" counts others'."""
        count = _TALLY.search(text)
        if count is None or not self.matter:
            return False
        ahead = _stems(text[: count.end()])
        theirs = any(_begins(one, word) for one in self.voters for word in ahead)
        return self.matter <= _stems(text) and theirs


def votes_asked(question: str) -> VoteAsked | None:
    """None where no number of votes is asked for."""
    asked = _ASKS.search(question)
    return VoteAsked(_stems(asked["voters"] or ""), _stems(asked["matter"] or "")) if asked else None


def counts_votes(text: str) -> bool:
    return bool(_TALLY.search(text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in plain_words(text) if word not in SMALL)


def _begins(one: str, other: str) -> bool:
    return one == other or (len(one) >= _PREFIX and other.startswith(one[:_PREFIX]))
