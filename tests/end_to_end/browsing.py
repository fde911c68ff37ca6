"""What a reader does at the page, in a real Chromium, and all that must not happen there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

QUESTION = "How long did the Alaska summit last?"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@dataclass
class Watched:
    """A page, and all that must not happen on it."""

    page: Page
    ours: str
    faults: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", lambda request: self._own(request.url))
        self.page.on("console", lambda said: self.console.append(f"{said.type}: {said.text}"))

    def _own(self, url: str) -> None:
        if urlsplit(url).netloc != self.ours:
            self.faults.append(f"request to {url}")

    def troubles(self) -> list[str]:
        """Faults, and what the console complains of: a breach of the content security policy among them."""
        loud = [said for said in self.console if said.startswith(("error", "warning"))]
        return self.faults + loud


def watching(browser: Browser, base_url: str, **context: Any) -> Iterator[Watched]:
    """For a fixture: a page of its own at that service, on which nothing went wrong in the end."""
    with browser.new_context(base_url=base_url, **context) as opened:
        opened.set_default_timeout(15_000)
        watched = Watched(opened.new_page(), urlsplit(base_url).netloc)
        watched.watch()
        yield watched
        assert watched.troubles() == []


def ask(page: Page, question: str = QUESTION) -> Locator:
    page.locator("#question").fill(question)
    page.locator("#ask").click()
    return page.locator(".turn").last.locator(".answer[data-status]")


def quotation(page: Page) -> str:
    """The marked words; a quotation over several lines is marked line by line."""
    return "".join(page.locator("mark.quote").all_text_contents())


def tab_to(page: Page, wanted: Locator) -> None:
    """From wherever the focus is, with Tab alone; focus goes round the page, so every stop is reached."""
    for _ in range(200):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not reach it")
