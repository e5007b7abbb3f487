"""What tests share: `host` is one running tenant host for a whole test file; RunningHost makes others."""

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
