"""A service with a key, which Slack and the desk of another process ask."""

from collections.abc import Iterator

import pytest

from service.bootstrap import Service, open_service
from tests.conftest import SEEDS, MakeSettings

KEY = "a-key-of-the-tests-that-is-long"


@pytest.fixture(scope="session")
def with_key(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[Service]:
    """With the seed articles and a key, opened once."""
    settings = make_settings(tmp_path_factory.mktemp("with_key"), seeds_dir=SEEDS, api_key=KEY)
    opened = open_service(settings, command="a test")
    yield opened
    opened.close()
