"""The clerk: the host's second process, the only one that holds the database's credentials and reads secrets.

The parent asks over a socket pair, one JSON line a question, and stays free of both, so that no home forked from it can
find them in its memory. Births and removals run in threads; the clerk forks nothing that lives on. It ends when the
parent does.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NoReturn, TypeVar

import psycopg2

from .backup.nightly import keep_backups
from .backup.settings import read_backup_settings
from .births import Births
from .database import (
    Cluster,
    DatabaseProblem,
    drop_spares_of_others,
    make_spare,
    open_doors,
    spares,
)
from .files import closed_folder
from .home_secrets import SecretsProblem
from .layout import Layout
from .log import say
from .manifest import Limits, Manifest
from .owes import owed
from .record import RecordProblem
from .settings import read_settings
from .template import ensure_template

T = TypeVar("T")

# Births at once. More would only queue at PostgreSQL and at the cores that the new homes need.
_HANDS = 4
# Spares are made when births have paused this long, so that copying does not slow them.
_QUIET_SECONDS = 1.5
# Pauses between attempts when the database is away: doubled each time, up to a minute.
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0


class Clerk:
    def __init__(self, layout: Layout, cluster: Cluster, line: socket.socket) -> None:
        self._layout = layout
        self._cluster = cluster
        self._line = line
        self._births = Births(layout, cluster, self._wait_for_template)
        self._speaking = threading.Lock()
        self._hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="clerk")
        self._template: Future[str] = Future()
        self._last_birth = 0.0
        self._spares_wanted = threading.Event()

    def serve(self) -> None:
        threading.Thread(target=self._keep_spares, daemon=True).start()
        threading.Thread(
            target=keep_backups, args=(self._layout, read_backup_settings(os.environ)), daemon=True, name="backups"
        ).start()
        with self._line.makefile("rb") as questions:
            for question in questions:
                asked = json.loads(question)
                if asked["do"] == "become":
                    self._become(asked)
                self._hands.submit(self._answer, asked)
        # The parent is gone. All work here may be cut off and repeated, and a new host's clerk may be about to.
        os._exit(0)

    def _become(self, question: dict[str, Any]) -> NoReturn:
        """The last question of this parent, which then does the same: the line is empty both ways."""
        self._hands.shutdown(wait=True)
        self._line.sendall(json.dumps({"id": question["id"]}).encode() + b"\n")
        python, line = question["name"], str(self._line.fileno())
        os.execv(python, [python, "-m", f"{__package__}.clerk", line])

    def _answer(self, question: dict[str, Any]) -> None:
        answer: dict[str, object] = {"id": question["id"]}
        try:
            if question["do"] == "prepare":
                self._last_birth = time.monotonic()
                self._births.prepare(_as_asked(question["manifest"]))
                self._spares_wanted.set()
            elif question["do"] == "owes":
                answer["owed"] = owed(self._cluster, question["manifest"]["database"])
            else:
                self._births.remove(question["name"])
        except (SecretsProblem, RecordProblem) as problem:
            answer |= {"code": problem.code, "reason": str(problem)}
        except (DatabaseProblem, psycopg2.Error) as problem:
            answer |= {"code": "database", "reason": " ".join(str(problem).split())[:300]}
        except Exception as problem:
            say("the clerk failed", "error", name=question["name"], error=repr(problem))
            answer |= {"code": "clerk", "reason": repr(problem)[:300]}
        with self._speaking:
            self._line.sendall(json.dumps(answer).encode() + b"\n")

    def _wait_for_template(self) -> str:
        try:
            # Longer than the longest build, so that its own words arrive first.
            return self._template.result(timeout=150)
        except TimeoutError as error:
            raise DatabaseProblem("the template database is not ready") from error

    def _keep_spares(self) -> None:
        self._template.set_result(_until_it_works("the template database", lambda: ensure_template(self._cluster)))
        _until_it_works("looking at the databases", self._tidy)
        say("the clerk is ready", template=self._template.result())
        self._spares_wanted.set()
        while True:
            self._spares_wanted.wait()
            self._spares_wanted.clear()
            while (rest := self._last_birth + _QUIET_SECONDS - time.monotonic()) > 0:
                time.sleep(rest)
            _until_it_works("making spare databases", self._fill)

    def _tidy(self) -> None:
        with self._cluster.visit() as cursor:
            drop_spares_of_others(cursor, self._template.result())
            if doors := open_doors(cursor):
                say("every home could connect to these databases: revoke CONNECT from PUBLIC", "warn", databases=doors)

    def _fill(self) -> None:
        with self._cluster.visit() as cursor:
            template = self._template.result()
            for _ in range(self._layout.settings.ready_databases - len(spares(cursor, template))):
                make_spare(cursor, template)


def _as_asked(fields: dict[str, Any]) -> Manifest:
    return Manifest(**{**fields, "limits": Limits(**fields["limits"])})


def _until_it_works(what: str, action: Callable[[], T]) -> T:
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            return action()
        except (DatabaseProblem, psycopg2.Error, OSError) as problem:
            say(f"{what}: trying again", "warn", reason=" ".join(str(problem).split())[:300])
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)


def _say_who_homes_are(layout: Layout) -> None:
    if os.geteuid() != 0:
        say("every home runs as this user: only root can give each a user of its own", "warn", user=os.geteuid())
        return
    uids = layout.settings.tenant_uids
    say("each home runs as a user of its own", first=uids.start, last=uids.stop - 1)
    if (closed := closed_folder(layout.homes)) is not None:
        words = "homes could read each other's files: each must be let through this closed folder (chmod o+x mends it)"
        say(words, "warn", folder=str(closed))


def main() -> None:
    # A signal to the whole group is the parent's to answer; it still needs us while it stops its homes.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    settings = read_settings(os.environ)
    layout = Layout(settings)
    layout.make_folders()
    _say_who_homes_are(layout)
    line = socket.socket(fileno=int(sys.argv[1]))
    Clerk(layout, Cluster(os.environ["TENANT_DATABASE_URL"]), line).serve()


if __name__ == "__main__":
    main()
