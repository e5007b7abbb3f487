"""One request to the edge of this machine as the world sends it: by name, and with its certificate checked."""

import http.client
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime

from .edge_address import EdgeAddress

# A wake through the edge is answered within fifteen seconds, one way or the other.
_PATIENCE_SECONDS = 20.0
# What is asked here is a few hundred bytes.
_MOST = 65_536


@dataclass(frozen=True)
class Seen:
    status: int
    body: bytes
    # Of the certificate that was shown.
    begins: datetime
    ends: datetime


class EdgeProblem(Exception):
    """The sentence says why there was no answer. `untrusted`: somebody answered, with the wrong certificate."""

    def __init__(self, reason: str, *, untrusted: bool = False) -> None:
        super().__init__(reason)
        self.untrusted = untrusted


def ask_edge(edge: EdgeAddress, name: str, path: str, method: str = "GET") -> Seen:
    try:
        context = ssl.create_default_context(cafile=str(edge.ca) if edge.ca else None)
        with (
            socket.create_connection((edge.host, edge.port), _PATIENCE_SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=name) as line,
        ):
            certificate = line.getpeercert() or {}
            connection = http.client.HTTPSConnection(name)
            connection.sock = line
            connection.request(method, path)
            answer = connection.getresponse()
            body = answer.read(_MOST)
    except ssl.SSLCertVerificationError as error:
        raise EdgeProblem(f"its certificate is not good: {error.verify_message}", untrusted=True) from error
    except (OSError, http.client.HTTPException) as error:
        raise EdgeProblem(f"{edge.host}:{edge.port}: {error}") from error
    begins, ends = (_time(str(certificate[key])) for key in ("notBefore", "notAfter"))
    return Seen(answer.status, body, begins, ends)


def _time(text: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
