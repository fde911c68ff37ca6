"""Who said what, over HTTP."""

import httpx
import pytest

from tests.service.http.wire_level import check_problem


def test_a_list_is_filtered_cited_and_goes_on(seeded_client: httpx.Client) -> None:
    asked: dict[str, str | int] = {"words": "agreement", "limit": 2}
    first = seeded_client.get("/v1/statements", params=asked)
    assert first.status_code == 200
    found = first.json()
    assert set(found) == {"statements", "next_cursor"}
    assert len(found["statements"]) == 2
    one = found["statements"][0]
    assert set(one) == {
        *("speaker", "who", "office", "unnamed", "to", "venue", "when", "day", "verb", "strength", "depth"),
        "citation",
    }
    article, quote = one["citation"]["article"], one["citation"]["quote"]
    text = seeded_client.get(
        f"/v1/articles/{article['id']}/text", params={"version": article["version"]}
    ).text
    assert text[quote["start"] : quote["end"]] == quote["text"]
    assert "<mark" in seeded_client.get(article["link"]).text
    rest = seeded_client.get("/v1/statements", params=asked | {"cursor": found["next_cursor"]}).json()
    assert rest["statements"]
    assert one not in rest["statements"]


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("since=yesterday", "since: is neither YYYY-MM-DD nor RFC 3339"),
        ("limit=0", "limit: "),
        ("limit=many", "limit: "),
        ("limit=501", "limit: "),
        ("speaker=", "speaker: "),
        ("cursor=x", "cursor: is not one that a list ended with"),
        ("since=2025-02-02&until=2025-02-01", "since 2025-02-02 is after"),
        ("article=a_1", "article: "),
        ("words=%00", "words: "),
    ],
)
def test_what_cannot_be_asked_is_named(seeded_client: httpx.Client, query: str, complaint: str) -> None:
    reply = seeded_client.get(f"/v1/statements?{query}")
    check_problem(reply, 422, "invalid_request")
    assert complaint in reply.json()["detail"]
