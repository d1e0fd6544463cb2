"""An OpenAPI document as a page wants it: calls by tag, references followed, and a command to try each."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")

PROBLEM = "application/problem+json"
FORM = "application/x-www-form-urlencoded"

Node = Mapping[str, Any]


def groups(document: Node, base: str, token: str = "…") -> list[Node]:
    """The calls under their tags, in the order in which the document lists these; `token` opens them."""
    found = [*calls(document, base, token), *pushes(document)]
    tags = list(document.get("tags", ()))
    named = {tag["name"] for tag in tags}
    tags += [{"name": name} for name in dict.fromkeys(call["tag"] for call in found) if name not in named]
    return [{**tag, "calls": [call for call in found if call["tag"] == tag["name"]]} for tag in tags]


def calls(document: Node, base: str, token: str) -> Iterator[Node]:
    for method, path, operation in _operations(document["paths"]):
        yield {
            **_described(document, method, path, operation),
            "curl": _curl(document, base, method, path, operation, token),
        }


def pushes(document: Node) -> Iterator[Node]:
    """The calls that come from there; they have a name in the place of a path."""
    for method, name, operation in _operations(document.get("webhooks", {})):
        yield _described(document, method, name, operation)


def followed(document: Node, node: Node) -> Node:
    """What a reference within the document points at; anything else is itself."""
    while "$ref" in node:
        found: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def _operations(items: Node) -> Iterator[tuple[str, str, Node]]:
    for path, item in items.items():
        yield from ((method.upper(), path, item[method]) for method in METHODS if method in item)


def _described(document: Node, method: str, path: str, operation: Node) -> Node:
    answers = [_answer(document, status, node) for status, node in operation["responses"].items()]
    return {
        "anchor": operation.get("operationId", f"{method}{path}"),
        "tag": operation.get("tags", ["Calls"])[0],
        "method": method,
        "path": path,
        "summary": operation.get("summary", path),
        "description": operation.get("description", ""),
        "parameters": _parameters(document, operation),
        "bodies": _bodies(_body(document, operation)),
        "answers": [answer for answer in answers if not _is_problem(answer)],
        "problems": [answer for answer in answers if _is_problem(answer)],
    }


def _parameters(document: Node, operation: Node) -> list[Node]:
    return [followed(document, one) for one in operation.get("parameters", ())]


def _body(document: Node, operation: Node) -> Node:
    return followed(document, operation.get("requestBody", {}))


def _answer(document: Node, status: str, node: Node) -> Node:
    answer = followed(document, node)
    return {"status": status, "description": answer["description"], "bodies": _bodies(answer)}


def _is_problem(answer: Node) -> bool:
    return any(media_type == PROBLEM for media_type, _ in answer["bodies"])


def _bodies(node: Node) -> list[tuple[str, Node]]:
    return [(name, media.get("schema", {})) for name, media in node.get("content", {}).items()]


def _curl(document: Node, base: str, method: str, path: str, operation: Node, token: str) -> str:
    """A command with examples in every place that has to be filled, and those that `x-tried` names."""
    fields, tried = [], operation.get("x-tried", ())
    for parameter in _parameters(document, operation):
        if parameter["in"] == "path":
            path = path.replace(
                f"{{{parameter['name']}}}", quote(str(_sample(document, parameter)), safe="…")
            )
        elif parameter["in"] == "query" and (parameter.get("required") or parameter["name"] in tried):
            fields.append((parameter["name"], _sample(document, parameter)))
    query = f"?{_form(fields)}" if fields else ""
    words = ["curl", *(["-X", method] if method != "GET" else []), _quoted(base + path + query)]
    if _guarded(document, operation):
        words += ["-H", _quoted(f"Authorization: Bearer {token}")]
    for name, media in list(_body(document, operation).get("content", {}).items())[:1]:
        words += _sent(name, _sample(document, media))
    return " ".join(words)


def _sent(media_type: str, sample: object) -> list[str]:
    if media_type == FORM:
        return ["-d", _quoted(_form(sample.items() if isinstance(sample, Mapping) else ()))]
    told = ["-H", _quoted(f"Content-Type: {media_type}")]
    return [*told, "-d", _quoted(json.dumps(sample, ensure_ascii=False))]


def _form(fields: Iterable[tuple[str, object]]) -> str:
    return urlencode(list(fields), doseq=True, safe="…")


def _guarded(document: Node, operation: Node) -> bool:
    """Whether a call has to say who it comes from with a bearer token."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    asked = operation.get("security", document.get("security", ()))
    return any(schemes.get(name, {}).get("scheme") == "bearer" for one in asked for name in one)


def _sample(document: Node, node: Node) -> object:
    """An example of a parameter or a body, its own or its schema's."""
    schema = followed(document, node.get("schema", {}))
    own = [one["value"] for one in node.get("examples", {}).values()]
    found = [*([node["example"]] if "example" in node else []), *own, *schema.get("examples", ())]
    return found[0] if found else "…"


def _quoted(text: str) -> str:
    """As a shell reads it back."""
    return "'" + text.replace("'", "'\\''") + "'"
