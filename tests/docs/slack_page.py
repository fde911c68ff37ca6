"""The JSON in docs/slack.md, as the renderers and the manifest make it. `make fix` writes it, a test checks.

A passage between `<!-- NAME -->` and `<!-- end -->` is made here; the words around it are written by hand.
"""

import json
import re
from typing import Any

from service.slack.blocks import answer_messages, statement_blocks, stream_chunks
from service.slack.views import Corpus, home_view, reason_view, sources_view, suggested_prompts
from service.wire import AnswerOut
from tests.conftest import REPOSITORY
from tests.service.slack.making import answer, citation, in_other_words, quoted

PAGE = REPOSITORY / "docs" / "slack.md"
MANIFEST = REPOSITORY / "service" / "slack" / "manifest.json"
_MADE = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_FIRST = "The two sides met for four hours on Friday."
_SECOND = "“We were closer than last time,” the envoy told reporters."
_QUESTIONS = ["What did the envoy say to reporters?", "How long did the two sides meet?"]


def example() -> AnswerOut:
    """Of every kind of statement one, a gap, and two sources that differ."""
    said = {"speaker": "the envoy", "to": "reporters", "venue": None, "when": None}
    return answer(
        quoted("The envoy, to reporters: ", "«", (_SECOND, 1), "»"),
        in_other_words("The two sides met for four hours.", 2, id_="s2"),
        quoted("I found no passage that says where they met.", id_="s3", kind="notice"),
        citations=[
            citation(1, _SECOND, title="Envoys leave without a deal", outlet="The Harbour Post", said=said),
            citation(2, _FIRST, title=None, outlet=None, published=None),
        ],
        question="And how long?",
        standalone_question="How long did the envoys meet, and where?",
        conflicts=[{"about": "the length of the meeting", "citations": [1, 2]}],
        unanswered=["Who paid?"],
        status="partial",
    )


def link(cited: Any) -> str:
    return f"https://parley.example.org{cited.article.link}&quote={cited.quote.start}-{cited.quote.end}"


def surfaces() -> dict[str, Any]:
    """What Slack is sent, by the name of the passage. The first is the `chunks` of chat.appendStream."""
    made = example()
    (message,) = answer_messages(made, link=link)
    nothing = quoted("I found nothing about this in the articles I searched.", kind="notice")
    (abstained,) = answer_messages(answer(nothing, status="abstained", unanswered=["Where?"]), link=link)
    corpus = Corpus(12, (("The Harbour Post", 9), ("Daily Tide", 2)), "2025-08-18", 1)
    return {
        "statement": stream_chunks(statement_blocks(made.statements[0], made.citations, link=link)),
        "answer": {"blocks": list(message.blocks)},
        "abstention": {"blocks": list(abstained.blocks)},
        "sources": sources_view(made, link=link),
        "reason": reason_view(made.id),
        "home": home_view(corpus, _QUESTIONS),
        "prompts": suggested_prompts(_QUESTIONS),
    }


def http_manifest(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    """The same app, called over HTTP."""
    settings = manifest["settings"]
    subscriptions = {"request_url": url, **settings["event_subscriptions"]}
    changed = {
        "event_subscriptions": subscriptions,
        "interactivity": {"is_enabled": True, "request_url": url},
        "socket_mode_enabled": False,
    }
    return {**manifest, "settings": settings | changed}


def passages() -> dict[str, str]:
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    over_http = http_manifest(manifest, "https://parley.example.org/slack/events")
    return {
        **{name: _block_a_line(made) for name, made in surfaces().items()},
        "http_settings": json.dumps({"settings": over_http["settings"]}, indent=2),
    }


def _block_a_line(made: Any) -> str:
    """Whole, and short enough to look through: one line for each block."""
    if isinstance(made, dict) and "blocks" in made:
        rest = [f" {json.dumps(name)}: {_line(made[name])}," for name in made if name != "blocks"]
        blocks = ",\n".join(f"  {_line(block)}" for block in made["blocks"])
        return "\n".join(["{", *rest, ' "blocks": [', blocks, " ]}"])
    return json.dumps(made, indent=1, ensure_ascii=False)


def _line(made: Any) -> str:
    return json.dumps(made, ensure_ascii=False)


def render(page: str) -> str:
    """The page with its passages made anew. A passage without a name in `passages` is an error."""
    made = passages()
    return _MADE.sub(lambda found: f"{found[1]}```json\n{made[found[2]]}\n```\n{found[3]}", page)


if __name__ == "__main__":
    PAGE.write_text(render(PAGE.read_text("utf-8")), "utf-8")
