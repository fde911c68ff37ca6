"""What an article says of somebody where it names them: the office before the name, what stands beside it."""

from dataclasses import dataclass

from retrieval.article import Span
from service.english import closed, offices, phrases

# What somebody does for a body, as the office that it is.
_DOINGS = (
    "leads leader/heads head/chairs chairman/runs head/represents representative/directs director/owns owner"
    "/commands commander/manages manager/speaks spokesman/edits editor/governs governor/mediates mediator"
    "/advises advisor"
)
_DOES = dict(pair.split() for pair in _DOINGS.split("/"))
_NO_MORE = closed.words_of("in at on since and but until while who which from", closed.ASKING)
# Behind an office: "until 2019", "under another"; "talks with Roe, an envoy has said" has an envoy say it.
_OTHERWISE = closed.words_of("until from between under", closed.ASKING, closed.RARE_MODALS)
_LONGEST = 12  # words
_PAST = frozenset(("former", "ex", "then", "late", "onetime", "erstwhile", "ousted", "retired", "future"))


@dataclass(frozen=True, slots=True)
class Tie:
    """What an article says that somebody is, as written, and where. `role` is the word of the office in lower
    case, None where only `body` is told ("Roe of the Seamen's League"); `told` what tells it from others."""

    words: str
    span: Span
    role: str | None
    body: str | None
    told: frozenset[str]

    @property
    def ranks(self) -> frozenset[str]:
        return offices.ranks(self.role, self.told)

    @property
    def is_past(self) -> bool:
        return bool(self.ranks & _PAST)

    @property
    def is_office(self) -> bool:
        """Whether it can be said of a person, and is an office rather than a doing."""
        return offices.is_role(self.role or "") and self.words.partition(" ")[0] not in _DOES


def office_before(text: str, words: phrases.Words, at: int, first: int, stop: int) -> Tie | None:
    """Of the name words[first:stop], behind capitals from `at` on: "Foreign Minister Jane Roe", "mill manager
    Jane Roe", "the union's treasurer, Jane Roe"."""
    roles = [i for i in range(at, first) if offices.is_role(words[i].low)]
    if roles:
        head = roles[-1]
        if phrases.before(words, head) in ("of", "for", "and"):
            head = roles[0]
        return _office(text, words, head, first, phrases.office_start(words, at, capital=True))
    low = phrases.before(words, at)
    is_office = (offices.is_role(low) or low in offices.COMPANIES) and not (
        words[at - 1].cap or words[at - 1].owner
    )
    if is_office and (office := _lower_office(text, words, at)):
        return office
    known = _known_as(words, at)
    if known is not None and offices.is_role(phrases.before(words, known)):
        return _lower_office(text, words, known)
    if at and words[at].gap.strip() == "," and _is_closed_off(words, stop):
        found = phrases.phrase_before(words, at)
        return _tie(text, words, found) if found else None
    return None


def apposed_before(text: str, words: phrases.Words, office: Tie, stop: int) -> Tie | None:
    """Of "The mediator, former judge Jane Roe," the mediator: what an office before a name goes on from."""
    at = next(i for i in range(stop - 1, -1, -1) if words[i].start == office.span.start)
    if not at or words[at].gap.strip() != "," or not _is_closed_off(words, _behind_home(words, stop)):
        return None
    found = phrases.phrase_before(words, at)
    return _tie(text, words, found) if found else None


def _behind_home(words: phrases.Words, stop: int) -> int:
    """ "Jane Roe of Upper Ruritania," """
    home = stop + 1
    if stop < len(words) and words[stop].joined and words[stop].low in ("of", "from"):
        while home < len(words) and words[home].cap and words[home].joined:
            home += 1
    return home if home > stop + 1 else stop


def _lower_office(text: str, words: phrases.Words, at: int) -> Tie | None:
    """That ends there; none is begun by "the earlier Roe"."""
    start = phrases.office_start(words, at, capital=False)
    return _office(text, words, at - 1, at, start) if start < at else None


def _known_as(words: phrases.Words, at: int) -> int | None:
    """Where "known on the quay as “Rusty”" begins."""
    if words[at].gap[-1:] not in ("“", '"', "‘", "'"):
        return None
    near = range(at - 1, max(-1, at - 7), -1)
    return next((i for i in near if words[i].low in ("known", "nicknamed", "dubbed")), None)


def _is_closed_off(words: phrases.Words, stop: int) -> bool:
    """Whether the name ends what stands between two commas, and no list."""
    if stop == len(words):
        return True
    return not (words[stop].joined or (words[stop].cap and words[stop].gap.strip() == ","))


def _office(text: str, words: phrases.Words, head: int, end: int, start: int) -> Tie:
    owners = [i for i in range(start, head) if words[i].owner]
    return _tie(text, words, phrases.Phrase(start, head, end, (start, owners[-1] + 1) if owners else None))


def tie_behind(text: str, words: phrases.Words, first: int, stop: int) -> Tie | None:
    """Behind a name: ", envoy of the upper towns", "who leads the party", "of the league", "is the mayor"."""
    if stop >= len(words) or words[stop - 1].owner:
        return None
    low, gap, found = words[stop].low, words[stop].gap.strip(), None
    if low == "who" and gap in ("", ","):
        found = _done(words, stop + 1)
    elif (low, gap) in (("of", ""), ("of", ",")) or ((low, gap) == ("for", ",") and _names(words, stop + 1)):
        found = _of_body(words, stop)
    elif (low, gap) == ("is", "") and stop + 1 < len(words) and words[stop + 1].joined:
        found = phrases.phrase_from(words, stop + 1)
    elif gap in (",", "(", "–", "—"):
        found = _apposed(words, first, stop)
    return _tie(text, words, found) if found else None


def _names(words: phrases.Words, at: int) -> bool:
    """ "for the rebels", not "for forty minutes"."""
    return at < len(words) and words[at].joined and (words[at].cap or words[at].low == "the")


def is_placed(words: phrases.Words, first: int, stop: int) -> bool:
    """ "From Velmar", "at Kestrel General": it isn't who is told of next that is there."""
    low = phrases.before(words, first)
    return low in offices.PLACED or low == "at" or (low == "from" and stop - first == 1)


def _apposed(words: phrases.Words, first: int, at: int) -> phrases.Phrase | None:
    name = (first, at)
    if words[at].low.isdigit() and at + 1 < len(words) and words[at + 1].gap.strip() == ",":
        at += 1  # an age
    found = phrases.phrase_from(words, at)
    if not found or (is_placed(words, *name) and words[found.head].low not in offices.SETTLEMENTS):
        return None
    if found.end == len(words) or not words[found.end].joined:
        return found
    low = words[found.end].low
    # "Roe, the minister and the envoy" are three.
    listed = low == "and" and words[at].low not in ("a", "an")
    return found if low in offices.STOPS and low not in _OTHERWISE and not listed else None


def _done(words: phrases.Words, at: int) -> phrases.Phrase | None:
    """ "leads the party", "speaks for the families", "is the mayor"."""
    if at + 1 >= len(words) or not words[at].joined:
        return None
    if words[at].low == "is":
        return phrases.phrase_from(words, at + 1)
    if words[at].low not in _DOES:
        return None
    return _with_body(words, at, at + 1 + (words[at + 1].low in ("for", "on")), head=at)


def _of_body(words: phrases.Words, at: int) -> phrases.Phrase | None:
    return _with_body(words, at, at + 1, head=-1)


def _with_body(words: phrases.Words, start: int, at: int, *, head: int) -> phrases.Phrase | None:
    first = at + (at < len(words) and words[at].low in closed.DETERMINERS)
    stop = first
    while stop < len(words) and stop - start < _LONGEST and words[stop].joined:
        low, cap = words[stop].low, words[stop].cap
        if low in _NO_MORE or (not cap and (offices.is_saying(low) or _is_behind_name(words, first, stop))):
            break
        stop += 1
    if stop <= first or words[first].low in closed.THIRD:
        return None
    return phrases.Phrase(start, head, stop, (first, stop))


def _is_behind_name(words: phrases.Words, first: int, at: int) -> bool:
    """Whether a word in lower case goes on after a name: "the OLM points out", not "the Morava league"."""
    low = words[at].low
    if at == first or not words[at - 1].cap or low in offices.BODIES or low in ("of", "for", "the"):
        return False
    return low.endswith("s") or low in offices.STOPS or offices.is_doing(low)


def _tie(text: str, words: phrases.Words, phrase: phrases.Phrase) -> Tie:
    span = Span(words[phrase.start].start, words[phrase.end - 1].end)
    head = words[phrase.head].low if phrase.head >= 0 else None
    role = offices.same_word(_DOES.get(head, head)) if head else None
    whose = phrase.body or _compound(words, phrase)
    body = _body(text, words, *whose) if whose else None
    told = offices.telling([word.low for word in words[phrase.start : phrase.end]])
    return Tie(text[span.start : span.end], span, role, body, told | {role} if role else told)


def _compound(words: phrases.Words, phrase: phrases.Phrase) -> tuple[int, int] | None:
    """The union of a "union treasurer"."""
    last = max((i for i in range(phrase.start, phrase.head) if words[i].low in offices.BODIES), default=None)
    if last is None:
        return None
    first = next(i for i in range(phrase.start, last + 1) if words[i].low not in offices.RANKS)
    more = 2 if last + 3 <= phrase.head and words[last + 1].low == "of" else 0  # "Bank of Ruritania"
    return first, last + 1 + more


def _body(text: str, words: phrases.Words, first: int, stop: int) -> str | None:
    """Whose somebody is, without "its" and without what a minister is of: "state", "defence"."""
    if words[first].low in closed.OWNERS or words[first].low[:1].isdigit():
        return None
    behind = first
    while behind < stop and (words[behind].low in offices.PORTFOLIOS or words[behind].low == "and"):
        behind += 1
    if behind == stop and words[first - 1].low in ("of", "for", "the"):
        return None
    if first < behind < stop and words[behind].low in offices.PREPOSITIONS:
        first = behind + 1
    first += first + 1 < stop and words[first].low in closed.ARTICLES
    return text[words[first].start : words[stop - 1].end] if first < stop else None
