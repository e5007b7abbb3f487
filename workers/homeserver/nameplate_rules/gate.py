"""What a child's app may ask of its home: everything that is not written here is refused.

Synapse asks for each request that carries a token whether its account has expired (`is_user_expired`); pushes ask the
same. An adult's answer comes first and can fail at nothing.
"""

import re
from urllib.parse import unquote

from synapse.api.errors import Codes, SynapseError

from .inside import asked_request
from .judge import Judge
from .looks import Looks
from .rules import Child

# Versions of the interface, stable and not; the rest of a path is compared below.
_API = re.compile(r"^/_matrix/client/(?:api/v1|r0|v1|v3|unstable(?:/(?:org|net|im)\.[a-z0-9_.-]+)?)(/.*)$")
_MEDIA = re.compile(r"^/_matrix/(?:client/v1/media|media/(?:v1|v3|r0))/")
_OWN_ROOM = re.compile(r"^/rooms/([^/]+)/(.+)$")
_PROFILE = re.compile(r"^/profile/([^/]+)(?:/[^/]+)?$")

# While the account rests: enough for an app to stay signed in and to say so.
_AT_REST = re.compile(r"^/(?:account/whoami|capabilities|devices|pushrules/|pushers$|keys/upload)")
# About the child itself, its devices and keys.
_OWN = re.compile(
    r"^/(?:account/(?:whoami|password|3pid$)|capabilities$|devices(?:/|$)|delete_devices$|dehydrated_device(?:/|$)"
    r"|pushrules/|pushers(?:/set)?$|notifications$|keys/(?:upload|query|claim|changes|device_signing/upload"
    r"|signatures/upload)(?:/|$)|room_keys/|sendToDevice/|sync$|user/[^/]+/(?:filter|account_data|rooms|openid)(?:/|$)"
    r"|voip/turnServer$|rtc/transports$|org\.matrix\.msc4143/rtc/transports$|password_policy$|presence/|login/get_token$)"
)
# To people and rooms, each with a check of its own elsewhere (meeting.py, rooms_of_children.py, the wire).
_TOWARDS = re.compile(r"^/(?:createRoom$|join/|joined_rooms$|search$|user_directory/search$|users/[^/]+/report$)")
_SLIDING_SYNC = re.compile(r"^/_matrix/client/unstable/org\.matrix\.(?:simplified_msc3575|msc3575)/sync$")
# In a room the child has joined. Not: upgrade, aliases, and what reads a room without being in it.
_IN_A_ROOM = re.compile(
    r"^(?:send/|state(?:/|$)|redact/|members$|joined_members$|messages$|context/|event/|relations/|threads$|typing/"
    r"|receipt/|read_markers$|timestamp_to_event$|invite$|kick$|leave$|forget$|hierarchy$|report(?:/|$)|retention$)"
)
# Leaving, and following an invite, need no membership.
_NOT_YET_IN_A_ROOM = {"join", "leave", "forget", "report"}
# Where the child decides for itself which rooms to be in, it may look for some.
_LOOKING_AROUND = re.compile(r"^/(?:publicRooms$|room_summary/|rooms/[^/]+/summary$|directory/room/|knock/)")


class Gate:
    def __init__(self, judge: Judge, looks: Looks) -> None:
        self._judge = judge
        self._looks = looks

    async def is_user_expired(self, user: str) -> bool | None:
        child = self._judge.child(user)
        if child is None:
            return None
        asked = asked_request()
        if asked is None or asked[2] not in (None, user):
            return self._judge.rests(child)  # a push, on its own or on the way of somebody else's request
        method, path, _ = asked
        self.check_rest(child, path)
        if not await self._may_ask(child, user, method, path):
            raise SynapseError(403, "This is not among what this account may do.", Codes.FORBIDDEN)
        return None

    def check_rest(self, child: Child, path: str | None = None) -> None:
        """Refuses unless the account is open now, or the path is one for accounts that rest."""
        if not self._judge.rests(child):
            return
        rest = _API.match(path) if path is not None else None
        if rest is None or not _AT_REST.match(rest[1]):
            raise SynapseError(403, "This account rests now. Everything will be there afterwards.", Codes.FORBIDDEN)

    async def _may_ask(self, child: Child, user: str, method: str, path: str) -> bool:
        if _MEDIA.match(path) or _SLIDING_SYNC.match(path):
            return True
        found = _API.match(path)
        if found is None:
            return False
        rest = found[1]
        if _OWN.match(rest) or _TOWARDS.match(rest):
            return True
        if child.rooms.join == "any" and _LOOKING_AROUND.match(rest):
            return True
        if (room := _OWN_ROOM.match(rest)) is not None:
            return await self._may_ask_room(user, unquote(room[1]), room[2])
        if (profile := _PROFILE.match(rest)) is not None:
            return self._may_ask_profile(child, user, method, unquote(profile[1]))
        return False

    async def _may_ask_room(self, user: str, room: str, what: str) -> bool:
        if what.partition("/")[0] in _NOT_YET_IN_A_ROOM:
            return True
        return _IN_A_ROOM.match(what) is not None and room in await self._looks.rooms_of(user)

    def _may_ask_profile(self, child: Child, user: str, method: str, other: str) -> bool:
        return other == user or (method == "GET" and self._judge.may_share_a_room(child, other))
