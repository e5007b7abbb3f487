"""Runs inside a home, as a handler of Synapse's access log: notes when somebody known used it, and from where.

Strangers' requests, which anybody can send at any rate, must not keep a home awake; neither must our own look after it.
The file's time is the latest use. Its lines are addresses of the family's own people, newest last: an app asks for
`/versions` without a token before all else, and from there it may wake the home as often as it likes (wake_limits.py).
"""

import logging
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

# A busy home writes five times a second at most, some microseconds each.
_NOTE_SECONDS = 0.2
# Phones and computers of a family, at home and on the way.
_MOST_ADDRESSES = 32
# An address has 45 characters at most.
_LARGEST_FILE = 4096
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
        self._addresses = read_addresses(self._path)

    def emit(self, record: logging.LogRecord) -> None:
        if time.monotonic() - self._noted < _NOTE_SECONDS or not is_use(record):
            return
        self._noted = time.monotonic()
        address = str(getattr(record, "ip_address", ""))
        # A server (without "@") signs each request: it is never limited by what is written here.
        is_person = str(getattr(record, "authenticated_entity", "")).startswith("@")
        if is_person and address and address not in self._addresses[-1:]:
            others = [one for one in self._addresses if one != address]
            self._addresses = [*others, address][-_MOST_ADDRESSES:]
            self._path.write_text("\n".join(self._addresses))
        else:
            self._path.touch(0o600)


def is_use(record: logging.LogRecord) -> bool:
    if _PROCESSED not in str(record.msg) or not isinstance(record.args, tuple):
        return False
    who = getattr(record, "authenticated_entity", None)
    if who is not None:
        return not str(who).startswith(_SERVICE)
    code, method, uri = (str(record.args[at]) for at in (_CODE, _METHOD, _URI))
    return method == "POST" and code.startswith("2") and uri.partition("?")[0].endswith(_SIGN_IN)


def read_addresses(path: Path) -> list[str]:
    """For the host too, which must not trust what a home wrote: a regular file, not large, and never waited for."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                return os.read(handle, _LARGEST_FILE).decode("ascii", "replace").splitlines()[-_MOST_ADDRESSES:]
        finally:
            os.close(handle)
    return []
