"""Try the app by hand: `python -m tests.slack_server` prints where it listens and every call it gets."""

import contextlib
import time

from tests.slack_server.server import APP_TOKEN, slack_server


def main() -> None:
    with slack_server() as slack:
        bot = slack.workspaces[0].bot_token
        print(
            f"Web API {slack.base_url}  bot token {bot}  app token {APP_TOKEN}\nCtrl-C ends it.", flush=True
        )
        shown = 0
        while True:
            calls = slack.calls()
            for call in calls[shown:]:
                print(call.method, call.arguments, "->", call.answer, flush=True)
            shown = len(calls)
            time.sleep(0.2)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
