"""A real tenant host in a folder of its own, on the PostgreSQL of TENANT_DATABASE_URL, and what a test does with it."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg2

from nameplate_homes.unix_http import UnixConnection

PACKAGE = Path(__file__).resolve().parent.parent
# A host imports Synapse in about a second, on a busy machine in a few.
_LONGEST_START_SECONDS = 30.0
Answer = dict[str, Any]


def database_url() -> str:
    url = os.environ.get("TENANT_DATABASE_URL")
    if not url:
        raise RuntimeError("TENANT_DATABASE_URL must name a PostgreSQL role with CREATEDB and CREATEROLE")
    return url


def own_uids() -> str:
    """Users of two hosts side by side must not be the same."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 1_900_000_000 + number * 10_000
    return f"{first}-{first + 9_999}"


def database_name(name: str) -> str:
    """As the worker names it (lib/synapse/home-folder.ts)."""
    readable = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)[:44]
    return f"t_{readable}_{sha256(name.encode()).hexdigest()[:12]}"


def make_key() -> str:
    return f"ed25519 a_{secrets.token_hex(2)} {b64encode(secrets.token_bytes(32)).decode().rstrip('=')}\n"


def until(what: str, holds: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until it holds; an OSError on the way only means: not yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            if holds():
                return
            last = ""
        except OSError as error:
            last = f": {error}"
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} s: {what}{last}")
        time.sleep(0.02)


class RunningHost:
    def __init__(self, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="nh-"))
        # A home's own user passes through here, and lists nothing.
        self.folder.chmod(0o711)
        self.homes_folder = self.folder / "homes"
        self.socket_folder = self.folder / "s"
        self.host_socket = self.folder / "host.sock"
        self.settings = settings
        # The interpreter it is started by, with a Synapse of its own.
        self.python = sys.executable
        # The Unix user it is started by, if not ours.
        self.user: int | None = None
        self._output = self.folder / "output.txt"
        self._child: subprocess.Popen[bytes] | None = None

    # --- the host's own process ---

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PACKAGE),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOMES_FOLDER": str(self.homes_folder),
            "SOCKET_FOLDER": str(self.socket_folder),
            "HOST_SOCKET": str(self.host_socket),
            "TENANT_DATABASE_URL": database_url(),
            "TENANT_UIDS": own_uids(),
            **self.settings,
        }

    def begin(self) -> None:
        with self._output.open("ab") as output:
            self._child = subprocess.Popen(
                [self.python, "-m", "nameplate_homes"],
                env=self.environment(),
                stdout=output,
                stderr=output,
                user=self.user,
                group=self.user,
                extra_groups=None if self.user is None else [],
            )
        until("the host answers", self._answers, _LONGEST_START_SECONDS)

    def _answers(self) -> bool:
        if not self.lives:
            raise AssertionError(f"the tenant host ended:\n{self.output()}")
        return "homes" in self.ask("list")

    @property
    def lives(self) -> bool:
        return self._child is not None and self._child.poll() is None

    @property
    def pid(self) -> int:
        assert self._child is not None
        return self._child.pid

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self._child is not None and self.lives:
            self._child.send_signal(number)
            self._child.wait(20)

    def output(self) -> str:
        """Everything the host said so far."""
        return self._output.read_text() if self._output.exists() else ""

    def clean(self) -> None:
        """Remove every home with its database, end the host, remove its folder."""
        if self.lives:
            names = [home["name"] for home in self.ask("list")["homes"]]
            for name in names:
                self.write_manifest(name, want="gone")
                self.ask("converge", name)
            for name in names:
                self.wait(name)
        self.end()
        shutil.rmtree(self.folder)

    # --- what is asked of it ---

    def ask(self, do: str, name: str | None = None, **more: object) -> Answer:
        question = {"do": do, **({"name": name} if name is not None else {}), **more}
        with socket.socket(socket.AF_UNIX) as line:
            # Longer than any wait a test asks for.
            line.settimeout(90)
            line.connect(str(self.host_socket))
            line.sendall(json.dumps(question).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer: Answer = json.loads(answers.readline())
                return answer

    def wait(self, name: str, seconds: float = 30) -> Answer:
        return self.ask("wait", name, seconds=seconds)

    def wake(self, name: str, seconds: float = 30) -> Answer:
        return self.ask("wake", name, seconds=seconds)

    # --- what the worker does ---

    def hand_over_secrets(self, name: str, key: str | None = None) -> str:
        """Write the secrets that a home is born with; returns the signing key's file."""
        folder = self.homes_folder / "secrets" / name
        folder.mkdir(parents=True, exist_ok=True)
        text = key or make_key()
        (folder / "signing.key").write_text(text)
        given = {part: secrets.token_hex(32) for part in ("registrationSecret", "macaroonSecret", "formSecret")}
        (folder / "secrets.json").write_text(json.dumps(given))
        for path in (folder / "signing.key", folder / "secrets.json"):
            path.chmod(0o600)
        return text

    def write_manifest(self, name: str, **fields: object) -> None:
        manifest = {"version": 1, "name": name, "database": database_name(name), "want": "running", **fields}
        path = self.homes_folder / "manifests" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(manifest))
        fresh.rename(path)

    def birth(self, name: str, **fields: object) -> str:
        """A new home that answers; returns its signing key's file."""
        key = self.hand_over_secrets(name)
        self.write_manifest(name, **fields)
        answer = self.wait(name)
        assert answer["state"] == "running", f"{answer}\n{self.output()}"
        return key

    # --- a home itself ---

    def home(self, name: str, *rest: str) -> Path:
        return self.homes_folder.joinpath("homes", name, *rest)

    def hand_over(self, name: str, path: Path) -> None:
        """Make a file that a test put there the home's own."""
        self.give_to(path, json.loads(self.home(name, "home.json").read_text())["uid"])

    @staticmethod
    def give_to(path: Path, uid: int) -> None:
        os.chown(path, uid, uid)

    def call(
        self, name: str, method: str, path: str, body: object = None, token: str | None = None
    ) -> tuple[int, Answer]:
        """One request to the home's own socket."""
        connection = unix_connection(self.socket_folder / f"{name}.sock")
        # As the edge and the worker say it: without an address Synapse takes no sign-in from a Unix socket.
        headers = {"Content-Type": "application/json", "X-Forwarded-For": "127.0.0.1"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            answer: Answer = json.loads(response.read() or b"{}")
            return response.status, answer
        finally:
            connection.close()

    def served_keys(self, name: str) -> Answer:
        status, answer = self.call(name, "GET", "/_matrix/key/v2/server")
        assert status == 200, answer
        keys: Answer = answer["verify_keys"]
        return keys

    def __enter__(self) -> "RunningHost":
        try:
            self.begin()
        except BaseException:
            self.clean()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.clean()


def unix_connection(path: Path) -> UnixConnection:
    # A home answers in milliseconds; a wake and a busy machine are in it.
    return UnixConnection(path, 30)


def query(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Asked of the cluster as the role that makes databases."""
    connection = psycopg2.connect(database_url())
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
    finally:
        connection.close()
