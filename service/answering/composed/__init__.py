"""A verified answer put together: numbered citations, what is ours and what the articles', Markdown."""

from service.answering.composed.assembly import Assembly
from service.answering.composed.compose import Composed, Composer, quote_path
from service.answering.composed.markdown import escaped, inert

__all__ = ["Assembly", "Composed", "Composer", "escaped", "inert", "quote_path"]
