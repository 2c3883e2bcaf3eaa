"""Two hosts on one machine: network namespaces, joined by a bridge, that share this machine's files.

Where namespaces may not be made there is one host with two TaskManagers, which says so.
"""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

_BRIDGE = "qdflink0"
_NETWORK = "10.213.77"


class Host(NamedTuple):
    """Where TaskManagers run: what comes before a command, its address, and how many TaskManagers it gets."""

    name: str
    prefix: tuple[str, ...]
    address: str
    task_managers: int


class Network(NamedTuple):
    """The hosts, and the address of this machine in their network, for the JobManager and the client."""

    address: str
    hosts: tuple[Host, ...]


def may_make_namespaces() -> bool:
    """Whether this process is root, has iproute2, and the kernel lets it."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    made = subprocess.run(["ip", "netns", "add", "qdflinktry"], capture_output=True, check=False).returncode == 0
    if made:
        _ip("netns", "del", "qdflinktry")
    return made


@contextlib.contextmanager
def two_hosts() -> Iterator[Network]:
    """Makes two hosts, and removes them."""
    if not may_make_namespaces():
        print("no network namespaces can be made here: two TaskManagers on one host stand for two hosts")
        yield Network("127.0.0.1", (Host("here", (), "127.0.0.1", 2),))
        return
    names = [f"qdflink{number}" for number in (1, 2)]
    with contextlib.ExitStack() as stack:
        _ip("link", "add", _BRIDGE, "type", "bridge")
        stack.callback(_ip, "link", "del", _BRIDGE)
        _ip("addr", "add", f"{_NETWORK}.1/24", "dev", _BRIDGE)
        _ip("link", "set", _BRIDGE, "up")
        hosts = []
        for number, name in enumerate(names, start=2):
            _ip("netns", "add", name)
            stack.callback(_ip, "netns", "del", name)
            _ip("link", "add", f"{name}v", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", f"{name}v", "master", _BRIDGE, "up")
            for command in (
                ("link", "set", "lo", "up"),
                ("addr", "add", f"{_NETWORK}.{number}/24", "dev", "eth0"),
                ("link", "set", "eth0", "up"),
            ):
                _ip("-n", name, *command)
            hosts.append(Host(name, ("ip", "netns", "exec", name), f"{_NETWORK}.{number}", 1))
        yield Network(f"{_NETWORK}.1", tuple(hosts))


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
