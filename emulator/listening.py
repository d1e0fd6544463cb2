"""What is needed to listen: ports that can be had, and a certificate for TLS."""

import os
import socket
import ssl
from pathlib import Path

import click

AUTHORITY = "ca.pem"
"""The certificate for clients to trust."""


def free_port(host: str, *, besides: int) -> int:
    """Another port that nobody listens on. Raises click.UsageError for an address that is not ours."""
    found = besides
    while found == besides:
        found = _free_port(host)
    return found


def _free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        try:
            probe.bind((host, 0))
        except OSError as error:
            raise click.UsageError(f"--host {host}: {error.strerror}") from None
        return int(probe.getsockname()[1])


def certificate(host: str, folder: Path) -> tuple[Path, Path]:
    """A certificate and its key for the host; the authority to trust lies beside them as ca.pem."""
    import trustme

    authority = trustme.CA()
    issued = authority.issue_cert(host, "localhost", "127.0.0.1")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        key.touch(mode=0o600)
        issued.private_key_pem.write_to_path(key)
        issued.cert_chain_pems[0].write_to_path(certificate)
        authority.cert_pem.write_to_path(folder / AUTHORITY)
    except OSError as error:
        raise click.UsageError(f"--tls-dir {folder}: {error.strerror}") from None
    return certificate, key


def probe(host: str, port: int, option: str) -> None:
    """Raise click.UsageError for a port that cannot be had."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.UsageError(taken(host, port, option, error)) from None


def taken(host: str, port: int, option: str, error: OSError) -> str:
    """That a port cannot be had, in one line."""
    return f"port {port} of {host}: {os.strerror(error.errno or 0)}; {option} 0 picks a free one"


def context(certificate: tuple[Path, Path] | None) -> ssl.SSLContext | None:
    """What SMPP is wrapped in, with --tls."""
    if certificate is None:
        return None
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*certificate)
    return made
