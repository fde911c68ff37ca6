import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.slack.mrkdwn import visible
from service.slack.rich_text import BLOCK_UNITS, Room, Run, block_units, rich_text
from tests.service.slack.making import long_text, nasty_text
from tests.service.slack.reading import live_parts, shown
from tests.slack_server import block_errors, text_of, units

PAGE = "https://parley.example/articles/a_1?version=1&quote=1-2#quote"
LONGEST = "https://parley.example/" + "&" * 175 + "a" * 102  # 1,000 units

runs = st.builds(
    Run,
    text=st.one_of(nasty_text, long_text),
    bold=st.booleans(),
    italic=st.booleans(),
    url=st.sampled_from([None, PAGE, LONGEST, "javascript:alert(1)"]),
)


def test_a_block_of_runs() -> None:
    bold = {"type": "text", "text": "a", "style": {"bold": True}}
    both = {"type": "text", "text": "b", "style": {"bold": True, "italic": True}}
    link = {"type": "link", "url": PAGE, "text": "<c>"}
    made = rich_text(Run("a", bold=True), Run(""), Run("b", bold=True, italic=True), Run("<c>", url=PAGE))
    elements = [bold, both, link]
    assert made == [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]
    (quotation,) = rich_text(Run("\u05d0"), shape="rich_text_quote")
    assert quotation["elements"][0]["type"] == "rich_text_quote"
    assert text_of(quotation) == "\u2068\u05d0\u2069"


def test_no_text_is_no_block() -> None:
    assert rich_text() == rich_text(Run(""), Run("", url=PAGE)) == []


def test_an_address_that_can_not_be_opened_is_no_link() -> None:
    (block,) = rich_text(Run("read", url="javascript:alert(1)"))
    assert block["elements"][0]["elements"] == [{"type": "text", "text": "read"}]


@given(st.lists(runs, max_size=6))
def test_runs_lose_nothing_and_hold_the_limits(some: list[Run]) -> None:
    blocks = rich_text(*some)
    assert shown(blocks) == "".join(visible(run.text) for run in some)
    assert block_errors(blocks) == [] or len(blocks) > 50
    assert live_parts(blocks, {PAGE, LONGEST}) == []
    assert all(0 < units(text_of(block)) == block_units(block) <= BLOCK_UNITS for block in blocks)


@pytest.mark.parametrize(
    ("texts", "sizes"),
    [
        (["a" * 3_000], [3_000]),
        (["a" * 3_001], [3_000, 1]),
        (["a" * 1_500, "b" * 1_500], [3_000]),
        (["a" * 1_500, "b" * 1_501], [3_000, 1]),
        (["a" * 1_501, "b" * 1_500], [1_501, 1_500]),  # what little is left isn't worth a cut
        (["a" * 2_000, "b" * 900, "c" * 100], [3_000]),
        (["a" * 1_000, "b" * 2_500], [3_000, 500]),
        (["\u05d0" * 1_500], [1_502]),  # two isolates
        (["\u05d0\n" * 1_500], [1_500 * 2, 1_500 * 2]),
    ],
)
def test_how_blocks_are_filled(texts: list[str], sizes: list[int]) -> None:
    assert [block_units(block) for block in rich_text(*map(Run, texts))] == sizes


def test_the_pieces_of_a_link_are_links() -> None:
    blocks = rich_text(Run("a" * 4_500, url=LONGEST))
    elements = [block["elements"][0]["elements"][0] for block in blocks]
    assert [(len(element["text"]), element["url"]) for element in elements] == [
        (2_000, LONGEST),
        (2_000, LONGEST),
        (500, LONGEST),
    ]


def test_what_a_message_has_room_for() -> None:
    block = rich_text(Run("a" * 3_000))[0]
    assert Room().after([block, block]) == Room(5_500, 43)
    assert Room(3_000, 1).holds([block])
    assert not Room(2_999, 1).holds([block])
    assert not Room(3_000, 0).holds([block])
    assert Room(0, 0).holds([])
    assert not Room(6_000, 1).holds([block, block])
