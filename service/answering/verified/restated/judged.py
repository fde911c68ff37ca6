"""A statement in other words than its quotations': put to a judge where no rule forbids it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from retrieval.article import Facts, Quote
from service.answering.said import called, names_near
from service.answering.verified.judging import Exhibit, Judge
from service.answering.verified.plain import is_plain
from service.answering.verified.reading import CitedSentence
from service.answering.verified.restated.named import bears
from service.answering.verified.restated.restated import ALL_RULES, Rule, restated
from service.english import Tag, Token, tokenized

JUDGED = "judged_not_borne_out"
_LONGEST = 80  # code points of an outlet
_UNKNOWN = "an article of unknown origin"
_MOST_NAMED = 12  # words of names before a quotation
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
    everyone = list((cast or CastOf()).all_of(articles))
    names = [" ".join(ways) for ways in _meant(everyone, sources)]
    outlets = [outlet for _, known in articles.values() if (outlet := _outlet(known))]
    near = [names_near(quote, articles[quote.article_id, quote.version][0]) for _, quote in cited]
    days = [day for _, known in articles.values() if (day := _published(known))]
    rule = restated(statement, sources, names, near=[*outlets, *near], days=days, rules=rules)
    if rule is not None:
        return rule
    known = _known(sources, names)
    called_so = {word for name, *_ in everyone for word in name.split()}
    taken = [token for token in tokenized(statement) if _is_name(token) and not bears(token, known)]
    beside = [
        [*_saying(source, quote), *_unresolved(taken, before_it, known, called_so)]
        for (source, quote), before_it in zip(cited, near, strict=True)
    ]
    return None if judge.bears_out(statement, _shown(cited, articles, beside)) else JUDGED


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


def _shown(
    cited: Sequence[Cited], articles: Articles, beside: Sequence[Sequence[str]]
) -> tuple[Exhibit, ...]:
    """The quotations, each behind its outlet and day, and its speaker where none stands in it."""
    shown: dict[Quote, Exhibit] = {}
    for (source, quote), more in zip(cited, beside, strict=True):
        _, facts = articles[quote.article_id, quote.version]
        so_far = shown.get(quote, Exhibit(_led_in(source, quote, facts)))
        shown[quote] = Exhibit(so_far.text, tuple(dict.fromkeys([*so_far.beside, *more])))
    return tuple(shown.values())


def _led_in(source: CitedSentence, quote: Quote, facts: Facts) -> str:
    day = _published(facts)
    known = ", ".join(
        fact for fact in (_outlet(facts), f"{day:%A} {day.day} {day:%B %Y}" if day else "") if fact
    )
    known = known or (_UNKNOWN if quote.text[:1] in "[{" else "")
    speaker = source.said.speaker if source.said else None
    lead = f"{speaker}: " if speaker and not _stands(speaker, quote.text) else ""
    return f"[{known}] {lead}{quote.text}" if known else lead + quote.text


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _known(sources: Sequence[CitedSentence], names: Sequence[str]) -> list[Token]:
    """What the quotations name, and those who speak there."""
    said = [source.said for source in sources if source.said]
    fields = [field for each in said for field in (each.speaker, each.to, each.venue) if field]
    return [
        *(token for source in sources for token in source.quote.tokens),
        *tokenized(" ; ".join([*fields, *names])),
    ]


def _saying(source: CitedSentence, quote: Quote) -> Iterable[str]:
    """To whom, where and when it was said, where it doesn't tell itself."""
    said = source.said
    fields = () if said is None else (("said to", said.to), ("where", said.venue), ("when", said.when))
    return [f"{how}: {field}" for how, field in fields if field and not _stands(field, quote.text)]


def _unresolved(
    taken: Sequence[Token], near: str, known: Sequence[Token], called_so: Collection[str]
) -> Iterable[str]:
    """The names that stand before a quotation and in none, where the statement has `taken` one of them for
    whom it means."""
    names = [
        token
        for token in tokenized(near)
        if (token.kind is Tag.NAME or token.text in called_so) and not bears(token, known)
    ]
    if not any(bears(token, names) for token in taken):
        return []
    listed = list(dict.fromkeys(token.text for token in names))[-_MOST_NAMED:]
    return [f"named before it, not resolved: {', '.join(listed)}"]


def _is_name(token: Token) -> bool:
    """Or may be one: it opens a sentence."""
    return token.kind in (Tag.NAME, Tag.WORD) and token.text[0].isupper()
