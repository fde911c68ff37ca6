"""Parley in this process, answering by one policy after another.

What a policy has no part in is computed once: what a query finds, and the token vectors of questions and
passages. A rule is asked for last, so a case for which the first policy asked for none of the rules switched
off is answered as before, and isn't asked again.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from pathlib import Path

from evals.cases import Case, Suite
from evals.results import CaseResult
from evals.target import InProcess
from retrieval.article import Hit, Quote
from retrieval.once import OpenArticle
from retrieval.search import Query, Searcher
from retrieval.timing import Timings
from service.answering import ALL_RULES, PARLEY, Policy, Rule
from service.answering.broad import BroadAnswerer
from service.answering.extractive import ExtractiveAnswerer
from service.chat import Chat

_KEPT = 100_000  # passages


class Switching(InProcess):
    def __init__(self, suite: Suite, data_dir: Path) -> None:
        super().__init__(suite, data_dir)
        corpus, reader = self._service.corpus, self._service.reader
        self._extractive = BroadAnswerer(ExtractiveAnswerer(corpus.embedder, reader, kept=_KEPT), reader)
        self._searcher = _Searcher(self._service.corpus.searcher)
        self._first: dict[str, CaseResult] = {}
        self._asked_for: dict[str, frozenset[Rule]] = {}

    def answers(self, cases: Iterable[Case], policy: Policy = PARLEY) -> list[CaseResult]:
        """Of Parley's own policy, before any other, or by another one."""
        if not self._first:
            self._first = {case.id: self._by(_noting(PARLEY), case) for case in cases}
        others = policy.numbers() != PARLEY.numbers()
        off = ALL_RULES - policy.rules
        return [
            self._by(policy, case) if others or off & self._asked_for[case.id] else self._first[case.id]
            for case in cases
        ]

    def _by(self, policy: Policy, case: Case) -> CaseResult:
        record, answerer = self._service.corpus.record, self._extractive.by(policy)
        chat = Chat(record, self._searcher, answerer, self._service.answers, policy=policy)
        self._service = replace(self._service, chat=chat)
        result = replace(self.ask(case, trial=0), timings={})
        if isinstance(policy.rules, _Noting):
            self._asked_for[case.id] = frozenset(policy.rules.asked_for)
        return result


def _noting(policy: Policy) -> Policy:
    return replace(policy, rules=_Noting(policy.rules))


class _Noting(frozenset[Rule]):
    """Rules that note which of them are asked for."""

    def __init__(self, _: Iterable[Rule]) -> None:
        self.asked_for: set[Rule] = set()

    def __contains__(self, rule: object) -> bool:
        if isinstance(rule, Rule):
            self.asked_for.add(rule)
        return super().__contains__(rule)


class _Searcher(Searcher):
    def __init__(self, searcher: Searcher) -> None:
        self._inner = searcher
        self._hits: dict[Query, list[Hit]] = {}

    def search(self, query: Query, *, timings: Timings | None = None) -> list[Hit]:
        if query not in self._hits:
            self._hits[query] = self._inner.search(query)
        return self._hits[query]

    def is_common(self, word: str) -> bool:
        return self._inner.is_common(word)

    def told_once(self, hits: Sequence[Hit], *, only: Set[str] | None) -> list[Hit]:
        return self._inner.told_once(hits, only=only)

    def elsewhere(self, quote: Quote, *, only: Set[str] | None) -> list[Quote]:
        return self._inner.elsewhere(quote, only=only)

    def open(self, article_id: str, version: int) -> OpenArticle:
        return self._inner.open(article_id, version)
