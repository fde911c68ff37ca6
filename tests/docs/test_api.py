"""What the API's document and its page say of each operation, held against a service that is asked."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from service.bootstrap import open_service
from tests.conftest import REPOSITORY, MakeSettings, serving
from tests.docs.api_examples import Examples, tell

pytestmark = pytest.mark.slow

EXAMPLES = REPOSITORY / "service" / "http" / "examples.json"
REMEDY = "python -m tests.docs.api_examples > service/http/examples.json"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Iterator[httpx.Client]:
    """Of a service that is empty."""
    opened = open_service(make_settings(tmp_path_factory.mktemp("examples")), command="a test")
    with serving(opened) as client:
        yield client
    opened.close()


@pytest.fixture(scope="module")
def told(client: httpx.Client) -> Examples:
    return tell(client)


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def form(value: Any) -> Any:
    """What kind of thing it is, whatever it says: ids, times and words differ."""
    if isinstance(value, dict):
        return {key: form(each) for key, each in value.items() if key not in ("timings", "dropped")}
    if isinstance(value, list):
        return [form(each) for each in value[:1]]
    return "number" if isinstance(value, int | float) else type(value).__name__


def test_each_operation_has_a_summary_and_an_example_that_came_of_it(
    document: dict[str, Any], told: Examples
) -> None:
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    examples = json.loads(EXAMPLES.read_text())
    assert set(examples) == set(operations), REMEDY
    for name, now in told.items():
        shown = examples[name]
        for part in ("status", "type", "query", "headers", "body"):
            assert shown[part] == now[part], f"{name}: {REMEDY}"
        assert form(shown["answer"]) == form(now["answer"]), f"{name}: {REMEDY}"
        assert str(now["status"]) in operations[name]["responses"]
        assert 0 < len(operations[name]["summary"]) <= 100
    assert len({operation["operationId"] for operation in operations.values()}) == len(operations)


@pytest.mark.usefixtures("told")
def test_the_command_line_of_an_example_is_one(client: httpx.Client, document: dict[str, Any]) -> None:
    absent = "/v1/conversations/{conversation_id}"  # the example's own
    for method, path in (
        ("post", "/v1/search"),
        ("post", "/v1/chat"),
        ("get", "/v1/statements"),
        ("patch", absent),
    ):
        (shown,) = document["paths"][path][method]["x-codeSamples"]
        here = shown["source"].replace("http://127.0.0.1:8000", str(client.base_url).rstrip("/"))
        came = subprocess.run(here, shell=True, capture_output=True, text=True, check=True, timeout=30)
        assert (json.loads(came.stdout).get("code") == "not_found") is (path == absent), came.stdout


def test_the_page_tells_every_operation_and_shape(client: httpx.Client, document: dict[str, Any]) -> None:
    reply = client.get("/docs")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}</code></h3>" in reply.text
            assert f'id="{operation["operationId"]}"' in reply.text
    for name in ("Problem", "AnswerOut", "ChatRequest"):
        assert f'id="shape-{name}"' in reply.text
    for event in ("status", "statement", "done", "error"):
        assert f'<th scope="row"><code>{event}</code></th>' in reply.text
    assert document == client.get("/v1/openapi.json").json()


def test_the_key_is_in_the_document_where_one_is_asked_for(
    document: dict[str, Any], tmp_path: Any, make_settings: MakeSettings
) -> None:
    assert "security" not in document
    assert "401" not in document["paths"]["/v1/chat"]["post"]["responses"]
    key = "a-key-for-the-document"
    opened = open_service(make_settings(tmp_path, api_key=key), command="a test")
    try:
        with serving(opened) as client:
            assert client.get("/openapi.json").status_code == 401
            found = client.get("/openapi.json", headers={"Authorization": f"Bearer {key}"}).json()
    finally:
        opened.close()
    (scheme,) = found["security"][0]
    assert found["components"]["securitySchemes"][scheme]["scheme"] == "bearer"
    assert {"401", "429"} <= set(found["paths"]["/v1/chat"]["post"]["responses"])
    assert found["paths"]["/livez"]["get"]["security"] == []
