"""What the worker handed over for a home: read here and by nothing else, in the clerk's process only."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from .files import read_if_there, write_private
from .layout import HomeFiles
from .settings import Owner

# As Synapse writes it: algorithm, version, 32 bytes in unpadded base64.
_KEY_FILE = re.compile(r"ed25519 [A-Za-z0-9_]{1,32} [A-Za-z0-9+/]{43}\n?")


class SecretsProblem(Exception):
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class HomeSecrets:
    registration: str
    macaroon: str
    form: str


def read_secrets(files: HomeFiles) -> HomeSecrets:
    return parse_secrets(read_if_there(files.secrets / "secrets.json"))


def parse_secrets(text: str | None) -> HomeSecrets:
    try:
        given = json.loads(text or "")
        one, two, three = given["registrationSecret"], given["macaroonSecret"], given["formSecret"]
    except (ValueError, KeyError, TypeError) as error:
        raise SecretsProblem(
            "no-secrets", f"secrets.json is missing or not as agreed: {type(error).__name__}"
        ) from error
    # Shorter ones could be guessed; 32 characters hold at least 128 bits in any alphabet we use.
    if not all(isinstance(secret, str) and len(secret) >= 32 for secret in (one, two, three)):
        raise SecretsProblem("no-secrets", "secrets.json holds a secret of fewer than 32 characters")
    return HomeSecrets(one, two, three)


def settle_signing_key(files: HomeFiles, reader: Owner | None) -> None:
    """A key that is at home stays, whatever was handed over; without any, nothing may start: Synapse would make one."""
    at_home = read_if_there(files.signing_key)
    # Written beside and linked into place, which fails rather than replaces.
    beside = files.signing_key.with_name("signing.key.handed")
    if at_home is not None:
        check_key(at_home, files.signing_key)
        write_private(files.signing_key, at_home, reader)
        beside.unlink(missing_ok=True)  # of a birth that was cut off between the two
        return
    handed = files.secrets / "signing.key"
    text = read_if_there(handed)
    if text is None:
        raise SecretsProblem("no-key", "there is no signing key, neither at home nor handed over")
    check_key(text, handed)
    write_private(beside, text, reader)
    files.signing_key.hardlink_to(beside)
    beside.unlink()


def check_key(text: str, path: Path) -> None:
    if _KEY_FILE.fullmatch(text) is None:
        raise SecretsProblem("no-key", f"{path} does not hold one ed25519 signing key")
