"""docs/rules.md names every rule there is, and nothing that is not."""

import re
from pathlib import Path
from typing import Any

import attack
import nameplate_rules
from nameplate_rules.rules import SCHEMA

DOC = (Path(__file__).parents[3] / "docs" / "rules.md").read_text()
ROWS = [line for line in DOC.splitlines() if line.startswith("| ") and not line.endswith("| Shown by |")]


def _rules(properties: dict[str, Any], before: str = "") -> set[str]:
    found: set[str] = set()
    for key, field in properties.items():
        part = field.get("$ref", "").rpartition("/")[2]
        if part in ("contacts", "rooms"):
            found |= _rules(SCHEMA["$defs"][part]["properties"], f"{key}.")
        else:
            found.add(before + key)
    return found


def test_every_rule_of_the_schema_has_its_row_and_no_row_is_about_another() -> None:
    named = {rule for row in ROWS for rule in re.findall(r"`([A-Za-z.]+)`", row.split("|")[1])}
    assert named == _rules(SCHEMA["properties"]) | _rules(SCHEMA["$defs"]["child"]["properties"])


def test_every_row_names_a_test_or_an_attack_that_there_is() -> None:
    tests, attacks = Path(__file__).parent, Path(attack.__file__).parent
    for row in ROWS:
        shown = re.findall(r"`(\w+\.py)`", row.split("|")[3])
        assert shown, row
        for name in shown:
            assert (tests if name.startswith("test_") else attacks).joinpath(name).exists(), name


def test_every_callback_it_names_is_registered() -> None:
    registered = (Path(nameplate_rules.__file__).parent / "module.py").read_text()
    for row in ROWS:
        for name in re.findall(r"`((?:check|user|federated|is|on)_\w+)`", row.split("|")[2]):
            assert f"{name}=" in registered, name
