"""OpenAI's Chat Completions, as the clients that speak it ask for them and read them."""

from service.http.completions.routes import router

__all__ = ["router"]
