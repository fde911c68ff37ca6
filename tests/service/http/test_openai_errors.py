"""A client of OpenAI's shows the message of an error and nothing beside it."""

import pytest

from service.http.openai_errors import with_error
from service.wire import Problem


@pytest.mark.parametrize(
    ("detail", "message"),
    [
        ("there is no model gpt", "There is no model gpt. Ask for parley."),
        ("messages: is missing", "messages: is missing. Ask for parley."),
        ("a.txt is empty.", "a.txt is empty. Ask for parley."),
    ],
)
def test_a_client_of_openai_reads_sentences(detail: str, message: str) -> None:
    problem = Problem(
        title="No", status=404, detail=detail, code="x", remedy="Ask for parley.", retryable=False
    )
    assert with_error(problem).error.message == message
