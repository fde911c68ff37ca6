from hypothesis import given, settings
from hypothesis import strategies as st

from service.model.manner import Manner

RICHEST = Manner()
SCHEMA = {"type": "object"}


def test_each_manner_asks_for_less() -> None:
    assert RICHEST.fields(SCHEMA).keys() == {"response_format", "stream_options", "temperature"}
    assert Manner(form=1).fields(SCHEMA)["response_format"] == {"type": "json_object"}
    assert "response_format" not in Manner(form=2).fields(SCHEMA)
    assert "response_format" not in RICHEST.fields(None)
    assert Manner.plainest().fields(SCHEMA) == {}


def test_what_is_named_is_left_out() -> None:
    assert RICHEST.plainer("unknown: stream_options", formed=True, blind=False) == Manner(counted=False)
    assert RICHEST.plainer("'temperature' must be 1", formed=True, blind=False) == Manner(steady=False)
    assert RICHEST.plainer("json_schema is unknown", formed=True, blind=False) == Manner(form=1)


def test_what_is_not_asked_for_is_not_left_out() -> None:
    assert RICHEST.plainer("response_format?", formed=False, blind=False) is None
    assert RICHEST.plainer("no", formed=True, blind=False) is None


@settings(deadline=None)
@given(st.text() | st.sampled_from(["temperature", "stream_options", "response_format"]), st.booleans(),
       st.booleans())  # fmt: skip
def test_there_is_an_end_to_leaving_out(told: str, formed: bool, blind: bool) -> None:
    manner: Manner | None = RICHEST
    steps = 0
    while manner is not None:
        asked = manner
        manner = manner.plainer(told, formed=formed, blind=blind)
        steps += 1
    assert steps <= 5
    if blind:
        assert asked.fields(SCHEMA if formed else None) == {}
