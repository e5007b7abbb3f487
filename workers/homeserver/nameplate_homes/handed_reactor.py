"""A home's event loop: Twisted's own, except that a Unix socket to listen on was made by the host and is inherited.

So Synapse's own call to listen takes the host's door, and whoever came while the home slept is answered first.
"""

import os
import socket
from collections.abc import Sequence

from twisted.internet import unix
from twisted.internet.epollreactor import EPollReactor
from twisted.internet.protocol import Factory

from .door import BACKLOG


class HandedReactor(EPollReactor):
    def __init__(self, door: int, callers: Sequence[int]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._door = door
        self._callers = callers

    def listenUNIX(
        self, address: str, factory: Factory, backlog: int = 50, mode: int = 0o666, wantPID: int = 0
    ) -> unix.Port:
        port: unix.Port = unix.Port._fromListeningDescriptor(self, self._door, factory)
        # To Twisted an abstract name: with a path it would set its mode and remove it in the end, and it is the host's.
        port._bindPath = b"\0" + os.fsencode(address)
        port.backlog = BACKLOG
        port.startListening()
        os.close(self._door)  # Twisted took a copy
        for caller in self._callers:
            self._take(caller, factory)
        return port

    def _take(self, caller: int, factory: Factory) -> None:
        try:
            self.adoptStreamConnection(caller, socket.AF_UNIX, factory)  # type: ignore[no-untyped-call]
        except OSError:
            pass  # it did not wait
        finally:
            os.close(caller)
