"""SMPP over TCP: an asyncio server in a thread of the serving process."""
