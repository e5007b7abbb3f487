"""Lets the kernel keep one copy of what all homes have in common (Kernel Samepage Merging).

A forked home shares the parent's memory until it writes there, and Python writes to all that it so much as looks at: it
counts references in the objects themselves. A home that only started has copied 36 MB in this way, of which nearly all
is the same again in the next home. The kernel finds equal pages and merges them, until somebody writes to one.

Only the image that homes are forked with is offered for it: Synapse's code, and data made before any home is known.
What a home takes for itself afterwards, such as keys and messages, lies elsewhere and is never compared with a
neighbour's. So nobody learns from the time that a write takes what another family has in its memory.
"""

import ctypes
from pathlib import Path

from .log import say

_MADV_MERGEABLE = 12
_SWITCH = Path("/sys/kernel/mm/ksm/run")


def offer_image() -> None:
    """In the parent, when everything is imported and before the first fork: homes inherit it. Harmless when it is off.

    The kernel keeps memory that is asked for later apart, the heap's own growth too, for it is not marked like this.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for first, last in _own_memory():
        libc.madvise(first, last - first, _MADV_MERGEABLE)


def switch_on(wanted: bool) -> None:
    """The switch is the machine's: it is turned only when our own setting says so, and never off."""
    try:
        on = _SWITCH.read_text().strip() == "1"
        if wanted and not on:
            _SWITCH.write_text("1")
            on = True
    except OSError as error:
        say("this kernel merges no equal pages", "warn" if wanted else "info", reason=error.strerror or str(error))
        return
    if on:
        say("the kernel keeps one copy of what homes have in common")
    else:
        say("each home has its own copy of much that all have in common: MERGE_PAGES=1 lets the kernel keep one")


def _own_memory() -> list[tuple[int, int]]:
    """Writable memory behind which there is no file: Python's and the C library's heaps."""
    found: list[tuple[int, int]] = []
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, mode, *rest = line.split(None, 5)
        name = rest[3] if len(rest) > 3 else ""
        if mode.startswith("rw") and mode.endswith("p") and name in ("", "[heap]"):
            first, last = (int(part, 16) for part in span.split("-"))
            found.append((first, last))
    return found
