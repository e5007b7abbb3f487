"""Runs inside a home: writes its log as the host writes its own, one line of JSON an event, without what people wrote.

Synapse logs no message by itself. But a database that refuses a statement answers with the row or the words in its way
("DETAIL: Failing row contains (...)", "LINE 1: INSERT ..."), and those stand in the text of the error.
"""

import json
import logging
import re
from datetime import UTC, datetime

_LEVELS = {"DEBUG": "debug", "INFO": "info", "WARNING": "warn"}
# From there on PostgreSQL quotes values, which may go on over several lines, up to the next part of a traceback.
_QUOTED = re.compile(
    r"^[ \t]*(DETAIL|CONTEXT|QUERY|STATEMENT|HINT|LINE \d+):"
    r".*?(?=^[ \t]*Traceback |^[ \t]*During handling |^[ \t]*The above exception |\Z)",
    re.MULTILINE | re.DOTALL,
)


class HomeLog(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "level": _LEVELS.get(record.levelname, "error"),
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "msg": without_values(record.getMessage()),
            "logger": record.name,
            # Synapse's own name for what it was doing, such as GET-12.
            "request": str(getattr(record, "request", "")),
        }
        if record.exc_info:
            line["error"] = without_values(self.formatException(record.exc_info))
        return json.dumps(line)


def without_values(text: str) -> str:
    return _QUOTED.sub("", text).rstrip()
