"""The pages' HTML, from values."""

from service.web.pages import Pages
from service.web.shown import ArticleRow, Copy, Listed, Narrowing, Outlet, Passage, Rights

__all__ = ["ArticleRow", "Copy", "Listed", "Narrowing", "Outlet", "Pages", "Passage", "Rights"]
