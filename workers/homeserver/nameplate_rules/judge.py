"""What the rules come to for one child and one other: asked by every callback, and itself asking nobody."""

from collections.abc import Callable
from datetime import datetime, timedelta

from .rules import Child, Quiet, Rules

# The home's own account, by which our worker speaks to it (nameplate_homes/service_login.py).
SERVICE_PART = "nameplate-service"
# By whom the home itself writes to them (nameplate_homes/config.py).
NOTICES_PART = "nameplate"


class Judge:
    def __init__(self, server: str, rules: Callable[[], Rules], now: Callable[[], datetime]) -> None:
        """`rules` are those that hold at the moment; `now` is told in UTC."""
        self._server = server
        self._rules = rules
        self._now = now

    @property
    def service(self) -> str:
        return f"@{SERVICE_PART}:{self._server}"

    def child(self, user: str) -> Child | None:
        part, server = _split(user)
        return self._rules().children.get(part) if server == self._server else None

    def children(self) -> list[str]:
        return [f"@{part}:{self._server}" for part in self._rules().children]

    def may_meet(self, child: Child, other: str) -> bool:
        """Whether the other is a contact."""
        part, server = _split(other)
        at_home = server == self._server
        if self._is_always(other) or (at_home and part == child.who):
            return True
        contacts = child.contacts
        if self.is_never(child, other):
            return False
        return (at_home and contacts.family) or other in contacts.people or server in contacts.servers

    def is_never(self, child: Child, other: str) -> bool:
        if self._is_always(other):
            return False
        _, server = _split(other)
        return other in child.contacts.never or server in child.contacts.never

    def _is_always(self, user: str) -> bool:
        """A parent, here or on another server, and the home's own accounts: contacts whatever else is said."""
        part, server = _split(user)
        here = server == self._server and (part in (SERVICE_PART, NOTICES_PART) or part in self._rules().parents)
        return here or user in self._rules().parents

    def has_a_parent(self, server: str) -> bool:
        return any(one.startswith("@") and _split(one)[1] == server for one in self._rules().parents)

    def may_share_a_room(self, child: Child, other: str) -> bool:
        if child.rooms.join == "any":
            return not self.is_never(child, other)
        return self.may_meet(child, other)

    def hides_invites_of(self, child: Child, inviter: str) -> bool:
        """Whether the child does not see them: nobody asks a parent about a child who decides for itself."""
        if self.may_meet(child, inviter):
            return False
        return child.stranger != "allow" or self.is_never(child, inviter)

    def asks_about(self, child: Child, other: str) -> bool:
        return child.stranger == "ask" and not self.may_meet(child, other) and not self.is_never(child, other)

    def rests(self, child: Child) -> bool:
        """Whether the child's apps neither receive nor send now."""
        return child.paused or is_quiet(child.quiet, self._now().astimezone(self._rules().zone))


def is_quiet(quiet: tuple[Quiet, ...], local: datetime) -> bool:
    minute = local.hour * 60 + local.minute
    today, yesterday = local.isoweekday(), (local - timedelta(days=1)).isoweekday()
    for one in quiet:
        into_tomorrow = one.end <= one.begin
        if today in one.days and one.begin <= minute and (into_tomorrow or minute < one.end):
            return True
        if into_tomorrow and yesterday in one.days and minute < one.end:
            return True
    return False


def _split(user: str) -> tuple[str, str]:
    part, _, server = user.removeprefix("@").partition(":")
    return part, server
