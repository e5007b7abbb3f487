"""Apps that encrypt, one for each person who needs one: matrix-js-sdk in a program of its own (apps.ts)."""

import json
import os
import secrets
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.household import Person

# What the library says of itself, when the program ends that was not to end.
_LAST_WORDS = 2000


class Apps:
    def __init__(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  closed with the program
        self._program = subprocess.Popen(
            [os.environ["NODE"], str(Path(__file__).with_name("apps.ts"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            env={
                "PATH": os.environ["PATH"],
                "HTTPS_PROXY": os.environ["RELAY_URL"],
                "NODE_USE_ENV_PROXY": "1",
                "NODE_EXTRA_CA_CERTS": os.environ["EDGE_CA_FILE"],
            },
        )

    def ask(self, do: str, **more: str) -> Any:  # noqa: ANN401
        assert self._program.stdin is not None and self._program.stdout is not None
        self._program.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._program.stdin.flush()
        # The library writes lines of its own beside ours.
        for line in self._program.stdout:
            if line.startswith('{"answer"'):
                said = json.loads(line)
                if "error" in said:
                    raise RuntimeError(f"the app did not {do}: {said['error']}")
                return said["answer"]
        self._said.seek(0)
        raise RuntimeError(f"the apps ended: {self._said.read()[-_LAST_WORDS:].decode(errors='replace')}")

    def close(self) -> None:
        self._program.kill()
        self._program.wait()
        self._said.close()


class App:
    """One person's app, on a device of its own."""

    def __init__(self, apps: Apps, person: Person) -> None:
        part = person.id.removeprefix("@").partition(":")[0]
        status, signed_in = person.home.sign_in(part)
        if status != 200:
            raise RuntimeError(f"{person.id} was not let in: {signed_in}")
        self.person = person
        self.device = str(signed_in["device_id"])
        self._apps = apps
        self._name = secrets.token_hex(4)
        token = str(signed_in["access_token"])
        self._ask("open", home=person.home.name, user=person.id, device=self.device, token=token)

    def _ask(self, do: str, **more: str) -> Any:  # noqa: ANN401
        return self._apps.ask(do, app=self._name, **more)

    def say(self, room: str, words: str) -> bool:
        """Whether the home took it."""
        return bool(self._ask("say", room=room, words=words))

    def write_on(self, room: str) -> None:
        """Message after message from now on, until the home refuses one."""
        self._ask("writeOn", room=room)

    def written(self, room: str) -> int:
        """How many of them the home took."""
        return int(self._ask("written", room=room)["taken"])

    def writes_on(self, room: str) -> bool:
        return bool(self._ask("written", room=room)["goesOn"])

    def write_no_more(self, room: str) -> None:
        self._ask("writeNoMore", room=room)

    def read(self, room: str, sender: str) -> list[str | None]:
        """Each encrypted event of the sender's in the room: its text, or None if the app could not open it."""
        return [one["text"] for one in self._ask("read", room=room) if one["sender"] == sender]

    def member(self, room: str, user: str) -> str | None:
        answer: str | None = self._ask("member", room=room, user=user)
        return answer

    def devices(self, user: str) -> list[str]:
        return list(self._ask("devices", user=user))

    def verify(self, other: "App") -> bool:
        """Ask to compare emoji; False if this app knows of no such device."""
        return bool(self._ask("verify", user=other.person.id, device=other.device))

    def heard(self, sender: str) -> list[dict[str, Any]]:
        """The messages between devices that came from somebody: type, and the words a test put in."""
        return list(self._ask("heard", user=sender))
