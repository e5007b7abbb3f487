"""The file of a household's rules: what a broken or missing one changes."""

import json
from pathlib import Path

import pytest

from nameplate_rules.rules import BrokenRules
from nameplate_rules.rules_file import RulesFile

from .household import rules


class Folder:
    def __init__(self, path: Path) -> None:
        self.rules = path / "rules.json"
        self.kept = path / "kept.json"

    def write(self, text: str) -> None:
        fresh = self.rules.with_suffix(".new")
        fresh.write_text(text)
        fresh.replace(self.rules)

    def name(self, child: str) -> None:
        self.write(json.dumps(rules({"who": child})))

    def begin(self) -> RulesFile:
        return RulesFile(self.rules, self.kept)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.name("mia")
    return made


def children(file: RulesFile) -> list[str]:
    return list(file.rules.children)


def test_a_change_is_seen_at_the_next_look_and_only_then_told(folder: Folder) -> None:
    file = folder.begin()
    assert not file.look()
    folder.name("leo")
    assert file.look() and children(file) == ["leo"]
    assert not file.look()


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"zone": "UTC", "parents": [], "children": []}', "\0" * 4096])
def test_a_broken_file_leaves_the_last_good_rules_as_they_are_also_after_a_start(folder: Folder, broken: str) -> None:
    file = folder.begin()
    folder.write(broken)
    assert not file.look() and children(file) == ["mia"]
    again = folder.begin()
    assert children(again) == ["mia"]
    folder.name("leo")
    assert again.look() and children(again) == ["leo"]


def test_a_missing_file_leaves_them_too(folder: Folder) -> None:
    file = folder.begin()
    folder.rules.unlink()
    assert not file.look() and children(file) == ["mia"]
    assert children(folder.begin()) == ["mia"]


def test_the_copy_is_of_the_newest_good_rules(folder: Folder) -> None:
    file = folder.begin()
    folder.name("leo")
    file.look()
    folder.write("{")
    assert children(folder.begin()) == ["leo"]


def test_without_any_good_rules_a_home_with_children_does_not_start(folder: Folder) -> None:
    folder.write("{")
    with pytest.raises(BrokenRules, match="no rules for the children"):
        folder.begin()


def test_rules_hold_where_no_copy_can_be_kept(folder: Folder) -> None:
    file = RulesFile(folder.rules, folder.kept / "no" / "such" / "folder")
    folder.name("leo")
    assert file.look() and children(file) == ["leo"]
