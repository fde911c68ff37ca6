"""The retriever and the embedding in LlamaIndex's own engines, with no key and no model but ours."""

import asyncio

import numpy as np
import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.chat_engine import ContextChatEngine
from llama_index.core.llms import MockLLM
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import NodeWithScore, TextNode

from retrieval.embed import Embedder
from retrieval.llama import ArticleEmbedding, ArticleRetriever
from retrieval.nodes import HitNode
from retrieval.search import Query
from retrieval.timing import Timings
from service.bootstrap import Service

ASKED = "Which security guarantees are under discussion?"


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def retriever(seeded: Service) -> ArticleRetriever:
    return ArticleRetriever(seeded.corpus.searcher, k=5)


def exact(service: Service, found: NodeWithScore) -> bool:
    node = found.node
    assert isinstance(node, TextNode)
    known = node.metadata
    article = service.corpus.record.article(known["article_id"], version=known["version"])
    return node.text == article.text[known["start"] : known["end"]] != ""


def test_it_gives_the_searchers_hits_in_order(seeded: Service, retriever: ArticleRetriever) -> None:
    nodes = retriever.retrieve(ASKED)
    hits = seeded.corpus.searcher.search(Query(ASKED, k=5))
    assert len(nodes) == 5
    assert all(isinstance(node, HitNode) for node in nodes)
    assert [node.hit for node in nodes if isinstance(node, HitNode)] == hits
    assert [node.score for node in nodes] == [hit.fused for hit in hits]
    assert all(exact(seeded, node) for node in nodes)


def test_it_retrieves_asynchronously(retriever: ArticleRetriever) -> None:
    later = asyncio.run(retriever.aretrieve(ASKED))
    assert [n.node_id for n in later] == [n.node_id for n in retriever.retrieve(ASKED)]


def test_it_keeps_to_the_articles_asked_for_and_tells_its_timings(seeded: Service) -> None:
    only = seeded.corpus.record.article_rows(limit=1)[0].id
    timings = Timings()
    nodes = ArticleRetriever(seeded.corpus.searcher, article_ids=frozenset({only}), timings=timings).retrieve(
        ASKED
    )
    assert nodes
    assert {node.metadata["article_id"] for node in nodes} == {only}
    assert {"embed", "dense", "lexical", "join", "total"} <= set(timings.as_dict())


def test_in_a_query_engine(seeded: Service, retriever: ArticleRetriever) -> None:
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT)
    response = RetrieverQueryEngine(retriever=retriever, response_synthesizer=synthesizer).query(ASKED)
    assert len(response.source_nodes) == 5
    assert all(exact(seeded, node) for node in response.source_nodes)
    assert response.source_nodes[0].get_content() in str(response)  # the mock repeats what it was given


def test_in_a_chat_engine(seeded: Service, retriever: ArticleRetriever) -> None:
    memory = ChatMemoryBuffer.from_defaults(token_limit=4000, tokenizer_fn=str.split)
    engine = ContextChatEngine.from_defaults(retriever=retriever, llm=MockLLM(), memory=memory)
    response = engine.chat(ASKED)
    assert [node.node_id for node in response.source_nodes] == [n.node_id for n in retriever.retrieve(ASKED)]
    assert all(exact(seeded, node) for node in response.source_nodes)


def test_in_a_fusion_retriever(seeded: Service, retriever: ArticleRetriever) -> None:
    fused = QueryFusionRetriever(
        [retriever, ArticleRetriever(seeded.corpus.searcher, k=3)],
        llm=MockLLM(),
        num_queries=1,
        similarity_top_k=5,
        use_async=False,
    ).retrieve(ASKED)
    assert {n.node_id for n in fused} == {n.node_id for n in retriever.retrieve(ASKED)}
    assert all(exact(seeded, node) for node in fused)


def test_the_embedding_is_the_embedders(embedder: Embedder) -> None:
    embedding = ArticleEmbedding(embedder)
    texts = ["The envoys met.", "Переговоры прошли."]
    ours = embedder.embed(texts)
    np.testing.assert_array_equal(np.array(embedding.get_text_embedding_batch(texts), np.float32), ours)
    assert embedding.get_query_embedding(texts[0]) == ours[0].tolist()
    assert asyncio.run(embedding.aget_query_embedding(texts[1])) == ours[1].tolist()
    assert embedding.model_name == embedder.fingerprint


def test_llamaindex_opens_our_vector_store_with_our_embedding(seeded: Service, embedder: Embedder) -> None:
    index = VectorStoreIndex.from_vector_store(
        seeded.corpus.index.current.vectors.nodes, embed_model=ArticleEmbedding(embedder)
    )
    nodes = index.as_retriever(similarity_top_k=4).retrieve(ASKED)
    vector = embedder.embed([ASKED])[0]
    assert [n.node_id for n in nodes] == [
        id_ for id_, _ in seeded.corpus.index.current.vectors.query(vector, k=4)
    ]
    assert all(exact(seeded, node) for node in nodes)
