"""Articles as people have them: web pages, PDFs, Word files and mail, and what files say of themselves.

A reader's libraries are imported when the first such file is read, in the process that reads it.
"""

from collections.abc import Callable, Mapping

from retrieval.errors import SourceError, UnreadableSource
from retrieval.formats.found import Found
from retrieval.formats.front_matter import front_matter, head_of, headed
from retrieval.formats.mail import read_mail
from retrieval.formats.page import read_page
from retrieval.formats.pdf import read_pdf
from retrieval.formats.told import told
from retrieval.formats.word import read_word
from retrieval.parsed import Parsed
from retrieval.sources import Source

__all__ = ["READERS", "Found", "front_matter", "head_of", "headed", "told"]

_Reader = Callable[[Source], Parsed]


def _by_a_library(read: _Reader, what: str) -> _Reader:
    """Whatever a library falls over in a file is told as the file's damage: these parse what anybody made."""

    def guarded(source: Source) -> Parsed:
        try:
            return read(source)
        except (SourceError, MemoryError):
            raise
        except Exception as exc:
            raise UnreadableSource(
                f"{source.name} cannot be read as {what}: it is damaged, or none ({type(exc).__name__})",
                remedy="open it where it was made, and save it anew, or give the article as plain text",
            ) from exc

    return guarded


READERS: Mapping[str, _Reader] = {
    ".html": read_page,
    ".htm": read_page,
    ".pdf": _by_a_library(read_pdf, "a PDF"),
    ".docx": _by_a_library(read_word, "a Word file"),
    ".eml": _by_a_library(read_mail, "mail"),
}
