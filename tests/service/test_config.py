"""A setting that cannot be stops Parley, with a message that names it."""

import re
from pathlib import Path

import pytest

from service.config import Settings, read_settings
from service.errors import SettingsError
from service.given import is_loopback

SECRET = "s3cret-enough-for-all"
_INSTALLED = {
    "slack_client_id": "1.2",
    "slack_client_secret": SECRET,
    "slack_store_key": SECRET * 2,
    "slack_signing_secret": SECRET,
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.upper().startswith("PARLEY_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEY_PORT", "0"),
        ("PARLEY_PORT", "65536"),
        ("PARLEY_PORT", "http"),
        ("PARLEY_PORT", ""),
        ("PARLEY_PORT", "8000.5"),
        ("PARLEY_API_KEY", "short"),
        ("PARLEY_API_KEY", "fifteen-letters"),
        ("PARLEY_API_KEY", ""),
        ("PARLEY_PUBLIC_URL", "parley.example.org"),
        ("PARLEY_PUBLIC_URL", "https://parley.example.org/"),
        ("PARLEY_PUBLIC_URL", "ftp://parley.example.org"),
        ("PARLEY_PUBLIC_URL", "https://:8000"),
        ("PARLEY_PUBLIC_URL", "https://[bad"),
        ("PARLEY_ALLOWED_HOSTS", "https://news.example.org"),
        ("PARLEY_ALLOWED_HOSTS", "news.example.org:8000"),
        ("PARLEY_ALLOWED_HOSTS", "news.example.org/"),
        ("PARLEY_ALLOWED_HOSTS", "news.example.org,,desk"),
        ("PARLEY_ALLOWED_HOSTS", "*"),
        ("PARLEY_ALLOWED_HOSTS", "*.example.org"),
        ("PARLEY_ALLOWED_HOSTS", "desk archive"),
        ("PARLEY_ALLOWED_HOSTS", "user@desk"),
        ("PARLEY_ALLOWED_HOSTS", "новини.example"),
        ("PARLEY_ALLOWED_ORIGINS", "news.example.org"),
        ("PARLEY_ALLOWED_ORIGINS", "https://news.example.org/"),
        ("PARLEY_ALLOWED_ORIGINS", "https://*.example.org"),
        ("PARLEY_ALLOWED_ORIGINS", "*"),
        ("PARLEY_ALLOWED_ORIGINS", "null"),
        ("PARLEY_ALLOWED_ORIGINS", "https://desk,"),
        ("PARLEY_REQUESTS_PER_MINUTE", "-1"),
        ("PARLEY_REQUESTS_PER_MINUTE", "1.5"),
        ("PARLEY_REQUESTS_PER_MINUTE", ""),
        ("PARLEY_DATA_DIR", ""),
        ("PARLEY_WORKERS", "0"),
        ("PARLEY_WORKERS", "65"),
        ("PARLEY_WORKERS", "many"),
        ("PARLEY_QUEUE", "-1"),
        ("PARLEY_QUEUE", "1001"),
        ("PARLEY_QUEUE_SECONDS", "0"),
        ("PARLEY_QUEUE_SECONDS", "61"),
        ("PARLEY_QUEUE_SECONDS", "nan"),
        ("PARLEY_QUEUE_SECONDS", "inf"),
        ("PARLEY_MODEL_THREADS", "-1"),
        ("PARLEY_MODEL_THREADS", "65"),
        ("PARLEY_HOST", "0.0.0.0"),
        ("PARLEY_HOST", "::"),
        ("PARLEY_HOST", "192.168.1.2"),
        ("PARLEY_HOST", "parley.example.org"),
        ("PARLEY_HOST", ""),
        ("PARLEY_LLM_BASE_URL", ""),
        ("PARLEY_LLM_BASE_URL", "127.0.0.1:11434/v1"),
        ("PARLEY_LLM_BASE_URL", "ftp://127.0.0.1/v1"),
        ("PARLEY_LLM_BASE_URL", "http:///v1"),
        ("PARLEY_LLM_BASE_URL", "http://[::1/v1"),
        ("PARLEY_LLM_BASE_URL", "http://a..b/v1"),
        ("PARLEY_LLM_BASE_URL", "http://127.0.0.1:port/v1"),
        ("PARLEY_LLM_BASE_URL", "http://127.0.0.1:99999/v1"),
        ("PARLEY_LLM_BASE_URL", "http://user:secret-word@127.0.0.1/v1"),
        ("PARLEY_LLM_BASE_URL", "http://user@127.0.0.1/v1"),
        ("PARLEY_LLM_BASE_URL", "http://127.0.0.1/v1?key=secret-word"),
        ("PARLEY_LLM_BASE_URL", "http://127.0.0.1/v1#part"),
        ("PARLEY_LLM_BASE_URL", "http://127.0.0.1/v 1"),
        ("PARLEY_LLM_BASE_URL", "http://127.0.0.1/v1\nHost: x"),
        ("PARLEY_LLM_MODEL", ""),
        ("PARLEY_LLM_MODEL", " qwen"),
        ("PARLEY_LLM_API_KEY", ""),
        ("PARLEY_LLM_API_KEY", "two words"),
        ("PARLEY_LLM_API_KEY", "with-a-newline\n"),
        ("PARLEY_LLM_API_KEY", "schlüssel"),
        ("PARLEY_LLM_IDLE_SECONDS", "0"),
        ("PARLEY_LLM_SECONDS", "601"),
        ("PARLEY_LLM_SECONDS", "nan"),
    ],
)
def test_a_value_that_cannot_be_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as caught:
        read_settings()
    assert "docs/settings.md" in caught.value.remedy
    if name.endswith("API_KEY") and value:
        assert value not in caught.value.message
    assert "secret-word" not in caught.value.message


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PARLEY_PROT", "PARLEY_PORT"),
        ("PARLEY_DATADIR", "PARLEY_DATA_DIR"),
        ("parley_apikey", "PARLEY_API_KEY"),
        ("PARLEY_WORKER", "PARLEY_WORKERS"),
    ],
)
def test_a_misspelt_variable_is_refused_with_the_one_meant(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=f"{name}; did you mean {meant}"):
        read_settings()


def test_a_variable_unlike_any_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_ZZZZZZZZZ", SECRET)
    with pytest.raises(SettingsError, match="no setting PARLEY_ZZZZZZZZZ") as caught:
        read_settings()
    assert SECRET not in caught.value.message


def test_with_a_key_any_address_may_be_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_HOST", "0.0.0.0")
    monkeypatch.setenv("PARLEY_API_KEY", SECRET)
    assert read_settings().local_url == "http://127.0.0.1:8000"


def test_several_hosts_and_origins_may_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_ALLOWED_HOSTS", " Desk.example.org., archive,fd00:0::7 ,[::2]")
    monkeypatch.setenv("PARLEY_ALLOWED_ORIGINS", "https://Desk.example.org:443,http://archive:8000")
    settings = read_settings()
    assert settings.allowed_hosts == ("desk.example.org", "archive", "fd00::7", "::2")
    assert settings.allowed_origins == ("https://desk.example.org", "http://archive:8000")


def test_an_empty_list_of_hosts_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PARLEY_ALLOWED_HOSTS", "PARLEY_ALLOWED_ORIGINS"):
        monkeypatch.setenv(name, " ")
    settings = read_settings()
    assert (settings.allowed_hosts, settings.allowed_origins) == ((), ())


def test_a_key_of_sixteen_characters_is_long_enough() -> None:
    assert read_settings(api_key="k" * 16).api_key is not None


def test_the_key_is_not_shown() -> None:
    settings = read_settings(api_key=SECRET)
    for shown in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert SECRET not in shown


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"llm_base_url": "http://127.0.0.1:11434/v1"}, "PARLEY_LLM_MODEL"),
        ({"llm_model": "qwen3"}, "PARLEY_LLM_BASE_URL"),
        ({"llm_api_key": "sk-canary"}, "PARLEY_LLM_BASE_URL and PARLEY_LLM_MODEL"),
    ],
)
def test_a_language_model_is_an_address_and_a_name(given: dict[str, str], missing: str) -> None:
    with pytest.raises(SettingsError, match=f"needs {missing} too") as caught:
        read_settings(**given)
    assert "sk-canary" not in caught.value.message


@pytest.mark.parametrize(
    "url",
    [
        "https://api.openai.com/v1",
        "http://localhost:11434/v1",
        "http://[::1]:8080",
        "HTTPS://gpu.example/a/v1/",
    ],
)
def test_a_language_model_may_be_anywhere(url: str) -> None:
    settings = read_settings(llm_base_url=url, llm_model="qwen3:8b", llm_api_key="sk-canary")
    assert settings.llm_base_url == url
    assert "sk-canary" not in repr(settings)


def test_without_any_setting_it_is_local_and_keyless() -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.api_key) == ("127.0.0.1", 8000, None)
    assert settings.data_dir.is_absolute()
    assert settings.data_dir.name == "data"


def test_folders_are_absolute_and_know_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARLEY_DATA_DIR", "~/kept")
    monkeypatch.setenv("PARLEY_SEEDS_DIR", "beside")
    settings = read_settings()
    assert settings.data_dir == tmp_path / "kept"
    assert settings.seeds_dir == tmp_path / "beside"


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_PORT", "9000")
    assert read_settings().port == 9000
    assert read_settings(port=9001).port == 9001


def test_settings_do_not_change() -> None:
    settings = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        setattr(settings, "port", 1)  # noqa: B010 - mypy knows that it cannot be


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_what_is_loopback(host: str, local: bool) -> None:
    assert is_loopback(host) is local


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
        ("::", "http://127.0.0.1:8000"),
    ],
)
def test_where_this_machine_reaches_it(host: str, url: str) -> None:
    assert Settings(host=host, api_key=SECRET).local_url == url


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"slack_bot_token": "xapp-1"}, "PARLEY_SLACK_BOT_TOKEN: does not begin with xoxb-"),
        ({"slack_bot_token": "xoxb-1\n"}, "PARLEY_SLACK_BOT_TOKEN: must be visible ASCII"),
        ({"slack_bot_token": "xoxb-é"}, "PARLEY_SLACK_BOT_TOKEN: must be visible ASCII"),
        (
            {"slack_bot_token": "xoxb-1", "slack_app_token": "xoxb-1"},
            "PARLEY_SLACK_APP_TOKEN: does not begin",
        ),
        (
            {"slack_app_token": "xapp-1"},
            "PARLEY_SLACK_APP_TOKEN is set, which needs a PARLEY_SLACK_BOT_TOKEN",
        ),
        ({"slack_signing_secret": SECRET}, "PARLEY_SLACK_SIGNING_SECRET is set, which needs"),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": "short"}, "PARLEY_SLACK_SIGNING_SECRET: "),
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET}, "needs a PARLEY_PUBLIC_URL"),
        ({"slack_client_id": "1.2"}, "which needs PARLEY_SLACK_CLIENT_SECRET and PARLEY_SLACK_STORE_KEY and"),
        (
            {"slack_store_key": SECRET * 2},
            "which needs PARLEY_SLACK_CLIENT_ID and PARLEY_SLACK_CLIENT_SECRET",
        ),
        ({"slack_store_key": "short"}, "PARLEY_SLACK_STORE_KEY: "),
        (_INSTALLED | {"slack_bot_token": "xoxb-1"}, "and PARLEY_SLACK_BOT_TOKEN are both set"),
        (_INSTALLED, "needs a PARLEY_PUBLIC_URL"),
        ({"slack_api_url": "http://slack.example/api/"}, "PARLEY_SLACK_API_URL: is not https"),
        ({"slack_api_url": "https://slack.com/api"}, "PARLEY_SLACK_API_URL: "),
        ({"slack_service_url": "parley"}, "PARLEY_SLACK_SERVICE_URL: "),
    ],
)
def test_what_slack_needs_is_said_at_the_start(given: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(message)) as caught:
        read_settings(**given)
    assert SECRET not in str(caught.value)


def test_slack_with_all_that_it_needs_and_its_secrets_hidden() -> None:
    secrets = {
        "slack_bot_token": f"xoxb-{SECRET}",
        "slack_app_token": f"xapp-{SECRET}",
        "slack_signing_secret": SECRET,
    }
    settings = read_settings(**secrets, public_url="https://parley.example.org")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert SECRET not in f"{settings!r}{settings.model_dump_json()}"


def test_a_file_in_the_working_directory_holds_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "\ufeff# of this desk\nPARLEY_PORT=8101\nexport PARLEY_WORKERS=2\nPARLEY_QUEUE=3\n"
        f"PARLEY_API_KEY='{SECRET}'\nOTHER=1\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PARLEY_WORKERS", "5")
    settings = read_settings(queue=7)
    assert (settings.port, settings.workers, settings.queue) == (8101, 5, 7)
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == SECRET


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"PARLEY_APIKEY={SECRET}".encode(), "there is no setting PARLEY_APIKEY (in {file}); did you mean"),
        (f"PARLEY_PORT={SECRET}".encode(), "PARLEY_PORT: "),
        (f"PARLEY_API_KEY={SECRET}\xff".encode("latin-1"), "{file} is not UTF-8"),
    ],
)
def test_what_is_wrong_in_that_file_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: bytes, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / ".env"
    file.write_bytes(written)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert said.format(file=file) in caught.value.message
    assert SECRET not in f"{caught.value.message} {caught.value.remedy} {caught.value.__cause__}"
