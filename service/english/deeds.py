"""Whether a text tells that something was done, or that it wasn't: "accepted"; "never accepted"."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from service.english import lexicon
from service.english.closed import ARTICLES, ASKING, BE, OWNERS, QUESTION_WORDS, RARE_MODALS, words_of
from service.english.tokens import Tag, Token, tokenized
from service.english.verbs import is_verb
from service.english.words import stem

# Whoever does what stands left doesn't do what stands right of the same thing.
_OPPOSED = tuple(
    tuple(frozenset(map(stem, side.split())) for side in row.split("/"))
    for row in (
        "accept approve welcome/reject refuse decline rebuff veto",
        "agree/refuse disagree",
        "confirm acknowledge admit/deny dismiss",
        "support endorse/oppose reject",
        "allow permit/forbid ban block bar",
        "win/lose",
        "close near/far distant",
        "open/close shut",
        "possible likely/impossible unlikely",
    )
)
_SIGNS: dict[tuple[str, ...], int] = {}  # of two verbs by the first row that has both
for _one, _other in _OPPOSED:
    for _pair in product(_one | _other, repeat=2):
        _SIGNS.setdefault(_pair, 1 if (_pair[0] in _one) == (_pair[1] in _one) else -1)
_UNDOING = frozenset(map(stem, ["deny", "refuse", "decline", "fail"]))
_OPENING = words_of(
    *(set(lexicon.MODALS) - {"will", "ll", "shall"}, lexicon.HEDGES, RARE_MODALS),
    "if unless whether before until yet to ready prepared hope hoped hopes expect expected expects plan"
    " planned",
)
_CONDITIONS = words_of("before until unless if without yet")
_NONE = words_of("no none nobody neither")
_DOUBTS = words_of("doubt doubts doubted question questions questioned")
# Verbs that reject with such a particle.
_DOWN = {"turn": "down", "vot": "down", "throw": "out", "threw": "out", "thrown": "out"}
_REJECTS = stem("reject")
_REFUSABLE = words_of(
    "it them offer offers plan plans bid bids bill bills proposal proposals deal deals agreement accord pact"
    " treaty contract motion amendment demand request appeal text draft truce ban law budget"
)
_APART = 5  # words between a verb and its particle: "threw the whole deal out"
_BREAKS = words_of(QUESTION_WORDS, "but and or while after since as although though")
_HALVES = words_of(ASKING, RARE_MODALS, "be been being")
_DETERMINERS = words_of(ARTICLES, OWNERS, "this that these those")
_SAYING = words_of("say think believe claim feel find")
_THINKING = words_of("think thinks thought believe believes believed")
# Of a question, beside those that are known as verbs anywhere.
_ALSO = words_of(
    "abandon attend ban block breach cancel cede concede detain deport endorse evacuate expel free impose"
    " invade justify occupy permit ratify recognise recognize rule seize shell throw turn veto violate"
    " withhold"
)
_FAR = 7  # words between a verb and what denies it


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb, by its stem. `phrase` has the words it is asked by, where those are two: "turn" and "down"."""

    verb: str
    phrase: frozenset[str] = field(default=frozenset(), compare=False)

    def sign(self, word: str) -> int:
        """1 for the verb and what means it, -1 for its opposites, 0 for any other word."""
        return self.sign_of(stem(word))

    def sign_of(self, root: str) -> int:
        return 1 if root == self.verb else _SIGNS.get((self.verb, root), 0)


@lru_cache(maxsize=64)
def deed_asked(question: str) -> Deed | None:
    """What it has somebody do: "accept" in "Why did Roe accept the offer?". None where it asks of what might
    be, or why something wasn't done."""
    tokens = tokenized(question)
    said = [token.text.lower() for token in tokens]
    helper = next((at for at, word in enumerate(said) if word in _HALVES), -1)
    denies = any(token.kind is Tag.NEGATION for token in tokens) and "or" not in said
    if denies or (helper >= 0 and said[helper] in _OPENING):
        return None
    thought = next((at for at in range(helper + 1, len(said)) if said[at] in _SAYING), len(said))
    holds = next((at for at in range(thought, len(said) - 1) if said[at] in BE), None)
    if holds is not None:
        return Deed(stem(said[holds + 1]))  # "Why did Roe say that peace was close?"
    for at in range(helper + 1, len(said)):
        word, behind = said[at], said[at - 1] if at else ""
        named = behind in _DETERMINERS or (helper >= 0 and word.endswith("s"))
        if at and word not in _HALVES and not named and (is_verb(word) or word in _ALSO):
            return _deed(tokens, at)
    return None


def _deed(tokens: Sequence[Token], at: int) -> Deed:
    own, root = stem(tokens[at].text), _root(tokens, at)
    return Deed(root) if own == root else Deed(root, frozenset((own, _DOWN[own])))


def _root(tokens: Sequence[Token], at: int) -> str:
    """A verb's stem; of one that rejects by its particle ("threw the deal out"), that of rejecting."""
    root, clause = stem(tokens[at].text), tokens[at].clause
    behind = [t.text.lower() for t in tokens[at + 1 : at + 1 + _APART] if t.clause == clause]
    particle = _DOWN.get(root)
    if particle is None or particle not in behind:
        return root
    thing = behind[: behind.index(particle)]
    rejects = not thing or (thing[-1] in _REFUSABLE and not _BREAKS & set(thing))
    return _REJECTS if rejects else root


def done(deed: Deed, text: str) -> bool | None:
    """None where the text doesn't tell, leaves it open, or tells it both ways."""
    tokens = tokenized(text)
    told = {_told(deed, tokens, at) for at in range(len(tokens)) if deed.sign_of(_root(tokens, at))}
    told -= {0}
    return told == {1} if len(told) == 1 else None


def _told(deed: Deed, tokens: Sequence[Token], at: int) -> int:
    """1 if this verb's deed is told as done, -1 as not done, 0 if neither."""
    own, clause = deed.sign_of(_root(tokens, at)), tokens[at].clause
    before = [t for t in tokens[max(0, at - _FAR) : at] if t.clause == clause]
    after = [t for t in tokens[at + 1 :] if t.clause == clause]
    if before and before[-1].text.lower() in _DETERMINERS:
        return 0
    if any(t.text.lower() in ("no", "none", "nothing", "nobody") for t in after[:2]):
        return -own  # "released no prisoners", "agreed on nothing"
    turn = _turned(before)
    if turn < 0 and any(t.text.lower() in _CONDITIONS for t in after):
        return 0  # "will not end before"
    return own * turn


def _turned(before: Sequence[Token]) -> int:
    """What the words in front of a verb make of it, the nearest first."""
    for at in range(len(before) - 1, -1, -1):
        word = before[at].text.lower()
        if before[at].kind is Tag.NEGATION:
            return 0 if _is_beside(before, at) else -1
        if stem(before[at - 1].text if word == "to" and at else word) in _UNDOING:
            return 0 if any(token.kind is Tag.NEGATION for token in before[:at]) else -1
        if word in _OPENING:  # "nobody would accept it" denies, "Roe would accept it" leaves open
            return -1 if word in lexicon.MODALS and _is_nobody(before[:at]) else 0
        if word in _BREAKS or (is_verb(word) and word not in _HALVES | _THINKING):
            return 1
    return 1


def _is_nobody(subject: Sequence[Token]) -> bool:
    """Whether the subject of a verb has nobody do it: not in "nobody thought that Roe"."""
    said = [token.text.lower() for token in subject]
    at = next((at for at in range(len(said) - 1, -1, -1) if said[at] in _NONE), None)
    if at is None or _is_beside(subject, at):
        return False
    return not any(word in _BREAKS or word == "that" or is_verb(word) for word in said[at + 1 :])


def _is_beside(before: Sequence[Token], at: int) -> bool:
    """Whether that which denies is of another thing than the verb: "no doubt", "with no better offer"."""
    said = [token.text.lower() for token in before]
    doubted = any(word in _DOUBTS for word in said[at + 1 : at + 3])
    aside = said[at] == "without" and at + 1 < len(said)
    return doubted or aside or (at > 0 and said[at - 1] == "with")
