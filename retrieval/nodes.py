"""Chunks as LlamaIndex nodes: what goes into the vector store, and what the retriever gives."""

import numpy as np
from llama_index.core.schema import NodeRelationship, NodeWithScore, RelatedNodeInfo, TextNode
from numpy.typing import NDArray

from retrieval.article import Chunk, Facts, Hit

# Known to the reader of a node, not part of what a model should read.
_UNREAD = ["article_id", "version", "start", "end", "region"]


class HitNode(NodeWithScore):
    """A node found, which still knows the hit that it renders. Its score is the fused one, in [0, 1]."""

    hit: Hit


def node_of(chunk: Chunk, facts: Facts, *, embedding: NDArray[np.float32] | None = None) -> TextNode:
    """The chunk's own words with its place in the article; `start` and `end` are code points."""
    known = {"title": facts.title, "outlet": facts.outlet, "published": facts.published, "url": facts.url}
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        embedding=None if embedding is None else embedding.tolist(),
        metadata={
            "article_id": chunk.article_id,
            "version": chunk.version,
            "start": chunk.start,
            "end": chunk.end,
            "region": chunk.region.value,
            **{key: value for key, value in known.items() if value is not None},
        },
        excluded_embed_metadata_keys=_UNREAD,
        excluded_llm_metadata_keys=_UNREAD,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=chunk.article_id)},
        start_char_idx=chunk.start,
        end_char_idx=chunk.end,
    )


def hit_node(hit: Hit, facts: Facts) -> HitNode:
    return HitNode(node=node_of(hit.chunk, facts), score=hit.fused, hit=hit)
