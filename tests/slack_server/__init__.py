"""A Slack on loopback: the Web API, Socket Mode and signed deliveries, over their real wires.

    with slack_server() as slack:
        client = WebClient("xoxb-one", base_url=slack.base_url)

It keeps messages as Slack would, holds Slack's limits and refuses with Slack's own error codes.
"""

from tests.slack_server.deliveries import (
    SIGNING_SECRET,
    deliver,
    event_request,
    interaction_request,
    sign,
)
from tests.slack_server.people import Said
from tests.slack_server.schema import block_errors, text_of, units, view_errors
from tests.slack_server.server import APP_TOKEN, SlackServer, slack_server
from tests.slack_server.state import Call, Message, Workspace

__all__ = [
    "APP_TOKEN",
    "SIGNING_SECRET",
    "Call",
    "Message",
    "Said",
    "SlackServer",
    "Workspace",
    "block_errors",
    "deliver",
    "event_request",
    "interaction_request",
    "sign",
    "slack_server",
    "text_of",
    "units",
    "view_errors",
]
