"""What tests share: `host` is one running tenant host for a whole test file; RunningHost makes others."""

from collections.abc import Iterator

import pytest

from .running_host import RunningHost


@pytest.fixture(scope="module")
def host() -> Iterator[RunningHost]:
    with RunningHost() as running:
        yield running
