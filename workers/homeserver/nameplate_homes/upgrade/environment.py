"""A Synapse version's environment, asked in its own interpreter what it holds."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ..versions import python_of
from .problem import UpgradeProblem

# All that a host and its homes run on: a second's work.
_TRY = "import nameplate_homes.fork, nameplate_homes.host, nameplate_homes.clerk"
# The schema's numbers stand in a file of their own, which is read without the rest.
_QUESTION = """
import json, runpy
from importlib.metadata import version
from importlib.util import find_spec
schema = runpy.run_path(find_spec("synapse").submodule_search_locations[0] + "/storage/schema/__init__.py")
print(json.dumps([version("matrix-synapse"), schema["SCHEMA_VERSION"]]))
"""
# Two seconds here; building a template takes three more. A machine forty times slower still gets there.
_LONGEST_SECONDS = 200
_PACKAGES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Environment:
    version: str
    python: Path
    # The schema it migrates a database to.
    schema: int


def find_environment(folder: Path | None, served: str, version: str) -> Environment:
    """Raises UpgradeProblem when it is not there or holds another version."""
    python = Path(sys.executable) if version == served == own_version() else python_of(folder, version)
    if python is None:
        raise UpgradeProblem(f"SYNAPSE_VERSIONS must name the folder in which {version}/bin/python is.")
    if not python.exists():
        raise UpgradeProblem(f"Synapse {version} is not there: {python} does not exist.")
    is_version, schema = json.loads(run(python, "-c", _QUESTION, environment={}))
    if is_version != version:
        raise UpgradeProblem(f"{python} holds Synapse {is_version}, not {version}.")
    return Environment(version, python, schema)


def try_out(environment: Environment) -> None:
    """Raises UpgradeProblem when a host or a home could not run in it."""
    run(environment.python, "-c", _TRY, environment={})


def own_version() -> str:
    from importlib.metadata import version

    return version("matrix-synapse")


def build_template(environment: Environment, database_url: str) -> str:
    """Of this version, for homes born on it. Built once; its name."""
    with_url = {"TENANT_DATABASE_URL": database_url}
    return run(environment.python, "-m", "nameplate_homes.template", environment=with_url).splitlines()[-1]


def run(python: Path, *arguments: str, environment: dict[str, str]) -> str:
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TMPDIR") if key in os.environ}
    try:
        done = subprocess.run(
            [str(python), *arguments],
            # Synapse asks git for its own version, in whatever repository it finds itself.
            env={**kept, **environment, "PYTHONPATH": str(_PACKAGES), "GIT_DIR": os.devnull},
            capture_output=True,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UpgradeProblem(f"{python} could not be run: {error}") from error
    if done.returncode != 0:
        last = " ".join(done.stderr.strip().splitlines()[-1:])
        raise UpgradeProblem(f"{python} does not work: {last[:300]}")
    return done.stdout.strip()
