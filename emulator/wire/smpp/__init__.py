"""SMPP 3.4 (Short Message Peer to Peer, issue 1.2) without a socket: octets, PDUs, sessions."""
