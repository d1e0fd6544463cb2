"""The harness on trial, at length: what of the wrong does it notice?"""
