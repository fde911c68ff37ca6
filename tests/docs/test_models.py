"""docs/models.md says of each fault what its class says, and of each limit what the code has."""

import re

from service.config import Settings, read_settings
from service.model import http as llm_http
from service.model import pieces as llm_pieces
from service.model.breaker import AT_ONCE, EARNED, FAILURES, SECONDS
from service.model.endpoint import Limits
from service.model.errors import AskerLeft, ModelFault
from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "models.md").read_text("utf-8")
TEXT = re.sub(r"\s+", " ", PAGE)


def test_every_fault_is_listed_as_it_is() -> None:
    rows = re.findall(r"(?m)^\| .+ \| `(\w+)` \| (yes|no) \| (yes|no) \|$", PAGE)
    faults = [fault for fault in ModelFault.__subclasses__() if fault is not AskerLeft]
    word = {True: "yes", False: "no"}
    assert sorted(rows) == sorted((fault.code, word[fault.again], word[fault.counts]) for fault in faults)


def test_every_limit_is_as_it_is() -> None:
    limits, fields = Limits(), Settings.model_fields
    assert fields["llm_idle_seconds"].default == limits.idle
    assert fields["llm_seconds"].default == limits.total
    for said in (
        f"{limits.idle:g} s, `PARLEY_LLM_IDLE_SECONDS`",
        f"{limits.total:g} s, `PARLEY_LLM_SECONDS`",
        f"at most {limits.retries} more times, after {limits.pause:g} and {2 * limits.pause:g} seconds",
        f"within {limits.patience:g} seconds",
        f"{llm_pieces.LONGEST:,} characters",
        f"{llm_pieces.MOST_BYTES >> 20} MiB as sent, {llm_pieces.LONGEST_LINE >> 20} MiB an event",
        f"{llm_http.LONGEST_REFUSAL >> 10} KiB",
        f"After {FAILURES} failures in a row the model is left alone for {SECONDS:g} seconds",
    ):
        assert said in TEXT
    assert (AT_ONCE, EARNED) == (2, 1 / 5), "the page says: one for five of them, and two more"


def test_every_example_is_taken() -> None:
    examples = re.findall(r"`(PARLEY_LLM_BASE_URL=.+?)`", PAGE)
    assert len(examples) == 4
    for example in examples:
        given = dict(pair.removeprefix("PARLEY_").split("=", 1) for pair in example.split())
        settings = read_settings(**{name.lower(): value for name, value in given.items()})
        assert settings.llm_model == given["LLM_MODEL"]
