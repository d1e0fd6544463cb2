"""Documents about the emulator: the control API's description, and pages for people."""

from flask import Response

from emulator.admin.call import Here


def openapi(here: Here) -> Response:
    return Response("{}", content_type="application/json")


def docs(here: Here) -> Response:
    return Response("docs", content_type="text/html; charset=utf-8")


def home(here: Here) -> Response:
    return Response("home", content_type="text/html; charset=utf-8")
