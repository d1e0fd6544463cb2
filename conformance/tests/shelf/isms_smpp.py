"""The switches of iSMS over SMPP, turned."""

TURNED: dict[str, object] = {
    "smpp_system_id": "SMSC",
    "smpp_bind_refusal": "alike",
    "smpp_binds": 1,
    "smpp_window": 1,
    "smpp_deliver_window": 10,
    "smpp_session_init": 0.01,
    "smpp_enquire_link": 0.01,
    "smpp_response": 0.01,
    "smpp_retry": 10,
    "smpp_queue": 1,
    "smpp_no_credit": 0x400,
    "smpp_default_source": "Demo",
    "smpp_service_types": [""],
    "smpp_reserved": "take",
    "smpp_message_id": "decimal",
    "smpp_receipt_id": "hex",
    "smpp_receipt_form": "tlv",
    "smpp_receipt_seconds": True,
    "smpp_receipts_doubled": True,
    "smpp_receipts_early": True,
}
"""Timers are so short that their first look finds them over."""
