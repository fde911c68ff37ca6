"""One overview in the making: verbatim sentences of every article under headings, in order."""

from collections.abc import Sequence
from dataclasses import replace

from service.answering import (
    Draft,
    DraftPart,
    Policy,
    Proposal,
    StatementKind,
    Status,
    headings,
)
from service.answering.asked import Broad, Overview
from service.answering.broad import cues
from service.answering.broad.accounts import differences
from service.answering.broad.articles import Told, Weights, latest
from service.answering.broad.course import course, moves
from service.answering.broad.in_turn import InTurn, articles_within, is_one_matter
from service.answering.broad.matters import (
    MATTERS,
    ahead,
    asked_on,
    is_of_late,
    lines_on,
    terms,
    with_terms,
)
from service.answering.broad.parties import Party, party, people, position, unnamed, wants_nothing
from service.answering.broad.reading import PlainReader
from service.answering.broad.resolving import resolved
from service.answering.broad.sections import (
    Section,
    best_first,
    by_source,
    copies,
    drafts,
    enough,
    joined,
    likeliest,
)
from service.answering.broad.stands import parties_of, stand
from service.answering.extractive import Cited, corrections
from service.answering.said import said_on
from service.english import NameKind

_LATEST = 2  # articles that tell where it stands
_BESIDE = 5  # sentences beside what the latest tell
_MANY = 6  # articles, of which the last tells what became of what the others do
_RECENT = 4  # articles; what was to come is past in those before


class Composing:
    """One answer in the making."""

    def __init__(
        self,
        asks: Broad,
        question: str,
        articles: list[Told],
        reader: PlainReader,
        policy: Policy,
    ) -> None:
        self._asks = asks
        self._question = question
        self._by = policy.overview
        self._policy = policy
        self._reader = reader
        self._articles = articles_within(asks.within, articles) or articles
        self._weights = Weights(self._articles)
        self._in_turn = InTurn(self._articles, self._weights, self._by)

    def proposal(self) -> Proposal | None:
        """None where it isn't about anything that the articles name."""
        asks = resolved(self._asks, self._articles, self._in_turn)
        if asks is None:
            return None
        self._asks = asks
        match self._asks.kind:
            case Overview.GIST:
                return self._gist()
            case Overview.PEOPLE:
                wants = self._asks.topic or cues.WANTING.search(self._asks.typed)
                return (self._stands() if wants else None) or self._people()
            case Overview.POSITION:
                return self._position()
            case Overview.COMPARISON:
                return self._comparison()
            case Overview.SOURCES:
                return self._told(self._in_turn.titles(), "I found no article.", once=False)
            case Overview.ACCOUNTS:
                return self._accounts()
            case Overview.STATE:
                return self._state()
            case Overview.OPEN | Overview.NEXT:
                return self._matter(self._asks.kind)
            case Overview.AGREED | Overview.TERMS:
                return self._terms()
            case Overview.GOT:
                return self._got()
            case _:
                return self._by_time()

    def _by_time(self) -> Proposal | None:
        match self._asks.kind:
            case Overview.COURSE:
                return self._course()
            case Overview.DAY:
                told = self._in_turn.of_day(self._asks.since)
                return self._told(told, f"I found no passage that tells of {self._asks.since}.")
            case Overview.SINCE:
                return self._since()
            case _:
                return self._timeline()

    def _timeline(self) -> Proposal | None:
        articles = self._in_turn.on(self._of)
        to_come = ahead(articles, most=self._by.few)
        told = self._in_turn.by_event(articles, beside=to_come)
        told.append(Section(headings.ON_NEXT, tuple(to_come)))
        return self._told(told, "I found no passage that tells a day.") if articles else None

    def _course(self) -> Proposal | None:
        told = (
            course(self._of, self._question, self._articles, self._reader)
            if self._of
            else moves(self._articles, self._reader, self._weights)
        )
        return self._told(told, "") if len(told) > 1 else None

    def _accounts(self) -> Proposal:
        found = differences(self._articles, self._weights)
        leads = self._in_turn.leads(self._articles, beside=len(found.lines))
        return self._told([found, *leads], "I found no passage to compare.")

    @property
    def _of(self) -> str:
        return self._asks.of[0] if self._asks.of else ""

    def _gist(self) -> Proposal | None:
        articles = self._in_turn.called(self._of) or self._in_turn.on_event(self._of)
        if not articles:
            about = self._in_turn.about(self._of)
            return self._told(about, "") if any(section.lines for section in about) else None
        beside = len(MATTERS) * (1 if len(articles) > _RECENT else 2)
        if len(articles) > _MANY and is_one_matter(articles):
            return self._told(self._outcome(articles), "I found no passage to sum up.")
        leads = self._in_turn.leads(articles, beside=beside)
        told = [line for section in leads for line in section.lines]
        return self._told([*leads, *self._matters(articles, told)], "I found no passage to sum up.")

    def _outcome(self, articles: list[Told]) -> list[Section]:
        """Of many articles the last tell where it came to."""
        leads = self._in_turn.outcome(articles)
        told = [line for section in leads for line in section.lines]
        agreed = [line for line in terms(articles, most=self._by.terms, every=True) if line not in told]
        to_come = [line for line in ahead(articles, most=self._by.few) if line not in told]
        return [
            *leads,
            Section(headings.ON_AGREED, tuple(agreed[: self._by.few // 2])),
            Section(headings.ON_NEXT, tuple(to_come[: self._by.few // 2])),
        ]

    def _state(self) -> Proposal | None:
        """What the latest tell, the last first, and what answers beside it; None, if few are on it."""
        if self._of and 2 * len(self._in_turn.on(self._of)) <= len(self._articles):
            return None
        leads = self._in_turn.latest(latest(self._articles, _LATEST))
        late = latest(self._articles, _RECENT)
        found = asked_on(Overview.AGREED, self._question, late, self._reader, weights=self._weights)
        beside = by_source(self._articles, likeliest(found, self._by)[:_BESIDE])
        newest = sorted(self._articles, key=lambda told: told.day, reverse=True)
        both = {told.source: joined(told.source, (*leads, *beside)) for told in newest}
        return self._told(list(both.values()), "I found no passage.")

    def _since(self) -> Proposal:
        newest = max((told.day for told in self._articles), default="")
        day = said_on(self._asks.since.removeprefix("last "), newest)
        if not day:
            return self._abstained("I found no date on the articles that would tell what is new.")
        new = [told for told in self._articles if told.day >= day]
        return self._told(self._in_turn.by_day(new), f"I found no article of {day} or later.")

    def _matters(self, articles: list[Told], told: list[Cited]) -> list[Section]:
        """Of each, what the latest that tell it say, if that isn't told already."""
        sections = []
        each, recent = (1, latest(articles, _RECENT)) if len(articles) > _RECENT else (2, articles)
        for kind, matter in MATTERS.items():
            # What was to come by an earlier report may be past by now, and no day stands above it here.
            newest = [told for told in recent if told.day == latest(recent, 1)[-1].day]
            late = newest if kind is Overview.NEXT else recent
            found = self._lines_on(kind, late, passages=self._by.read // 2 if each == 1 else self._by.read)
            plain = [line for score, line in sorted(found, key=best_first) if score >= self._by.plain]
            best = [line for line in plain if not copies(line, told, self._policy)]
            sections.append(Section(matter.heading, tuple(best[:each])))
            told += best[:each]
        return sections

    def _terms(self) -> Proposal:
        """Behind how their article opens; then what later ones tell of it, or of all that was agreed any."""
        every = self._asks.kind is Overview.AGREED
        lines = terms(self._articles, most=self._by.terms, every=every)
        if not lines:
            return self._matter(Overview.AGREED)
        of = next(told for told in self._articles if told.article.id == lines[0].passage.article.id)
        others = [told for told in self._articles if told.day > of.day or (every and told is not of)]
        found = asked_on(Overview.AGREED, self._question, others, self._reader, weights=self._weights)
        opens = Section(of.source, (*self._in_turn.opening(of, 1), *lines))
        return self._told([opens, *by_source(self._articles, likeliest(found, self._by)[: self._by.few])], "")

    def _matter(self, kind: Overview) -> Proposal:
        late = latest(self._articles, _RECENT) if is_of_late(kind, self._question) else self._articles
        found = likeliest(asked_on(kind, self._question, late, self._reader, weights=self._weights), self._by)
        if kind is Overview.AGREED and found:
            found = with_terms(found, self._articles)
        most = self._by.told if kind is Overview.NEXT else None
        return self._told(by_source(self._articles, found, most=most), MATTERS[kind].missing)

    def _lines_on(
        self, kind: Overview, articles: Sequence[Told], *, passages: int
    ) -> list[tuple[float, Cited]]:
        found = lines_on(kind, articles, self._reader, passages=passages, weights=self._weights)
        return enough(found, self._by.least, self._by)

    # -- parties

    def _position(self) -> Proposal | None:
        of = party(self._of, self._articles)
        if of is None and self._in_turn.on(self._of):
            return None  # in other words than the question's
        if of is None:
            return self._abstained(unnamed(self._of, self._articles))
        found = position(of, self._question, self._articles, self._reader, self._by)
        near = likeliest(found, self._by)
        if not near and self._asks.likely:
            return None
        return self._told(by_source(self._articles, near), wants_nothing(of)) if near or of.who else None

    def _got(self) -> Proposal | None:
        """What one asked for, and the terms; None where either isn't told."""
        of, lines = party(self._of, self._articles), terms(self._articles, most=self._by.terms)
        found = position(of, self._question, self._articles, self._reader, self._by) if of else []
        wanted = by_source(self._articles, likeliest(found, self._by)[: self._by.few])
        agreed = by_source(self._articles, [(0.0, line) for line in lines], most=self._by.terms)
        return self._told([*wanted, *agreed], "") if wanted and agreed else None

    def _people(self) -> Proposal:
        found = people(self._articles, self._weights, most=self._by.parties, room=self._by.most)
        return self._told(found, "I found no passage that names who takes part.")

    def _stand(self, of: Party, *, most: int) -> Section:
        about, by = self._asks.topic, self._by
        return stand(of, about, self._articles, self._reader, weights=self._weights, by=by, most=most)

    def _stands(self) -> Proposal | None:
        """Of everyone on one matter; None where hardly anybody says anything of it."""
        sections = [
            self._stand(of, most=self._by.few // 2) for of in parties_of(self._articles, self._weights)
        ]
        speaking = [section for section in sections if section.lines]
        return self._told(speaking, "") if len(speaking) > 1 else None

    def _comparison(self) -> Proposal | None:
        """None of two things of which neither speaks or wants anything."""
        sections, missing = [], []
        for asked in self._asks.of:
            of = party(asked, self._articles)
            if of is None:
                return self._abstained(unnamed(asked, self._articles))
            if sum(one.kind is NameKind.PERSON for one in of.who) > 1:
                return None  # of two who share a name, each would be heard for the other
            sections.append(self._stand(of, most=self._by.few))
            missing += [] if sections[-1].lines else [wants_nothing(of)]
        told = self._told(sections, "")
        if told.status is not Status.ANSWERED:
            return None
        if not missing:
            return told
        notices = tuple(map(_notice, missing))
        return replace(
            told, status=Status.PARTIAL, drafts=(*told.drafts, *notices), unanswered=tuple(missing)
        )

    # -- what comes of it

    def _told(self, sections: Sequence[Section], missing: str, *, once: bool = True) -> Proposal:
        whole = {told.article.id: told.whole for told in self._articles}
        corrected = corrections(told.passages[0] for told in self._articles)
        made = drafts(sections, whole, policy=self._policy, corrected=corrected, once=once)
        if not made:
            return self._abstained(missing)
        return Proposal(Status.ANSWERED, tuple(made))

    def _abstained(self, missing: str) -> Proposal:
        return Proposal(Status.ABSTAINED, (_notice(missing),), (self._question,), 0.0)


def _notice(text: str) -> Draft:
    return Draft(StatementKind.NOTICE, (DraftPart(text),))
