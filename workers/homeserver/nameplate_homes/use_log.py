"""Runs inside a home, as a handler of Synapse's access log: notes when somebody known used it.

Strangers' requests, which anybody can send at any rate, must not keep a home awake; neither must our own look after it.
"""

import logging
import os
import time
from pathlib import Path

# A busy home writes five times a second at most, some microseconds each.
_NOTE_SECONDS = 0.2
# The account that looks after homes (lib/synapse/service-account.ts).
_SERVICE = "@nameplate-service:"
_PROCESSED = "Processed request"
# Of the arguments of that line, counted from its end, so that more before them do no harm.
_CODE, _METHOD, _URI = -6, -5, -4
# Whoever signs in is nobody yet while asking.
_SIGN_IN = ("/login", "/refresh", "/register")


class UseHandler(logging.Handler):
    def __init__(self, path: str) -> None:
        super().__init__(logging.INFO)
        self._path = Path(path)
        self._noted = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        if time.monotonic() - self._noted >= _NOTE_SECONDS and is_use(record):
            self._noted = time.monotonic()
            try:
                os.utime(self._path)
            except FileNotFoundError:
                self._path.touch(0o600)


def is_use(record: logging.LogRecord) -> bool:
    if _PROCESSED not in str(record.msg) or not isinstance(record.args, tuple):
        return False
    who = getattr(record, "authenticated_entity", None)
    if who is not None:
        return not str(who).startswith(_SERVICE)
    code, method, uri = (str(record.args[at]) for at in (_CODE, _METHOD, _URI))
    return method == "POST" and code.startswith("2") and uri.partition("?")[0].endswith(_SIGN_IN)
