"""Reading manifests: a broken one is a reason for its own home and nothing to any other."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from nameplate_rules.rules import SCHEMA as RULES_SCHEMA
from nameplate_rules.rules import BrokenRules, rules_of

from .cgroup import Share

Want = Literal["running", "stopped", "gone"]
Isolation = Literal["shared", "own"]

_schema = json.loads((Path(__file__).parent / "manifest.schema.json").read_text())
_rules: Resource[Any] = Resource.from_contents(RULES_SCHEMA)
_registry: Registry[Any] = Registry().with_resource(RULES_SCHEMA["$id"], _rules)
_validator = Draft202012Validator(_schema, registry=_registry)
_is_name = Draft202012Validator(_schema["properties"]["name"])
_is_version = Draft202012Validator({**_schema["properties"]["synapse"], "type": "string"})
# A manifest has two dozen short fields, and the contacts of a household's children, of whom 16 with 200 contacts
# each of 30 letters come to 100 KB; a larger file is not one, and is not worth the memory.
_LARGEST = 131_072


@dataclass(frozen=True)
class Limits:
    """In the units of the schema, which is also the one place of the defaults."""

    memory_megabytes: int
    cpu_cores: float
    cpu_weight: int
    messages_per_minute: float
    message_burst: int
    joins_per_minute: float
    invites_per_hour: int
    upload_megabytes: int
    media_megabytes: int
    remote_room_complexity: float
    retention_days: int | None

    @property
    def share(self) -> Share:
        return Share(self.memory_megabytes * 1024 * 1024, self.cpu_cores, self.cpu_weight)


@dataclass(frozen=True)
class Manifest:
    name: str
    database: str
    want: Want
    synapse: str | None
    isolation: Isolation
    sleep: bool
    limits: Limits
    # As rules.schema.json has it.
    household: dict[str, Any] | None = None

    @property
    def has_children(self) -> bool:
        return self.household is not None and len(self.household["children"]) > 0


class BrokenManifest(Exception):
    """The sentence says what is wrong with the file."""


def is_home_name(name: str) -> bool:
    return bool(_is_name.is_valid(name))


def is_version(text: str) -> bool:
    return bool(_is_version.is_valid(text))


def read_manifest(path: Path) -> Manifest:
    """Read, check against the schema, and check that the file is named as the home it describes."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise BrokenManifest(f"the manifest cannot be read: {error.strerror}") from error
    if len(text) > _LARGEST:
        raise BrokenManifest(f"the manifest is larger than {_LARGEST} bytes")
    value = _parse(text)
    problem = next(iter(_validator.iter_errors(value)), None)
    if problem is not None:
        where = "/".join(str(part) for part in problem.absolute_path) or "it"
        raise BrokenManifest(f"the manifest is not valid: {where}: {problem.message[:200]}")
    manifest = manifest_of(cast(dict[str, Any], value))
    if manifest.household is not None:
        _check_household(manifest.household)
    if f"{manifest.name}.yaml" != path.name:
        raise BrokenManifest(f"the manifest in {path.name} is for another name: {manifest.name}")
    return manifest


def _check_household(household: dict[str, Any]) -> None:
    try:
        rules_of(household)
    except BrokenRules as problem:
        raise BrokenManifest(f"the manifest is not valid: household: {problem}") from problem


def manifest_of(fields: dict[str, Any]) -> Manifest:
    """From a file's valid content, with the schema's defaults for what it does not say."""
    said = _with_defaults(_schema, fields)
    limits = _with_defaults(_schema["properties"]["limits"], said.pop("limits"))
    del said["version"]
    return Manifest(**said, limits=Limits(**{_snake(key): limit for key, limit in limits.items()}))


def usual_limits() -> Limits:
    """The schema's, for a home whose manifest cannot be read."""
    return manifest_of({"name": "", "database": "", "want": "running", "version": 1}).limits


def _with_defaults(schema: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    defaults = {key: of["default"] for key, of in schema["properties"].items() if "default" in of}
    return {**defaults, **said}


def _snake(key: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)


def _parse(text: bytes) -> object:
    # The worker writes JSON, which is valid YAML and read a hundred times faster; a person may write YAML.
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise BrokenManifest(f"the manifest is not YAML: {' '.join(str(error).split())[:200]}") from error
