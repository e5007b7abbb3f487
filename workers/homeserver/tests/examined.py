"""The doctor at work on a running host, with a real edge before it where a test needs one."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import psycopg2

from nameplate_homes.doctor.__main__ import main

from .running_host import PACKAGE, RunningHost, database_url, until
from .scraping import free_port

CADDYFILE = PACKAGE.parent / "edge" / "Caddyfile"


@dataclass(frozen=True)
class Examined:
    code: int
    text: str

    def bad(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip().startswith("BAD")]

    def says(self, *words: str) -> bool:
        """All of them on one line."""
        return any(all(word in line for word in words) for line in self.text.splitlines())


def examine(host: RunningHost, *arguments: str, **settings: str) -> Examined:
    """In this process, which saves a third of a second each; the command is tried in doctor.db.test.ts."""
    env = {**host.environment(), **settings}
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(list(arguments), {key: value for key, value in env.items() if value})
    return Examined(code, said.getvalue())


@dataclass(frozen=True)
class Edge:
    """Settings by which the doctor finds it, and the folder in which files are published."""

    settings: dict[str, str]
    www: Path
    log: Path

    def publish(self, name: str) -> Path:
        folder = self.www / name / ".well-known" / "matrix"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "server").write_text(json.dumps({"m.server": f"{name}:443"}))
        return self.www / name


@contextmanager
def edge_before(host: RunningHost) -> Iterator[Edge]:
    data = host.folder / "edge"
    www = data / "www"
    www.mkdir(parents=True)
    ports = {key: str(free_port()) for key in ("EDGE_HTTPS_PORT", "EDGE_HTTP_PORT", "EDGE_ASK_PORT")}
    env = {"PATH": os.environ["PATH"], "HOME": str(data), "XDG_DATA_HOME": str(data), "XDG_CONFIG_HOME": str(data)}
    env |= {"WWW_FOLDER": str(www), "SOCKET_FOLDER": str(host.socket_folder), "EDGE_CA": "internal"}
    env |= {"EDGE_BIND": "127.0.0.1", **ports}
    caddy = Path(sys.executable).with_name("caddy")
    log = data / "edge.log"
    with log.open("wb") as output:
        command = [str(caddy), "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
        child = subprocess.Popen(command, env=env, stdout=output, stderr=output)
    try:
        ca = data / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        until("the edge is there", ca.exists)
        found = {"WWW_FOLDER": str(www), "EDGE_HTTPS_PORT": ports["EDGE_HTTPS_PORT"], "EDGE_CA_FILE": str(ca)}
        edge = Edge(found, www, log)
        until("the edge answers", lambda: _listens(int(ports["EDGE_HTTPS_PORT"])))
        yield edge
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(10)


def _listens(port: int) -> bool:
    socket.create_connection(("127.0.0.1", port), 1).close()
    return True


def execute(statement: str, database: str | None = None) -> None:
    """As the role that made the databases; done at once."""
    connection = psycopg2.connect(database_url(), **({"dbname": database} if database else {}))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
