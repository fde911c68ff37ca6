"""Parley as a server of the Model Context Protocol: an assistant on somebody's desk asks it as a tool."""

from service.mcp.serving import serve_http, serve_stdio

__all__ = ["serve_http", "serve_stdio"]
