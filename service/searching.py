"""The passages that a question is answered from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.article import Hit
from retrieval.llama import ArticleRetriever
from retrieval.record import Record
from retrieval.search import Context, Searcher
from retrieval.timing import Timings
from service.answering import Policy, Rule
from service.answering.asked import read_broad, read_question
from service.conversation import TurnText, Understood, as_named, as_spelt, names_alone
from service.overview import survey
from service.scope import Scope

PASSAGES = 20
# A model reads few of them, none a copy of another: so many are looked through that a flood of copies leaves
# the others in view.
LOOKED_THROUGH = 100


@dataclass(frozen=True, slots=True)
class Found:
    """`articles` is how many there are, where an overview is of the nearest of them."""

    hits: list[Hit]
    articles: int | None = None


@dataclass(frozen=True, slots=True)
class Searching:
    record: Record
    searcher: Searcher
    policy: Policy

    def search(
        self,
        question: str,
        *,
        article_ids: frozenset[str] | None,
        context: Context | None = None,
        most: int = PASSAGES,
        timings: Timings,
    ) -> list[Hit]:
        """`context` is what was said before it."""
        by = self.policy.searching
        retriever = ArticleRetriever(
            self.searcher,
            k=most,
            article_ids=article_ids,
            context=context,
            timings=timings,
            dense_share=by.dense_share,
            around=1.0 if read_question(question).asides else by.around,
            once=True,
        )
        return retriever.hits(question)

    def found(self, understood: Understood, scope: Scope, timings: Timings, *, surveys: bool) -> Found:
        """`surveys`: what wants an overview is heard whole."""
        if surveys and read_broad(understood.standalone) and Rule.BROAD in self.policy.rules:
            return self._surveyed(understood.standalone, scope, timings)
        hits = self.search(
            understood.searched,
            article_ids=scope.article_ids,
            context=understood.context,
            most=PASSAGES if surveys else LOOKED_THROUGH,
            timings=timings,
        )
        return Found(hits)

    def _surveyed(self, question: str, scope: Scope, timings: Timings) -> Found:
        """For an overview; with the number of articles, where they are too many to hear all."""
        asks, most = read_broad(question), self.policy.overview.articles
        assert asks is not None
        with timings.stage("filter"):
            heard = survey(self.record, self.searcher, asks, scope, most=most)
        if heard.hits is not None:
            return Found(
                self._near_first(question, heard.hits, scope, timings) if asks.likely else heard.hits
            )
        found = self.search(question, article_ids=heard.article_ids, most=LOOKED_THROUGH, timings=timings)
        near = list(dict.fromkeys(hit.chunk.article_id for hit in found))[: self.policy.overview.nearest]
        return Found([hit for hit in found if hit.chunk.article_id in near], heard.articles)

    def _near_first(self, question: str, hits: Sequence[Hit], scope: Scope, timings: Timings) -> list[Hit]:
        """Since it may turn out to want one thing."""
        near = self.search(question, article_ids=scope.article_ids, timings=timings)
        found = {hit.chunk.id for hit in near}
        return [*near, *(hit for hit in hits if hit.chunk.id not in found)]

    # -- names as the articles have them

    def named(self, understood: Understood, found: Found) -> Understood:
        before, asks = understood.standalone.removesuffix(understood.searched), understood.searched
        texts = [hit.chunk.text for hit in found.hits]
        asks = self.policy.by(Rule.NAMED, as_named(asks, texts), asks)
        asks = self.policy.by(Rule.SPELT, as_spelt(asks, texts, self.searcher.is_common), asks)
        return replace(understood, standalone=before + asks, searched=asks)

    def as_named(self, typed: str, turns: Sequence[TurnText], scope: Scope) -> str:
        """Of a follow-up that is a name alone, before it is understood after what was said."""
        if not turns or not names_alone(typed) or Rule.NAMED not in self.policy.rules:
            return typed
        hits = self.search(typed, article_ids=scope.article_ids, timings=Timings())
        return as_named(typed, [hit.chunk.text for hit in hits])

    def named_turns(self, turns: Sequence[TurnText], scope: Scope) -> list[TurnText]:
        return [
            replace(turn, text=self.as_named(turn.text, turns[:at], scope)) if turn.role == "user" else turn
            for at, turn in enumerate(turns)
        ]
