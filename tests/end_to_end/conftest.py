"""One browser for all tests at the page."""

import shutil
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.end_to_end.browsing import ARGUMENTS, Watched, watching

expect.set_options(timeout=15_000)  # milliseconds; a machine may be busy


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    assert path is not None, "there is no Chromium on this machine; `make browser` installs it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, seeded_client: httpx.Client) -> Iterator[Watched]:
    yield from watching(browser, str(seeded_client.base_url))
