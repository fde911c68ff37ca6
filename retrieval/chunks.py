"""An article's chunks, with the text that is embedded and their content-addressed ids."""

import hashlib
from collections.abc import Callable

from retrieval.article import Article, Chunk, Facts, Region, Sentence
from retrieval.segment import CHUNKER_VERSION, group_sentences, sentences


def chunks_of(article: Article, *, fits: Callable[[str], bool]) -> list[Chunk]:
    """In order of the text. `fits` says whether a text goes into the embedder's window whole.

    Boilerplate is kept in the text and is no chunk: it would be found for what isn't the article's.
    """
    front = lead(article.facts)
    told = [region for region in article.regions if region.kind is not Region.BOILERPLATE]
    groups = group_sentences(
        article.text, sentences(article.text, told), fits=lambda text: fits(front + text)
    )
    return [_chunk(article, group, front) for group in groups]


def lead(facts: Facts) -> str:
    """Title, outlet and date, which go in front of what is embedded: leaving out the title alone cost
    .065 nDCG@10 on 800 news articles."""
    source = ", ".join(part for part in (facts.outlet, (facts.published or "")[:10]) if part)
    return "".join(f"{line}\n" for line in (facts.title, source) if line)


def _chunk(article: Article, group: tuple[Sentence, ...], front: str) -> Chunk:
    start, end = group[0].start, group[-1].end
    text = article.text[start:end]
    # A headline's own chunk would say the title twice.
    embedded = text if group[0].region is Region.HEADLINE and front.startswith(text) else front + text
    parts = (article.id, article.version, CHUNKER_VERSION, start, end, embedded)
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode())
    return Chunk(
        id=digest.hexdigest()[:32],
        article_id=article.id,
        version=article.version,
        start=start,
        end=end,
        region=group[0].region,
        sentences=group,
        embedded_text=embedded,
        text=text,
    )
