"""Parley in somebody else's Bolt app."""

from service.slack import register

__all__ = ["register"]
