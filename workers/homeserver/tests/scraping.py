"""The metrics process beside a running host, looked at as Prometheus looks at it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

from .running_host import RunningHost, until


@dataclass(frozen=True)
class Metrics:
    url: str
    pid: int

    def page(self) -> str:
        with urllib.request.urlopen(self.url, timeout=10) as answer:
            return str(answer.read().decode())

    def look(self) -> dict[str, float]:
        """Each series by name and labels, as in `nameplate_homes{state="asleep"}`."""
        seen: dict[str, float] = {}
        for family in text_string_to_metric_families(self.page()):
            assert family.documentation, family.name
            for sample in family.samples:
                labels = ",".join(f'{key}="{value}"' for key, value in sorted(sample.labels.items()))
                series = f"{sample.name}{{{labels}}}" if labels else sample.name
                assert series not in seen, f"twice: {series}"
                seen[series] = sample.value
        return seen


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def metrics_of(host: RunningHost) -> Iterator[Metrics]:
    """Without the credentials that the host was started with."""
    port = free_port()
    env = {**host.environment(), "METRICS_ADDRESS": str(port)}
    del env["TENANT_DATABASE_URL"]
    child = subprocess.Popen([sys.executable, "-m", "nameplate_homes.metrics"], env=env, stdout=subprocess.DEVNULL)
    try:
        metrics = Metrics(f"http://127.0.0.1:{port}/metrics", child.pid)
        until("the metrics are served", metrics.page)
        yield metrics
    finally:
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) == 0


def run_metrics(**settings: str) -> subprocess.CompletedProcess[str]:
    """Started with these settings alone: what it says when it cannot go on."""
    env = {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ} | settings
    command = [sys.executable, "-m", "nameplate_homes.metrics"]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=20)
