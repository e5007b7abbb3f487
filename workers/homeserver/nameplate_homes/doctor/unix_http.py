"""One request to a home's own socket."""

import http.client
import socket
from pathlib import Path

# A busy home may take seconds; longer, and something is wrong.
_PATIENCE_SECONDS = 15.0
# What is asked here is a few hundred bytes.
_MOST = 65_536


def get(path: Path, target: str) -> tuple[int, bytes]:
    """Status and body. Raises OSError when nobody answers."""
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    try:
        connection.sock.settimeout(_PATIENCE_SECONDS)
        connection.sock.connect(str(path))
        connection.request("GET", target)
        answer = connection.getresponse()
        return answer.status, answer.read(_MOST)
    except http.client.HTTPException as error:
        raise OSError(str(error) or type(error).__name__) from error
    finally:
        connection.close()
