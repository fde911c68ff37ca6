"""The settings: one class, read once, refusing to start when wrong. docs/settings.md lists them."""

import difflib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from retrieval.model_files import default_dir
from service.addresses import given_host, given_origin
from service.env_file import ENCODING, FILE, names_in
from service.errors import SettingsError
from service.given import (
    Folder,
    each,
    has_host,
    is_loopback,
    reachable,
    sendable,
)
from service.invalid import fault
from service.shared_places import SharedPlaces
from service.slack_settings import SlackSettings

_PREFIX = "PARLEY_"
_CHECKOUT = Path(__file__).resolve().parents[1]


def _default_data_dir() -> Path:
    """`data/` in the checkout that Parley runs from, else the user's own data folder."""
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / "data"
    return Path(platformdirs.user_data_dir("parley"))


# Whoever holds PARLEY_API_KEY, or sits at the machine where none is asked for.
OWNER = "owner"
KEY_PRINCIPAL = "key:"  # whose conversations are a key's of the record: behind it its id


class Settings(SharedPlaces, SlackSettings):
    """Each is an environment variable: PARLEY_ and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on. Without a key, loopback only.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    data_dir: Folder = Field(
        default_factory=_default_data_dir,
        description="Folder of the record and the index: `data/` in the checkout, if there is one.",
    )
    seeds_dir: Folder = Field(
        _CHECKOUT / "seeds",
        description="Folder of the articles ingested on the first start of an empty corpus.",
    )
    model_dir: Folder = Field(
        default_factory=default_dir,
        description="Folder of the embedding model's files, outside the checkout.",
    )
    api_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="Required of every request once it is set, unless that bears one of `parley keys`; good "
        "for everything. At least 16 characters.",
    )
    fetch: bool = Field(
        False, description="Whether `parley ingest` fetches web addresses and feeds: see docs/articles.md."
    )
    public_url: Annotated[str, AfterValidator(has_host)] | None = Field(
        None,
        pattern=r"^https?://[^/\s]+$",
        description="How readers reach the service, as in `https://parley.example.org`; used in links, and "
        "its host is accepted.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(each(given_host))] = Field(
        (),
        description="More names that the service is asked by without the key, with commas between them, as "
        "in `parley,news.internal`: a proxy or a page in a browser sends them as `Host`.",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(each(given_origin))] = Field(
        (),
        description="Origins whose pages may call the API from a browser, with commas between them, as in "
        "`https://news.example.org`; also Parley's own, where a proxy changes `Host`.",
    )
    frame_ancestors: Annotated[tuple[str, ...], NoDecode, BeforeValidator(each(given_origin))] = Field(
        (),
        description="Origins whose pages may show Parley's in a frame, with commas between them.",
    )
    log_format: Literal["text", "json"] = Field(
        "text",
        description="`json`: a line for each request, answer and fault, without a question, answer or key.",
    )
    otlp_endpoint: Annotated[str, AfterValidator(has_host)] | None = Field(
        None,
        pattern=r"^https?://[^/\s]+$",
        description="An OpenTelemetry collector, by OTLP over gRPC, as in `http://127.0.0.1:4317`: it gets "
        "spans of requests, answers and their stages, without any text or key. Unset: none are made.",
    )
    requests_per_minute: int = Field(
        60,
        ge=0,
        le=100_000,
        description="Requests a minute by each key, the browsers that signed in with it included, and by "
        "each address of those who come by a signed link; 0: any number. None where no key is wanted.",
    )
    retention_days: int | None = Field(
        None,
        ge=1,
        le=36_500,
        description="Days that questions, their answers and what was said of them are kept; then they are "
        "erased, at the start and once a day. Unset: until somebody deletes them.",
    )
    metrics: Literal["key", "open"] = Field(
        "key",
        description="Who may read `/metrics`: whoever has the key, where one is set, or anybody (`open`).",
    )
    workers: int = Field(4, ge=1, le=64, description="Questions worked on at once.")
    queue: int = Field(32, ge=0, le=1000, description="Questions that may wait for a worker.")
    queue_seconds: float = Field(1.8, gt=0, le=60, description="How long a question waits for a worker.")
    model_threads: int = Field(
        0,
        ge=0,
        le=64,
        description="Texts that the embedding model reads at once, and passages that the reader does; "
        "0: one a core, at most 4.",
    )
    frozen_seconds: int = Field(
        60,
        ge=0,
        le=3600,
        description="How long the process may show no sign of life before it is ended, for its supervisor to "
        "start it again; 0: for ever. See docs/operations.md.",
    )
    llm_base_url: Annotated[str, AfterValidator(reachable)] | None = Field(
        None,
        description="An OpenAI-compatible endpoint, as in `http://127.0.0.1:11434/v1`: see docs/models.md.",
    )
    llm_model: str | None = Field(
        None, pattern=r"^\S(.*\S)?$", max_length=200, description="The name of the model there."
    )
    llm_api_key: Annotated[SecretStr, AfterValidator(sendable)] | None = Field(
        None, description="The key of the endpoint, where it wants one."
    )
    llm_idle_seconds: float = Field(
        10.0, gt=0, le=600, description="How long the model may be silent, before and between its words."
    )
    llm_seconds: float = Field(
        60.0,
        gt=0,
        le=600,
        description="How long the model has for an answer, its mending and judging within.",
    )
    llm_window: int | None = Field(
        None,
        ge=500,
        le=100_000,
        description="Tokens of the articles that the model gets to read for a question, at three bytes each; "
        "unset: 12000. Its context holds these, the question, 1500 more for the rules, and the answer.",
    )
    wording: Literal["quotes", "checked"] = Field(
        "checked",
        description="`checked`: what the model says in its own words is told where no rule forbids it and a "
        "judge finds its quotations to bear it out; `quotes`: only where it is a sentence cut short.",
    )
    judge_base_url: Annotated[str, AfterValidator(reachable)] | None = Field(
        None, description="The endpoint of the model that judges these; unset: the model's own."
    )
    judge_model: str | None = Field(
        None,
        pattern=r"^\S(.*\S)?$",
        max_length=200,
        description="The name of the model that judges; unset: `PARLEY_LLM_MODEL`.",
    )
    judge_api_key: Annotated[SecretStr, AfterValidator(sendable)] | None = Field(
        None, description="The key of the judge's endpoint; at the model's own endpoint, the model's is used."
    )
    judge_seconds: float = Field(
        20.0, gt=0, le=600, description="How long the judge has for a call, within those of the answer."
    )

    answerer: str | None = Field(
        None,
        pattern=r"^[a-z0-9_-]+$",
        max_length=50,
        description="The name of an installed package's answerer, to answer in place of Parley's own: see "
        "docs/extending.md.",
    )

    completion_sources: bool = Field(
        False,
        description="Whether answers of `/v1/chat/completions` close with a list of their sources, where the "
        "request doesn't say: see docs/clients.md.",
    )

    @model_validator(mode="after")
    def _slack_reaches_it(self) -> "Settings":
        if self.slack_signing_secret is not None and self.public_url is None:
            raise ValueError(
                "PARLEY_SLACK_SIGNING_SECRET is set, so that Slack calls this service, which needs a "
                "PARLEY_PUBLIC_URL that Slack reaches it by"
            )
        return self

    @model_validator(mode="after")
    def _keyless_means_loopback(self) -> "Settings":
        if self.api_key is None and not is_loopback(self.host):
            raise ValueError(
                f"PARLEY_HOST={self.host} is reachable from other machines, which needs a PARLEY_API_KEY"
            )
        return self

    @model_validator(mode="after")
    def _a_model_has_an_address_and_a_name(self) -> "Settings":
        needed = {"PARLEY_LLM_BASE_URL": self.llm_base_url, "PARLEY_LLM_MODEL": self.llm_model}
        missing = [name for name, value in needed.items() if value is None]
        given = len(missing) < len(needed) or self.llm_api_key is not None
        judging = {
            "PARLEY_JUDGE_BASE_URL": self.judge_base_url,
            "PARLEY_JUDGE_MODEL": self.judge_model,
            "PARLEY_JUDGE_API_KEY": self.judge_api_key,
        }
        named = next((name for name, value in judging.items() if value is not None), None)
        if missing and (given or named):
            of = f"{named} is set, and " if named and not given else ""
            raise ValueError(f"{of}a language model needs {' and '.join(missing)} too")
        return self

    @property
    def local_url(self) -> str:
        """Where this machine reaches the service."""
        host = self.host
        if host in {"0.0.0.0", "::", ""}:  # noqa: S104 - the wildcard is compared, not bound
            host = "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def read_settings(**given: Any) -> Settings:
    """From the environment, then from `.env` in the working directory; what is given wins over both. Raises
    SettingsError, which names the variable and never its value."""
    _refuse_unknown(os.environ, "")
    _refuse_unknown(map(str.upper, names_in(FILE, Settings)), f" (in {FILE.absolute()})")
    try:
        return Settings(_env_file=FILE, _env_file_encoding=ENCODING, **given)
    except ValidationError as exc:
        found = exc.errors(include_url=False)[0]
        name = _PREFIX + str(found["loc"][0]).upper() if found["loc"] else "the settings"
        # Not `from exc`, which quotes what was given, such as a key that is too short.
        raise SettingsError(
            f"{name}: {fault(found)}", remedy="docs/settings.md lists every setting."
        ) from None


def _refuse_unknown(names: Iterable[str], where: str) -> None:
    """A misspelt variable that is ignored would be a setting that silently isn't."""
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(names):
        if name.upper().startswith(_PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            raise SettingsError(
                f"there is no setting {name}{where}{f'; did you mean {near[0]}?' if near else ''}",
                remedy="Take it out; docs/settings.md lists every setting.",
            )
