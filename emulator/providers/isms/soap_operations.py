"""What the SOAP interface offers, in the words of the page and of sister platforms."""

from emulator.wire.soap import Operation, Parameter, Struct


def texts(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, "string") for name in names)


LOGIN = texts("username", "password")

# req: isms/soap-send/to isms/soap-send/to-map
RECIPIENTS = Struct("Recipients", (Parameter("recipients", "string", many=True),))

# req: isms/soap/operations isms/soap/wsdl-contents
# req: isms/soap-send/from isms/soap-send/coding isms/soap-send/flash
SEND = Operation(
    "send",
    (
        *LOGIN,
        *texts("from"),
        Parameter("to", RECIPIENTS),
        *texts("message", "coding"),  # req: isms/soap-send/message
        Parameter("flash", "boolean"),
    ),
)

# req: isms/soap-send/schedule isms/soap-send/dlr-url
LONG_SEND = Operation("send", (*SEND.parameters, *texts("schedule", "dlr-url")))
"""With the arguments that a sister platform has behind; they are taken from anybody."""

QUERY = Operation("query", (*LOGIN, *texts("message_id", "mobile")))  # req: isms/soap-query/parameters

# req: isms/soap/delete-message
DELETE_MESSAGE = Operation("delete_message", (*LOGIN, *texts("id")), "boolean")
"""A sister platform's: takes back a send that waits for its moment."""

DESCRIBED = {  # req: isms/soap/wsdl-extended
    False: (SEND, QUERY),
    True: (LONG_SEND, QUERY, DELETE_MESSAGE),
}
"""What the description says, without the extensions and with them."""
