"""The web pages: what is to be shown in, HTML out. No request, no setting, no store.

Every page works under the policy `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';
connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import jinja2

from retrieval.article import Article, Region, Span
from service.english import MONTHS
from service.web.interface import operations, shapes
from service.web.marking import blocks, markable
from service.web.shown import ALL_RIGHTS, NOTHING_CHOSEN, Copy, Listed, Narrowing, Rights, told_from

HERE = Path(__file__).parent
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# A language tag as HTML's `lang` takes it (BCP 47, loosely): anything else is left out of the page.
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
REGION_LABELS = {
    Region.CAPTION: "Photo caption: its date is the photograph’s",
    Region.CREDIT: "Photo credit",
    Region.BYLINE: "Who wrote it, or when",
    Region.BOILERPLATE: "Not part of the report",
    Region.NOTE: "Note on the article: it may amend what the article says",
    Region.POST: "Post or quoted text: its author’s words",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`digest` changes with the content; it makes the address in the pages, and serves as an ETag."""

    content: bytes
    media_type: str
    digest: str


class Pages:
    """Reads templates and static files once, when it is made. `keyed`: whether readers sign in, and out."""

    def __init__(self, *, keyed: Callable[[], bool] = lambda: False) -> None:
        self.static: Mapping[str, StaticFile] = MappingProxyType(
            {path.name: _read_static(path) for path in sorted((HERE / "static").iterdir())}
        )
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals["static"] = self._static_url
        self._templates.globals["signs_in"] = keyed
        self._templates.filters["day"] = day
        self._templates.filters["sentence"] = sentence
        self._templates.filters["link_host"] = link_host

    def ask(
        self,
        *,
        examples: Sequence[str],
        article_count: int,
        base_url: str = "http://127.0.0.1:8000",
        narrowing: Narrowing = NOTHING_CHOSEN,
        rights: Rights = ALL_RIGHTS,
    ) -> str:
        """`base_url` is where a command line reaches this service; shown where scripts are off."""
        return self._render(
            "ask.html",
            examples=examples,
            article_count=article_count,
            base_url=base_url.rstrip("/"),
            narrowing=narrowing,
            rights=rights,
        )

    def articles(self, listed: Listed, *, rights: Rights = ALL_RIGHTS) -> str:
        return self._render("articles.html", listed=listed, narrowing=listed.narrowing, rights=rights)

    def article(
        self,
        article: Article,
        *,
        latest_version: int | None,
        mark: Span | None,
        shown_title: str,
        title_is_ours: bool,
        guest: bool = False,
        copies: Sequence[Copy] = (),
        rights: Rights = ALL_RIGHTS,
    ) -> str:
        """`guest` reads this page alone, by a link. `latest_version` is None where the article was deleted.
        `mark` is the quotation asked for: where it doesn't lie in the text nothing is marked, and the page
        says so."""
        language = article.facts.language or ""
        cut = blocks(article.text, article.regions, mark=mark)
        first = {block.kind: at for at, block in reversed(list(enumerate(cut)))}
        title_at = first.get(Region.HEADLINE)
        if title_at is not None and cut[title_at].words != shown_title.split():
            title_at = None
        numbered = list(enumerate(cut))
        split = 0 if title_at is None else title_at + 1
        return self._render(
            "article.html",
            article=article,
            facts=article.facts,
            origins=told_from(article),
            language=language if LANGUAGE_TAG.fullmatch(language) else None,
            latest_version=latest_version,
            guest=guest,
            rights=rights,
            copies=copies,
            mark=mark,
            marked=markable(article.text, mark),
            above=numbered[:split],
            below=numbered[split:],
            note_at=first.get(Region.NOTE),
            title_at=title_at,
            labels=REGION_LABELS,
            # Without an empty line anywhere, each line is a paragraph; else empty lines part them.
            spaced=EMPTY_LINE.search(article.text.strip()) is None,
            shown_title=shown_title,
            title_is_ours=title_is_ours,
        )

    def sign_in(self, *, failed: bool, next_path: str, wait: int | None = None) -> str:
        """`next_path` goes back to the service with the form; the service checks that it is its own. `wait`:
        the seconds until it takes another key."""
        return self._render("sign_in.html", failed=failed, next_path=next_path, wait=wait)

    def shared(self, *, question: str, text: str, answer: str, articles: str) -> str:
        """An answer that somebody shares; `text` is shown where scripts are off, else `answer`, as JSON, with
        the `articles` that it cites as they are now, by id, null where one was deleted."""
        return self._render("shared.html", question=question, text=text, answer=answer, articles=articles)

    def problem(self, *, title: str, detail: str, remedy: str) -> str:
        return self.told(title, detail, remedy)

    def told(self, title: str, detail: str, remedy: str, link: str | None = None) -> str:
        """How something goes that Slack has a part in; `link` leads there."""
        return self._render("problem.html", title=title, detail=detail, remedy=remedy, slack=link)

    def api(self, document: Mapping[str, Any], events: Sequence[tuple[str, str, str]]) -> str:
        """`document` is the interface's, in OpenAPI; `events` are the names of those that are streamed, with
        their data and when they come."""
        return self._render(
            "api.html",
            version=document["info"]["version"],
            keyed="security" in document,
            groups=operations(document),
            shapes=shapes(document),
            events=events,
        )

    def _render(self, name: str, **values: object) -> str:
        return self._templates.get_template(name).render(values)

    def _static_url(self, name: str) -> str:
        return f"/static/{name}?v={self.static[name].digest}"


def link_host(url: str | None) -> str | None:
    """The host of an address that may become a link: http or https, nothing hidden in it; else None.

    The host is what the reader sees, so that an article's address cannot pose as another's.
    """
    if url is None or any(character <= " " or character == "\x7f" for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # such as a broken IPv6 address
        return None
    # A browser reads "\" as "/", which would make another host of what stands before it.
    if parts.scheme not in {"http", "https"} or "\\" in url or "@" in parts.netloc:
        return None
    return host or None


def sentence(words: str) -> str:
    """An error's message as people read it."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def day(published: str) -> str:
    """ "2025-08-17" or "2025-08-17T09:30:00+02:00" as "17 August 2025", the day where it was published."""
    try:
        found = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def _read_static(path: Path) -> StaticFile:
    content = path.read_bytes()
    return StaticFile(content, MEDIA_TYPES[path.suffix], sha256(content).hexdigest()[:16])
