"""Two real releases of Synapse side by side (scripts/lib.sh puts them there), and the command that moves homes."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg2

from .running_host import Answer, RunningHost, database_name, database_url

NEW = version("matrix-synapse")
VERSIONS = Path(sys.prefix).parent / "synapse"


def _older() -> str:
    others = [folder.name for folder in VERSIONS.iterdir() if folder.name != NEW] if VERSIONS.is_dir() else []
    if len(others) != 1:
        raise RuntimeError(f"{VERSIONS} must hold one older Synapse beside {NEW}: run scripts/test once")
    return others[0]


OLD = _older()


def old_host(**settings: str) -> RunningHost:
    host = RunningHost(SYNAPSE_VERSIONS=str(VERSIONS), SLEEP_AFTER_SECONDS="2", **settings)
    host.python = str(VERSIONS / OLD / "bin" / "python")
    return host


def upgrade(host: RunningHost, *arguments: str, to: str = NEW) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(to, *arguments), env=host.environment(), text=True, capture_output=True, timeout=120)


def start_upgrade(host: RunningHost, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(_command(NEW, *arguments), env=host.environment(), stdout=subprocess.DEVNULL)


def _command(to: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "nameplate_homes.upgrade", "--to", to, *arguments]


def progress(host: RunningHost) -> Answer:
    file = host.homes_folder / "upgrade.json"
    said: Answer = json.loads(file.read_text()) if file.exists() else {"moving": None, "moved": {}}
    return said


def manifest(host: RunningHost, name: str) -> Answer:
    said: Answer = json.loads((host.homes_folder / "manifests" / f"{name}.yaml").read_text())
    return said


def in_home(name: str, *statements: str) -> list[tuple[Any, ...]]:
    """Done in the home's own database as the owner of its tables; the last statement's rows."""
    connection = psycopg2.connect(database_url(), dbname=database_name(name))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE tenant_tables")
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def schema(name: str) -> int:
    return int(in_home(name, "SELECT version FROM schema_version")[0][0])
