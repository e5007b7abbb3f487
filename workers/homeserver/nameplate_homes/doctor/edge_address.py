"""Where the edge of this machine is reached, and what its certificates are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EdgeAddress:
    host: str
    port: int
    # Of the edge's own authority; None: whom this machine trusts anyhow.
    ca: Path | None


def read_edge(env: Mapping[str, str], problems: list[str]) -> EdgeAddress | None:
    """EDGE_HTTPS_PORT, EDGE_BIND and EDGE_CA_FILE, as the edge itself is told; None without a port."""
    port = env.get("EDGE_HTTPS_PORT", "")
    if not port:
        return None
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        problems.append(f"  EDGE_HTTPS_PORT is not a port: {port}")
        return None
    ca = env.get("EDGE_CA_FILE")
    return EdgeAddress(env.get("EDGE_BIND") or "127.0.0.1", int(port), Path(ca) if ca else None)
