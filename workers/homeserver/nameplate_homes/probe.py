"""Asks a starting home's socket for /_matrix/client/versions, again and again, without ever blocking the loop."""

import socket
from collections.abc import Callable
from pathlib import Path

from .loop import Loop, Timer

_REQUEST = b"GET /_matrix/client/versions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
# A start takes about 250 ms: looking every 10 ms costs two per cent of that at most.
_PAUSE = 0.01


class Probe:
    def __init__(self, loop: Loop, path: Path, arrived: Callable[[], bool], answered: Callable[[], None]) -> None:
        self._loop = loop
        self._path = path
        self._arrived = arrived
        self._answered = answered
        self._socket: socket.socket | None = None
        self._timer: Timer | None = None
        self._try()

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._close()

    def _try(self) -> None:
        if not self._arrived():
            self._again()
            return
        attempt = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
            attempt.connect(str(self._path))
            attempt.sendall(_REQUEST)
        except OSError:  # no socket yet, or nobody behind it yet
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
