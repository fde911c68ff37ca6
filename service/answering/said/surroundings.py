"""What an article says just around a quotation: the words before it, and who is speaking."""

from retrieval.article import Quote, Region, RegionSpan, Sentence, Span
from retrieval.segment import sentences
from service.answering import Passage, Said
from service.answering.said.attribution import attribute
from service.english import CLOSING_MARKS, OPENING_MARKS, quoted_spans

_BACK = 900  # code points: two long sentences, and the paragraph they stand in
_NEAR = 4  # sentences
_LONGEST_SPEECH = 6000  # that paragraphs go on with
_OPENS = tuple(OPENING_MARKS)


def sentences_around(quote: Quote, text: str) -> tuple[Sentence, ...]:
    """The sentences that the quotation touches and those before them, from the start of a paragraph, to the
    end of its own."""
    start = _opening(text, text[: max(0, quote.start - _BACK)].rfind("\n") + 1)
    stop = quote.end + len(text[quote.end : quote.end + _BACK].partition("\n")[0])
    return sentences(text, (RegionSpan(Region.BODY, start, stop),))


def _opening(text: str, start: int) -> int:
    """Where the speech begins, if the paragraph that starts there goes on with one: each opens it anew."""
    least = max(0, start - _LONGEST_SPEECH)
    while start > least and text[start : start + 1] in _OPENS:
        start = text.rfind("\n", least, least + len(text[least:start].rstrip())) + 1 or least
    return start


def before(quote: Quote, text: str) -> Span:
    """From the second sentence before the quotation to the quotation's end."""
    around = sentences_around(quote, text)
    earlier = [s for s in around if s.end <= quote.start]
    return Span(earlier[-2:][0].start if earlier else quote.start, quote.end)


def names_near(quote: Quote, text: str) -> str:
    """Where the article names whom the quotation means by "he" or "the company": its first sentence, and the
    four before the quotation."""
    first = sentences(text, (RegionSpan(Region.BODY, 0, min(_BACK, quote.start)),))[:1]
    earlier = [s for s in sentences_around(quote, text) if s.end <= quote.start]
    return " ; ".join(text[s.start : s.end] for s in (*first, *earlier[-_NEAR:]))


def said_in(passage: Passage) -> dict[Sentence, Said | None]:
    """Who said each sentence of the article's body in and around a passage."""
    text = passage.article.text
    body = [sentence for sentence in passage.around if sentence.region.tells]
    start = body[0].start if body else 0
    earlier = sentences(text, (RegionSpan(Region.BODY, _opening(text, start), start),))
    return dict(zip(body, attribute(text, [*earlier, *body])[len(earlier) :], strict=True))


def said_of(quote: Quote, text: str) -> Said | None:
    """Who said it as the article has it, where the sentences it touches name one speaker."""
    around = sentences_around(quote, text)
    touched = [
        said
        for sentence, said in zip(around, attribute(text, around), strict=True)
        if said and sentence.start < quote.end and quote.start < sentence.end
    ]
    speakers = {said.speaker for said in touched}
    return touched[0] if len(speakers) == 1 else None


def quoted(quote: Quote, text: str) -> bool:
    """Whether it stands within quotation marks, which may be those of several sentences. A straight mark that
    nothing closes may be no quotation's."""
    start = text.rfind("\n", 0, quote.start) + 1
    stop = quote.end + len(text[quote.end :].partition("\n")[0])
    low, high = quote.start - start, quote.end - start
    return any(
        span.start <= low
        and high <= span.end
        and (text[start + span.start] in "“«„‹" or _closed(text, start, span))
        for span in quoted_spans(text[start:stop])
    )


def _closed(text: str, start: int, span: Span) -> bool:
    inside = text[start + span.start : start + span.end]
    return len(inside) > 1 and inside[-1] in CLOSING_MARKS
