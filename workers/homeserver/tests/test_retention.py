"""Which backups are kept, and when the next one is due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from nameplate_homes.backup.due import due_moment
from nameplate_homes.backup.retention import outdated
from nameplate_homes.backup.settings import BackupSettings
from nameplate_homes.backup.store import Kept, archive_key, read_key

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SETTINGS = BackupSettings(Path("/backups"), ("age1",), keep_daily=14, keep_weekly=8, from_hour=1, hours=4)


def kept(made: datetime) -> Kept:
    archive = read_key(archive_key("smith.family", made), 1)
    assert archive is not None
    return archive


def survivors(archives: list[Kept], lives: bool = True) -> list[datetime]:
    gone = outdated(archives, NOW, SETTINGS.keep_daily, SETTINGS.keep_weekly, lives)
    return sorted(archive.made for archive in archives if archive not in gone)


def test_a_year_of_nights_leaves_each_of_two_weeks_and_one_a_week_of_eight() -> None:
    nights = [kept(NOW.replace(hour=3) - timedelta(days=day)) for day in range(365)]
    left = survivors(nights)
    ages = [(NOW - made).days for made in left]
    assert [age for age in ages if age < 14] == list(range(13, -1, -1))
    assert len(left) == 14 + 6  # the last two of the eight weeks are those of the days
    assert max(ages) < 8 * 7


def test_of_several_on_one_day_the_newest_is_kept() -> None:
    hours = [kept(NOW - timedelta(hours=hour)) for hour in (1, 2, 3)]
    assert survivors(hours) == [NOW - timedelta(hours=1)]


def test_the_last_backup_of_a_home_that_lives_is_never_deleted_but_one_that_is_gone_is_forgotten() -> None:
    old = [kept(NOW - timedelta(days=day)) for day in (300, 301)]
    assert survivors(old) == [NOW - timedelta(days=300)]
    assert survivors(old, lives=False) == []


def test_what_is_no_archive_is_never_listed_and_so_never_deleted() -> None:
    for key in (
        "smith.family/20261125T030000Z.tar.age.1234.partial",
        "smith.family/notes.txt",
        "20261125T030000Z.tar.age",
    ):
        assert read_key(key, 1) is None


def test_homes_come_one_after_the_other_through_the_night() -> None:
    moments = [due_moment(SETTINGS, f"family-{number}.family", NOW) for number in range(200)]
    assert all(1 <= moment.hour < 5 and moment.date() == NOW.date() for moment in moments)
    for hour in range(1, 5):
        assert 30 <= sum(moment.hour == hour for moment in moments) <= 70


def test_a_moment_that_has_not_come_today_was_yesterdays() -> None:
    before_dawn = NOW.replace(hour=0)
    assert due_moment(SETTINGS, "smith.family", before_dawn).date() == (NOW - timedelta(days=1)).date()
