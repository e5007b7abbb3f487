"""Reading manifests: a broken one is a reason for its own home and nothing to any other."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import yaml
from jsonschema import Draft202012Validator

Want = Literal["running", "stopped", "gone"]

_schema = json.loads((Path(__file__).parent / "manifest.schema.json").read_text())
_validator = Draft202012Validator(_schema)
_is_name = Draft202012Validator(_schema["properties"]["name"])
# A manifest has four short fields; a larger file is not one, and is not worth the memory.
_LARGEST = 16_384


@dataclass(frozen=True)
class Manifest:
    name: str
    database: str
    want: Want


class BrokenManifest(Exception):
    """The sentence says what is wrong with the file."""


def is_home_name(name: str) -> bool:
    return bool(_is_name.is_valid(name))


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
    fields = cast(dict[str, str], value)
    if f"{fields['name']}.yaml" != path.name:
        raise BrokenManifest(f"the manifest in {path.name} is for another name: {fields['name']}")
    return Manifest(fields["name"], fields["database"], cast(Want, fields["want"]))


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
