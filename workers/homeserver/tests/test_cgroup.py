"""What is written where in version 2 of the kernel's interface, in a folder that looks like one: no machine of ours
offers it. Version 1 is tried on the kernel itself (test_shares.py)."""

from pathlib import Path

from nameplate_homes.cgroup import Group, Share

SHARE = Share(memory_bytes=256 * 1024 * 1024, cpu_cores=0.5, cpu_weight=50)


def group(folder: Path) -> Group:
    home = Group(2, folder, folder).below("home-smith.family")
    home.make()
    return home


def test_a_share_is_said_in_the_words_of_version_2(tmp_path: Path) -> None:
    home = group(tmp_path)
    (home.memory / "memory.swap.max").write_text("max")
    home.limit(SHARE)
    said = {path.name: path.read_text() for path in home.memory.iterdir()}
    assert said == {
        "memory.max": "268435456",
        "memory.swap.max": "0",
        "cpu.max": "50000 100000",
        "cpu.weight": "50",
    }


def test_both_controllers_share_one_folder_which_goes_when_it_is_empty(tmp_path: Path) -> None:
    home = group(tmp_path)
    assert home.memory == home.cpu
    home.remove()
    assert not home.memory.exists()


def test_deaths_of_full_memory_and_what_is_in_use_are_read(tmp_path: Path) -> None:
    home = group(tmp_path)
    assert (home.kills(), home.memory_bytes()) == (0, None)
    (home.memory / "memory.events").write_text("low 0\nhigh 0\nmax 7\noom 3\noom_kill 2\n")
    (home.memory / "memory.current").write_text("41943040\n")
    assert (home.kills(), home.memory_bytes()) == (2, 41_943_040)


def test_groups_are_told_from_the_kernels_own_files(tmp_path: Path) -> None:
    home = group(tmp_path)
    (tmp_path / "memory.events").write_text("")
    assert Group(2, tmp_path, tmp_path).children() == [home.memory.name]
