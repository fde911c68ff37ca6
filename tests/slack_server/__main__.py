"""Try Parley without Slack: `python -m tests.slack_server` serves a page to write in, prints how to connect
`parley slack`, and with `--calls` every call that it gets."""

import argparse
import contextlib
import time

from tests.slack_server.page import served_page
from tests.slack_server.server import APP_TOKEN, SlackServer, slack_server
from tests.slack_server.state import Workspace

_SAID = """Open {page} in a browser, and connect Parley in another terminal:

  PARLEY_SLACK_API_URL={api} PARLEY_SLACK_BOT_TOKEN={bot} PARLEY_SLACK_APP_TOKEN={app} parley slack

Ctrl-C ends it; what was said here is forgotten, but for what Parley keeps in its data directory.
"""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.slack_server", description=__doc__)
    asked.add_argument("--port", type=int, default=8100, help="of the page (%(default)s; 0: any)")
    asked.add_argument("--calls", action="store_true", help="print every call that the app makes")
    given = asked.parse_args()
    # Another workspace each time: Parley's record remembers which events of one it was sent.
    workspace = Workspace(team=f"T{int(time.time()):010d}")
    with slack_server(workspace) as slack, served_page(slack, port=given.port) as page:
        print(_SAID.format(page=page, api=slack.base_url, bot=workspace.bot_token, app=APP_TOKEN), flush=True)
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
