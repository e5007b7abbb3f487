"""How the host comes to serve another Synapse version: it becomes a host of that version, as the same process.

Its homes live on and are adopted, as after a host that was killed. Which version it serves is written down, for a
supervisor starts it again by the command it knows.
"""

import os
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from .files import read_if_there
from .layout import Layout
from .log import say
from .versions import python_of

# Given by the host to itself: whatever it finds itself to be, it goes on.
_NO_FURTHER = "as-chosen"


def become(python: Path, line: int) -> NoReturn:
    """In the parent, when its clerk has done so. The line between them stays."""
    os.execv(python, [str(python), "-m", f"{__package__}.parent", str(line)])


def enter_chosen_version(layout: Layout, env: Mapping[str, str]) -> None:
    """At a start: go on in the interpreter of the version that the latest upgrade chose, if that is not ours."""
    chosen = read_if_there(layout.host_version)
    if chosen is None or chosen == version("matrix-synapse") or sys.argv[1:] == [_NO_FURTHER]:
        return
    python = python_of(layout.settings.synapse_versions, chosen)
    if python is None or not python.exists():
        say("the version chosen for this host is not there", "warn", chosen=chosen, serving=version("matrix-synapse"))
        return
    os.execve(python, [str(python), "-m", __package__ or "", _NO_FURTHER], dict(env))
