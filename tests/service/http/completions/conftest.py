"""The official client, pointed at a service of the tests."""

from collections.abc import Iterator

import httpx
import openai
import pytest

from service.bootstrap import Service
from tests.conftest import serving
from tests.service.conftest import KEY


def client_of(url: object, key: str = "none is needed") -> openai.OpenAI:
    http = openai.DefaultHttpxClient(trust_env=False, verify=False)
    return openai.OpenAI(base_url=f"{url}/v1", api_key=key, http_client=http, max_retries=0)


@pytest.fixture(scope="session")
def ai(seeded_client: httpx.Client) -> Iterator[openai.OpenAI]:
    with client_of(seeded_client.base_url) as client:
        yield client


@pytest.fixture(scope="module")
def keyed(with_key: Service) -> Iterator[httpx.Client]:
    """Served with a key, which this client doesn't send."""
    with serving(with_key) as client:
        yield client


@pytest.fixture(scope="module")
def ai_with_key(keyed: httpx.Client) -> Iterator[openai.OpenAI]:
    with client_of(keyed.base_url, KEY) as client:
        yield client
