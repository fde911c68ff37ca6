"""Who takes part, what one of them wants or offers, and two beside each other."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.article import Region
from service.answering import Overviewing, Passage
from service.answering.broad import cues
from service.answering.broad.articles import LEANS, WEIGHS, Told, Weights, leans, stands_alone
from service.answering.broad.reading import PlainReader
from service.answering.broad.sections import Section
from service.answering.extractive import Cited
from service.answering.said import Known, Reported, Somebody, Strength, known
from service.english import CAPITAL, NameKind, any_of, plain_words

# Of these the verb tells that it is the speaker's own will.
_STRONG = frozenset(Strength) - {
    *(Strength.SAID, Strength.CONFIRMED, Strength.EXPECTED, Strength.ASKED, Strength.PREPARED)
}
_LOOKED_AT = 24  # of those named most
_OF_A_SUBJECT = 8  # words between a name and the verb whose subject it is
_CUED, _HIS, _UNREAD = 2.0, 1.0, -2.5
# Before a name that is no subject: "the need to meet with Roe", "if Roe signed", "wants Roe to go".
_NO_SUBJECT = re.compile(
    r"\b(?:if|unless|should|whether|provided|wants?|wanted|expects?|asked|urged|told|with|of|to|by|for"
    rf"|from|against|between|about|on|and) (?:the )?(?:{CAPITAL}[\w-]* ){{0,3}}$"
)
_ASIDE = re.compile(r", [^,;.]{1,80},|\([^)]*\)")
_SHORT_FORM = rf"(?:,? \(|,? or |, (?:known as )?)(?:the )?(?P<short>{CAPITAL}{{2,8}})\b"


_PLAIN = re.compile(r"[^\W_][\w ’'-]{0,60}")


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a question asks about: `forms` are what they are called in the articles, `who` who that is,
    `voices` the names of those who hold an office of theirs."""

    asked: str
    forms: tuple[str, ...]
    who: tuple[Somebody, ...]
    voices: frozenset[str] = frozenset()

    def named(self, text: str) -> bool:
        return self.pattern.search(text) is not None

    @property
    def pattern(self) -> re.Pattern[str]:
        return _pattern(self.forms)


@lru_cache(maxsize=64)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(map(re.escape, forms))})(?:s(?!\w))?(?![\w-])", re.I)


def party(asked: str, articles: Sequence[Told]) -> Party | None:
    """None where no article names them."""
    bare = re.sub(r"^(?:the|a|an) ", "", asked, flags=re.I)
    everyone = known(person for told in articles for person in told.whole.cast.everyone)
    who = everyone.called(bare) or everyone.called(asked) or everyone.holders(bare) or _bodies(bare, everyone)
    persons = [one for one in who if one.kind is NameKind.PERSON]
    lasts = [_surname(one, () if len(persons) > 1 else everyone.everyone) for one in persons]
    shorts = [short for one in who for told in articles for short in _short_forms(one, told.article.text)]
    names = (*(one.name for one in who), *(short for one in who for short in _last_words(one, everyone)))
    forms = dict.fromkeys((*lasts, *shorts) if persons else (bare, *names, *shorts))
    found = Party(asked, tuple(forms), who)
    if not persons:
        found = replace(
            found, voices=frozenset(one.name for one in everyone.everyone if _speaks_for(found, one))
        )
    return found if any(found.named(line.text) for told in articles for line in told.body) else None


def called(asked: str) -> str:
    """As the question has it, if that can be repeated."""
    return asked if _PLAIN.fullmatch(asked) else "them"


def unnamed(asked: str, articles: Sequence[Told]) -> str:
    """What is told where no article names them."""
    outlets = (plain_words(told.article.facts.outlet or "") for told in articles)
    told = f"I found no passage that names {called(asked)}"
    if _PLAIN.fullmatch(asked) and _without_the(plain_words(asked)) in map(_without_the, outlets):
        return f"{told}, which is an outlet here: ask for a summary of its articles."
    return f"{told}."


def _without_the(name: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[1:] if name[:1] == ["the"] else name)


def wants_nothing(of: Party) -> str:
    return f"I found no passage that says what {called(of.asked)} wants."


def _surname(one: Somebody, among: Sequence[Somebody]) -> str:
    """The whole name of one who shares it."""
    last = one.name.split()[-1]
    shared = any(other is not one and other.name.split()[-1] == last != other.name for other in among)
    return one.name if shared else last


def _speaks_for(of: Party, one: Somebody) -> bool:
    return any(tie.role and (of.named(tie.body or "") or of.named(tie.words)) for _, tie in one.ties())


def _bodies(bare: str, everyone: Known) -> tuple[Somebody, ...]:
    """ "Union" for "the Union of Dockers", if there is no other of which it is a part."""
    asked = set(plain_words(bare))
    of = [one for one in everyone.everyone if one.kind is NameKind.BODY and asked <= set(one.among[0].key)]
    return tuple(of) if len(of) == 1 else ()


def _last_words(one: Somebody, everyone: Known) -> list[str]:
    """ "League" for the Farmers' League, if nobody else is called so."""
    last = one.name.split()[-1]
    others = (other for other in everyone.everyone if not _within(other.name, one.name) and other is not one)
    alone = one.kind is NameKind.BODY and last[0].isupper()
    return [last] if alone and not any(last in other.name.split() for other in others) else []


def _short_forms(one: Somebody, text: str) -> list[str]:
    """ "the Dockers' Union, the DU": "DU"."""
    return [found["short"] for found in re.finditer(rf"{re.escape(one.name)}{_SHORT_FORM}", text)]


def position(
    of: Party, question: str, articles: Sequence[Told], reader: PlainReader, by: Overviewing
) -> list[tuple[float, Cited]]:
    """What they want, offer or refuse, each with its worth: by the reader, and by whose verb it is. None, if
    nothing that is theirs says so."""
    passages, sure = 2 * by.read, False
    naming = _to_read(of, articles, passages)
    body = [p for told in articles for p in told.passages if p.hit.chunk.region is Region.BODY]
    read = [*naming, *(p for p in body if p not in naming)][:passages]
    asked = reader.worth([question], read)
    scored = []
    for told in articles:
        theirs = False
        for line in told.body:
            place = (told.article.id, line.sentence)
            # Of whom "it demands" is told stands in the sentence before.
            bearing = _bearing(of, told, line)
            theirs = bearing > 0 or of.named(line.text) or (theirs and leans(line))
            if place in asked and (bearing > 0 or (theirs and not of.named(line.text))):
                score = asked[place] - (not theirs) + bool(cues.WANTED.search(line.text))
                score += (bearing + of.named(line.text) - (not stands_alone(line))) / 2
                scored.append((score, line))
                sure = sure or bearing >= _CUED or (theirs and score >= by.wanted)
    return scored if sure else []


def sayings(
    of: Party, articles: Sequence[Told], reader: PlainReader, *, passages: int, weights: Weights, about: str
) -> list[tuple[float, Cited]]:
    """What they say, or want, of one matter or of all, each with its worth."""
    asks = f"What does {of.asked} say about {about}?" if about else f"What does {of.asked} want?"
    by_reader = reader.worth([asks], _to_read(of, articles, passages))
    scored = []
    for told in articles:
        for line in told.body:
            bearing = _bearing(of, told, line)
            if bearing >= _HIS:
                # Asked about one matter, it is for the reader to say what is to it.
                score = 0.0 if about else bearing + WEIGHS * weights.of(line.text)
                score += (1 + bool(about)) * by_reader.get((told.article.id, line.sentence), _UNREAD)
                scored.append((score - LEANS * (not stands_alone(line)), line))
    return scored


def _to_read(of: Party, articles: Sequence[Told], most: int) -> list[Passage]:
    """Of each article the first that names them, where something is wanted in it; then the next."""
    naming = [
        (not cues.WANTED.search(p.hit.chunk.text), at, told.order, p)
        for told in articles
        for at, p in enumerate(p for p in told.passages if of.named(p.hit.chunk.text))
        if p.hit.chunk.region is Region.BODY
    ]
    return [p for *_, p in sorted(naming, key=lambda each: each[:3])][:most]


def _bearing(of: Party, told: Told, line: Cited) -> float:
    """How far a sentence tells what they want: it is theirs, or they are the subject of a verb of wanting.
    Who speaks for them may speak of others too."""
    own = [r for r in told.reported if r.sentence.start == line.sentence.start and r.depth == 0]
    theirs = [r for r in own if _speaks(of, r)]
    if theirs:
        strong = any(r.strength in _STRONG for r in theirs)
        for_them = any(r.who not in of.voices for r in theirs) or of.named(line.text)
        return _HIS + _CUED * (strong or (for_them and bool(cues.WANTED.search(line.text))))
    if own and not of.named(line.text):
        return -_CUED  # somebody else's
    return _CUED if _is_subject(of, line.text) else 0.0


def _speaks(of: Party, one: Reported) -> bool:
    """They, or for a body whoever speaks for it."""
    return one.who in of.voices or any(of.named(name) for name in (one.who, one.speaker) if name)


def _is_subject(of: Party, text: str) -> bool:
    for found in of.pattern.finditer(text):
        owns = text[found.end() : found.end() + 1] in ("’", "'")
        if not owns and not _NO_SUBJECT.search(text[: found.start()]):
            behind = " ".join(_ASIDE.sub("", text[found.end() :]).split()[:_OF_A_SUBJECT])
            if cues.WANTED.search(re.split(r"[;.]|\band\b", behind)[0]):
                return True
    return False


def people(articles: Sequence[Told], weights: Weights, *, most: int, room: int) -> list[Section]:
    """Those whom the articles name most and tell something of, each with the sentence that says who they are;
    as far as there is `room`, in sentences, one of what they want."""
    everyone = known(person for told in articles for person in told.whole.cast.everyone)
    speaking = Counter(r.who for told in articles for r in told.reported)
    often = sorted(everyone.everyone, key=lambda one: (-_often(one), one.name))[:_LOOKED_AT]
    weights_of = {one.name: _weight(one, articles, speaking[one.name]) for one in often}
    sections: list[Section] = []
    for one in sorted(often, key=lambda one: (-weights_of[one.name], one.name)):
        if any(_within(one.name, other.name) for other in often):
            continue
        surname = _surname(one, everyone.everyone) if one.kind is NameKind.PERSON else one.name
        lines = _introduced(one, surname, articles, weights) if weights_of[one.name] > 0 else ()
        sections += [Section(one.name, lines)] if lines and len(sections) < most else []
    # Who they are of each, before what any of them wants.
    further = max(0, room - len(sections))
    return [
        section if at < further else replace(section, lines=section.lines[:1])
        for at, section in enumerate(sections)
    ]


def _within(name: str, other: str) -> bool:
    """The League in the Farmers' League; nobody of the same length."""
    return set(plain_words(name)) < set(plain_words(other))


def _often(one: Somebody) -> int:
    """In how many articles, and in these how often."""
    if one.kind in (NameKind.PLACE, NameKind.DAY, NameKind.OUTLET):
        return 0
    return 3 * len(one.among) + min(6, sum(len(person.mentions) for person in one.among))


def _weight(one: Somebody, articles: Sequence[Told], speaks: int) -> int:
    """Also by whether they hold an office, speak or want something; 0 for those who do nothing of it."""
    ties = one.kind is NameKind.PERSON and any(person.office or person.organisations for person in one.among)
    of = Party(one.name, (one.name,), (one,))
    acts = ties or speaks or any(_is_subject(of, line.text) for told in articles for line in told.body)
    return _often(one) + 2 * ties + min(4, speaks) if acts and _often(one) else 0


def _introduced(one: Somebody, short: str, articles: Sequence[Told], weights: Weights) -> tuple[Cited, ...]:
    """Of the articles that have the whole name."""
    said = [
        told
        for told in articles
        if any(p.article_id == told.article.id for p in one.among) and told.names(one.name)
    ]
    tied = {(p.article_id, tie.span.start): 1 + bool(tie.role) for p in one.among for tie in p.ties}
    whole = Party(one.name, (one.name,), (one,))
    naming = [line for told in said for line in told.body if whole.named(line.text) and stands_alone(line)]
    first = max(naming, key=lambda line: _introducing(whole, line, tied, weights), default=None)
    if first is None:
        return ()
    of = replace(whole, forms=(short,))
    theirs = [
        (bearing + WEIGHS * weights.of(line.text), line)
        for told in said
        for line in told.body
        if line != first and stands_alone(line) and (bearing := _bearing(of, told, line)) >= _CUED
    ]
    best = max(theirs, key=lambda each: each[0], default=None)
    return (first, best[1]) if best else (first,)


def _introducing(
    of: Party, line: Cited, tied: Mapping[tuple[str, int], int], weights: Weights
) -> tuple[int, bool, float]:
    """How well it says who they are: by an office, by whose they are, or by what they want."""
    own = range(line.sentence.start, line.sentence.end)
    here = (rank for (article, at), rank in tied.items() if article == line.passage.article.id and at in own)
    ties = max(here, default=0)
    found = of.pattern.search(line.text)
    before = found.start() / 100 if found else 0.0
    says = of.who[0].kind is not NameKind.PERSON and _is_subject(of, line.text)
    return max(ties, says), len(line.text.split()) > 8, weights.of(line.text) - before
