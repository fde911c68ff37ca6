"""Parley in Slack: `register` hangs it on a Bolt app, `open_entrance` takes what Slack sends over HTTP,
`Installing` the browsers that install it, `run` is `parley slack`. docs/slack.md tells how it is set up."""

from service.slack.app import register
from service.slack.entrance import Entrance, open_entrance
from service.slack.installing import Installing, Reply
from service.slack.run import run

__all__ = ["Entrance", "Installing", "Reply", "open_entrance", "register", "run"]
