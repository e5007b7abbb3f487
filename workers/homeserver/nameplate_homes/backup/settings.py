"""The settings of backups, read from the environment once and checked all together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyrage import RecipientError, x25519

from ..settings import SettingsProblem

BACKUP_VARIABLES = (
    *("BACKUP_TO", "BACKUP_RECIPIENT", "BACKUP_KEEP_DAILY", "BACKUP_KEEP_WEEKLY", "BACKUP_FROM_HOUR", "BACKUP_HOURS"),
    *("BACKUP_S3_ENDPOINT", "BACKUP_S3_REGION", "BACKUP_S3_KEY", "BACKUP_S3_SECRET"),
)
_S3 = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?")


@dataclass(frozen=True)
class Bucket:
    """A place in an S3-compatible store. Without an endpoint it is Amazon's own."""

    bucket: str
    prefix: str
    endpoint: str | None
    region: str
    key: str
    secret: str = field(repr=False)


Place = Path | Bucket


@dataclass(frozen=True)
class BackupSettings:
    to: Place
    recipients: tuple[str, ...]
    # The newest of each of the last so many days, and of each of the last so many weeks, is kept.
    keep_daily: int
    keep_weekly: int
    # Nights are in UTC: from this hour on, for so many hours.
    from_hour: int
    hours: int


def read_place(env: Mapping[str, str], problems: list[str]) -> Place | None:
    """Where backups lie; None when the environment names no place."""
    to = env.get("BACKUP_TO", "")
    if not to:
        return None
    if not to.startswith("s3://"):
        if not to.startswith("/"):
            problems.append(f"  BACKUP_TO is neither a folder's whole path nor s3://BUCKET/PREFIX: {to}")
        return Path(to)
    named = _S3.fullmatch(to)
    if named is None:
        problems.append(f"  BACKUP_TO names no bucket: {to}")
    for key in ("BACKUP_S3_KEY", "BACKUP_S3_SECRET"):
        if not env.get(key):
            problems.append(f"  {key} is missing")
    return Bucket(
        bucket=named[1] if named else "",
        prefix=(named[2] or "").strip("/") if named else "",
        endpoint=env.get("BACKUP_S3_ENDPOINT") or None,
        region=env.get("BACKUP_S3_REGION") or "us-east-1",
        key=env.get("BACKUP_S3_KEY", ""),
        secret=env.get("BACKUP_S3_SECRET", ""),
    )


def read_backup_settings(env: Mapping[str, str]) -> BackupSettings | None:
    """None: no backups are wanted. Raises SettingsProblem with every problem at once."""
    problems: list[str] = []

    def number(key: str, default: int, least: int, most: int) -> int:
        text = env.get(key) or str(default)
        if not text.isdecimal() or not least <= int(text) <= most:
            problems.append(f"  {key} is not a whole number from {least} to {most}: {text}")
            return default
        return int(text)

    place = read_place(env, problems)
    if place is None:
        return None
    settings = BackupSettings(
        to=place,
        recipients=_recipients(env.get("BACKUP_RECIPIENT", ""), problems),
        keep_daily=number("BACKUP_KEEP_DAILY", 14, 1, 3660),
        keep_weekly=number("BACKUP_KEEP_WEEKLY", 8, 0, 520),
        from_hour=number("BACKUP_FROM_HOUR", 1, 0, 23),
        hours=number("BACKUP_HOURS", 4, 1, 24),
    )
    if problems:
        raise SettingsProblem("\n".join(problems))
    return settings


def _recipients(text: str, problems: list[str]) -> tuple[str, ...]:
    """Public keys, separated by spaces or commas: each of their owners can open every backup."""
    found = tuple(text.replace(",", " ").split())
    if not found:
        problems.append("  BACKUP_RECIPIENT is missing: the age key (age1...) whose owner may open the backups")
    for recipient in found:
        if recipient.startswith("AGE-SECRET-KEY-"):
            problems.append("  BACKUP_RECIPIENT holds a private key, which must never be on this machine")
            continue
        try:
            x25519.Recipient.from_str(recipient)
        except RecipientError as error:
            problems.append(f"  BACKUP_RECIPIENT holds what is not an age key: {recipient[:80]} ({error})")
    return found
