"""The host's ear: one line of JSON in, one line of JSON out, on a Unix socket only its own user can open."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .loop import Loop

Answer = dict[str, object]
# Tells whether the asker is still there.
Reply = Callable[[Answer], bool]
Handler = Callable[[dict[str, Any], Reply], None]
# A question has a verb, a name and a number.
_LONGEST_QUESTION = 4096
# A list of ten thousand homes is 2 MB. Who asks or listens and does not read is let go.
_MOST_UNSAID = 8_000_000


class StatusServer:
    def __init__(self, loop: Loop, path: Path, handler: Handler) -> None:
        self._loop = loop
        self._path = path
        self._handler = handler
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        before = os.umask(0o177)
        try:
            self._socket.bind(str(path))
        finally:
            os.umask(before)
        # Several workers that each look at many homes at once; who finds it full is turned away by the kernel.
        self._socket.listen(1024)
        loop.watch(self._socket.fileno(), self._accept)

    def close(self) -> None:
        self._loop.unwatch(self._socket.fileno())
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _accept(self) -> None:
        try:
            client, _ = self._socket.accept()
        except OSError:  # it went away while it waited
            return
        client.setblocking(False)
        _Conversation(self._loop, client, self._handler)


class _Conversation:
    def __init__(self, loop: Loop, client: socket.socket, handler: Handler) -> None:
        self._loop = loop
        self._client = client
        self._handler = handler
        self._heard = b""
        self._unsaid = b""
        self._open = True
        loop.watch(client.fileno(), self._hear)

    def _hear(self) -> None:
        try:
            part = self._client.recv(_LONGEST_QUESTION)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        if not part:
            self._close()
            return
        *lines, self._heard = (self._heard + part).split(b"\n")
        for line in lines:
            self._answer(line)
        if len(self._heard) > _LONGEST_QUESTION:
            self._reply({"error": f"a question has at most {_LONGEST_QUESTION} bytes"})
            self._close()

    def _answer(self, line: bytes) -> None:
        try:
            question = json.loads(line)
        except ValueError:
            question = None
        if isinstance(question, dict):
            self._handler(question, self._reply)
        else:
            self._reply({"error": "a question is one JSON object on one line"})

    def _reply(self, answer: Answer) -> bool:
        """May come long after the question, when the asker has gone."""
        if self._open:
            self._unsaid += json.dumps(answer).encode() + b"\n"
            self._speak()
        if self._open and len(self._unsaid) > _MOST_UNSAID:
            self._close()
        return self._open

    def _speak(self) -> None:
        try:
            self._unsaid = self._unsaid[self._client.send(self._unsaid) :]
        except BlockingIOError:
            pass
        except OSError:  # gone
            self._close()
            return
        self._loop.watch(self._client.fileno(), self._hear, self._speak if self._unsaid else None)

    def _close(self) -> None:
        if self._open:
            self._open = False
            self._loop.unwatch(self._client.fileno())
            self._client.close()
