"""The API and the pages over HTTP: requests in, one call, responses out."""

from service.http.access import Access
from service.http.app import create_app
from service.http.connection import Connection
from service.http.guard import Guard
from service.http.rates import Rates
from service.http.serve import serve

__all__ = ["Access", "Connection", "Guard", "Rates", "create_app", "serve"]
