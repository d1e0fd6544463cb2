"""Recorded traffic: taken by a proxy without secrets, judged by the documents, compared with the emulator."""
