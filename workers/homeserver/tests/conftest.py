"""What tests share: `host` and `sleepy` are running tenant hosts for a whole test file; RunningHost makes others."""

import os
from collections.abc import Iterator

import pytest

from .running_host import RunningHost

# Run side by side, each process has a PostgreSQL of its own: homes of two files may have one name.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["TENANT_DATABASE_URL"] = os.environ[f"TENANT_DATABASE_URL_{worker.upper()}"]


@pytest.fixture(scope="module")
def host() -> Iterator[RunningHost]:
    with RunningHost() as running:
        yield running


@pytest.fixture(scope="module")
def sleepy() -> Iterator[RunningHost]:
    """One whose homes sleep after a second."""
    with RunningHost(SLEEP_AFTER_SECONDS="1") as running:
        yield running
