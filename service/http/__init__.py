"""The API and the pages over HTTP: requests in, one call, responses out."""

from service.http.access import Access
from service.http.app import create_app
from service.http.connection import Connection
from service.http.guard import Guard
from service.http.rates import Rates
from service.http.serve import serve
from service.http.sharing import Sharing

__all__ = ["Access", "Connection", "Guard", "Rates", "Sharing", "create_app", "serve"]
