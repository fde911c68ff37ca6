"""Answers as the page draws them, in the Chromium that is installed."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from service.wire import AnswerOut

_WEB = Path(__file__).resolve().parents[1] / "service/web"


def page_links(answers: Sequence[AnswerOut]) -> int | None:
    """Links and loading elements on the page that aren't to our own article pages; None without a browser."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    count = """answers => answers.map(answer => {
        const node = Parley.drawAnswer(answer);
        const own = a => a.getAttribute("href").startsWith("/articles/")
            || answer.citations.some(c => c.article.url === a.getAttribute("href"));
        const links = [...node.querySelectorAll("a")].filter(a => !own(a));
        return links.length + node.querySelectorAll("img, script, iframe, object, form, style, link").length;
    }).reduce((one, other) => one + other, 0)"""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page()
            body = f"<!doctype html><title>Parley</title>{(_WEB / 'templates/_source.html').read_text()}"
            page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
            page.goto("http://parley.invalid/")
            page.add_script_tag(content=f"{_drawing()}\nwindow.Parley = Parley;")
            found: int = page.evaluate(count, [answer.model_dump() for answer in answers])
            return found
        finally:
            browser.close()


def _drawing() -> str:
    """The scripts that a shared answer's page loads before its own, in their order."""
    page = (_WEB / "templates" / "shared.html").read_text(encoding="utf-8")
    *names, _ = re.findall(r'"(\w+)"', page[page.index("set scripts") :].partition("%}")[0])
    return "\n".join((_WEB / "static" / f"{name}.js").read_text(encoding="utf-8") for name in names)
