"""Settings in a file `.env` of the working directory."""

from collections.abc import Iterable
from pathlib import Path

from pydantic_settings import BaseSettings, DotEnvSettingsSource

from service.errors import SettingsError

FILE = Path(".env")
ENCODING = "utf-8-sig"  # editors on Windows write a mark first


def names_in(file: Path, settings: type[BaseSettings]) -> Iterable[str]:
    """In small letters; none where there is no file. Raises SettingsError, which quotes nothing of it."""
    try:
        return DotEnvSettingsSource(settings, env_file=file, env_file_encoding=ENCODING).env_vars
    except (OSError, UnicodeDecodeError) as exc:
        why = "is not UTF-8" if isinstance(exc, UnicodeDecodeError) else f"cannot be read: {exc.strerror}"
        # Not `from exc`, which may quote the file.
        raise SettingsError(
            f"{file.absolute()} {why}", remedy="Mend or move it: settings are read from it."
        ) from None
