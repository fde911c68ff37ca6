"""Overviews, composed of sentences of the articles without a language model."""

from service.answering.broad.broad import BroadAnswerer

__all__ = ["BroadAnswerer"]
