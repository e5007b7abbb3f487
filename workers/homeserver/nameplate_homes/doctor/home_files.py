"""What a home lives on before any process does: manifest, record, secrets, signing key. No secret is ever shown."""

import os
from collections.abc import Iterator
from pathlib import Path

from nacl.exceptions import CryptoError
from signedjson.key import encode_verify_key_base64, get_verify_key, read_signing_keys

from ..codes import CODES
from ..files import read_if_there
from ..home_secrets import SecretsProblem, check_key, read_secrets
from ..manifest import BrokenManifest, read_manifest
from .amounts import moment
from .case import Case
from .finding import Finding, note, well, wrong


def check_manifest(case: Case) -> Iterator[Finding]:
    path = case.settings.layout.manifest(case.name)
    try:
        manifest = read_manifest(path)
    except BrokenManifest as problem:
        if path.exists():
            yield wrong("manifest", f"{path}: {problem}", CODES["bad-manifest"].do)
        else:
            words = f"There is no manifest {path}: the host keeps the home stopped, and deletes nothing"
            yield wrong("manifest", words, "Let the worker look at this family: it writes the manifest anew.")
        return
    # The file's time is when it was last replaced.
    since = moment(path.stat().st_mtime)
    yield well("manifest", f"The manifest of {since} is valid and wants it {manifest.want}")
    if manifest.want == "gone":
        yield note("manifest", "It is to be removed for good, with its database, files and key")


def check_record(case: Case) -> Iterator[Finding]:
    if not case.files.folder.exists():
        words = "Nothing was made for it yet"
        yield wrong(
            "home", words, "See what the host says below: a birth takes a second when nothing stands in its way."
        )
    elif case.record is None:
        words = f"{case.files.record} is lost or spoilt, so nobody knows its database and its user"
        yield wrong("home", words, "Restore the home from its latest backup.")
    elif case.manifest is not None and case.manifest.database != case.record.database:
        words = f"It lives in the database {case.record.database}, and its manifest says {case.manifest.database}"
        yield wrong(
            "home", words, f"Write {case.record.database} into the manifest: a home never changes its database."
        )
    elif (owner := case.record.uid) is not None:
        yield well("home", f"It lives in the database {case.record.database}, as the Unix user {owner}")
    else:
        yield well("home", f"It lives in the database {case.record.database}")


def check_secrets(case: Case) -> Iterator[Finding]:
    if not (case.files.secrets / "secrets.json").exists():
        yield wrong("secrets", "The worker handed over no secrets for it", CODES["no-secrets"].do)
        return
    try:
        read_secrets(case.files)
    except SecretsProblem as problem:
        yield wrong("secrets", f"Its secrets are not as agreed: {problem}", CODES["no-secrets"].do)
    except OSError as error:
        yield wrong("secrets", f"Its secrets cannot be read: {error.strerror}", "Run this as the host's own user.")
    else:
        if open_one := next(filter(_is_open, case.files.secrets.iterdir()), None):
            yield wrong("secrets", f"{open_one} can be read by others", f"Close it: chmod 600 {open_one}")
        else:
            yield well("secrets", "Its secrets are there, and closed to others")


def check_signing_key(case: Case) -> Iterator[Finding]:
    at_home, handed = case.files.signing_key, case.files.secrets / "signing.key"
    try:
        keys = {path: key for path in (at_home, handed) if (key := public_key(path)) is not None}
    except (SecretsProblem, OSError) as problem:
        yield wrong("signing key", f"A signing key cannot be read: {problem}", CODES["no-key"].do)
        return
    if not keys:
        yield wrong("signing key", "There is no signing key, at home or handed over", CODES["no-key"].do)
    elif len(set(keys.values())) > 1:
        words = f"Two keys are there: it signs with {keys[at_home][0]}, and {keys[handed][0]} was handed over"
        yield wrong("signing key", words, "Find out which one other servers know, and remove the other file.")
    elif at_home not in keys and case.files.config.exists():
        words = f"The key {keys[handed][0]} is missing at home, and lies ready where the worker handed it over"
        yield wrong("signing key", words, "Start the home again: the host puts the key in its place.")
    else:
        yield from _as_recorded(case, next(iter(keys.values())))


def _as_recorded(case: Case, key: tuple[str, str]) -> Iterator[Finding]:
    recorded = case.settings.recorded_keys.get(case.name)
    if recorded is None:
        yield well("signing key", f"It signs with {key[0]}")
    elif recorded == key[0]:
        yield well("signing key", f"It signs with {key[0]}, as is recorded in escrow")
    else:
        words = f"It signs with {key[0]}, and in escrow {recorded} is recorded: other servers take it for a stranger"
        yield wrong("signing key", words, "Stop the home, and put the recorded key back from escrow or from a backup.")


def public_key(path: Path) -> tuple[str, str] | None:
    """Its id, and the half that may be shown; None when there is no such file."""
    text = read_if_there(path)
    if text is None:
        return None
    check_key(text, path)
    try:
        (key,) = read_signing_keys([text])
    except (ValueError, CryptoError) as error:
        raise SecretsProblem("no-key", f"{path} does not hold a signing key") from error
    return f"{key.alg}:{key.version}", encode_verify_key_base64(get_verify_key(key))


def _is_open(path: Path) -> bool:
    return bool(os.stat(path).st_mode & 0o077)
