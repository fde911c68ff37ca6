"""The pages' HTML, from values."""

from service.web.pages import ArticleRow, Pages

__all__ = ["ArticleRow", "Pages"]
