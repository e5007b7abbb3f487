"""What is counted of messages between devices that come for a child from elsewhere."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from nameplate_rules.counts import _MOST, Count, Counts
from nameplate_rules.judge import Judge
from nameplate_rules.rules import rules_of
from nameplate_rules.wire import Wire

from .household import rules

MIA, AUNT, STRANGER = "@mia:smith.family", "@aunt:aunt.family", "@x1:stranger.family"


def test_each_message_is_counted_for_its_child_and_sender_and_of_none_what_it_says() -> None:
    household = rules_of(rules({"who": "mia", "contacts": {"people": [AUNT]}}))
    judge = Judge("smith.family", lambda: household, lambda: datetime.now(UTC))
    counts = Counts()
    arrived: list[dict[str, Any]] = []
    looks: Any = SimpleNamespace()

    async def then(_origin: str, content: dict[str, Any]) -> None:
        arrived.append(content["messages"])

    on_edu = Wire(judge, looks, "smith.family", counts).to_device_from_elsewhere(then)
    for sender in (AUNT, STRANGER, STRANGER):
        messages: dict[str, Any] = {MIA: {"*": {}}, "@anna:smith.family": {"*": {}}}
        asyncio.run(cast(Any, on_edu("elsewhere", {"sender": sender, "messages": messages})))
    assert [MIA in passed for passed in arrived] == [True, False, False]
    assert (counts.of(MIA, AUNT), counts.of(MIA, STRANGER)) == (Count(1, 0), Count(0, 2))
    assert counts.of("@anna:smith.family", STRANGER) == Count(0, 0)


def test_only_the_latest_senders_are_remembered() -> None:
    counts = Counts()
    for nth in range(_MOST + 1):
        counts.note(MIA, f"@x{nth}:stranger.family", passed=False)
    assert counts.of(MIA, "@x0:stranger.family") == Count(0, 0)
    assert counts.of(MIA, f"@x{_MOST}:stranger.family") == Count(0, 1)
