"""The command line. Only what makes text harmless is for others."""

from service.terminal.harmless import harmless, inert_json

__all__ = ["harmless", "inert_json"]
