"""A prompt with all that others wrote between delimiters that they can't know, and nothing hidden in it.

Delimiters alone stop no injection (https://genai.owasp.org/llmrisk/llm01-prompt-injection/): what the model
says is verified whatever it was led to say.
"""

import secrets
import unicodedata
from collections.abc import Callable, Mapping

from prompts import Prompt, Rendered

Nonce = Callable[[], str]
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn"})


def nonce() -> str:
    return secrets.token_hex(8)


def fenced(prompt: Prompt, values: Mapping[str, str], *, make: Nonce = nonce) -> Rendered:
    """The prompt with what others wrote, made visible, behind a nonce that none of it has."""
    shown = {name: visible(text) for name, text in values.items()}
    mark = make()
    while any(mark in text for text in shown.values()):
        mark = make()
    return prompt.render({**shown, "nonce": mark})


def visible(text: str) -> str:
    """Without characters that a reader doesn't see and a model does, such as tags and direction marks
    (https://www.unicode.org/reports/tr36/); a page break and its like part words still. Words are found in
    the article without them too."""
    return "".join(c if _seen(c) else " " if c.isspace() else "" for c in text)


def _seen(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in _UNSEEN
