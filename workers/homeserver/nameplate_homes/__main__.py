"""Starts the host: first the clerk, which keeps the database's credentials, then this process becomes the parent.

The parent is entered by exec and without them, because a forked home inherits all of its memory, and the environment a
process was started with stays readable in it for ever.
"""

import os
import socket
import subprocess
import sys

from .settings import SettingsProblem, read_settings

_CREDENTIALS = "TENANT_DATABASE_URL"


def main() -> None:
    problems = "" if os.environ.get(_CREDENTIALS) else f"  {_CREDENTIALS} is missing\n"
    try:
        read_settings(os.environ)
    except SettingsProblem as more:
        problems += str(more)
    if problems:
        sys.exit(f"The tenant host cannot start. Settings to mend:\n{problems.rstrip()}")
    ours, theirs = socket.socketpair()
    subprocess.Popen([sys.executable, "-m", f"{__package__}.clerk", str(theirs.fileno())], pass_fds=[theirs.fileno()])
    theirs.close()
    ours.set_inheritable(True)
    # Synapse asks git for its own version and would tell the world this repository's branch and commit.
    environment = {**os.environ, "GIT_DIR": os.devnull}
    del environment[_CREDENTIALS]
    command = [sys.executable, "-m", f"{__package__}.parent", str(ours.fileno())]
    os.execve(sys.executable, command, environment)


if __name__ == "__main__":
    main()
