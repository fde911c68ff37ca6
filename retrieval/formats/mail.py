"""A message: its text part, or its HTML part, read as a page is. What it quotes of earlier mail, and who
signs or sends it, is no part of the article."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

from retrieval.article import Origin, Region, RegionSpan
from retrieval.errors import UnreadableSource
from retrieval.formats.charset import decoded
from retrieval.formats.found import Told, first_of
from retrieval.formats.page import page_of
from retrieval.formats.told import told
from retrieval.lines import Line, lines
from retrieval.parsed import Parsed, with_words
from retrieval.regions import regions
from retrieval.sources import Source

# Mailboxes of a desk, and no person's.
_OF_A_DESK = re.compile(
    r"(?:news|editors?|editorial|newsletters?|info|no-?reply|do-?not-?reply|press|media|contact|hello|mail|desk"
    r"|alerts?|updates?|redaktion|service|support|subscriptions?|team|briefing|digest)\b",
    re.IGNORECASE,
)
_OPENS_QUOTED = re.compile(
    r"(?:On\b.{5,200}\bwrote:|-{2,} ?Original Message ?-{2,}|_{10,}"
    r"|Am .{5,200} schrieb .{1,100}:|Le .{5,200} a écrit ?:)$"
)
_FORWARDED = re.compile(r"(?:-{2,} ?Forwarded message ?-{2,}|Begin forwarded message:)$", re.IGNORECASE)
_HEADER = re.compile(r"(?:From|To|Cc|Date|Sent|Subject|Reply-To):\s", re.IGNORECASE)
_SIGNATURE = ("--", "-- ")
_FURNITURE = re.compile(
    r"view (?:this (?:e-?mail|message|newsletter)|it) (?:in|on) |(?:having )?trouble (?:viewing|reading) this"
    r"|you(?:['’]re| are) receiving this|you (?:have )?(?:received|got) this"
    r"|this (?:e-?mail|message) was sent to"
    r"|unsubscribe\b|manage (?:your )?(?:preferences|subscription)|(?:to )?update your preferences"
    r"|forward(?:ed)? (?:this )?to a friend|add us to your address book"
    r"|[*\[(]{0,3} ?(?:sponsored|advertisement|promoted|presented by)\b ?(?:[*\])]{1,3}|[:–—-])"
    r"|in other news:|also in this (?:issue|newsletter|edition):",
    re.IGNORECASE,
)
_MOST_PARTS = 200


def read_mail(source: Source) -> Parsed:
    """Raises UnreadableSource."""
    message = message_from_bytes(source.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise UnreadableSource(
            f"{source.name} is no mail: it has no headers", remedy="save the mail as .eml again"
        )
    part = _text_part(source.name, message)
    words = _words(source.name, part)
    of_page = page_of(source.name, words) if part.get_content_type() == "text/html" else None
    text = of_page.text if of_page else with_words(source.name, words)
    found = of_page.regions if of_page else _marked(text, regions(text))
    facts = first_of([*_headers(message), *told(text, found).told(), *_sender(message, weak=True)])
    notes = [*(of_page.notes if of_page else ()), *_attached(message)]
    return Parsed(text, found, facts.facts, facts.origins, tuple(notes))


def _text_part(name: str, message: EmailMessage) -> EmailMessage:
    if sum(1 for _ in islice(message.walk(), _MOST_PARTS + 1)) > _MOST_PARTS:
        raise UnreadableSource(f"{name} has more than {_MOST_PARTS} parts", remedy="give its text alone")
    part = message.get_body(preferencelist=("plain", "html"))
    if not isinstance(part, EmailMessage):
        raise UnreadableSource(
            f"{name} holds no text, only attachments", remedy="give these as files of their own"
        )
    return part


def _words(name: str, part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    text = decoded(name, data if isinstance(data, bytes) else b"", declared=part.get_content_charset())
    flowed = part.get_content_subtype() == "plain" and part.get_param("format") == "flowed"
    return re.sub(r"(?<!^-- )(?<=[^\n]) \n(?=[^\n>])", " ", text) if flowed else text


def _headers(message: EmailMessage) -> Iterator[Told]:
    yield Told("title", message["subject"], Origin.MAIL)
    try:
        sent = parsedate_to_datetime(str(message["date"]))
    except (TypeError, ValueError):
        sent = None
    if sent is not None:
        day = sent.date() if sent.tzinfo is None else sent
        yield Told("published", day.isoformat(), Origin.MAIL)
    yield from _sender(message, weak=False)


def _sender(message: EmailMessage, *, weak: bool) -> Iterator[Told]:
    """An outlet where a desk sends it, or a list, or an address that is named after it; else a person, whom a
    byline in the text outdoes."""
    name, address = parseaddr(str(message["from"] or ""))
    mailbox, _, domain = address.partition("@")
    squeezed = re.sub(r"[^a-z0-9]", "", name.lower().removeprefix("the "))
    is_outlet = bool(
        message["list-unsubscribe"]
        or message["list-id"]
        or _OF_A_DESK.match(mailbox)
        or (squeezed and squeezed in re.sub(r"[^a-z0-9]", "", domain.lower()))
    )
    if name and is_outlet and not weak:
        yield Told("outlet", name, Origin.MAIL)
    if name and not is_outlet and weak:
        yield Told("authors", [name], Origin.MAIL)


def _attached(message: EmailMessage) -> Iterator[str]:
    count = sum(1 for _ in message.iter_attachments())
    if count:
        yield f"attachments left out: {count}"


def _marked(text: str, found: tuple[RegionSpan, ...]) -> tuple[RegionSpan, ...]:
    """What is quoted, signed or told by whoever sends it, as boilerplate."""
    spans: list[RegionSpan] = []
    ours = [(line.start, line.end) for line in _aside(list(lines(text)))]
    for region in found:
        at = region.start
        for start, end in ours:
            if end <= at or start >= region.end:
                continue
            _add(spans, text, RegionSpan(region.kind, at, start) if start > at else None)
            _add(spans, text, RegionSpan(Region.BOILERPLATE, max(at, start), min(end, region.end)))
            at = min(end, region.end)
        _add(spans, text, RegionSpan(region.kind, at, region.end) if at < region.end else None)
    return tuple(spans)


def _aside(every: list[Line]) -> Iterator[Line]:
    signed = quoted = heads = False
    for number, line in enumerate(every):
        signed = signed or line.text in _SIGNATURE
        quoted = quoted or _opens_quoted(every, number)
        heads = bool(_FORWARDED.match(line.text)) or (heads and bool(_HEADER.match(line.text)))
        wrote = bool(_OPENS_QUOTED.match(line.text))
        if signed or quoted or heads or wrote or line.text.startswith(">") or _is_furniture(line.text):
            yield line


def _opens_quoted(every: list[Line], number: int) -> bool:
    """Whether all that follows is earlier mail: where some of it is marked by ">", only that is."""
    opens = _OPENS_QUOTED.match(every[number].text)
    after = every[number + 1 :]
    return bool(opens and number and not any(line.text.startswith(">") for line in after))


def _is_furniture(words: str) -> bool:
    return len(words) < 200 and bool(_FURNITURE.match(words))


def _add(spans: list[RegionSpan], text: str, span: RegionSpan | None) -> None:
    """Trimmed of white space."""
    words = text[span.start : span.end] if span else ""
    if span and words.strip():
        start = span.start + len(words) - len(words.lstrip())
        spans.append(RegionSpan(span.kind, start, start + len(words.strip())))
