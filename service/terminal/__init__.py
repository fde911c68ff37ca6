"""The command line. Only what makes text fit for a terminal is for others."""

from service.terminal.harmless import harmless
from service.terminal.written import print_json

__all__ = ["harmless", "print_json"]
