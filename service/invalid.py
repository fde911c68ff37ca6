"""What is wrong with a request that cannot be read, in words for whoever sent it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from service.errors import InvalidRequest

_Shape = TypeVar("_Shape", bound=BaseModel)
_CHECK = "Check the request against GET /v1/openapi.json."
# By the type of pydantic's error, in place of its own words; the names in braces are in its context.
_TOLD = {
    "missing": "is missing",
    "extra_forbidden": "there is no such field",
    "string_type": "must be text",
    "list_type": "must be a list",
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "must be an object"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "must be true or false"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "must be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing"), "must be a number"),
    **dict.fromkeys(("literal_error", "enum"), "must be {expected}"),
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "too_long": "has {actual_length}; at most {max_length} are taken",
    "too_short": "has {actual_length}; at least {min_length} must be there",
    "string_too_long": "has more than {max_length} characters",
    "string_too_short": "has fewer than {min_length} characters",
}
_NOT_PLACES = ("body", "query", "path", "header")


def misshapen(first: Mapping[str, Any], *, example: str) -> InvalidRequest:
    """Of pydantic's errors the first. `example` is a body that would do."""
    if first["type"] == "json_invalid":
        return InvalidRequest(
            f"the body is not JSON: {_reason(first)}", remedy=f"Send JSON, as in {example}."
        )
    place = ".".join(str(step) for step in first["loc"] if step not in _NOT_PLACES)
    return InvalidRequest(f"{place or 'the request'}: {fault(first)}", remedy=_CHECK, param=place or None)


def checked(shape: type[_Shape], told: Mapping[str, Any], *, remedy: str) -> _Shape:
    """Made of what was told on a command line. Raises InvalidRequest."""
    try:
        return shape.model_validate(told)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise InvalidRequest(f"{place}: {fault(first)}", remedy=remedy) from exc


def unreadable(detail: str, cause: BaseException | None) -> InvalidRequest:
    """A body that the framework gave up on because of `cause`."""
    if isinstance(cause, UnicodeError):
        return InvalidRequest("the body is not UTF-8", remedy="Send it in UTF-8.")
    if isinstance(cause, RecursionError):
        return InvalidRequest("the body is nested too deep", remedy=_CHECK)
    return InvalidRequest(detail, remedy=_CHECK)


def fault(first: Mapping[str, Any]) -> str:
    """pydantic speaks of a text's items where it was checked before its length."""
    found = first.get("ctx", {})
    if found.get("field_type") == "Value":
        many, bound = ("most", "max_length") if first["type"] == "too_long" else ("least", "min_length")
        return f"has {found['actual_length']} characters; at {many} {found[bound]} are taken"
    told = _TOLD.get(first["type"])
    return told.format_map(found) if told else str(first["msg"]).removeprefix("Value error, ")


def _reason(first: Mapping[str, Any]) -> str:
    reason = str(first["ctx"]["error"])
    return reason if " at line " in reason else f"{reason} at character {first['loc'][-1]}"
