"""The restored copy at work: a stock Synapse process of its own, and requests to its socket."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

from ..home_secrets import read_secrets
from ..layout import HomeFiles
from ..settings import Owner
from ..unix_http import UnixConnection
from .problem import BackupProblem

# A start takes about two seconds; with a migration on a slow machine, minutes.
_LONGEST_START_SECONDS = 300.0
_LONGEST_STOP_SECONDS = 10.0
_REQUEST_SECONDS = 60.0
_PACKAGES = Path(__file__).resolve().parents[2]

Answer = dict[str, Any]


class DrillHome:
    def __init__(self, name: str, files: HomeFiles, owner: Owner | None) -> None:
        self.name = name
        self._files = files
        self._owner = owner
        self.seconds = 0.0

    def __enter__(self) -> Self:
        begun = time.monotonic()
        self._process = self._start()
        try:
            while not self._answers():
                if self._process.poll() is not None or time.monotonic() - begun > _LONGEST_START_SECONDS:
                    raise BackupProblem(f"the restored homeserver did not start: {self._last_words()}")
                time.sleep(0.05)
        except BaseException:
            self._end()
            raise
        self.seconds = time.monotonic() - begun
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, method: str, path: str, body: object = None, token: str | None = None) -> tuple[int, bytes]:
        connection = UnixConnection(self._files.socket, _REQUEST_SECONDS)
        headers = {"Content-Type": "application/json", "X-Forwarded-For": "127.0.0.1"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def administrator(self) -> str:
        """The access token of an account that is made for this drill, in this copy only."""
        path = "/_synapse/admin/v1/register"
        nonce = json.loads(self.ask("GET", path)[1])["nonce"]
        name, password = f"drill-{token_hex(4)}", token_hex(16)
        said = "\0".join((nonce, name, password, "admin")).encode()
        mac = hmac.new(read_secrets(self._files).registration.encode(), said, hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": password, "admin": True, "mac": mac}
        status, answer = self.ask("POST", path, body)
        if status != 200:
            raise BackupProblem(f"no account could be made in the restored home: {answer[:200].decode()}")
        return str(json.loads(answer)["access_token"])

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_PACKAGES), "PYTHONDONTWRITEBYTECODE": "1"}
        # Synapse asks git for its own version, in whatever repository it finds itself.
        environment["GIT_DIR"] = os.devnull
        with self._files.output.open("wb") as output:
            return subprocess.Popen(
                [*self._powerless(), sys.executable, "-m", "synapse.app.homeserver", "-c", str(self._files.config)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=environment,
                start_new_session=True,
            )

    def _powerless(self) -> list[str]:
        """Somebody who is nobody else, and who never outlives the drill, not even one that is killed."""
        owner = self._owner
        user = [] if owner is None else [f"--reuid={owner.uid}", f"--regid={owner.gid}", "--clear-groups"]
        return ["setpriv", *user, "--no-new-privs", "--pdeathsig=KILL"]

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/_matrix/client/versions")[0] == 200
        except OSError:
            return False

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(_LONGEST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _last_words(self) -> str:
        lines = self._files.output.read_text(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else f"it ended with {self._process.returncode}"
