"""docs/settings.md as the settings class has it. `make fix` writes it; a test compares."""

from pydantic_core import PydanticUndefined

from service.config import Settings

_HEAD = """# Settings

Environment variables, read once at start. A value that cannot be, or a `PARLEY_` variable that doesn't
exist, stops Parley with a message that names it.

| variable | default | meaning |
|---|---|---|
"""
_COMPUTED = {
    "data_dir": "`data/` in the checkout",
    "model_dir": "the user's cache folder",
    "seeds_dir": "`seeds/`",
}


def render() -> str:
    rows = [_row(name) for name in Settings.model_fields]
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
