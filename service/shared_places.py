"""The settings of what several services share: a record in PostgreSQL and vectors in a Chroma server."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from service.given import reachable, sendable

_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


def _of_postgres(given: SecretStr) -> SecretStr:
    """Not by SQLAlchemy, which takes long to import; and nothing of what was given is repeated."""
    try:
        found = urlsplit(given.get_secret_value())
        _ = found.port  # raises ValueError where it is none
    except ValueError:
        raise ValueError("is no address such as postgresql://parley@db:5432/parley") from None
    if found.netloc.count("@") > 1:  # what is behind the first would be taken, and told, for the host
        raise ValueError("has an @ in its name or password, which is to be written %40")
    if found.scheme not in _POSTGRES or not found.path.strip("/"):
        raise ValueError("must begin with postgresql:// and end with a database, as in .../parley")
    return given


def _host_alone(url: str) -> str:
    if urlsplit(reachable(url)).path.strip("/"):
        raise ValueError("must end with its port, as in http://127.0.0.1:8000")
    return url.rstrip("/")


class SharedPlaces(BaseSettings):
    """Both or neither. What a folder holds otherwise is there then, for any number of services."""

    record_url: Annotated[SecretStr, AfterValidator(_of_postgres)] | None = Field(
        None,
        description="PostgreSQL's database for the record, as in `postgresql://parley@db:5432/parley`, in "
        "place of a file in the data directory; with `PARLEY_CHROMA_URL`: see docs/cluster.md.",
    )
    chroma_url: Annotated[str, AfterValidator(_host_alone)] | None = Field(
        None,
        description="The Chroma server that has the vectors, as in `http://chroma:8000`; with "
        "`PARLEY_RECORD_URL`.",
    )
    chroma_tenant: str = Field("default_tenant", min_length=1, description="The tenant there.")
    chroma_database: str = Field("default_database", min_length=1, description="The tenant's database there.")
    chroma_token: Annotated[SecretStr, AfterValidator(sendable)] | None = Field(
        None, description="The token there, where it wants one, sent as `x-chroma-token`."
    )

    @property
    def shared_record(self) -> str | None:
        """The address of the record, with whatever password is in it; None where it is in the data
        directory."""
        return None if self.record_url is None else self.record_url.get_secret_value()

    @model_validator(mode="after")
    def _both_or_neither(self) -> "SharedPlaces":
        both = {"PARLEY_RECORD_URL": self.record_url, "PARLEY_CHROMA_URL": self.chroma_url}
        given, lacking = ([n for n, v in both.items() if (v is None) is none] for none in (False, True))
        if given and lacking:
            raise ValueError(
                f"{given[0]} is set, which needs {lacking[0]} too: record and vectors are shared "
                "together, or both are in the data directory"
            )
        return self
