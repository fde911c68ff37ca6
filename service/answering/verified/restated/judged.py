"""A statement in other words than its quotations': put to a judge where no rule forbids it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from retrieval.article import Facts, Quote
from service.answering.said import called
from service.answering.verified.judging import Judge
from service.answering.verified.reading import CitedSentence
from service.answering.verified.restated.restated import ALL_RULES, Rule, restated

JUDGED = "judged_not_borne_out"
Cited = tuple[CitedSentence, Quote]  # a sentence, and the quotation that it is of


def restatement_refused(
    statement: str,
    cited: Sequence[Cited],
    articles: Mapping[str, Facts],
    judge: Judge,
    rules: frozenset[Rule] = ALL_RULES,
) -> str | None:
    """Why it isn't served, by a rule or else by the judge; None where it is. `articles` has the text of each
    that is cited and what is known of it."""
    sources = [source for source, _ in cited]
    names = [" ".join(ways) for text in articles for ways in _meant(called(text), sources)]
    known = [fact for facts in articles.values() for fact in (facts.outlet, facts.title) if fact]
    rule = restated(statement, sources, [*names, *known], rules)
    if rule is not None:
        return rule
    return None if judge.bears_out(statement, _shown(cited)) else JUDGED


def _meant(everyone: Iterable[tuple[str, ...]], sources: Sequence[CitedSentence]) -> list[tuple[str, ...]]:
    """Those whom the sources name, or who speak there, by a name or an office."""
    speakers = [source.said.speaker for source in sources if source.said and source.said.speaker]
    named = " ; ".join([*(source.quote.text for source in sources), *speakers])
    return [ways for ways in everyone if any(re.search(rf"\b{re.escape(way)}\b", named) for way in ways)]


def _shown(cited: Sequence[Cited]) -> tuple[str, ...]:
    """The quotations, each with its speaker in front where none stands in it."""
    shown: dict[Quote, str] = {}
    for source, quote in cited:
        speaker = source.said.speaker if source.said else None
        lead = f"{speaker}: " if speaker and speaker not in quote.text else ""
        shown.setdefault(quote, lead + quote.text)
    return tuple(shown.values())
