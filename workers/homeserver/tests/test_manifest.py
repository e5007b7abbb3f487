"""A manifest: what may stand in it, and what it means where it says nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from nameplate_homes.manifest import BrokenManifest, Limits, Manifest, read_manifest
from nameplate_rules.rules import SCHEMA as RULES

SCHEMA = json.loads((Path(__file__).parents[1] / "nameplate_homes" / "manifest.schema.json").read_text())
SMALLEST = {"version": 1, "name": "smith.family", "database": "t_smith", "want": "running"}


def read(folder: Path, **more: object) -> Manifest:
    path = folder / "smith.family.yaml"
    path.write_text(json.dumps({**SMALLEST, **more}))
    return read_manifest(path)


def test_a_manifest_that_says_no_limits_has_the_schemas(tmp_path: Path) -> None:
    manifest = read(tmp_path)
    assert (manifest.isolation, manifest.sleep, manifest.synapse) == ("shared", True, None)
    assert manifest.limits == Limits(
        memory_megabytes=512,
        cpu_cores=1,
        cpu_weight=100,
        messages_per_minute=600,
        message_burst=200,
        joins_per_minute=120,
        invites_per_hour=200,
        upload_megabytes=50,
        media_megabytes=20_480,
        remote_room_complexity=10,
        retention_days=None,
    )


def test_a_manifest_may_say_one_limit_and_leave_the_others(tmp_path: Path) -> None:
    limits = read(tmp_path, limits={"retentionDays": 30}).limits
    assert (limits.retention_days, limits.memory_megabytes) == (30, 512)


@pytest.mark.parametrize(
    "more",
    [
        {"limits": {"memoryMegabytes": 127}},
        {"limits": {"memoryMegabytes": "512"}},
        {"limits": {"cpuCores": 0}},
        {"limits": {"uploadMegabytes": 51}},
        {"limits": {"retentionDays": 0}},
        {"limits": {"messagesPerHour": 1}},
        {"limits": None},
        {"isolation": "none"},
        {"sleep": "no"},
        {"synapse": "latest"},
        {"synapse": "1.163.2; rm"},
        {"household": {"zone": "Europe/London", "parents": [], "children": []}},
        {"household": {"zone": "Nowhere/Here", "parents": ["anna"], "children": []}},
        {"household": {"zone": "UTC", "parents": ["anna"], "children": [{"who": "anna"}]}},
        {"household": {"zone": "UTC", "parents": ["anna"], "children": [{"who": "mia", "odd": 1}]}},
    ],
    ids=str,
)
def test_a_manifest_with_a_value_it_may_not_have_is_broken(tmp_path: Path, more: dict[str, object]) -> None:
    with pytest.raises(BrokenManifest, match="not valid"):
        read(tmp_path, **more)


def test_a_household_without_children_and_no_household_make_nobody_a_child(tmp_path: Path) -> None:
    assert not read(tmp_path).has_children
    assert not read(tmp_path, household={"zone": "UTC", "parents": ["anna"], "children": []}).has_children


def test_every_field_of_the_published_schema_is_described_and_every_optional_one_has_a_default() -> None:
    fields = {**SCHEMA["properties"], **SCHEMA["properties"]["limits"]["properties"]}
    for key, field in fields.items():
        assert key == "version" or field["description"], key
        assert key in SCHEMA["required"] or "default" in field, key


@pytest.mark.parametrize(("schema", "name"), [(SCHEMA, "home-manifest-1.json"), (RULES, "home-rules-1.json")])
def test_the_published_schema_is_this_very_file(schema: dict[str, Any], name: str) -> None:
    published = Path(__file__).parents[3] / "public" / "schemas" / name
    assert json.loads(published.read_text()) == schema
    assert published.is_symlink()
    assert schema["$id"].endswith(f"/schemas/{published.name}")
