"""Where a follow-up may mean several things that were told, or several people: which, asked back."""

import re
from collections.abc import Iterable, Sequence

from service.answering import Draft, DraftPart, Passage, Proposal, StatementKind, Status
from service.answering.verified import Lead
from service.english import NameKind, mentions, plain_words
from service.recalling import Told

_WHICH = "Which of these do you mean?"
_MOST = 3
_SHOWN = 4  # bearers of a name
# As a pronoun: no "that vote", "it takes".
_ONE_THING = re.compile(
    r"\bit\b(?! (?:true|possible|likely|clear|takes?|seems?|mean|that)\b)|\b(?:that|this)(?=\s*(?:$|[?!.,]))",
    re.I,
)


def which_one(asked: str, told: Sequence[Told]) -> Proposal | None:
    """ "Did they agree to it?" after what several articles told; None where one thing alone was told."""
    if not _ONE_THING.search(asked):
        return None
    firsts = {one.article.id: one for one in reversed(told)}
    if len(firsts) < 2:
        return None
    quotes = [one for one in told if firsts[one.article.id] is one][:_MOST]
    return _back(_WHICH, asked, *(one.led(one.known(Lead.ARTICLE)) for one in quotes))


def which_bearer(asked: str, told: Sequence[Told], passages: Sequence[Passage]) -> Proposal | None:
    """ "What did Dahlke say?" where two bear the name and what was told doesn't single out one."""
    said = set(plain_words(asked))
    texts = dict.fromkeys(passage.article.text for passage in passages)
    for surname, names in _bearers(texts).items():
        if surname not in said or len(names) < 2 or any(_first(name) in said for name in names):
            continue
        if any(re.search(rf"\b{re.escape(surname)}\b", text) for text in texts):
            continue  # "the mill", where there are Upper Mill and Lower Mill
        quoted = [one.quote.text for one in told]
        here = _bearers(quoted).get(surname, {})
        alone = any(_bare(surname, text, names) for text in quoted)
        if len(here) != 1 or alone:
            listed = list(names.values())[:_SHOWN]
            ask = f"Whom do you mean: {', '.join(listed[:-1])} or {listed[-1]}?"
            return _back(ask, asked)
    return None


def _bearers(texts: Iterable[str]) -> dict[str, dict[str, str]]:
    """By the last word of their names, in lower case, whole names of people, each by its words."""
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        for mention in mentions(text):
            words = plain_words(mention.text)
            if mention.kind is NameKind.PERSON and len(words) == 2:
                found.setdefault(words[-1], {}).setdefault(" ".join(words), mention.text)
    return found


def _bare(surname: str, text: str, names: Iterable[str]) -> bool:
    """Whether it stands there without a first name."""
    plain = " ".join(plain_words(text))
    for name in names:
        plain = plain.replace(name, "")
    return surname in plain.split()


def _first(name: str) -> str:
    return name.split()[0]


def _back(notice: str, asked: str, *quoted: Draft) -> Proposal:
    asking = Draft(StatementKind.NOTICE, (DraftPart(notice),))
    return Proposal(Status.CLARIFICATION, (asking, *quoted), (asked,))
