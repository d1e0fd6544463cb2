"""The emulator killed under load, again and again: is anything lost or doubled?"""
