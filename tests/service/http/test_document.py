"""The interface's document says what is: every status and type that a route gives."""

from typing import Any

import httpx
import pytest

from tests.service.http.wire_level import check_problem


@pytest.fixture(scope="module")
def paths(seeded_client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = seeded_client.get("/v1/openapi.json").json()["paths"]
    return found


def test_errors_are_documented_as_the_problems_that_they_are(paths: dict[str, Any]) -> None:
    operations = [operation for path in paths.values() for operation in path.values()]
    assert len(operations) > 10
    for operation in operations:
        assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]


def test_both_successes_of_adding_an_article_are_documented(paths: dict[str, Any]) -> None:
    assert {"200", "201"} <= set(paths["/v1/articles"]["post"]["responses"])


def test_what_is_no_question_is_not_documented_as_one(seeded_client: httpx.Client) -> None:
    schemas = seeded_client.get("/v1/openapi.json").json()["components"]["schemas"]
    question = schemas["ChatRequest"]["properties"]["question"]
    assert (question["minLength"], question["maxLength"]) == (1, 2000)


def test_an_address_names_all_its_methods(seeded_client: httpx.Client, paths: dict[str, Any]) -> None:
    for path, operations in paths.items():
        reply = seeded_client.options(path)
        check_problem(reply, 405, "method_not_allowed")
        allowed = {method.strip().lower() for method in reply.headers["allow"].split(",")}
        assert allowed - {"head"} == set(operations), path
