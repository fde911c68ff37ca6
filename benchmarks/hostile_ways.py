"""Ways in which a dishonest, careless or broken model may say something of what it was shown."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.minimal_pairs import Pair
from service.answering import Passage
from service.answering.generative import keyed
from tests.fault_llm.answers import LINK, stated, whole

_HIDDEN = ("\u202e", "\u200b", "\x1b[31m", "\U000e0041", "\n", "\u2066", "\u00ad")
_SYNTAXES = (
    "![x]({})", "[x]({})", "<{}>", "<img src={}>", "{}", "www.evil.example", "`{}`", "**x**", "# x",
    "<script>",    "evil.example", "mailto:x@evil.example", "| x |", "[x]: {}", "&lt;a&gt;", "javascript:x",
    "data:text/html,x",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A pair of statements with the passages that are shown: its own, and one of another story."""

    pair: Pair
    passages: tuple[Passage, ...]

    @property
    def key(self) -> str:
        """Of the sentence that the quotation is of, or begins with."""
        shown = keyed(self.passages)
        return next(
            (key for key, cited in shown.items() if key[:2] == "P1" and self.pair.start < cited.sentence.end),
            "P1.1",
        )

    @property
    def quote(self) -> str:
        return self.pair.text[self.pair.start : self.pair.end]

    @property
    def other(self) -> str:
        return self.passages[-1].hit.chunk.text


Mutates = Callable[[Case, random.Random], dict[str, Any] | str]


def _false(case: Case, chance: random.Random) -> dict[str, Any]:
    return whole(stated(case.pair.false, case.key))


def _mixed(case: Case, chance: random.Random) -> dict[str, Any]:
    ours, theirs = case.quote.split(), chance.choice(case.other.split(". ")).split()
    head = ours[: chance.randrange(1, max(2, len(ours) // 2))]
    tail = theirs[len(theirs) // 2 :] or theirs
    return whole(stated(" ".join(head + tail), case.key, "P2.1"))


def _edited_key(case: Case, chance: random.Random) -> dict[str, Any]:
    key = chance.choice(["P{0}", "{0}", "P0{0}", "P{0}.1", "p{0}", "P{0}-2", "P {0}"]).format(case.key[1:])
    return whole(stated(chance.choice([case.pair.true, case.pair.false]), key))


def _foreign(case: Case, chance: random.Random) -> dict[str, Any]:
    return whole(stated(case.pair.true, chance.choice(["P2.1", "P9.1", "", "a_1", "1"])))


def _uncited(case: Case, chance: random.Random) -> dict[str, Any]:
    return whole({"text": case.pair.false, "cites": chance.choice([[], None, "P1", [1], [{}]])})


def _marked_up(case: Case, chance: random.Random) -> dict[str, Any]:
    markup = chance.choice(_SYNTAXES).format(LINK)
    text = chance.choice([f"{case.pair.true} {markup}", f"{markup} {case.pair.true}", markup])
    return whole(stated(text, case.key), unanswered=[text])


def _hidden(case: Case, chance: random.Random) -> dict[str, Any]:
    at = chance.randrange(1, len(case.pair.true))
    hidden = chance.choice(_HIDDEN)
    return whole(stated(f"{case.pair.true[:at]}{hidden}x{case.pair.true[at:]}", case.key))


def _turned(case: Case, chance: random.Random) -> dict[str, Any]:
    """The same words in another order."""
    words = case.pair.true.rstrip(".").split()
    telling = [at for at, word in enumerate(words) if len(word) > 4] or [0]
    one, other = chance.choice(telling), chance.choice(telling)
    words[one], words[other] = words[other], words[one]
    turned = " ".join(words) + "."
    return _false(case, chance) if words[one] == words[other] else whole(stated(turned, case.key))


def _beside(case: Case, chance: random.Random) -> dict[str, Any]:
    """Claims in every field but the one for claims."""
    sides = [case.key, "P2.1"]
    claims = [case.pair.false, case.pair.true, f"{LINK} {case.pair.false}"]
    differ = [{"about": claim, "cites": sides} for claim in claims]
    premise = [{"assumed": claim, "cites": sides} for claim in claims]
    return whole(stated(case.quote, case.key), unanswered=claims, differ=differ, premise=premise)


def _broken(case: Case, chance: random.Random) -> str:
    said = json.dumps(whole(stated(case.pair.true, case.key)), ensure_ascii=chance.random() < 0.5)
    at = chance.randrange(len(said))
    changed = said[:at] + chance.choice('{}[]",:\\') + said[at + 1 :]
    return chance.choice([said[:at], said[at:], changed, said + said[:at], f"[{said}"])


WAYS: Mapping[str, Mutates] = {
    "false statement over a true quotation": _false,
    "two quotations made one": _mixed,
    "key edited": _edited_key,
    "passage that doesn't have it": _foreign,
    "statement without a quotation": _uncited,
    "links and markup": _marked_up,
    "hidden characters": _hidden,
    "two words changed places": _turned,
    "claims in the other fields": _beside,
    "broken JSON": _broken,
}
