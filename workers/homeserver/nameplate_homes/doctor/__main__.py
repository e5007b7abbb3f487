"""python -m nameplate_homes.doctor [NAME...]: 0 when all is well, 1 when there is something to do.

With the host's environment; WWW_FOLDER and the edge's settings besides, where those are to be looked at.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping

from ..ask_host import HostAway, ask_host
from ..manifest import is_home_name
from ..settings import SettingsProblem
from .case import Case
from .home import AT_A_GLANCE, look_at
from .machine import MACHINE
from .report import Part, as_object, to_do
from .settings import DoctorSettings, read_doctor_settings


def main(arguments: list[str], env: Mapping[str, str]) -> int:
    asked = _parser().parse_args(arguments)
    try:
        settings = read_doctor_settings(env)
    except SettingsProblem as problem:
        sys.stderr.write(f"The doctor cannot look. Settings to mend:\n{problem}\n")
        return 1
    if asked.names:
        parts = [Part(name, look_at(Case(name, settings, asked.wake))) for name in asked.names]
        lines = [line for part in parts for line in [*part.in_full(), ""]]
    else:
        machine = Part("This machine", [finding for check in MACHINE for finding in check(settings)])
        homes = [Part(name, look_at(Case(name, settings), AT_A_GLANCE)) for name in home_names(settings)]
        parts = [machine, *homes]
        lines = [*machine.in_full(), "", *_homes(homes), ""]
    if asked.json:
        sys.stdout.write(json.dumps(as_object(parts)) + "\n")
    else:
        sys.stdout.write("\n".join([*lines, *(to_do(parts) or ["There is nothing to do."])]) + "\n")
    return 0 if all(part.is_well for part in parts) else 1


def home_names(settings: DoctorSettings) -> list[str]:
    """Everybody the host knows of, and whoever only has a manifest or a folder."""
    layout = settings.layout
    names = {path.name for path in layout.homes.glob("*")} | {path.stem for path in layout.manifests.glob("*.yaml")}
    try:
        told = ask_host(layout.settings.host_socket, "list")["homes"]
    except HostAway:
        told = []
    gone = {home["name"] for home in told if home["state"] == "gone"}
    return sorted(name for name in (names | {home["name"] for home in told}) - gone if is_home_name(name))


def _homes(homes: list[Part]) -> list[str]:
    ill = [line for part in homes for line in part.first_wrong()]
    others = len(homes) - len(ill)
    count = f"{others} {'home is' if others == 1 else 'homes are'} well."
    return ["Homes", *ill, f"  {f'The other {count}' if ill else count}"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/doctor", description="Says what is wrong, in plain words.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a family's name; without one: the machine, and all")
    parser.add_argument("--wake", action="store_true", help="wake a sleeper, to ask it itself")
    parser.add_argument("--json", action="store_true", help="one object for a program")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
