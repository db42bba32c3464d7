"""The address of this machine on its network."""

import socket


def own_address() -> str:
    """Return the address by which others on this network reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; the system picks its own address
            return str(probe.getsockname()[0])
        except OSError:  # no network
            return "localhost"
