"""Every error is a problem with a status, a code and a remedy, and tells nothing of the innards."""

import logging

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from retrieval import errors as retrieval_errors
from retrieval.errors import ParleyError
from service import errors as service_errors
from service.http.access import Access
from service.http.guard import Guard
from service.http.problems import STATUS, install, problem_of
from service.http.sharing import Sharing
from tests.conftest import MakeSettings
from tests.service.http.wire_level import Reply, check_problem

# They end a command or a start, or go to the log, and never reach a client.
NOT_OVER_HTTP = {
    "SettingsError",
    "ExportRefused",
    "KeyRefused",
    "NotInstalled",
    "PortTaken",
    "ServiceLacks",
    "ServiceRefused",
    "ServiceUnreachable",
    "SlackRefused",
    "SlackUnreachable",
    "ParleyError",
}


# A fault of Parley's own is said to be one.
OF_OURS = {"ReadingFailed"}


def every_error() -> list[type[ParleyError]]:
    found = [*vars(retrieval_errors).values(), *vars(service_errors).values()]
    kinds = [each for each in found if isinstance(each, type) and issubclass(each, ParleyError)]
    return sorted(set(kinds), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_that_can_reach_a_client_has_a_status(kind: type[ParleyError]) -> None:
    if kind.__name__ in NOT_OVER_HTTP:
        return
    assert kind.code in STATUS
    assert kind.code != "internal" or kind.__name__ in OF_OURS


def test_every_error_stands_in_the_docstring_of_its_package() -> None:
    for module in (retrieval_errors, service_errors):
        own = [e for e in every_error() if e.__module__ == module.__name__]
        assert [e.__name__ for e in own if e.__name__ not in (module.__doc__ or "")] == []


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("invalid_request", 422),
        ("unauthorized", 401),
        ("forbidden", 403),
        ("not_found", 404),
        ("conflict", 409),
        ("too_large", 413),
        ("unsupported_type", 415),
        ("rate_limited", 429),
        ("overloaded", 503),
        ("not_ready", 503),
        ("storage_full", 507),
    ],
)
def test_the_statuses_are_those_of_the_wire(code: str, status: int) -> None:
    assert STATUS[code] == status


def test_what_may_succeed_later_says_when_to_try() -> None:
    later = problem_of(service_errors.Overloaded("busy", remedy="Wait."))
    assert int(later.headers["retry-after"]) > 0
    never = problem_of(service_errors.InvalidRequest("no", remedy="Mend it."))
    assert "retry-after" not in never.headers


def test_an_unknown_code_is_ours_to_answer_for() -> None:
    assert problem_of(service_errors.SettingsError("odd", remedy="None.")).status_code == 500


@pytest.fixture
def failing(make_settings: MakeSettings, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    app = FastAPI()
    settings = make_settings(tmp_path_factory.mktemp("none"))
    app.add_middleware(Guard, access=Access(settings), sharing=Sharing(settings))
    install(app)

    @app.get("/fails")
    async def fails() -> None:
        raise LookupError("the secret innards of /service/http")

    @app.get("/halves")
    async def halves(number: int) -> int:
        return number

    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=True)


def sent(client: TestClient, method: str, path: str) -> Reply:
    reply = client.request(method, path)
    return Reply(reply.status_code, dict(reply.headers), reply.content)


def test_a_failure_of_ours_is_a_problem_and_is_logged(
    failing: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = sent(failing, "GET", "/fails")
    body = check_problem(reply, 500, "internal")
    assert "secret innards" not in str(body)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "/fails failed" in caplog.text
    assert "LookupError" in caplog.text


def test_a_wrong_parameter_is_named(failing: TestClient) -> None:
    assert check_problem(sent(failing, "GET", "/halves?number=x"), 422, "invalid_request")[
        "detail"
    ].startswith("number: ")
    assert check_problem(sent(failing, "GET", "/halves"), 422, "invalid_request")["detail"].startswith(
        "number: "
    )


def test_another_address_or_method_is_a_problem_too(failing: TestClient) -> None:
    check_problem(sent(failing, "GET", "/nowhere"), 404, "not_found")
    reply = sent(failing, "POST", "/fails")
    check_problem(reply, 405, "method_not_allowed")
    assert reply.headers["allow"] == "HEAD, GET"
