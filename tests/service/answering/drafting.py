"""Generated articles and drafts for the trust kernel's properties."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from hypothesis import settings
from hypothesis import strategies as st

from retrieval.article import Article, Facts, Quote
from service.answering.answer import Draft, DraftPart, Said, StatementKind

_WORDS = [
    "talks",
    "“concession”",
    "— and",
    "Зеленский",
    "Україна",
    "don’t",
    "🕊️",
    "👨‍👩‍👧",
    "é",
    "e\N{COMBINING ACUTE ACCENT}",
    "\n",
    "\n\n",
    " ",
    "\u2028",
    "\u200b",
    "\u202e",
    "[1]",
    "𝒳",
]
texts = (
    st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=6)), min_size=1, max_size=12)
    .map(" ".join)
    .filter(bool)
)
# A busy machine is no failure, so there is no deadline.
thorough = settings(max_examples=80, deadline=None)

# A paraphrase has words of its own, and is tried by example.
KINDS = st.sampled_from([StatementKind.QUOTE, StatementKind.NOTICE])


@dataclass(frozen=True)
class Shelf:
    """Some versions of some articles, as the record would give them."""

    articles: dict[tuple[str, int], Article]

    def text_of(self, id_: str, version: int) -> str | None:
        found = self.articles.get((id_, version))
        return found.text if found else None

    def article_of(self, id_: str, version: int) -> Article:
        return self.articles[id_, version]


def article(text: str, *, id_: str = "a_1", version: int = 1) -> Article:
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id_, version, text, digest, digest, Facts(), (), datetime(2026, 1, 1, tzinfo=UTC))


@st.composite
def shelves(draw: st.DrawFn) -> Shelf:
    keys = draw(st.lists(st.sampled_from([("a_1", 1), ("a_1", 2), ("a_2", 1)]), min_size=1, unique=True))
    return Shelf({key: article(draw(texts), id_=key[0], version=key[1]) for key in keys})


@st.composite
def quotes(draw: st.DrawFn, shelf: Shelf) -> Quote:
    id_, version = draw(st.sampled_from(sorted(shelf.articles)))
    text = shelf.articles[id_, version].text
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Quote(id_, version, start, end, text[start:end])


@st.composite
def true_drafts(draw: st.DrawFn, shelf: Shelf, *, kinds: st.SearchStrategy[StatementKind] = KINDS) -> Draft:
    """Quotations that stand, with words of ours between them; a notice may have none."""
    kind = draw(kinds)
    cited = draw(st.lists(quotes(shelf), max_size=3))
    if not cited and kind is not StatementKind.NOTICE:
        cited = [draw(quotes(shelf))]
    lead = DraftPart(draw(st.sampled_from(_LEADS[kind])))
    return Draft(kind, (lead, *(DraftPart(quote.text, quote, draw(_said(quote))) for quote in cited)))


# What may be said in words of ours without an article that bears it out.
_LEADS = {
    StatementKind.QUOTE: ["Photo caption: ", "— 🕊️ ", "["],
    StatementKind.NOTICE: ["I found no passage. ", "The nearest says: "],
}


def _said(quote: Quote) -> st.SearchStrategy[Said | None]:
    return st.sampled_from([None, Said(speaker=quote.text)] if quote.text.strip() else [None])


@st.composite
def shelves_with_drafts(draw: st.DrawFn) -> tuple[Shelf, list[Draft]]:
    shelf = draw(shelves())
    return shelf, draw(st.lists(true_drafts(shelf), max_size=5))
