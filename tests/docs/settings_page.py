"""docs/settings.md as the settings class has it. `make fix` writes it; a test compares."""

from pydantic_core import PydanticUndefined

from service.config import Settings
from service.shared_places import SharedPlaces
from service.slack_settings import SlackSettings

_HEAD = """# Settings

Environment variables, read once at start. A value that cannot be, or a `PARLEY_` variable that doesn't
exist, stops Parley with a message that names it.

They may also stand in a file `.env` in the directory that Parley is started in, a line such as
`PARLEY_PORT=8001` each. The environment wins over the file, and an option such as `parley serve --port 8002`
over both. Of the file only names that begin with `PARLEY_` are read, and no value of it is printed in an
error or logged.

| variable | default | meaning |
|---|---|---|
"""
_COMPUTED = {
    "data_dir": "`data/` in the checkout",
    "model_dir": "the user's cache folder",
    "seeds_dir": "`seeds/`",
}


def _apart() -> tuple[list[str], list[str], list[str]]:
    of_slack, of_several = list(SlackSettings.model_fields), list(SharedPlaces.model_fields)
    return [name for name in Settings.model_fields if name not in of_slack + of_several], of_slack, of_several


def render() -> str:
    own, of_slack, of_several = _apart()
    rows = [_row(name) for name in own + of_slack + of_several]
    return _HEAD + "\n".join(rows) + "\n"


def _row(name: str) -> str:
    field = Settings.model_fields[name]
    default = _COMPUTED.get(name)
    if default is None:
        unset = field.default in (None, (), PydanticUndefined)
        default = "unset" if unset else f"`{field.default}`"
    return f"| `PARLEY_{name.upper()}` | {default} | {field.description} |"


if __name__ == "__main__":
    print(render(), end="")
