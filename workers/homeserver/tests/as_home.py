"""What a home's own Unix user can do, tried by a process that runs as that user and has nothing else."""

import json
import os
import subprocess
import sys

import pytest

from .running_host import RunningHost

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give each home a user of its own")


def uid_of(host: RunningHost, name: str) -> int:
    return int(json.loads(host.home(name, "home.json").read_text())["uid"])


def run_as(uid: int, code: str, *arguments: str) -> str:
    """What the Python `code` printed, or the name of the exception it ended with."""
    guarded = f"import sys\ntry:\n exec({code!r})\nexcept Exception as error:\n print(type(error).__name__)"
    done = subprocess.run(
        [sys.executable, "-c", guarded, *arguments],
        user=uid,
        group=uid,
        extra_groups=[],
        cwd="/",
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


READ = "open(sys.argv[1], 'rb').read(1); print('read')"
LIST = "import os; os.listdir(sys.argv[1]); print('listed')"
WRITE = "open(sys.argv[1], 'ab'); print('written')"
CONNECT = """
import socket
with socket.socket(socket.AF_UNIX) as line:
    line.connect(sys.argv[1])
print('connected')
"""
LOG_IN = """
import psycopg2
try:
    psycopg2.connect(host=sys.argv[1], port=sys.argv[2], user=sys.argv[3], password=sys.argv[4], dbname=sys.argv[5])
    print('logged in')
except psycopg2.OperationalError as error:
    print('permission denied' if 'permission denied for database' in str(error) else error)
"""
