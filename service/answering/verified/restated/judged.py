"""A statement in other words than its quotations': put to a judge where no rule forbids it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from retrieval.article import Facts, Quote
from service.answering.said import before, called
from service.answering.verified.judging import Judge
from service.answering.verified.plain import is_plain
from service.answering.verified.reading import CitedSentence
from service.answering.verified.restated.restated import ALL_RULES, Rule, restated

JUDGED = "judged_not_borne_out"
_LONGEST = 80  # code points of an outlet
_UNKNOWN = "an article of unknown origin"
Cited = tuple[CitedSentence, Quote]  # a sentence, and the quotation that it is of
Articles = Mapping[tuple[str, int], tuple[str, Facts]]  # by id and version: the text, and what is known of it


class CastOf:
    """Whom each article names. Lives as long as what is verified, so that nothing of an article outlives its
    deletion."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[tuple[str, ...], ...]] = {}

    def all_of(self, articles: Articles) -> Iterator[tuple[str, ...]]:
        for key, (text, _) in articles.items():
            if key not in self._kept:
                self._kept[key] = called(text)
            yield from self._kept[key]


def restatement_refused(
    statement: str,
    cited: Sequence[Cited],
    articles: Articles,
    judge: Judge,
    rules: frozenset[Rule] = ALL_RULES,
    *,
    cast: CastOf | None = None,
) -> str | None:
    """Why it isn't served, by a rule or else by the judge; None where it is. `articles` has each that
    is cited; `cast` keeps whom they name for the next statement."""
    sources = [source for source, _ in cited]
    named = (cast or CastOf()).all_of(articles)
    names = [" ".join(ways) for ways in _meant(named, sources)]
    outlets = [outlet for _, known in articles.values() if (outlet := _outlet(known))]
    near = [_before(quote, articles[quote.article_id, quote.version][0]) for _, quote in cited]
    days = [day for _, known in articles.values() if (day := _published(known))]
    rule = restated(statement, sources, names, near=[*outlets, *near], days=days, rules=rules)
    if rule is not None:
        return rule
    return None if judge.bears_out(statement, _shown(cited, articles)) else JUDGED


def _before(quote: Quote, text: str) -> str:
    """The two sentences before it: where "he" is named."""
    return text[before(quote, text).start : quote.start]


def _meant(everyone: Iterable[tuple[str, ...]], sources: Sequence[CitedSentence]) -> list[tuple[str, ...]]:
    """Those whom the sources name, or who speak there, by a name or an office."""
    speakers = [source.said.speaker for source in sources if source.said and source.said.speaker]
    named = " ; ".join([*(source.quote.text for source in sources), *speakers])
    return [ways for ways in everyone if any(re.search(rf"\b{re.escape(way)}\b", named) for way in ways)]


def _outlet(facts: Facts) -> str | None:
    """What is no more than a name: whoever adds an article writes it."""
    outlet = facts.outlet
    return outlet if outlet and len(outlet) <= _LONGEST and is_plain(outlet) else None


def _published(facts: Facts) -> date | None:
    return date.fromisoformat(facts.published[:10]) if facts.published else None


def _shown(cited: Sequence[Cited], articles: Articles) -> tuple[str, ...]:
    """The quotations, each behind its outlet and day, and its speaker where none stands in it."""
    shown: dict[Quote, str] = {}
    for source, quote in cited:
        _, facts = articles[quote.article_id, quote.version]
        day = _published(facts)
        known = ", ".join(
            fact for fact in (_outlet(facts), f"{day:%A} {day.day} {day:%B %Y}" if day else "") if fact
        )
        known = known or (_UNKNOWN if quote.text[:1] in "[{" else "")
        speaker = source.said.speaker if source.said else None
        lead = f"{speaker}: " if speaker and speaker not in quote.text else ""
        shown.setdefault(quote, f"[{known}] {lead}{quote.text}" if known else lead + quote.text)
    return tuple(shown.values())
