"""Chunks as LlamaIndex nodes."""

import numpy as np
from llama_index.core.schema import MetadataMode, NodeRelationship

from retrieval.article import Facts, Hit
from retrieval.nodes import hit_node, node_of
from tests.retrieval.made import TALKS, chunks

(CHUNK,) = chunks(TALKS)
FACTS = Facts(title="Envoys meet", outlet="Daily", published="2025-08-17", url="https://example.org/a")


def test_a_node_has_the_articles_words_and_their_place() -> None:
    node = node_of(CHUNK, FACTS)
    assert node.node_id == CHUNK.id
    assert node.get_content(metadata_mode=MetadataMode.NONE) == CHUNK.text
    assert (node.start_char_idx, node.end_char_idx) == (CHUNK.start, CHUNK.end)
    assert (node.metadata["start"], node.metadata["end"]) == (CHUNK.start, CHUNK.end)
    assert node.ref_doc_id == CHUNK.article_id
    assert set(node.relationships) == {NodeRelationship.SOURCE}
    assert node.embedding is None


def test_metadata_are_plain_values_of_what_is_known() -> None:
    """Chroma takes neither None nor lists."""
    for facts in (FACTS, Facts(authors=("A. Roe",))):
        metadata = node_of(CHUNK, facts).metadata
        assert all(type(value) in {str, int} for value in metadata.values())
    assert {"title", "outlet", "published", "url"} <= set(node_of(CHUNK, FACTS).metadata)
    assert not {"title", "outlet", "published", "url"} & set(node_of(CHUNK, Facts()).metadata)


def test_a_model_reads_the_facts_and_not_the_bookkeeping() -> None:
    read = node_of(CHUNK, FACTS).get_content(metadata_mode=MetadataMode.LLM)
    assert "Envoys meet" in read
    assert "Daily" in read
    assert CHUNK.article_id not in read
    assert "region" not in read


def test_an_embedding_goes_along() -> None:
    node = node_of(CHUNK, FACTS, embedding=np.array([0.6, 0.8], np.float32))
    assert node.get_embedding() == [np.float32(0.6), np.float32(0.8)]


def test_a_found_node_knows_its_hit_and_its_score() -> None:
    hit = Hit(CHUNK, dense=0.5, lexical=None, fused=0.25)
    node = hit_node(hit, FACTS)
    assert (node.score, node.hit, node.node.node_id) == (0.25, hit, CHUNK.id)
    assert node.hit.chunk is CHUNK
