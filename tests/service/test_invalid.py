"""What is wrong with a request is told in words for whoever sent it, not in a validator's."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from service.invalid import fault, misshapen
from service.wire import ChatRequest


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "question: is missing"),
        ({"question": "Who?", "qeustion": "x"}, "qeustion: there is no such field"),
        ({"question": 3}, "question: must be text"),
        ({"question": "Who?", "wording": "loose"}, "wording: must be 'quotes' or 'checked'"),
        ({"question": "Who?", "history": "none"}, "history: must be a list"),
        ({"question": "Who?", "filters": []}, "filters: must be an object"),
        ({"question": "Who?", "filters": {"no_outlet": "maybe"}}, "filters.no_outlet: must be true or false"),
    ],
)
def test_a_wrong_field_is_told_in_plain_words(body: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ChatRequest.model_validate(body)
    first = refused.value.errors(include_url=False)[0]
    assert misshapen(first, example="{}").message == told


def test_what_has_no_words_of_ours_keeps_its_own() -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(complex).validate_python("x")
    first = refused.value.errors(include_url=False)[0]
    assert fault(first) == first["msg"]
