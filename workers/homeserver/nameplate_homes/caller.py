"""One connection to a sleeping home: the host looks at the request's head, takes nothing, and keeps or refuses it."""

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from .loop import Action, Loop, Timer

# As much as Synapse's own server (Twisted) takes for all headers together.
_LONGEST_HEAD = 16_384
# The edge sends a head at once. A head that comes in pieces is looked at every 5 ms, and for a second at most.
_LOOK_SECONDS, _LOOKS = 0.005, 200
# A refused caller may still be sending: what comes is thrown away for so long, or it might not read the answer.
_LINGER_SECONDS = 1.0
# As Synapse's own answers have them.
_FOR_BROWSERS = (
    "Access-Control-Allow-Origin: *",
    "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers: X-Requested-With, Content-Type, Authorization, Date",
    "Access-Control-Expose-Headers: Retry-After",
    "Connection: close",
)


@dataclass(frozen=True)
class Head:
    method: str = ""
    # Whoever asks, as the edge wrote it; empty for somebody on this machine who did not say.
    address: str = ""
    # Whether it shows anything to be known by. Whether that is true only the home can tell.
    has_token: bool = False


class Caller:
    def __init__(
        self, loop: Loop, client: socket.socket, heard: Callable[["Caller", Head], None], gone: Action
    ) -> None:
        client.setblocking(False)
        self.client = client
        self._loop = loop
        self._heard = heard
        self._gone = gone
        self._looks = 0
        self._timer: Timer | None = loop.after(0, self._look)

    def _look(self) -> None:
        self._timer = None
        self._looks += 1
        try:
            text = self.client.recv(_LONGEST_HEAD, socket.MSG_PEEK)
        except BlockingIOError:
            text = None
        except OSError:
            text = b""
        if text == b"":
            self.forget()
            self._gone()
        elif text is None or (b"\r\n\r\n" not in text and len(text) < _LONGEST_HEAD):
            self._look_again(text or b"")
        else:
            self._heard(self, read_head(text))

    def _look_again(self, text: bytes) -> None:
        if self._looks < _LOOKS:
            self._timer = self._loop.after(_LOOK_SECONDS, self._look)
        else:
            self._heard(self, read_head(text))

    def stop_looking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def forget(self) -> None:
        """Close our end; a home that inherited the connection keeps it."""
        self.stop_looking()
        self.client.close()

    def refuse(self, status: HTTPStatus, errcode: str, words: str, retry_after: int) -> None:
        body = json.dumps({"errcode": errcode, "error": words, "retry_after_ms": retry_after * 1000})
        self._answer(status, body, f"Retry-After: {retry_after}", "Content-Type: application/json")

    def let_ask(self) -> None:
        """A browser asks whether its app may ask: the answer is always the one that Synapse gives, and wakes nobody."""
        self._answer(HTTPStatus.NO_CONTENT, "")

    def _answer(self, status: HTTPStatus, body: str, *headers: str) -> None:
        """Answer in the home's place, readable for apps in a browser too. Takes the connection away from us."""
        self.stop_looking()
        head = (f"HTTP/1.1 {status.value} {status.phrase}", f"Content-Length: {len(body)}", *headers, *_FOR_BROWSERS)
        try:
            # Nothing there: a process answered already, and only our copy of the connection is left.
            self.client.recv(1, socket.MSG_PEEK)
            self.client.send("\r\n".join((*head, "", body)).encode())
            self.client.shutdown(socket.SHUT_WR)
        except OSError:
            self.client.close()
            return
        self._loop.watch(self.client.fileno(), self._throw_away)
        self._timer = self._loop.after(_LINGER_SECONDS, self._hang_up)

    def _throw_away(self) -> None:
        try:
            more = self.client.recv(65_536)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self._hang_up()

    def _hang_up(self) -> None:
        self.stop_looking()
        self._loop.unwatch(self.client.fileno())
        self.client.close()


def read_head(text: bytes) -> Head:
    request, *lines = text.partition(b"\r\n\r\n")[0].split(b"\r\n")
    headers: dict[bytes, bytes] = {}
    for line in lines:
        key, _, value = line.partition(b":")
        headers.setdefault(key.strip().lower(), value.strip())
    # The edge forgets what a caller claims here and writes the one address it saw.
    address = headers.get(b"x-forwarded-for", b"").partition(b",")[0].strip().decode("ascii", "replace")
    method = request.partition(b" ")[0].decode("ascii", "replace")
    return Head(method, address, b"authorization" in headers or b"access_token=" in request)
