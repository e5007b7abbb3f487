"""python -m nameplate_homes.metrics: serves the figures at METRICS_ADDRESS, with the host's environment beside it.

It needs no credential and reads none. One thread a request, and each but a moment: nothing of the host waits for it.
"""

import os
import signal
import sys
from collections.abc import Mapping

from prometheus_client import CollectorRegistry, start_http_server

from ..layout import Layout
from ..log import say
from ..settings import SettingsProblem, read_settings
from .address import read_address
from .collector import Figures


def main(env: Mapping[str, str]) -> int:
    problems = []
    try:
        layout = Layout(read_settings(env))
    except SettingsProblem as problem:
        problems.append(str(problem))
    try:
        host, port = read_address(env)
    except SettingsProblem as problem:
        problems.append(str(problem))
    if problems:
        sys.stderr.write("The metrics cannot be served. Settings to mend:\n" + "\n".join(problems) + "\n")
        return 1
    # Ours alone: the library's own registry would add figures about this small process.
    registry = CollectorRegistry()
    registry.register(Figures(layout))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    try:
        start_http_server(port, host, registry)
    except OSError as error:
        sys.stderr.write(f"The metrics cannot be served at {host}:{port}: {error.strerror or error}\n")
        return 1
    say("metrics are served", address=f"{host}:{port}")
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
