"""A signed link at the door of a service with a key: one page, to read."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from service.bootstrap import Service
from service.links import PageLinks
from tests.conftest import MakeSettings, add, serving

KEY = "a-key-of-the-tests-that-is-long"


@pytest.fixture
def guarded(service: Service, make_settings: MakeSettings) -> Iterator[httpx.Client]:
    settings = make_settings(service.settings.data_dir, api_key=KEY)
    with serving(replace(service, settings=settings)) as client:
        yield client


def test_a_signed_link_opens_its_page_and_nothing_else(service: Service, guarded: httpx.Client) -> None:
    done = add(service, "A headline of some length\n\nThe delegates met on Tuesday and parted on Friday.")
    page = f"/articles/{done.article_id}?version=1&quote=27-40"
    link = PageLinks(KEY).signed(page)
    opened = guarded.get(link)
    assert opened.status_code == 200
    assert "<mark" in opened.text
    assert guarded.head(link).status_code in (200, 405)
    token = link[len(page) :]
    for other in (
        page,
        page.replace("quote=27-40", "quote=27-41") + token,
        page.replace("version=1", "version=2") + token,
        f"/articles/{done.article_id}/?version=1&quote=27-40{token}",
        f"/%61rticles/{done.article_id}?version=1&quote=27-40{token}",
        f"/v1/articles/{done.article_id}?version=1&quote=27-40{token}",
        f"/articles?version=1&quote=27-40{token}",
        f"{link}&version=2",
        f"{link}&quote=0-1",
    ):
        assert guarded.get(other).status_code == 401, other
    for method in ("POST", "DELETE", "PUT"):
        assert guarded.request(method, link).status_code == 401
