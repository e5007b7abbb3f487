"""The host's own counts as families of metrics.

Two series a home are from here: what somebody is woken for must name the home (memory, crashes). All else is counted
over all homes; states and times of each of hundreds would be thousands of series that nobody looks at.
"""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

from ..codes import CODES

_STATES = ("running", "asleep", "starting", "stopped", "failed", "gone")
# What the host counts, and what it is called here.
_COUNTED = (
    ("born", "nameplate_home_births", "Homes that answered for the first time."),
    ("started", "nameplate_home_restarts", "Starts after a crash, a new configuration or somebody's asking."),
    ("slept", "nameplate_home_sleeps", "Homes that fell asleep because nobody used them."),
    ("stopped", "nameplate_home_stops", "Homes that stopped because their manifest or somebody wanted it."),
)


def away_families() -> Iterator[Metric]:
    yield GaugeMetricFamily("nameplate_host_up", "Whether the tenant host answers.", value=0)


def host_families(answer: Mapping[str, Any]) -> Iterator[Metric]:
    yield GaugeMetricFamily("nameplate_host_up", "Whether the tenant host answers.", value=1)
    began = "When the host began, in Unix time; its counts begin there."
    yield GaugeMetricFamily("nameplate_host_start_time_seconds", began, value=answer["began"])
    yield InfoMetricFamily("nameplate_host", "The Synapse version it serves.", {"synapse": answer["version"]})
    held = int(str(answer["held_by"]).startswith("cgroup"))
    words = "Whether a control group holds each home to its memory and cores."
    yield GaugeMetricFamily("nameplate_host_control_groups", words, value=held)
    yield _labelled(
        "nameplate_homes", "Homes in each state.", "state", {**dict.fromkeys(_STATES, 0), **answer["states"]}
    )
    words = "Homes that have failed and are not as wanted now, by code."
    yield _labelled("nameplate_homes_failing", words, "code", {**dict.fromkeys(CODES, 0), **answer["failing"]})
    for key, name, words in _COUNTED:
        yield CounterMetricFamily(name, words, value=answer["total"][key])
    failures = CounterMetricFamily(
        "nameplate_home_failures", "Failures and crashes of homes, by code.", labels=["code"]
    )
    for code, count in {**dict.fromkeys(CODES, 0), **answer["failures"]}.items():
        failures.add_metric([code], count)
    yield failures
    yield from _wakes(answer["wake_bounds"], answer["wakes"])
    yield from _each_home(answer)


def _wakes(bounds: list[float], wakes: Mapping[str, Any]) -> Iterator[Metric]:
    words = "From the request, or the hour of the daily waking, to the home's first answer."
    seconds = HistogramMetricFamily("nameplate_home_wake_seconds", words, labels=["by"])
    total = CounterMetricFamily("nameplate_home_wakes", "Wakes that were answered.", labels=["by"])
    for by, of in wakes.items():
        below = list(accumulate(of["counts"]))
        names = [*(str(bound) for bound in bounds), "+Inf"]
        seconds.add_metric([by], list(zip(names, below, strict=True)), of["seconds"])
        total.add_metric([by], below[-1])
    yield seconds
    yield total


def _each_home(answer: Mapping[str, Any]) -> Iterator[Metric]:
    words = "What a home that is awake takes, its files in the kernel's cache included."
    yield _labelled("nameplate_home_memory_bytes", words, "home", answer["memory_bytes"])
    crashes = CounterMetricFamily("nameplate_home_crashes", "How often a home's process failed.", labels=["home"])
    for name, counts in answer["homes"].items():
        crashes.add_metric([name], counts["crashed"])
    yield crashes


def _labelled(name: str, words: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
