"""Where our worker hears of questions and hands in answers. Whoever is not the home's service account finds nothing."""

from dataclasses import asdict
from typing import Any

from synapse.api.errors import Codes, SynapseError
from synapse.http.server import DirectServeJsonResource
from synapse.http.servlet import parse_json_object_from_request
from synapse.http.site import SynapseRequest
from synapse.module_api import ModuleApi

from .answering import Answering, NotYetAContact
from .asks import Asks
from .inside import home_of
from .judge import Judge

PATH = "/_synapse/client/nameplate/asks"
Reply = tuple[int, dict[str, Any]]


class AsksResource(DirectServeJsonResource):
    def __init__(self, api: ModuleApi, judge: Judge, asks: Asks, answering: Answering) -> None:
        super().__init__(clock=home_of(api).get_clock())
        self._api = api
        self._judge = judge
        self._asks = asks
        self._answering = answering

    async def _async_render_GET(self, request: SynapseRequest) -> Reply:
        """All questions there ever were, the oldest first; times in milliseconds."""
        await check_service(self._api, self._judge, request)
        return 200, {"asks": [asdict(ask) for ask in await self._asks.all()]}

    async def _async_render_POST(self, request: SynapseRequest) -> Reply:
        """`{"child", "who", "answer": allow | later | never}`; `{"child", "who", "wants": true}`: a child's wish."""
        await check_service(self._api, self._judge, request)
        said = parse_json_object_from_request(request)
        part, who, answer = said.get("child"), said.get("who"), said.get("answer")
        if not isinstance(part, str) or not isinstance(who, str) or self._judge.child(self._user(part)) is None:
            raise SynapseError(400, "There is no such child", Codes.INVALID_PARAM)
        if said.get("wants") is True:
            await self._asks.keep("wanted", part, who, "", None)
            return 200, {}
        if answer not in ("allow", "later", "never"):
            raise SynapseError(400, "The answer is allow, later or never", Codes.INVALID_PARAM)
        try:
            joined = await self._answering.answer(part, who, answer)
        except NotYetAContact:
            raise SynapseError(409, "The rules do not allow this person yet", Codes.UNKNOWN) from None
        if joined is None:
            raise SynapseError(404, "There is no such question", Codes.NOT_FOUND)
        return 200, {"joined": joined}

    def _user(self, part: str) -> str:
        return self._api.get_qualified_user_id(part)


async def check_service(api: ModuleApi, judge: Judge, request: SynapseRequest) -> None:
    """To everybody else these addresses are none."""
    requester = await api.get_user_by_req(request)
    if requester.user.to_string() != judge.service:
        raise SynapseError(404, "Unrecognized request", Codes.UNRECOGNIZED)
