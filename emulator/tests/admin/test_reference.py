"""An OpenAPI document made ready for a page."""

from typing import Any

from emulator.admin import reference

LETTER = {"$ref": "#/components/schemas/Letter"}

DOCUMENT: dict[str, Any] = {
    "tags": [{"name": "Letters", "description": "On paper."}],
    "paths": {
        "/letters/{id}": {
            "put": {
                "operationId": "write",
                "tags": ["Letters"],
                "parameters": [{"$ref": "#/components/parameters/id"}],
                "requestBody": {"content": {"application/json": {"schema": LETTER}}},
                "responses": {
                    "200": {"$ref": "#/components/responses/Done"},
                    "404": {"$ref": "#/components/responses/Lost"},
                },
            }
        },
        "/stamps": {"get": {"responses": {"200": {"description": "All."}}}},
    },
    "webhooks": {"delivered": {"post": {"tags": ["Letters"], "responses": {"200": {"description": "."}}}}},
    "components": {
        "parameters": {"id": {"name": "id", "in": "path", "required": True, "example": 7}},
        "schemas": {"Letter": {"type": "object", "examples": [{"text": "it's"}]}},
        "responses": {
            "Done": {"description": "Done.", "content": {"application/json": {"schema": {"type": "object"}}}},
            "Lost": {"description": "Lost.", "content": {"application/problem+json": {}}},
        },
    },
}

BASE = "http://localhost"


def test_calls_stand_under_their_tags_and_others_under_one_of_their_own() -> None:
    groups = reference.groups(DOCUMENT, BASE)

    assert [(group["name"], [call["path"] for call in group["calls"]]) for group in groups] == [
        ("Letters", ["/letters/{id}", "delivered"]),
        ("Calls", ["/stamps"]),
    ]
    assert groups[0]["description"] == "On paper."


def test_references_are_followed() -> None:
    call, _ = reference.groups(DOCUMENT, BASE)[0]["calls"]

    assert [parameter["name"] for parameter in call["parameters"]] == ["id"]
    assert [(answer["status"], answer["description"]) for answer in call["answers"]] == [("200", "Done.")]
    assert [(answer["status"], answer["description"]) for answer in call["problems"]] == [("404", "Lost.")]
    assert call["bodies"] == [("application/json", LETTER)]


def test_a_command_is_quoted_as_a_shell_reads_it() -> None:
    write, stamps = reference.calls(DOCUMENT, BASE, "")

    assert write["curl"] == (
        "curl -X PUT 'http://localhost/letters/7' -H 'Content-Type: application/json' "
        """-d '{"text": "it'\\''s"}'"""
    )
    assert stamps["curl"] == "curl 'http://localhost/stamps'"


def test_a_push_has_no_command() -> None:
    (push,) = reference.pushes(DOCUMENT)

    assert (push["method"], push["path"], "curl" in push) == ("POST", "delivered", False)


def test_a_command_says_what_a_call_needs() -> None:
    operation = {
        "parameters": [
            {"name": "user", "in": "query", "required": True, "example": "a b"},
            {"name": "page", "in": "query", "example": 2},
            {"name": "all", "in": "query", "example": "yes"},
        ],
        "x-tried": ["page"],
        "requestBody": {
            "content": {
                reference.FORM: {"examples": {"least": {"value": {"text": "it's", "to": ["1", "2"]}}}}
            }
        },
        "responses": {},
    }
    schemes = {"token": {"type": "http", "scheme": "bearer"}}
    document = {
        "paths": {"/send": {"post": operation}},
        "security": [{"token": []}],
        "components": {"securitySchemes": schemes},
    }

    (call,) = reference.calls(document, BASE, "sesame")

    assert call["curl"] == (
        "curl -X POST 'http://localhost/send?user=a+b&page=2' -H 'Authorization: Bearer sesame' "
        "-d 'text=it%27s&to=1&to=2'"
    )


def test_a_call_without_a_name_has_an_anchor_all_the_same() -> None:
    (stamps,) = reference.groups(DOCUMENT, BASE)[1]["calls"]

    assert stamps["anchor"] == "GET/stamps"


def test_steps_of_a_reference_are_unescaped() -> None:
    document = {"paths": {"/a~b": {"get": {"summary": "found"}}}}

    assert reference.followed(document, {"$ref": "#/paths/~1a~0b/get"}) == {"summary": "found"}
