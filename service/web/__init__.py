"""The pages' HTML, from values."""

from service.web.pages import Pages
from service.web.shown import ArticleRow, Listed, Narrowing, Outlet, Passage

__all__ = ["ArticleRow", "Listed", "Narrowing", "Outlet", "Pages", "Passage"]
