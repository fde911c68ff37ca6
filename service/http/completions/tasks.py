"""What a chat client asks for itself rather than for its reader: a title for the conversation, tags,
suggestions, queries. Open WebUI sends these as ordinary requests, and reads JSON in reply.

They aren't searched for and no answer is kept of them. A title is the reader's own first question; of what
would have to be made up there is none.
https://github.com/open-webui/open-webui
"""

import json
import re

from service.http.completions.request import MessageIn

_TASK, _HISTORY, _SAID = "### Task:", "<chat_history>", "USER:"
_WANTED = re.compile(r'\{\s*"(title|tags|follow_ups|queries|text)"\s*:')
_LONGEST = 80  # characters of a title


def task_reply(message: MessageIn) -> str | None:
    """None of what a reader asks."""
    task, told, history = message.text.partition(_HISTORY)
    if message.role != "user" or not told or not task.lstrip().startswith(_TASK):
        return None
    wanted = _WANTED.search(task)
    return json.dumps({wanted[1]: _filled(wanted[1], history)} if wanted else {}, ensure_ascii=False)


def _filled(wanted: str, history: str) -> str | list[str]:
    if wanted == "title":
        return _title(history)
    return "" if wanted == "text" else []


def _title(history: str) -> str:
    asked = " ".join(
        history.partition(_SAID)[2].partition("\nASSISTANT:")[0].partition("</chat_history>")[0].split()
    )
    return asked if len(asked) <= _LONGEST else f"{asked[:_LONGEST].rstrip()}…"
