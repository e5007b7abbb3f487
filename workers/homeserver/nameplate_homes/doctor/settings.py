"""What the doctor looks at: the host's own environment, and where there is one, the edge's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..backup.settings import BackupSettings, read_backup_settings
from ..database import Cluster
from ..layout import Layout
from ..settings import SettingsProblem, read_settings
from .edge_address import EdgeAddress, read_edge


@dataclass(frozen=True)
class DoctorSettings:
    layout: Layout
    cluster: Cluster | None = field(repr=False)
    backups: BackupSettings | None
    # Where published files lie, one folder a name (WWW_FOLDER).
    www: Path | None
    edge: EdgeAddress | None
    metrics: str | None
    # Key id of each name as the product keeps it in escrow, where whoever asks us knows it.
    recorded_keys: Mapping[str, str]


def read_doctor_settings(env: Mapping[str, str]) -> DoctorSettings:
    """Raises SettingsProblem with every problem at once. Only the host's own folders are needed."""
    problems: list[str] = []
    layout, cluster, backups = None, None, None
    try:
        layout = Layout(read_settings(env))
    except SettingsProblem as problem:
        problems.append(str(problem))
    try:
        backups = read_backup_settings(env)
    except SettingsProblem as problem:
        problems.append(str(problem))
    try:
        cluster = Cluster(env["TENANT_DATABASE_URL"]) if env.get("TENANT_DATABASE_URL") else None
    except SettingsProblem as problem:
        problems.append(str(problem))
    edge = read_edge(env, problems)
    if layout is None or problems:
        raise SettingsProblem("\n".join(problems))
    return DoctorSettings(
        layout=layout,
        cluster=cluster,
        backups=backups,
        www=Path(env["WWW_FOLDER"]) if env.get("WWW_FOLDER") else None,
        edge=edge,
        metrics=env.get("METRICS_ADDRESS") or None,
        recorded_keys=dict(pair.split("=", 1) for pair in env.get("RECORDED_KEYS", "").split() if "=" in pair),
    )
