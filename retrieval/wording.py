"""The words of an article's body as they count where two are compared, and in what those of two differ."""

import re
import unicodedata
from enum import StrEnum

from retrieval.article import Article, Region

_READ = 200_000  # code points of a body
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")


class Difference(StrEnum):
    """What two that carry one text differ in. Figures: each has some that the other hasn't."""

    WORDS = "words"
    FIGURES = "figures"


def difference(one: Article, other: Article) -> Difference | None:
    """Of their bodies. None where they have the same words in the same order."""
    its, others = body_words(one), body_words(other)
    if its == others:
        return None
    figures, other_figures = ({word for word in words if _FIGURE.search(word)} for words in (its, others))
    return Difference.FIGURES if figures - other_figures and other_figures - figures else Difference.WORDS


def body_words(article: Article) -> tuple[str, ...]:
    body = "\n".join(article.text[r.start : r.end] for r in article.regions if r.kind is Region.BODY)
    return words_of(body[:_READ])


def words_of(text: str) -> tuple[str, ...]:
    """What of a text counts where two are compared."""
    plain = unicodedata.normalize("NFKC", text).replace("\xad", "").casefold()
    return tuple(_WORD.findall(plain))
