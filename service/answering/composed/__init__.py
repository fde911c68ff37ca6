"""A verified answer put together: numbered citations, what is ours and what the articles', Markdown."""

from service.answering.composed.assembly import Assembly
from service.answering.composed.compose import Composed, Composer, quote_path
from service.answering.composed.markdown import escaped

__all__ = ["Assembly", "Composed", "Composer", "escaped", "quote_path"]
