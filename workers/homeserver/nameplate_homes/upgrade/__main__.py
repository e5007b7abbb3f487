"""python -m nameplate_homes.upgrade --to VERSION: moves homes to another Synapse version. 0: all of it is done."""

import argparse
import os
import sys
from collections.abc import Mapping

import psycopg2

from ..ask_host import HostAway
from ..settings import SettingsProblem
from .command import Upgrade
from .problem import UpgradeProblem


def main(arguments: list[str], env: Mapping[str, str]) -> int:
    asked = _parser().parse_args(arguments)
    try:
        return Upgrade(env, asked.to).run(asked.canary, asked.only, asked.dry_run, asked.keep_host)
    except SettingsProblem as problem:
        sys.stderr.write(f"Settings to mend:\n{problem}\n")
    except UpgradeProblem as problem:
        sys.stderr.write(f"The upgrade stopped. {problem}\n")
    except (HostAway, psycopg2.Error) as problem:
        words = " ".join(str(problem).split())
        sys.stderr.write(f"The upgrade stopped and goes on from here when it is run again: {words}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nameplate_homes.upgrade")
    parser.add_argument("--to", required=True, metavar="VERSION", help="such as 1.163.2; an older one goes back")
    parser.add_argument("--canary", metavar="NAME", help="the home to go first; otherwise the least recently used")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these homes and no others")
    parser.add_argument("--keep-host", action="store_true", help="move homes only: each then takes 110 MB, not 40")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
