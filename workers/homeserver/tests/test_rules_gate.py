"""The gate of a child's requests: what passes it, and that nobody else ever stands before it."""

import asyncio
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from synapse.api.errors import SynapseError

from nameplate_rules import gate, looks
from nameplate_rules.gate import Gate
from nameplate_rules.judge import Judge
from nameplate_rules.rules import Rules, rules_of

from .household import rules

MIA, ANNA, AUNT = "@mia:smith.family", "@anna:smith.family", "@aunt:aunt.family"
IN, OUT = "!in:aunt.family", "!out:stranger.family"
CHILD: dict[str, Any] = {"who": "mia", "contacts": {"people": [AUNT]}}


class Looks:
    async def rooms_of(self, _user: str) -> frozenset[str]:
        return frozenset({IN})


def passes(
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    user: str = MIA,
    requester: str | None = None,
    **more: object,
) -> bool:
    read: Rules = rules_of(rules({**CHILD, **more}))
    judge = Judge("smith.family", lambda: read, lambda: datetime(2026, 11, 30, tzinfo=UTC))
    monkeypatch.setattr(gate, "asked_request", lambda: (method, f"/_matrix/client/{path}", requester))
    try:
        return asyncio.run(Gate(judge, cast(looks.Looks, Looks())).is_user_expired(user)) is None
    except SynapseError:
        return False


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "v3/sync"),
        ("POST", "unstable/org.matrix.simplified_msc3575/sync"),
        ("PUT", f"v3/rooms/{IN}/send/m.room.encrypted/1"),
        ("PUT", "v3/rooms/%21in%3Aaunt.family/typing/%40mia%3Asmith.family"),
        ("GET", f"v3/rooms/{IN}/messages"),
        ("GET", f"v1/rooms/{IN}/relations/$e"),
        ("POST", f"v3/rooms/{OUT}/leave"),
        ("POST", f"v3/join/{OUT}"),
        ("GET", f"v3/profile/{AUNT}"),
        ("PUT", f"v3/profile/{MIA}/displayname"),
        ("POST", "v3/keys/query"),
        ("GET", "v3/room_keys/version"),
        ("GET", "v1/media/download/aunt.family/abc"),
        ("POST", f"v3/user/{MIA}/openid/request_token"),
        ("PUT", "v3/sendToDevice/m.room.encrypted/1"),
    ],
)
def test_what_an_app_needs_every_day_passes(monkeypatch: pytest.MonkeyPatch, method: str, path: str) -> None:
    assert passes(monkeypatch, method, path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"v3/rooms/{OUT}/messages"),
        ("GET", f"v3/rooms/{OUT}/state"),
        ("GET", f"v3/rooms/{OUT}/initialSync"),
        ("GET", f"v3/rooms/{IN}/initialSync"),
        ("POST", f"v3/rooms/{IN}/upgrade"),
        ("GET", f"v1/room_summary/{OUT}"),
        ("GET", "v3/publicRooms"),
        ("GET", "v3/directory/room/%23club%3Aa.b"),
        ("POST", f"v3/knock/{OUT}"),
        ("GET", "v3/events"),
        ("GET", "v3/initialSync"),
        ("GET", "v3/profile/@stranger:stranger.family"),
        ("PUT", f"v3/profile/{AUNT}/displayname"),
        ("POST", "v3/account/deactivate"),
        ("POST", "v3/account/3pid/add"),
        ("POST", "unstable/org.matrix.msc4140/delayed_events/1"),
        ("GET", "v1/mutual_rooms"),
        ("GET", "v9/sync"),
        ("GET", "../../_synapse/admin/v2/users"),
    ],
)
def test_what_is_not_on_the_list_does_not(monkeypatch: pytest.MonkeyPatch, method: str, path: str) -> None:
    assert not passes(monkeypatch, method, path)


def test_a_child_that_chooses_its_rooms_itself_may_look_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in ("v3/publicRooms", f"v1/room_summary/{OUT}", "v3/directory/room/%23club%3Aa.b"):
        assert passes(monkeypatch, "GET", path, rooms={"join": "any"})


@pytest.mark.parametrize(
    ("path", "answers"), [("v3/account/whoami", True), ("v3/sync", False), ("v3/rooms/!in:aunt.family/send/a/1", False)]
)
def test_a_resting_account_only_says_who_it_is(monkeypatch: pytest.MonkeyPatch, path: str, answers: bool) -> None:
    assert passes(monkeypatch, "GET", path, paused=True) is answers


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("request_of", [None, ANNA])
def test_a_push_is_held_while_the_account_rests(
    monkeypatch: pytest.MonkeyPatch, request_of: str | None, paused: bool
) -> None:
    """On its own, or on the way of a request of the parent's who wrote."""
    read: Rules = rules_of(rules({**CHILD, "paused": paused}))
    judge = Judge("smith.family", lambda: read, lambda: datetime(2026, 11, 30, tzinfo=UTC))
    asked = None if request_of is None else ("PUT", f"/_matrix/client/v3/rooms/{IN}/send/a/1", request_of)
    monkeypatch.setattr(gate, "asked_request", lambda: asked)
    assert asyncio.run(Gate(judge, cast(looks.Looks, Looks())).is_user_expired(MIA)) is paused


def test_a_failure_in_the_gate_locks_no_parent_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise RuntimeError("broken")

    read: Rules = rules_of(rules(CHILD))
    of = Gate(Judge("smith.family", lambda: read, lambda: datetime.now(UTC)), cast(looks.Looks, None))
    monkeypatch.setattr(gate, "asked_request", fails)
    assert asyncio.run(of.is_user_expired(ANNA)) is None
    with pytest.raises(RuntimeError):
        asyncio.run(of.is_user_expired(MIA))
