"""Where our worker hears what its own stranger came to. Whoever is not the home's service account finds nothing."""

from typing import Any

from synapse.api.errors import Codes, SynapseError
from synapse.http.server import DirectServeJsonResource
from synapse.http.servlet import parse_json_object_from_request, parse_string
from synapse.http.site import SynapseRequest
from synapse.module_api import ModuleApi

from .asks_resource import Reply, check_service
from .inside import home_of
from .judge import Judge
from .one_stranger import OneStranger

PATH = "/_synapse/client/nameplate/stranger"


class StrangerResource(DirectServeJsonResource):
    def __init__(self, api: ModuleApi, judge: Judge, stranger: OneStranger) -> None:
        super().__init__(clock=home_of(api).get_clock())
        self._api = api
        self._judge = judge
        self._stranger = stranger

    async def _async_render_GET(self, request: SynapseRequest) -> Reply:
        """`?child=PART&who=ID`."""
        await check_service(self._api, self._judge, request)
        part, who = parse_string(request, "child", required=True), parse_string(request, "who", required=True)
        return 200, await self._stranger.tell(self._child(part), who)

    async def _async_render_POST(self, request: SynapseRequest) -> Reply:
        """`{"child", "who", "forget": true}`."""
        await check_service(self._api, self._judge, request)
        said = parse_json_object_from_request(request)
        part, who = said.get("child"), said.get("who")
        if not isinstance(who, str) or said.get("forget") is not True:
            raise SynapseError(400, "All that can be done is to forget somebody", Codes.INVALID_PARAM)
        await self._stranger.forget(self._child(part), who)
        return 200, {}

    def _child(self, part: Any) -> str:  # noqa: ANN401
        if not isinstance(part, str) or self._judge.child(self._api.get_qualified_user_id(part)) is None:
            raise SynapseError(400, "There is no such child", Codes.INVALID_PARAM)
        return part
