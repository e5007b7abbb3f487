"""One question to the running host over its socket, for programs beside it: the metrics and the doctor."""

import json
import socket
from pathlib import Path
from typing import Any

# The host's loop never blocks: who gets no answer in this time asks a host that hangs.
_PATIENCE_SECONDS = 5.0


class HostAway(Exception):
    """The sentence says why there is no answer."""


def ask_host(path: Path, do: str, patience: float = 0.0, **more: object) -> dict[str, Any]:
    """The host's answer. `patience`: the seconds that the question itself allows it to take."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_PATIENCE_SECONDS + patience)
            line.connect(str(path))
            line.sendall(json.dumps({"do": do, **more}).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer = json.loads(answers.readline())
    except OSError as error:
        raise HostAway(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise HostAway(f"{path}: closed without an answer") from error
    if not isinstance(answer, dict):
        raise HostAway(f"{path}: not the tenant host")
    return answer
