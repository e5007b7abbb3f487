"""The machine under all homes: one check a function, each with its findings."""

import os
import shutil
import socket
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from ..ask_host import HostAway, ask_host
from ..backup.settings import Bucket
from ..files import closed_folder
from .amounts import moment, size
from .finding import Finding, note, unseen, well, wrong
from .postgres import check_postgres
from .settings import DoctorSettings
from .upgrade import check_upgrade

# A home is 15 MB of database and its files; a backup is written beside before it is sent. Below this the next large
# upload or a VACUUM may fail, and with it every home at once.
_LITTLE_DISK = 2 * 1024**3
# What is on this machine answers in milliseconds.
_PATIENCE_SECONDS = 5.0

Check = Callable[[DoctorSettings], Iterator[Finding]]


def check_host(settings: DoctorSettings) -> Iterator[Finding]:
    try:
        figures = ask_host(settings.layout.settings.host_socket, "metrics")
    except HostAway as away:
        words = f"The tenant host does not answer ({away}). Homes that ran go on, sleepers answer nobody"
        yield wrong("host", words, "Start the tenant host, and read the end of its log for why it ended.")
        return
    yield well("host", f"The tenant host runs since {moment(figures['began'])} and serves Synapse {figures['version']}")
    if str(figures["held_by"]).startswith("cgroup"):
        yield well("control groups", f"Each home is held to its memory and cores ({figures['held_by']})")
    else:
        words = f"Nothing holds a home to its memory and cores ({figures['held_by']}): one could take the whole machine"
        yield note("control groups", words)


def check_users(settings: DoctorSettings) -> Iterator[Finding]:
    if os.geteuid() != 0:
        yield note("users", "Homes run as this same user: only a host started by root gives each one of its own")
    elif (closed := closed_folder(settings.layout.homes)) is not None:
        words = f"Homes can read each other's files, because {closed} is closed to them"
        yield note("users", f"{words}: chmod o+x {closed} opens the way, and lists nothing")
    else:
        yield well("users", "Each home runs as a Unix user of its own")


def check_disk(settings: DoctorSettings) -> Iterator[Finding]:
    folder = settings.layout.settings.homes_folder
    try:
        disk, nodes = shutil.disk_usage(folder), os.statvfs(folder)
    except OSError as error:
        yield wrong("disk", f"{folder} cannot be read: {error.strerror}", "Mount or make HOMES_FOLDER.")
        return
    words = f"{size(disk.free)} of {size(disk.total)} are free below {folder}"
    if disk.free < _LITTLE_DISK:
        yield wrong("disk", f"The disk is nearly full: {words}", "Make room: homes cannot write once it is full.")
    elif nodes.f_files and nodes.f_favail < nodes.f_files // 20:
        yield wrong("disk", f"The disk can hold few more files, though {words}", "Remove small files nobody needs.")
    else:
        yield well("disk", words)


def check_backups(settings: DoctorSettings) -> Iterator[Finding]:
    backups = settings.backups
    if backups is None:
        yield wrong("backups", "NO BACKUPS are made", "Set BACKUP_TO and BACKUP_RECIPIENT, and start the host again.")
        return
    place = f"the bucket {backups.to.bucket}" if isinstance(backups.to, Bucket) else str(backups.to)
    until = (backups.from_hour + backups.hours) % 24
    yield well("backups", f"Backups go to {place}, each night from {backups.from_hour}:00 to {until}:00 UTC")


def check_edge(settings: DoctorSettings) -> Iterator[Finding]:
    edge = settings.edge
    if edge is None:
        yield unseen("edge", "The edge was not looked at: EDGE_HTTPS_PORT is not set")
        return
    if edge.ca is not None and not edge.ca.is_file():
        words = f"The edge's own root certificate is not there: {edge.ca}"
        yield wrong("edge", words, "Start the edge, which makes it, or mend EDGE_CA_FILE.")
    if why := _refused(edge.host, edge.port):
        words = f"The edge does not answer at {edge.host}:{edge.port} ({why}): nobody outside reaches any home"
        yield wrong("edge", words, "Start the edge, and read the end of its log for why it ended.")
    else:
        yield well("edge", f"The edge answers at {edge.host}:{edge.port}")


def check_relay(settings: DoctorSettings) -> Iterator[Finding]:
    url = settings.layout.settings.relay_url
    if url is None:
        words = "Homes have no relay: what they ask of the world could reach this machine's own network"
        yield wrong("relay", words, "Start the relay, set RELAY_URL, and start the host again.")
        return
    where = urlsplit(url)
    try:
        with socket.create_connection((where.hostname or "", where.port or 80), _PATIENCE_SECONDS) as line:
            # An address that no home may reach: the relay must be there, and must refuse it.
            line.sendall(b"CONNECT 127.0.0.1:443 HTTP/1.1\r\nHost: 127.0.0.1:443\r\n\r\n")
            answer = line.recv(64)
    except (OSError, ValueError) as error:
        words = f"The relay does not answer at {url} ({error}): homes hear nothing from other servers"
        yield wrong("relay", words, "Start the relay, and read the end of its log for why it ended.")
        return
    if b" 403 " in answer:
        yield well("relay", f"The relay answers at {url} and keeps homes out of this machine")
    else:
        words = f"What answers at {url} is not our relay, or lets homes reach this machine"
        yield wrong("relay", words, "See what listens there, and let RELAY_URL name the relay.")


def check_metrics(settings: DoctorSettings) -> Iterator[Finding]:
    if settings.metrics is None:
        yield note("metrics", "No metrics are served: METRICS_ADDRESS is not set")
        return
    address = settings.metrics if ":" in settings.metrics else f"127.0.0.1:{settings.metrics}"
    try:
        with urllib.request.urlopen(f"http://{address}/metrics", timeout=_PATIENCE_SECONDS) as answer:
            good = b"nameplate_host_up" in answer.read()
        why = "" if good else "something else answers there"
    except (OSError, ValueError) as error:
        why = str(error)
    if why:
        words = f"The metrics are not served at {address} ({why}): nobody is woken when something fails"
        yield wrong("metrics", words, "Start python -m nameplate_homes.metrics with the host's environment.")
    else:
        yield well("metrics", f"Metrics are served at {address}")


def _refused(host: str, port: int) -> str:
    try:
        socket.create_connection((host, port), _PATIENCE_SECONDS).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


MACHINE: tuple[Check, ...] = (
    check_host,
    check_users,
    check_disk,
    check_postgres,
    check_backups,
    check_edge,
    check_relay,
    check_metrics,
    check_upgrade,
)
