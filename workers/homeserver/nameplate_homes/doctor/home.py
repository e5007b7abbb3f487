"""One family's home, looked at along the chain on which it hangs."""

from collections.abc import Callable, Iterator

from ..manifest import is_home_name
from .case import Case
from .finding import Finding, wrong
from .home_database import check_database
from .home_files import check_manifest, check_record, check_secrets, check_signing_key
from .home_outside import check_backup, check_edge, check_published
from .home_process import check_last_words, check_memory, check_served_key, check_socket, check_state
from .machine import check_disk
from .upgrade import check_own_upgrade

Check = Callable[[Case], Iterator[Finding]]


def check_room(case: Case) -> Iterator[Finding]:
    """Every home's trouble is this one's, too."""
    yield from (finding for finding in check_disk(case.settings) if finding.level == "wrong")


# In this order: whatever is wrong first is usually the reason for what is wrong after it.
CHAIN: tuple[Check, ...] = (
    check_manifest,
    check_secrets,
    check_record,
    check_signing_key,
    check_database,
    check_state,
    check_last_words,
    check_socket,
    check_served_key,
    check_memory,
    check_room,
    check_published,
    check_edge,
    check_backup,
    check_own_upgrade,
)
# Without a connection to anything but the host: quick enough for hundreds.
AT_A_GLANCE: tuple[Check, ...] = (
    check_manifest,
    check_secrets,
    check_record,
    check_signing_key,
    check_state,
    check_published,
    check_backup,
)


def look_at(case: Case, checks: tuple[Check, ...] = CHAIN) -> list[Finding]:
    if not is_home_name(case.name) or not _is_known(case):
        return [wrong("home", f"No home is called {case.name} here", "Look at the name; without one all are listed.")]
    return [finding for check in checks for finding in check(case)]


def _is_known(case: Case) -> bool:
    files = case.files
    return case.settings.layout.manifest(case.name).exists() or files.folder.exists() or files.secrets.exists()
