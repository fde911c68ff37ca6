"""A signed link opens its page, and nothing that differs from it in any way."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from service.links import LINK_SECONDS, PageLinks

KEY = "a-key-of-the-tests-that-is-long"
NOW = 1_800_000_000
ids = st.text("0123456789abcdef", min_size=32, max_size=32)
numbers = st.integers(0, 10**9 - 1)
pages = st.builds(
    lambda id_, version, start, end: f"/articles/a_{id_}?version={version}&quote={start}-{end}",
    ids,
    st.integers(1, 10**9 - 1),
    numbers,
    numbers,
)


def links(*, now: float = NOW, key: str | None = KEY) -> PageLinks:
    return PageLinks(key, clock=lambda: now)


def target(link: str) -> str:
    """As it is requested: without the host, and without the fragment, which isn't sent."""
    return "/" + link.partition("#")[0].removeprefix("https://parley.example.org").lstrip("/")


@given(pages)
def test_a_link_opens_its_page_until_it_expires(page: str) -> None:
    link = links().signed(f"https://parley.example.org{page}#quote")
    assert link.startswith(f"https://parley.example.org{page}&expires=")
    assert link.endswith("#quote")
    for seconds, opens in ((0, True), (LINK_SECONDS, True), (LINK_SECONDS + 1, False)):
        assert links(now=NOW + seconds).opens(target(link)) is opens
    assert not links(key=KEY + "x").opens(target(link))
    assert not links(key=None).opens(target(link))
    assert target(links().signed(page)) == target(link)


PARTS = ("path", "version", "start", "end", "expires", "token")
_SPLIT = re.compile(
    r"/articles/a_(?P<path>.*)\?version=(?P<version>.*)&quote=(?P<start>.*)-(?P<end>.*)&expires=(?P<expires>.*)"
    r"&token=(?P<token>.*)"
)


@given(pages, st.sampled_from(PARTS), st.text(min_size=0, max_size=44) | ids | numbers.map(str))
def test_no_part_of_a_link_can_be_another(page: str, part: str, other: str) -> None:
    opened = target(links().signed(page))
    found = _SPLIT.fullmatch(opened)
    assert found is not None
    assume(found[part] != other)
    changed = opened[: found.start(part)] + other + opened[found.end(part) :]
    assert not links().opens(changed)


@given(pages, st.data())
def test_no_character_of_a_link_can_be_changed_left_out_or_added(page: str, data: st.DataObject) -> None:
    opened = target(links().signed(page))
    at = data.draw(st.integers(0, len(opened) - 1))
    other = data.draw(st.characters())
    assume(other != opened[at])
    for changed in (
        opened[:at] + other + opened[at + 1 :],
        opened[:at] + opened[at + 1 :],
        opened[:at] + other + opened[at:],
        opened + other,
    ):
        assume(changed != opened)
        assert not links().opens(changed)


@given(pages, pages)
def test_the_token_of_one_page_does_not_open_another(one: str, other: str) -> None:
    assume(one != other)
    token = target(links().signed(one))[len(one) :]
    assert not links().opens(other + token)


@given(st.text(max_size=300))
def test_whatever_is_asked_for_is_answered_without_a_fault(text: str) -> None:
    assert not links().opens(text)
    assert not links().opens(f"/articles/a_{'0' * 32}?version=1&quote=0-1&expires=9&token={text}")


def test_only_a_citation_is_signed() -> None:
    for link in ("https://parley.example.org/articles", "/articles/a_x?version=1&quote=1-2", "", "/v1/chat"):
        assert links().signed(link) == link


def test_without_a_key_every_page_is_open_and_links_stay_short() -> None:
    page = f"/articles/a_{'0' * 32}?version=1&quote=0-1#quote"
    assert links(key=None).signed(page) == page
