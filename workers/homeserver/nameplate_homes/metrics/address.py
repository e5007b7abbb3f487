"""METRICS_ADDRESS: where the figures are served; to nobody but this machine, unless another address is said."""

from collections.abc import Mapping

from ..settings import SettingsProblem

_USUAL_HOST = "127.0.0.1"


def read_address(env: Mapping[str, str]) -> tuple[str, int]:
    """`9464`, `127.0.0.1:9464`, `[::1]:9464`; 0.0.0.0 must be said."""
    text = env.get("METRICS_ADDRESS", "")
    if not text:
        raise SettingsProblem(
            "  METRICS_ADDRESS is missing: where the metrics are to be served, such as 127.0.0.1:9464"
        )
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise SettingsProblem(f"  METRICS_ADDRESS is not an address and a port: {text}")
    return host.strip("[]") or _USUAL_HOST, int(port)
