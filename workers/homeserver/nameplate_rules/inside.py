"""Where we hook into Synapse beside its modules' interface. What we only read there is in looks.py; each has a test.

A release that moves one of them fails tests/test_rules_hooks.py before it reaches a family.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from functools import update_wrapper
from typing import Any, Protocol

from synapse.api.room_versions import RoomVersion
from synapse.events import EventBase
from synapse.events.snapshot import UnpersistedEventContextBase
from synapse.federation.federation_client import SendJoinResult
from synapse.logging.context import current_context
from synapse.module_api import ModuleApi
from synapse.server import HomeServer
from synapse.storage.invite_rule import InviteRule, InviteRulesConfig
from synapse.types import UserID


class Asker(Protocol):
    """Synapse's Requester, whose place changes between releases."""

    @property
    def user(self) -> UserID: ...


Handler = Callable[..., Awaitable[Any]]
# Whether an invite of this inviter is hidden.
Hides = Callable[[str], bool]
# Somebody nobody can be. Whoever ignores nobody is shown every invite by sliding sync, whatever his invite rules say.
NOBODY = "@:"
_INVITE = re.compile(r"^/_matrix/federation/v[12]/invite/")


def home_of(api: ModuleApi) -> HomeServer:
    return api._hs


def asked_request() -> tuple[str, str, str | None] | None:
    """Method, path and whoever asks, of the request that is being answered; None where there is none, as in a push."""
    request = getattr(current_context(), "request", None)
    if request is None:
        return None
    requester = request.requester
    return request.method, request.url.partition("?")[0], None if requester is None else str(requester)


def is_asked_to_invite() -> bool:
    """Whether another server asks, by the way there is for invites, that one of it is taken."""
    asked = asked_request()
    return asked is not None and _INVITE.match(asked[1]) is not None


class HiddenInvites(InviteRulesConfig):
    def __init__(self, hides: Hides, own: InviteRulesConfig) -> None:
        self._hides = hides
        self._own = own

    def get_invite_rule(self, inviter_user_id: str) -> InviteRule:
        return InviteRule.IGNORE if self._hides(inviter_user_id) else self._own.get_invite_rule(inviter_user_id)


def hide_invites(home: HomeServer, hides: Callable[[str], Hides | None]) -> None:
    """Invites whose inviter `hides(user)` names are taken, and not shown on either kind of sync, pushed or counted."""
    store: Any = home.get_datastores().main
    config_of, ignored_by = store.get_invite_config_for_user, store.ignored_users
    invites_of = store.get_invited_rooms_for_local_user

    async def get_invite_config_for_user(user_id: str) -> InviteRulesConfig:
        own: InviteRulesConfig = await config_of(user_id)
        hidden = hides(user_id)
        return own if hidden is None else HiddenInvites(hidden, own)

    async def ignored_users(user_id: str) -> frozenset[str]:
        ignored: frozenset[str] = await ignored_by(user_id)
        return ignored if hides(user_id) is None else ignored | {NOBODY}

    async def get_invited_rooms_for_local_user(user_id: str) -> list[Any]:
        """For the number on an app's icon."""
        hidden = hides(user_id)
        return [invite for invite in await invites_of(user_id) if hidden is None or not hidden(invite.sender)]

    _replace(store, "get_invite_config_for_user", get_invite_config_for_user)
    # With the caches' own attributes, by which the store empties them.
    _replace(store, "ignored_users", update_wrapper(ignored_users, ignored_by))
    invited = update_wrapper(get_invited_rooms_for_local_user, invites_of)
    _replace(store, "get_invited_rooms_for_local_user", invited)


def join_with_full_state(home: HomeServer, wants: Callable[[str], bool]) -> None:
    """A room is joined only with all its members known: a server that holds them back is not joined through at all."""
    client = home.get_federation_client()
    send = client.send_join

    async def send_join(
        destinations: Iterable[str], pdu: EventBase, room_version: RoomVersion, partial_state: bool = True
    ) -> SendJoinResult:
        return await send(destinations, pdu, room_version, partial_state and not wants(pdu.sender))

    _replace(client, "send_join", send_join)


def spare_state(
    home: HomeServer,
    matters_with: Callable[[EventBase], Iterable[str] | None],
    is_news: Callable[[EventBase], Awaitable[bool]],
) -> None:
    """Synapse reads all of a room's state before it asks a module about an event: only where the answer could be no.

    `matters_with(event)`: whoever has to be in the room for that; None where nobody has to. `is_news(event)`: whether
    one that was written is to be heard of.
    """
    rules, store = home.get_module_api_callbacks().third_party_event_rules, home.get_datastores().main
    check, hear = rules.check_event_allowed, rules.on_new_event

    async def check_event_allowed(event: EventBase, context: UnpersistedEventContextBase) -> tuple[bool, Any]:
        users = matters_with(event)
        if users is not None and not await _is_any_there(context, users):
            return True, None
        return await check(event, context)

    async def on_new_event(event_id: str) -> None:
        if await is_news(await store.get_event(event_id)):
            await hear(event_id)

    _replace(rules, "check_event_allowed", check_event_allowed)
    _replace(rules, "on_new_event", on_new_event)


async def _is_any_there(context: UnpersistedEventContextBase, users: Iterable[str]) -> bool:
    keys = [("m.room.member", user) for user in users]
    if not keys:
        return False
    state = await context.get_prev_state_ids()
    return any(key in state for key in keys)


def wrap_edu(home: HomeServer, kind: str, around: Callable[[Handler], Handler]) -> None:
    """What other servers send beside events: messages to devices, typing, receipts."""
    # Each takes up its kind when it is first asked for.
    for handler in (home.get_device_message_handler, home.get_typing_handler, home.get_receipts_handler):
        handler()
    handlers = home.get_federation_registry().edu_handlers
    handlers[kind] = around(handlers[kind])


def wrap_query(home: HomeServer, kind: str, around: Callable[[Handler], Handler]) -> None:
    """What other servers ask by name: a profile."""
    home.get_profile_handler()
    handlers = home.get_federation_registry().query_handlers
    handlers[kind] = around(handlers[kind])


def wrap_key_queries(
    home: HomeServer, devices: Callable[[Handler], Handler], keys: Callable[[Handler], Handler]
) -> None:
    server = home.get_federation_server()
    _replace(server, "on_query_user_devices", devices(server.on_query_user_devices))
    _replace(server, "on_query_client_keys", keys(server.on_query_client_keys))


def wrap_claims(home: HomeServer, around: Callable[[Handler], Handler]) -> None:
    server = home.get_federation_server()
    _replace(server, "on_claim_client_keys", around(server.on_claim_client_keys))


def wrap_messages_to_devices(home: HomeServer, around: Callable[[Handler], Handler]) -> None:
    """Those that our own people send."""
    handler = home.get_device_message_handler()
    _replace(handler, "send_device_message", around(handler.send_device_message))


def wrap_syncs(home: HomeServer, around: Callable[[Handler], Handler]) -> None:
    for handler in (home.get_sync_handler(), home.get_sliding_sync_handler()):
        _replace(handler, "wait_for_sync_for_user", around(handler.wait_for_sync_for_user))


def _replace(of: object, name: str, by: Handler) -> None:
    """On this one object. A name that is gone is a release that moved it: better no start than no rule."""
    if not callable(getattr(of, name, None)):
        raise RuntimeError(f"{type(of).__name__} has no {name} any more")
    setattr(of, name, by)
