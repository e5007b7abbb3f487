"""Encrypting and decrypting with age while the bytes pass: nothing is ever held whole, in memory or on a disk.

age (age-encryption.org/v1) authenticates every 64 KB and the end: what was changed or cut does not decrypt.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import x25519

from .problem import BackupProblem
from .store import Sink, Source


def new_identity() -> tuple[str, str]:
    """A private key and its public one."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def read_identities(path: Path) -> Sequence[x25519.Identity]:
    """A file as age-keygen writes it: private keys, one a line, and comments."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        keys = [line for line in lines if line and not line.startswith("#")]
        identities = [x25519.Identity.from_str(key) for key in keys]
    except OSError as error:
        raise BackupProblem(f"the identity file cannot be read: {path}: {error.strerror}") from error
    except (pyrage.IdentityError, UnicodeDecodeError) as error:
        raise BackupProblem(f"{path} does not hold age identities (AGE-SECRET-KEY-1...)") from error
    if not identities:
        raise BackupProblem(f"{path} holds no age identity")
    return identities


class _Between:
    """Both files that age works on. What goes wrong in either it repeats as words only: here it is kept."""

    def __init__(self, pieces: Iterator[bytes], into: Sink) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")
        self._into = into
        self.failure: Exception | None = None

    def read(self, size: int) -> bytes:
        with self._kept():
            while not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    return b""
                self._rest = memoryview(piece)
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)

    def write(self, part: bytes) -> int:
        with self._kept():
            return self._into.write(part)

    def flush(self) -> None:
        with self._kept():
            self._into.flush()

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except Exception as failure:
            self.failure = failure
            raise


def encrypt(pieces: Iterator[bytes], into: Sink, recipients: Sequence[str]) -> None:
    between = _Between(pieces, into)
    keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    try:
        pyrage.encrypt_io(between, between, keys)
    except (pyrage.EncryptError, OSError):
        if between.failure is not None:
            raise between.failure from None
        raise


@contextmanager
def decrypted(source: Source, identities: Sequence[x25519.Identity]) -> Iterator[BinaryIO]:
    """The plain bytes as a file to be read once. Leaving the block raises BackupProblem unless all were genuine."""
    reading, writing = os.pipe()
    plain, into = os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
    failures: list[Exception] = []
    hung_up = threading.Event()

    def work() -> None:
        with suppress(BrokenPipeError), into:
            try:
                pyrage.decrypt_io(source, into, identities)
            except Exception as failure:  # told in the other thread
                if not hung_up.is_set():
                    failures.append(failure)

    thread = threading.Thread(target=work, name="decrypt", daemon=True)
    thread.start()
    try:
        yield plain
        # What nobody read is decrypted all the same, for the end decides whether the archive is whole.
        while plain.read(65_536):
            pass
    except Exception:
        # An archive that did not decrypt looks cut to whoever read it: the reason comes first.
        if failures:
            raise BackupProblem(_why(failures[0])) from failures[0]
        raise
    finally:
        hung_up.set()
        plain.close()
        thread.join()
    if failures:
        raise BackupProblem(_why(failures[0])) from failures[0]


def _why(failure: Exception) -> str:
    if isinstance(failure, pyrage.DecryptError):
        if "No matching keys" in str(failure):
            return "the identity does not open this archive: it was encrypted to another key"
        return "this is no whole age archive: its beginning is damaged or cut"
    if str(failure) == "decryption error":
        return "the archive is damaged or cut: it does not decrypt to its end"
    return f"the archive could not be read: {failure}"
