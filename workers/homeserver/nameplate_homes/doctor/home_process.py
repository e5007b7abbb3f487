"""How a home lives just now: as the host says, as its socket and its key answer, and what it said last."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

from ..ask_host import HostAway, ask_host
from ..codes import CODES, Words
from ..files import last_line
from .amounts import moment, size, span
from .case import Case
from .finding import Finding, note, unseen, well, wrong
from .home_files import public_key
from .unix_http import get

# Of its memory: a little more, and the kernel ends it.
_NEARLY = 0.9
# A start takes a second, and is given up after sixty.
_LONG_START_SECONDS = 60.0


def check_state(case: Case) -> Iterator[Finding]:
    told = case.told
    if told is None:
        yield unseen("process", "The host, which would know how it lives, does not answer")
        return
    since = moment(told["since"]) if "since" in told else ""
    match case.state:
        case "running":
            yield well("process", f"It runs since {since} (process {told.get('pid')}, Synapse {told.get('version')})")
        case "asleep":
            yield well("process", f"It sleeps since {since}; whoever comes first wakes it")
        case "starting" if time.time() - told["since"] > _LONG_START_SECONDS:
            yield wrong("process", f"It has been starting since {since}", "See how busy the machine is, then its log.")
        case "starting":
            yield note("process", "It is starting just now")
        case "stopped" | "gone" as state:
            yield note("process", f"It is {state}, as its manifest wants")
        case "unknown":
            yield wrong("process", "The host knows no such home", "Let the worker look at this family once more.")
    yield from _failure(told)


def _failure(told: dict[str, Any]) -> Iterator[Finding]:
    """With what is wrong now, if anything, or how it last fell since the host began."""
    if (code := told.get("code")) is not None:
        unknown = Words(f"the host says {code}, which this doctor does not know", "Read the reason and the host's log.")
        words = CODES.get(code, unknown)
        again = told.get("again_in_seconds")
        when = f". The host tries again in {span(again)}" if again is not None else ""
        how = "It runs on as it was" if told.get("state") == "running" else "It failed"
        yield wrong("process", f"{how}: {words.means} ({code}: {told['reason']}){when}", words.do)
    elif (fell := told.get("fell")) is not None:
        yield note("process", f"It last fell {moment(fell['time'])} ({fell['code']}: {fell['reason']})")


def check_last_words(case: Case) -> Iterator[Finding]:
    if line := last_line(case.files.output):
        yield note("last words", f"The last it printed ({moment(case.files.output.stat().st_mtime)}): {line}")
    log = case.files.logs / "homeserver.log"
    if line := last_line(log, most=100_000):
        yield note("last words", f"The last it wrote into its log ({moment(log.stat().st_mtime)}): {_said(line)}")


def _said(line: str) -> str:
    """A line of home_log.py, with the name of the error, which a traceback ends with."""
    try:
        said = json.loads(line)
    except ValueError:
        return line[:300]
    return " / ".join([said["msg"], *said.get("error", "").splitlines()[-1:]])[:300]


def check_memory(case: Case) -> Iterator[Finding]:
    try:
        figures = ask_host(case.settings.layout.settings.host_socket, "metrics")
    except HostAway:
        return
    used, most = figures["memory_bytes"].get(case.name), case.limits.memory_megabytes * 1024 * 1024
    if used is None:
        return
    words = f"It takes {size(used)} of its {size(most)} of memory"
    if used >= most * _NEARLY:
        yield wrong("memory", f"{words}: a little more, and the kernel ends it", CODES["out-of-memory"].do)
    else:
        yield well("memory", words)


def check_socket(case: Case) -> Iterator[Finding]:
    path = case.files.socket
    if case.state not in ("running", "asleep"):
        return
    try:
        # Connecting wakes nobody: the host looks at what is asked, and nothing is.
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(path))
    except OSError as error:
        words = f"Nobody answers at its socket {path} ({error.strerror or error}), so the edge cannot reach it"
        yield wrong("socket", words, "Ask the host to look again (do converge), or start the host again.")
    else:
        yield well("socket", f"Its socket answers: {path}")


def check_served_key(case: Case) -> Iterator[Finding]:
    if not case.answers:
        yield unseen("served key", "The key it serves was not looked at, because it is not awake (--wake wakes it)")
        return
    ours = public_key(case.files.signing_key)
    try:
        status, body = get(case.files.socket, "/_matrix/key/v2/server")
        served = {key: of["key"] for key, of in json.loads(body)["verify_keys"].items()} if status == 200 else {}
    except (OSError, ValueError, KeyError) as error:
        yield wrong("served key", f"It does not say its key: {error}", "Read the end of its logs/homeserver.log.")
        return
    if ours is not None and served.get(ours[0]) == ours[1]:
        yield well("served key", f"Other servers are shown {ours[0]}, the key it has")
    else:
        words = f"Other servers are shown {', '.join(served) or 'no key'}, which is not the key in its folder"
        yield wrong("served key", words, "Stop the home before it signs more, and find out which key is right.")
