"""Parley's embedder and retriever as LlamaIndex's users plug them in; the served path goes through them.

Neither reads LlamaIndex's global `Settings`, which would resolve a language model from the environment.
"""

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle

from retrieval.article import Hit
from retrieval.embed import Embedder
from retrieval.nodes import HitNode, hit_node
from retrieval.search import Context, Query, Searcher
from retrieval.timing import Timings


class ArticleEmbedding(BaseEmbedding):
    """The embedded model as a LlamaIndex embedding: unit vectors of the embedder's dimension."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **kwargs: Any) -> None:
        super().__init__(model_name=embedder.fingerprint, **kwargs)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        return "ArticleEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.embed([text])[0].tolist()
        return vector

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors


class ArticleRetriever(BaseRetriever):
    """Hybrid search as a LlamaIndex retriever. Nodes carry the article's own words; a node's metadata has
    the article id, version and code-point span, so that a caller can cite it exactly.

    Raises IndexUnavailable and DataDirectoryError.
    """

    def __init__(
        self,
        searcher: Searcher,
        *,
        k: int = 20,
        article_ids: frozenset[str] | None = None,
        context: Context | None = None,
        timings: Timings | None = None,
        dense_share: float = 0.5,
        around: float = 0.7,
        once: bool = False,
    ) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._searcher = searcher
        self._k = k
        self._article_ids = article_ids
        self._context = context
        self._timings = timings
        self._dense_share = dense_share
        self._around = around
        self._once = once

    def hits(self, question: str) -> list[Hit]:
        """The same, as Parley's own type."""
        return [found.hit for found in self.retrieve(QueryBundle(question)) if isinstance(found, HitNode)]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = Query(
            query_bundle.query_str,
            self._k,
            self._article_ids,
            context=self._context,
            dense_share=self._dense_share,
            around=self._around,
            once=self._once,
        )
        hits = self._searcher.search(query, timings=self._timings)
        return [self._node(hit) for hit in hits]

    def _node(self, hit: Hit) -> HitNode:
        article = self._searcher.open(hit.chunk.article_id, hit.chunk.version).article
        return hit_node(hit, article.facts)
