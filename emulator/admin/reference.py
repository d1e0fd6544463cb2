"""An OpenAPI document as a page wants it: calls by tag, references followed, and a command to try each."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")

PROBLEM = "application/problem+json"

Node = Mapping[str, Any]


def groups(document: Node, base: str) -> list[Node]:
    """The calls under their tags, in the order in which the document lists these."""
    found = list(calls(document, base))
    tags = list(document.get("tags", ()))
    named = {tag["name"] for tag in tags}
    tags += [{"name": name} for name in dict.fromkeys(call["tag"] for call in found) if name not in named]
    return [{**tag, "calls": [call for call in found if call["tag"] == tag["name"]]} for tag in tags]


def calls(document: Node, base: str) -> Iterator[Node]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield _call(document, base, method.upper(), path, item[method])


def followed(document: Node, node: Node) -> Node:
    """What a reference within the document points at; anything else is itself."""
    while "$ref" in node:
        found: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def _call(document: Node, base: str, method: str, path: str, operation: Node) -> Node:
    parameters = [followed(document, one) for one in operation.get("parameters", ())]
    body = followed(document, operation.get("requestBody", {}))
    answers = [_answer(document, status, node) for status, node in operation["responses"].items()]
    return {
        "anchor": operation.get("operationId", f"{method}{path}"),
        "tag": operation.get("tags", ["Calls"])[0],
        "method": method,
        "path": path,
        "summary": operation.get("summary", path),
        "description": operation.get("description", ""),
        "parameters": parameters,
        "bodies": _bodies(body),
        "answers": [answer for answer in answers if not _is_problem(answer)],
        "problems": [answer for answer in answers if _is_problem(answer)],
        "curl": _curl(document, base, method, path, parameters, body),
    }


def _answer(document: Node, status: str, node: Node) -> Node:
    answer = followed(document, node)
    return {"status": status, "description": answer["description"], "bodies": _bodies(answer)}


def _is_problem(answer: Node) -> bool:
    return any(media_type == PROBLEM for media_type, _ in answer["bodies"])


def _bodies(node: Node) -> list[tuple[str, Node]]:
    return [(name, media.get("schema", {})) for name, media in node.get("content", {}).items()]


def _curl(document: Node, base: str, method: str, path: str, parameters: list[Node], body: Node) -> str:
    for parameter in parameters:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(_sample(document, parameter)))
    words = ["curl", *(["-X", method] if method != "GET" else []), _quoted(base + path)]
    for name, media in list(body.get("content", {}).items())[:1]:
        sample = _sample(document, media)
        words += [
            "-H",
            _quoted(f"Content-Type: {name}"),
            "-d",
            _quoted(json.dumps(sample, ensure_ascii=False)),
        ]
    return " ".join(words)


def _sample(document: Node, node: Node) -> object:
    """An example of a parameter or a body, its own or its schema's."""
    schema = followed(document, node.get("schema", {}))
    found = [*([node["example"]] if "example" in node else []), *schema.get("examples", ())]
    return found[0] if found else "…"


def _quoted(text: str) -> str:
    """As a shell reads it back."""
    return "'" + text.replace("'", "'\\''") + "'"
