"""Answers for the renderers: plain ones by hand, nasty ones by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from service.wire import AnswerOut, CitationOut, ConflictOut, PartOut, StatementOut

ANSWER_ID = "ans_" + "0" * 32
# What Slack, or a parser of markup, would make something of; and what hides or moves other text.
NASTY = (
    "<!channel>", "<!here|here>", "<!everyone>", "<@U0000000009>", "<!subteam^S0000000009|@all>",
    "<#C0000000001|general>", "<!date^0^{date}^https://evil.example|now>",
    "<https://evil.example|click>", "https://evil.example/?q=secret", "http://evil.example",
    "www.evil.example", "evil.example", "10.0.0.1", "mailto:a@evil.example", "tel:+15550100", "a+:+1:",
    "slack://open", "@here", "@channel", "@everyone", "@U0000000009", "#general", ":joy:", ":+1:",
    "*bold*", "_slant_", "~struck~", "`code`", "```", "> quoted", "|", "&", "<", ">",
    "&lt;!channel&gt;", "&amp;lt;", "![x](https://evil.example/x.png)", "[x](https://evil.example)",
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\x00", "\x07", "\x1b[31m", "\r\n", "\n", "\t",
    "\u2028", "\u202e", "\u202a", "\u2066", "\u2068", "\u2069", "\u200b", "\u200f", "\ufeff",
    "\U000e0041\U000e0042", "שלום", "مرحبا بالعالم", "12", "e\u0301", "👍🏽", "👨‍👩‍👧‍👦", "🇺🇦🇷🇺",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f",
)  # fmt: skip

nasty_text = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=8), st.just(" ")), max_size=12).map(
    "".join
)
long_text = st.tuples(nasty_text, st.integers(1, 400)).map(lambda drawn: (drawn[0] * drawn[1])[:12_500])


def citation(number: int = 1, quote: str = "The talks were held in Alaska.", **facts: Any) -> CitationOut:
    given: dict[str, Any] = {"title": "Talks", "outlet": "The Post", "published": "2025-08-17", "url": None}
    id_ = f"a_{number:032x}"
    article = {"id": id_, "version": 1, "sha256": "0" * 64, "link": f"/articles/{id_}?version=1"}
    return CitationOut.model_validate(
        {
            "id": number,
            "article": article | given | {name: facts[name] for name in given if name in facts},
            "quote": {"text": quote, "start": 10, "end": 10 + len(quote)},
            "said": facts.get("said"),
            "check": "exact",
            "also_in": [article | given | {"outlet": outlet} for outlet in facts.get("also_in", ())],
        }
    )


def quoted(*parts: str | tuple[str, int], id_: str = "s1", kind: str = "quote") -> StatementOut:
    """Strings are Parley's words; pairs an article's, with the number of their citation."""
    made = [
        PartOut(text=part, origin="parley", citation=None)
        if isinstance(part, str)
        else PartOut(text=part[0], origin="article", citation=part[1])
        for part in parts
    ]
    cited = list(dict.fromkeys(part.citation for part in made if part.citation is not None))
    text = "".join(part.text for part in made)
    return StatementOut.model_validate(
        {
            "id": id_,
            "kind": kind,
            "text": text,
            "start": 0,
            "end": len(text),
            "parts": made,
            "citations": cited,
        }
    )


def in_other_words(text: str, *cited: int, id_: str = "s1") -> StatementOut:
    statement = quoted(text, id_=id_, kind="paraphrase")
    return statement.model_copy(update={"citations": list(cited)})


def answer(*statements: StatementOut, citations: Any = (), **more: Any) -> AnswerOut:
    given: dict[str, Any] = {
        "id": ANSWER_ID,
        "conversation_id": "c_" + "0" * 32,
        "question": "Where?",
        "standalone_question": "Where?",
        "status": "answered",
        "text": "\n".join(statement.text for statement in statements),
        "unanswered": [],
        "conflicts": [],
        "produced_by": {"answerer": "extractive", "model": None, "prompt": None, "corpus_version": 1},
        "diagnostics": {"dropped": {}, "degraded": more.pop("degraded", None)},
        "timings": {"total": 1.0},
    }
    return AnswerOut.model_validate(
        given | {"statements": list(statements), "citations": list(citations)} | more
    )


@st.composite
def nasty_answers(draw: st.DrawFn) -> AnswerOut:
    """Up to 40 sources; texts of up to 12,500 characters; every text hostile."""
    some = st.one_of(nasty_text, long_text) if draw(st.integers(0, 7)) == 7 else nasty_text
    maybe = st.one_of(st.none(), nasty_text)
    urls = st.one_of(maybe, st.builds("https://news.example/{}".format, nasty_text))
    citations = [
        citation(
            number,
            draw(some),
            title=draw(maybe),
            outlet=draw(maybe),
            published=draw(st.one_of(st.sampled_from([None, "2025-08-17"]), nasty_text)),
            url=draw(urls),
            said=_said(draw(maybe), draw(maybe)) if draw(st.booleans()) else None,
            also_in=draw(st.lists(maybe, max_size=3)),
        )
        for number in range(1, draw(st.sampled_from([0, 1, 1, 2, 3, 5, 8, 40])) + 1)
    ]
    statements = [_statement(draw, f"s{at}", some, citations) for at in range(1, draw(st.integers(0, 5)) + 1)]
    pairs = [ConflictOut(about=draw(nasty_text), citations=[1, 2])] if len(citations) > 1 else []
    return answer(
        *statements,
        citations=citations,
        question=draw(nasty_text),
        standalone_question=draw(some),
        unanswered=draw(st.lists(nasty_text, max_size=3)),
        conflicts=pairs,
        status=draw(st.sampled_from(["answered", "partial", "abstained", "clarification"])),
        degraded=draw(st.sampled_from([None, "model_timeout", "dense_search_down"])),
    )


def _said(speaker: str | None, to: str | None) -> dict[str, str | None]:
    return {"speaker": speaker, "to": to, "venue": speaker, "when": to}


def _statement(
    draw: st.DrawFn, id_: str, some: st.SearchStrategy[str], citations: list[CitationOut]
) -> StatementOut:
    numbers = [citation.id for citation in citations]
    cited = draw(st.lists(st.sampled_from(numbers), max_size=5, unique=True)) if numbers else []
    if draw(st.booleans()):
        return in_other_words(draw(some), *cited, id_=id_)
    parts = [(draw(some), number) for number in cited]
    return quoted(draw(nasty_text), *parts, id_=id_, kind=draw(st.sampled_from(["quote", "notice"])))
