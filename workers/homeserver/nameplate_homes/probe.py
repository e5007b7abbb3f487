"""Asks a starting home for /_matrix/client/versions, again and again, without ever blocking the loop.

The socket is there before the process listens: the first question waits in its queue, and is answered when it can be.
"""

import socket
from collections.abc import Callable
from pathlib import Path

from .loop import Loop, Timer

_REQUEST = b"GET /_matrix/client/versions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
# After an answer that is none, such as the host's own to callers whom a slow start keeps waiting.
_PAUSE = 0.1


class Probe:
    def __init__(self, loop: Loop, path: Path, answered: Callable[[], None]) -> None:
        self._loop = loop
        self._path = path
        self._answered = answered
        self._socket: socket.socket | None = None
        self._timer: Timer | None = None
        self._try()

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._close()

    def _try(self) -> None:
        attempt = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
            attempt.connect(str(self._path))
            attempt.sendall(_REQUEST)
        except OSError:  # no socket yet, nobody behind it yet, or a full queue
            attempt.close()
            self._again()
            return
        self._socket = attempt
        self._loop.watch(attempt.fileno(), self._hear)

    def _hear(self) -> None:
        if self._socket is None:
            return
        try:
            answer = self._socket.recv(64)
        except OSError:
            answer = b""
        self._close()
        if answer.startswith(b"HTTP/1.1 200"):
            self._answered()
        else:
            self._again()

    def _again(self) -> None:
        self._timer = self._loop.after(_PAUSE, self._try)

    def _close(self) -> None:
        if self._socket is not None:
            self._loop.unwatch(self._socket.fileno())
            self._socket.close()
            self._socket = None
