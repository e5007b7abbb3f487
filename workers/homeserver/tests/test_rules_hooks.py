"""What we use of Synapse beside its modules' interface is still where it was, and is still asked.

That each hook does its work is shown by real homes (test_rules_family.py, attack/); this says what moved when one does
not any more.
"""

import asyncio
import inspect
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from nameplate_rules import inside

# Where, whose, and which parameters we rely on, in their order.
HOOKS = [
    ("synapse.storage.databases.main.account_data.AccountDataWorkerStore.get_invite_config_for_user", "user_id"),
    ("synapse.storage.databases.main.account_data.AccountDataWorkerStore.ignored_users", "user_id"),
    ("synapse.storage.invite_rule.InviteRulesConfig.get_invite_rule", "inviter_user_id"),
    (
        "synapse.federation.federation_client.FederationClient.send_join",
        "destinations pdu room_version partial_state",
    ),
    ("synapse.handlers.devicemessage.DeviceMessageHandler.on_direct_to_device_edu", "origin content"),
    ("synapse.handlers.devicemessage.DeviceMessageHandler.send_device_message", "requester message_type messages"),
    ("synapse.handlers.typing.TypingWriterHandler._recv_edu", "origin content"),
    ("synapse.handlers.receipts.ReceiptsHandler._received_remote_receipt", "origin content"),
    ("synapse.handlers.profile.ProfileHandler.on_profile_query", "args"),
    ("synapse.federation.federation_server.FederationServer.on_query_user_devices", "origin user_id"),
    ("synapse.federation.federation_server.FederationServer.on_query_client_keys", "origin content"),
    (
        "synapse.federation.federation_server.FederationServer.on_claim_client_keys",
        "query always_include_fallback_keys",
    ),
    (
        "synapse.module_api.callbacks.third_party_event_rules_callbacks."
        "ThirdPartyEventRulesModuleApiCallbacks.check_event_allowed",
        "event context",
    ),
    (
        "synapse.module_api.callbacks.third_party_event_rules_callbacks."
        "ThirdPartyEventRulesModuleApiCallbacks.on_new_event",
        "event_id",
    ),
    ("synapse.events.snapshot.UnpersistedEventContextBase.get_prev_state_ids", ""),
    ("synapse.storage.databases.main.roommember.RoomMemberWorkerStore.get_rooms_for_user", "user_id"),
    ("synapse.storage.databases.main.roommember.RoomMemberWorkerStore.get_users_in_room", "room_id"),
    ("synapse.storage.databases.main.roommember.RoomMemberWorkerStore.is_host_joined", "room_id host"),
    ("synapse.storage.databases.main.roommember.RoomMemberWorkerStore.get_invited_rooms_for_local_user", "user_id"),
    ("synapse.storage.databases.main.room.RoomWorkerStore.is_partial_state_room", "room_id"),
    ("synapse.storage.databases.main.devices.DeviceWorkerStore.get_devices_by_user", "user_id"),
    (
        "synapse.storage.databases.main.end_to_end_keys.EndToEndKeyWorkerStore.count_e2e_one_time_keys",
        "user_id device_id",
    ),
]

# Each is looked up on its object at each call, which is what makes replacing it there work.
CALLS = [
    ("synapse.handlers.sync", "self.store.get_invite_config_for_user("),
    ("synapse.handlers.sync", "invite_config.get_invite_rule(event.sender) == InviteRule.IGNORE"),
    ("synapse.handlers.sliding_sync.room_lists", "self.store.get_invite_config_for_user("),
    ("synapse.handlers.sliding_sync.room_lists", "self.store.ignored_users("),
    ("synapse.push.push_tools", "store.get_invited_rooms_for_local_user("),
    ("synapse.push.bulk_push_rule_evaluator", "self.store.get_invite_config_for_user("),
    ("synapse.handlers.federation", "self.federation_client.send_join("),
    ("synapse.handlers.message", "self._third_party_event_rules.check_event_allowed("),
    ("synapse.handlers.federation", "self._third_party_event_rules.check_event_allowed("),
    ("synapse.notifier", "self._third_party_rules.on_new_event(event_id)"),
    ("synapse.rest.client.sendtodevice", "self.device_message_handler.send_device_message("),
    ("synapse.rest.client.sync", "self.sync_handler.wait_for_sync_for_user("),
    ("synapse.rest.client.sync", "self.sliding_sync_handler.wait_for_sync_for_user("),
    ("synapse.federation.transport.server.federation", "self.handler.on_query_user_devices(origin"),
    ("synapse.federation.transport.server.federation", "self.handler.on_query_client_keys(origin"),
    ("synapse.federation.transport.server.federation", "self.handler.on_claim_client_keys("),
    ("synapse.federation.federation_server", "self.edu_handlers.get(edu_type)"),
    ("synapse.federation.federation_server", "self.query_handlers.get(query_type)"),
    ("synapse.api.auth.internal", "self._account_validity_handler.is_user_expired("),
    ("synapse.push.pusherpool", "self._account_validity_handler.is_user_expired("),
    # A device that keeps back members is refused when all were asked for.
    ("synapse.federation.federation_client", "members_omitted was set, but we asked for full state"),
]


def _found(path: str) -> Callable[..., Any]:
    module, owner, name = path.rsplit(".", 2)
    found = inspect.getattr_static(getattr(import_module(module), owner), name)
    # A cached function is described by the one it caches.
    whole: Callable[..., Any] = getattr(found, "orig", found)
    return whole


@pytest.mark.parametrize(("path", "parameters"), HOOKS, ids=lambda value: value.rpartition(".")[2])
def test_a_hook_is_where_it_was_and_takes_what_it_took(path: str, parameters: str) -> None:
    taken = list(inspect.signature(_found(path)).parameters)
    assert taken[1 : 1 + len(parameters.split())] == parameters.split()


@pytest.mark.parametrize(("module", "call"), CALLS)
def test_a_hook_is_still_asked(module: str, call: str) -> None:
    words = " ".join(inspect.getsource(import_module(module)).split())
    assert call.replace("( ", "(") in words.replace("( ", "(")


@pytest.mark.parametrize("kind", ["sync.SyncHandler", "sliding_sync.SlidingSyncHandler"])
def test_both_kinds_of_sync_wait_in_one_way(kind: str) -> None:
    wait = _found(f"synapse.handlers.{kind}.wait_for_sync_for_user")
    assert list(inspect.signature(wait).parameters)[1] == "requester"


def test_a_hook_that_is_gone_stops_the_start_of_a_home() -> None:
    with pytest.raises(RuntimeError, match="has no send_join any more"):
        inside._replace(SimpleNamespace(), "send_join", _nothing)
    with pytest.raises(KeyError):
        inside.wrap_edu(_home_without_handlers(), "m.typing", lambda then: then)


async def _nothing() -> None:
    return None


def _home_without_handlers() -> Any:  # noqa: ANN401
    def nothing() -> None:
        return None

    registry = SimpleNamespace(edu_handlers={})
    return SimpleNamespace(
        get_device_message_handler=nothing,
        get_typing_handler=nothing,
        get_receipts_handler=nothing,
        get_federation_registry=lambda: registry,
    )


def test_a_hidden_invite_is_not_counted_on_the_childs_app_and_every_other_is() -> None:
    invites = [SimpleNamespace(sender="@aunt:a.b", room_id="!a"), SimpleNamespace(sender="@stranger:s.t", room_id="!s")]

    class Store:
        async def get_invite_config_for_user(self, _user_id: str) -> object:
            return None

        async def ignored_users(self, _user_id: str) -> frozenset[str]:
            return frozenset()

        async def get_invited_rooms_for_local_user(self, _user_id: str) -> list[SimpleNamespace]:
            return invites

    store = Store()
    home: Any = SimpleNamespace(get_datastores=lambda: SimpleNamespace(main=store))
    inside.hide_invites(home, lambda user: (lambda inviter: inviter != "@aunt:a.b") if user == "@mia:h" else None)
    assert asyncio.run(store.get_invited_rooms_for_local_user("@mia:h")) == invites[:1]
    assert asyncio.run(store.get_invited_rooms_for_local_user("@anna:h")) == invites
    assert asyncio.run(store.ignored_users("@mia:h")) == {inside.NOBODY}
    assert asyncio.run(store.ignored_users("@anna:h")) == set()
