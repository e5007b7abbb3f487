"""One line of JSON an event, on standard output, as the other processes of ours write them."""

import json
import sys
from datetime import UTC, datetime
from typing import Literal

Level = Literal["info", "warn", "error"]


def say(event: str, level: Level = "info", **fields: object) -> None:
    """Write one event. Fields hold names, numbers and reasons, never a secret or a message."""
    line = {"level": level, "time": datetime.now(UTC).isoformat(timespec="milliseconds"), "msg": event, **fields}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
