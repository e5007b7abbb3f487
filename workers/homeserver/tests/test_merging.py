"""What homes have in common may be merged by the kernel; what a home takes for itself may not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .running_host import PACKAGE

# Run in a process of its own: what is offered cannot be taken back.
_CHILD = """
import ctypes, json, os, re
kept = [bytearray(40) for _ in range(100_000)]
blocks = [bytearray(2000) for _ in range(5_000)]
from nameplate_homes.merging import offer_image
offer_image()
small = [bytearray(40) for _ in range(200_000)]
large = [bytearray(2000) for _ in range(20_000)]
huge = bytearray(8 << 20)
offered, span = [], (0, 0)
for line in open("/proc/self/smaps"):
    if (place := re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)):
        span = (int(place[1], 16), int(place[2], 16))
    elif line.startswith("VmFlags:") and " mg" in line:
        offered.append(span)
def inside(values):
    where = [ctypes.addressof((ctypes.c_char * len(one)).from_buffer(one)) for one in values]
    return sum(any(a <= at < b for a, b in offered) for at in where) / len(where)
print(json.dumps([inside(kept), inside(blocks), inside(small), inside(large), inside([huge])]))
"""


@pytest.fixture(scope="module")
def parts() -> list[float]:
    """The part that is offered: of small and large objects from before, of small, large and huge ones from after."""
    if not Path("/sys/kernel/mm/ksm").exists():
        pytest.skip("this kernel merges no equal pages")
    environment = {"PYTHONPATH": str(PACKAGE), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", _CHILD], env=environment, capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def test_what_was_there_before_homes_are_forked_is_offered(parts: list[float]) -> None:
    assert parts[:2] == [1.0, 1.0]


def test_what_a_home_takes_for_itself_is_not(parts: list[float]) -> None:
    small, large, huge = parts[2:]
    assert huge == 0.0
    # A few fill what was free between older ones.
    assert small < 0.1
    assert large < 0.1
