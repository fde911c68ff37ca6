"""Mail: its text, and who sent it when."""

import pytest

from retrieval.article import Facts, Origin, Region
from retrieval.errors import UnreadableSource
from tests.retrieval.formats.made import NETS, QUAY, page, parts, read

HEADERS = "Subject: =?utf-8?q?Quay_lost_=E2=80=93_at_last?=\nDate: Tue, 5 Mar 2024 08:00:00 +0100\n"


def mail(text: str, *, sender: str = "Mo Reyes <mo@orlo.example>", more: str = "") -> bytes:
    return f"From: {sender}\n{HEADERS}{more}\n{text}".encode()


def test_headers_are_facts() -> None:
    parsed = read("a.eml", mail(QUAY))
    assert parsed.facts == Facts(
        "Quay lost – at last", None, "2024-03-05T08:00:00+01:00", None, ("Mo Reyes",), parsed.facts.language
    )
    assert set(parsed.origins.values()) == {Origin.MAIL}


@pytest.mark.parametrize(
    ("sender", "more"),
    [
        ("The Orlo Bulletin <news@mailer.example>", ""),
        ("Orlo Bulletin <mo@orlobulletin.example>", ""),
        ('"Orlo Bulletin" <mo@mailer.example>', "List-Unsubscribe: <https://orlo.example/u>\n"),
    ],
)
def test_a_desk_is_an_outlet_and_the_byline_names_who_wrote(sender: str, more: str) -> None:
    facts = read("a.eml", mail(f"By Mo Reyes\n\n{QUAY}", sender=sender, more=more)).facts
    assert (facts.outlet, facts.authors) == (sender.split(" <")[0].strip('"'), ("Mo Reyes",))


def test_quoted_mail_signatures_and_furniture_speak_for_nothing() -> None:
    text = "\n\n".join(
        (
            *("View this email in your browser: https://orlo.example/1", QUAY, "> Earlier: it stays."),
            *("* SPONSORED * Boats from 9 crowns.", NETS, "In other news: whales came"),
            "You are receiving this because you signed up.",
            "On Mon, 4 Mar 2024, Lu Ek wrote:\n> The quay stays.\n-- \nMo",
        )
    )
    parsed = read("a.eml", mail(text))
    assert "".join(parts(parsed, Region.BODY)) == QUAY + NETS
    assert parsed.text.endswith("-- \nMo")


def test_what_was_forwarded_is_the_article() -> None:
    head = "---------- Forwarded message ---------\nFrom: Lu Ek <lu@orlo.example>\nSubject: Quay"
    text = f"{head}\n\n{QUAY}\n\n{NETS}"
    assert parts(read("a.eml", mail(text)), Region.BODY) == [f"{QUAY}\n\n{NETS}"]


def test_of_two_forms_the_plain_one_is_read_and_attachments_are_counted() -> None:
    parted = (
        "Content-Type: multipart/mixed; boundary=m\n\n"
        "--m\nContent-Type: multipart/alternative; boundary=a\n\n"
        f"--a\nContent-Type: text/html\n\n{page('<p>sturgeon</p>')}\n"
        "--a\nContent-Type: text/plain; charset=cp1251\nContent-Transfer-Encoding: base64\n\n"
        "z/Do9+DrIMHw5e3k4CDn4Orw++s=\n--a--\n"
        "--m\nContent-Disposition: attachment; filename=a.pdf\n\nsturgeon\n--m--\n"
    )
    parsed = read("a.eml", f"From: Mo <mo@orlo.example>\n{HEADERS}{parted}")
    assert parsed.text.startswith("Причал Бренда закрыл")
    assert parsed.notes == ("attachments left out: 1",)


def test_a_page_by_mail_is_read_as_a_page() -> None:
    html = page(f"<h1>Quay lost</h1><p>{QUAY}</p><p hidden>sturgeon</p><p>{NETS}</p>")
    parsed = read("a.eml", mail(html, more="Content-Type: text/html; charset=utf-8\n"))
    assert parsed.text == f"Quay lost\n\n{QUAY}\n\n{NETS}"
    assert (parsed.facts.title, parsed.notes) == ("Quay lost – at last", ("hidden parts left out: 1",))


def test_lines_that_flow_are_joined() -> None:
    text = "The quay at Orlo will \nclose on Thursday.\n\nNobody was asked."
    parsed = read("a.eml", mail(text, more="Content-Type: text/plain; format=flowed\n"))
    assert parsed.text == "The quay at Orlo will close on Thursday.\n\nNobody was asked."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no headers at all",
        b"\x00\x01\x02",
        mail(""),
        b"Content-Type: multipart/mixed; boundary=a\n\n--a--\n",
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nX: y\n\nz\n" * 300 + b"--a--\n",
        mail("x\x00y"),
    ],
)
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource) as refused:
        read("a.eml", data)
    assert refused.value.remedy
