"""The interface's document (OpenAPI 3.1) as rows of a page."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
_BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "{} or more characters",
    "maxLength": "at most {} characters",
    "maxItems": "at most {}",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a property. `where` is "path", "query", "header", "body" or empty; `shape` the name of
    the shape it has, where it is one that is listed."""

    name: str
    where: str
    kind: str
    shape: str | None
    required: bool
    told: str


@dataclass(frozen=True, slots=True)
class Result:
    status: str
    told: str
    shape: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    """`sent` is a command line, `came` what it answers."""

    anchor: str
    method: str
    path: str
    summary: str
    told: str
    takes: tuple[Field, ...]
    results: tuple[Result, ...]
    sent: str
    came: str
    kind: str


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    told: str
    fields: tuple[Field, ...]


def operations(document: Node) -> dict[str, list[Operation]]:
    """By tag, in their order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(_operation(document, path, method, told))
    return found


def shapes(document: Node) -> list[Shape]:
    """Those with fields; the framework's own for errors are never sent."""
    of = document["components"]["schemas"]
    return [
        Shape(name, node.get("description", ""), tuple(_fields(node)))
        for name, node in sorted(of.items())
        if "properties" in node and name not in ("HTTPValidationError", "ValidationError")
    ]


def _operation(document: Node, path: str, method: str, told: Node) -> Operation:
    status, kind, came = _example(told["responses"])
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        told=told["description"],
        takes=tuple(_taken(told)),
        results=tuple(_results(document, told["responses"])),
        sent=told["x-codeSamples"][0]["source"],
        came=came,
        kind=f"{status} {kind}".strip(),
    )


def _taken(told: Node) -> Iterator[Field]:
    for each in told.get("parameters", []):
        node = each["schema"]
        said = each.get("description") or node.get("description", "")
        yield Field(each["name"], each["in"], kind_of(node), _shape(node), each.get("required", False), said)
    for kind, body in told.get("requestBody", {}).get("content", {}).items():
        node = body["schema"]
        if "properties" in node:
            yield from _fields(node, where=kind)
        else:
            yield Field("", kind, kind_of(node), _shape(node), True, "")


def _results(document: Node, responses: Node) -> Iterator[Result]:
    for status, given in responses.items():
        response = document["components"]["responses"][_name(given["$ref"])] if "$ref" in given else given
        nodes = [content.get("schema", {}) for content in response.get("content", {}).values()]
        shape = next((name for node in nodes if (name := _shape(node))), None)
        yield Result(status, response["description"], shape)


def _example(responses: Node) -> tuple[str, str, str]:
    """Status, media type and text of the answer that is shown; nothing comes with a 204."""
    for status, response in responses.items():
        for kind, content in response.get("content", {}).items():
            if "example" in content and status.startswith("2"):
                shown = content["example"]
                text = shown if isinstance(shown, str) else json.dumps(shown, indent=2, ensure_ascii=False)
                return status, kind, text
    return min(responses), "", ""


def _fields(node: Node, *, where: str = "") -> Iterator[Field]:
    required = node.get("required", ())
    for name, each in node["properties"].items():
        said = each.get("description", "")
        yield Field(name, where, kind_of(each), _shape(each), name in required, said)


def kind_of(node: Node) -> str:
    """In a few words; a reader of the document itself finds the rest."""
    if "$ref" in node:
        return _name(node["$ref"])
    if "anyOf" in node:
        return " or ".join(dict.fromkeys(kind_of(each) for each in node["anyOf"]))
    if "enum" in node or "const" in node:
        return " | ".join(json.dumps(each) for each in node.get("enum", [node.get("const")]))
    kind = node.get("format") or node.get("type", "anything")
    if kind == "array":
        kind = f"list of {kind_of(node.get('items', {}))}"
    bounds = [words.format(node[name]) for name, words in _BOUNDS.items() if name in node]
    return ", ".join([kind, *bounds])


def _shape(node: Node) -> str | None:
    """The one that is named first in it."""
    found = re.search(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(node))
    return found[1] if found else None


def _name(ref: str) -> str:
    return ref.rpartition("/")[2]
