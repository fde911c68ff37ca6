"""Prompts as files: a header of name, version and variables, then the text with its $variables.

The hash of each version is committed in versions.toml, so that text never changes under a version.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

FOLDER = Path(__file__).resolve().parent
_RULE = "---\n"
_USER = "\n=== user ===\n"
_FIELDS = {"name", "version", "variables"}


class PromptError(ValueError):
    """A prompt file, or what is filled into it, is not as declared."""


@dataclass(frozen=True, slots=True)
class Rendered:
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """`hash` is the SHA-256 of the UTF-8 text below the header, in hex."""

    name: str
    version: int
    text: str
    hash: str
    variables: frozenset[str]

    def render(self, values: Mapping[str, str]) -> Rendered:
        """Values are filled in once: a `$` in one of them stands for itself."""
        missing, unknown = self.variables - values.keys(), values.keys() - self.variables
        if missing or unknown:
            raise PromptError(
                f"the prompt {self.name} takes {sorted(self.variables)}: "
                f"missing {sorted(missing)}, unknown {sorted(unknown)}"
            )
        # Split first: a value that holds the separator must not move what follows into another role.
        system, user = self.text.split(_USER)
        return Rendered(
            Template(system).substitute(values).strip(), Template(user).substitute(values).strip()
        )


def load(name: str, *, folder: Path = FOLDER) -> Prompt:
    """Raises PromptError where the header and the text disagree, or there is no such prompt."""
    try:
        whole = (folder / f"{name}.md").read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise PromptError(f"there is no prompt {name} in {folder}") from exc
    header, text = _split(name, whole)
    if header["name"] != name:
        raise PromptError(f"the file {name}.md holds the prompt {header['name']}; rename one of them")
    if not header["version"].isdecimal():
        raise PromptError(f"the version of the prompt {name} is {header['version']!r}, not a number")
    variables = frozenset(header["variables"].split())
    template = Template(text)
    if not template.is_valid() or variables != set(template.get_identifiers()):
        raise PromptError(f"the prompt {name} declares {sorted(variables)}, and its text has others")
    if text.count(_USER) != 1:
        raise PromptError(f"the prompt {name} needs one line {_USER.strip()!r}")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Prompt(name, int(header["version"]), text, digest, variables)


def _split(name: str, whole: str) -> tuple[dict[str, str], str]:
    parts = whole.split(_RULE, 2)
    if len(parts) != 3 or parts[0]:
        raise PromptError(f"the prompt {name} must begin with a header between two lines of ---")
    lines = [line.partition(":") for line in parts[1].splitlines() if line.strip()]
    header = {key.strip(): value.strip() for key, _, value in lines}
    if header.keys() != _FIELDS:
        raise PromptError(f"the header of the prompt {name} has {sorted(header)}, needs {sorted(_FIELDS)}")
    return header, parts[2]
