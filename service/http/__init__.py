"""The API and the pages over HTTP: requests in, one call, responses out."""

from service.http.app import create_app
from service.http.connection import Connection
from service.http.serve import serve

__all__ = ["Connection", "create_app", "serve"]
