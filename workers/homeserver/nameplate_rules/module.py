"""A module of Synapse's own kind, loaded by a home whose manifest names children: holds their household's rules."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synapse.events import EventBase
from synapse.module_api import ModuleApi

from . import asks_resource, inside, stranger_resource
from .answering import Answering
from .asks import Asks
from .asks_resource import AsksResource
from .counts import Counts
from .gate import Gate
from .judge import Judge
from .leaving import Leaving
from .looks import Looks
from .meeting import Meeting
from .one_stranger import OneStranger
from .own_account import OwnAccount
from .rooms import Rooms
from .rooms_of_children import RoomsOfChildren
from .rules_file import LOOK_EVERY_SECONDS, RulesFile
from .seen import lets_in, see
from .stranger_resource import StrangerResource
from .wire import Wire


@dataclass(frozen=True)
class Config:
    # The host writes it.
    rules: Path
    # The home's own folder, for its copy of the rules and a note to the host.
    kept: Path


def _touch(note: Path) -> None:
    """The host tells our worker, which also looks by itself: a full disk delays a question and loses none."""
    with suppress(OSError):
        note.touch()


class HouseholdRules:
    def __init__(self, config: Config, api: ModuleApi) -> None:
        self._api = api
        self._file = RulesFile(config.rules, config.kept / "rules.json")
        self._judge = judge = Judge(api.server_name, lambda: self._file.rules, lambda: datetime.now(UTC))
        looks = Looks(api)
        self._rooms = rooms = Rooms(api, judge, looks)
        asks = Asks(api, lambda: _touch(config.kept / "asked"))
        self._leaving = Leaving(api, judge, looks, rooms)
        self._answering = Answering(api, judge, looks, self._file, asks)
        self._gate = Gate(judge, looks)
        self._register(Meeting(api, judge, looks, rooms, asks), RoomsOfChildren(judge, looks, rooms, asks))
        counts = Counts()
        self._hook(Wire(judge, looks, api.server_name, counts))
        inside.spare_state(inside.home_of(api), self._matters_with, self._is_news)
        api.register_web_resource(asks_resource.PATH, AsksResource(api, judge, asks, self._answering))
        stranger = OneStranger(api, judge, looks, asks, counts)
        api.register_web_resource(stranger_resource.PATH, StrangerResource(api, judge, stranger))
        api.delayed_background_call(0, self._look_at_all, desc="nameplate_rules_begin")
        api.looping_background_call(self._look, LOOK_EVERY_SECONDS * 1000, desc="nameplate_rules_look")

    @staticmethod
    def parse_config(config: dict[str, Any]) -> Config:
        return Config(Path(config["rules"]), Path(config["kept"]))

    def _register(self, meeting: Meeting, rooms: RoomsOfChildren) -> None:
        api, account = self._api, OwnAccount(self._judge)
        api.register_spam_checker_callbacks(
            check_event_for_spam=meeting.check_event_for_spam,
            federated_user_may_invite=meeting.federated_user_may_invite,
            user_may_invite=meeting.user_may_invite,
            user_may_send_3pid_invite=meeting.user_may_send_3pid_invite,
            user_may_join_room=meeting.user_may_join_room,
            check_username_for_spam=meeting.check_username_for_spam,
            user_may_create_room=rooms.user_may_create_room,
            user_may_create_room_alias=rooms.user_may_create_room_alias,
            user_may_publish_room=rooms.user_may_publish_room,
            check_login_for_spam=account.check_login_for_spam,
        )
        api.register_third_party_rules_callbacks(
            check_event_allowed=rooms.check_event_allowed,
            check_threepid_can_be_invited=rooms.check_threepid_can_be_invited,
            on_new_event=self._leaving.on_new_event,
            check_can_deactivate_user=account.check_can_deactivate_user,
        )
        api.register_media_repository_callbacks(is_user_allowed_to_upload_media_of_size=account.may_upload)
        api.register_account_validity_callbacks(is_user_expired=self._gate.is_user_expired)

    def _hook(self, wire: Wire) -> None:
        home = inside.home_of(self._api)
        inside.hide_invites(home, self._hides)
        inside.join_with_full_state(home, lambda user: self._judge.child(user) is not None)
        inside.wrap_edu(home, "m.direct_to_device", wire.to_device_from_elsewhere)
        inside.wrap_edu(home, "m.typing", wire.typing)
        inside.wrap_edu(home, "m.receipt", wire.receipts)
        inside.wrap_messages_to_devices(home, wire.to_device_from_here)
        inside.wrap_query(home, "profile", wire.profile)
        inside.wrap_key_queries(home, wire.devices, wire.keys)
        inside.wrap_claims(home, wire.claims)
        inside.wrap_syncs(home, self._held_at_rest)

    def _matters_with(self, event: EventBase) -> list[str] | None:
        """What a child writes always matters, and what lets somebody in with a child there (rooms_of_children.py)."""
        seen = see(event)
        if self._judge.child(seen.sender) is not None:
            return None
        return self._judge.children() if lets_in(seen) else []

    async def _is_news(self, event: EventBase) -> bool:
        """Nobody has to leave where no child is (leaving.py)."""
        seen = see(event)
        return lets_in(seen) and len(await self._rooms.children_in(seen.room)) > 0

    def _hides(self, user: str) -> inside.Hides | None:
        child = self._judge.child(user)
        return None if child is None else lambda inviter: self._judge.hides_invites_of(child, inviter)

    def _held_at_rest(self, then: inside.Handler) -> inside.Handler:
        """A poll that was open when the quiet began brings nothing."""

        async def wait(requester: inside.Asker, *given: object, **more: object) -> object:
            result = await then(requester, *given, **more)
            child = self._judge.child(requester.user.to_string())
            if child is not None:
                self._gate.check_rest(child)
            return result

        return wait

    async def _look(self) -> None:
        if self._file.look():
            await self._look_at_all()

    async def _look_at_all(self) -> None:
        await self._leaving.look_at_all()
        await self._answering.follow_all()
