"""Try Parley without Slack: `python -m tests.slack_server` serves a page to write in, prints how to connect
`parley slack`, and with `--calls` every call that it gets."""

import argparse
import contextlib
import secrets
import time

from tests.slack_server.deliveries import SIGNING_SECRET
from tests.slack_server.installing import CLIENT_ID, CLIENT_SECRET
from tests.slack_server.page import served_page
from tests.slack_server.server import APP_TOKEN, SlackServer, slack_server
from tests.slack_server.state import Workspace

_SAID = """Open {page} in a browser, and connect Parley in another terminal:

  PARLEY_SLACK_API_URL={api} PARLEY_SLACK_BOT_TOKEN={bot} PARLEY_SLACK_APP_TOKEN={app} parley slack

Ctrl-C ends it; what was said here is forgotten, but for what Parley keeps in its data directory.
"""


_INSTALLED = """Open {page} in a browser. Start Parley in another terminal:

  PARLEY_SLACK_API_URL={api} PARLEY_SLACK_CLIENT_ID={id} PARLEY_SLACK_CLIENT_SECRET={secret} \\
  PARLEY_SLACK_SIGNING_SECRET={signing} PARLEY_SLACK_STORE_KEY={key} PARLEY_PUBLIC_URL={url} parley serve

Then install it at {url}/slack/install, and ask.

Ctrl-C ends it; what was said here is forgotten, but for what Parley keeps in its data directory.
"""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.slack_server", description=__doc__)
    asked.add_argument("--port", type=int, default=8100, help="of the page (%(default)s; 0: any)")
    asked.add_argument("--calls", action="store_true", help="print every call that the app makes")
    asked.add_argument(
        "--install", metavar="URL", help="have the app installed at a running `parley serve`, as by OAuth"
    )
    given = asked.parse_args()
    # Another workspace each time: Parley's record remembers which events of one it was sent.
    workspace = Workspace(team=f"T{int(time.time()):010d}")
    url = given.install and given.install.rstrip("/")
    events = url and f"{url}/slack/events"
    with slack_server(workspace) as slack, served_page(slack, port=given.port, events=events) as page:
        told = {"page": page, "api": slack.base_url, "bot": workspace.bot_token, "app": APP_TOKEN}
        if url:
            slack.state.workspaces.clear()  # until it is installed
            told |= {"url": url, "id": CLIENT_ID, "secret": CLIENT_SECRET}
            told |= {"signing": SIGNING_SECRET, "key": secrets.token_urlsafe(32)}
        print((_INSTALLED if url else _SAID).format(**told), flush=True)
        _wait(slack, calls=given.calls)


def _wait(slack: SlackServer, *, calls: bool) -> None:
    shown = 0
    while True:
        made = slack.calls()
        for call in made[shown:] if calls else ():
            print(call.method, call.arguments, "->", call.answer, flush=True)
        shown = len(made)
        time.sleep(0.2)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
