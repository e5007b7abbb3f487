"""That our rules have no path to what anybody writes: neither in a room nor between devices."""

import ast
import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from synapse.events import EventBase

import nameplate_rules
from nameplate_rules.seen import Seen, see

SOURCES = sorted(Path(nameplate_rules.__file__).parent.glob("*.py"))
# Each leads to an event's content, or to the whole of it.
TO_A_BODY = {"content", "unsigned", "get_dict", "get_pdu_json", "get_templated_pdu_json", "_dict"}


class Sealed(Mapping[str, Any]):
    """Content of which only one field may be asked for."""

    def __init__(self, field: str | None = None, word: object = None) -> None:
        self._field, self._word = field, word

    def __getitem__(self, key: str) -> object:
        if key != self._field:
            raise AssertionError(f"somebody looked at {key}")
        return self._word

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("somebody looked at everything")

    def __len__(self) -> int:
        raise AssertionError("somebody measured it")


def event(kind: str, content: Mapping[str, Any], key: str | None = None) -> EventBase:
    fields = {"room_id": "!r:h", "event_id": "$e", "type": kind, "sender": "@a:h", "content": content}
    made = SimpleNamespace(**fields, state_key=key, is_state=lambda: key is not None)
    return cast(EventBase, made)


@pytest.mark.parametrize("kind", ["m.room.message", "m.room.encrypted", "m.sticker", "m.reaction", "org.example.any"])
@pytest.mark.parametrize("key", [None, "", "@a:h"])
def test_nothing_is_taken_from_an_event_that_is_not_about_the_room_itself(kind: str, key: str | None) -> None:
    assert see(event(kind, Sealed(), key)) == Seen("!r:h", "$e", kind, "@a:h", key, None)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("m.room.member", "membership"),
        ("m.room.join_rules", "join_rule"),
        ("m.room.history_visibility", "history_visibility"),
    ],
)
def test_one_word_is_taken_from_an_event_that_is(kind: str, field: str) -> None:
    assert see(event(kind, Sealed(field, "word"), "")).word == "word"
    # The same kind of event as a message of somebody's is none of state.
    assert see(event(kind, Sealed(), None)).word is None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_only_one_file_touches_the_content_of_an_event(path: Path) -> None:
    touched = {
        node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)
    } & TO_A_BODY
    assert touched <= ({"content", "unsigned"} if path.name == "seen.py" else set())


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "seen.py"], ids=lambda path: path.name)
def test_every_other_file_hands_an_event_on_and_asks_it_nothing(path: Path) -> None:
    """A name `event` or a member of `state` is only ever an argument of `see`, `see_state` or a function of ours."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.value, ast.Name):
            assert node.value.id != "event", f"{path.name}:{node.lineno}"


def test_messages_between_devices_pass_unread() -> None:
    from nameplate_rules.counts import Counts
    from nameplate_rules.wire import Wire

    passed: list[dict[str, Any]] = []

    async def then(_origin: str, content: dict[str, Any]) -> None:
        passed.append(content)

    judge = SimpleNamespace(
        child=lambda user: "child" if user == "@mia:h" else None, may_share_a_room=lambda _child, other: other == "@a:x"
    )
    wire = Wire(cast(Any, judge), cast(Any, None), "h", Counts())
    for sender, kept in (("@a:x", {"@mia:h", "@anna:h"}), ("@evil:x", {"@anna:h"})):
        messages = {"@mia:h": Sealed(), "@anna:h": Sealed()}
        content = {"sender": sender, "type": "m.room.encrypted", "message_id": "1", "messages": messages}
        asyncio.run(cast(Any, wire.to_device_from_elsewhere(then)("x", content)))
        assert set(passed[-1]["messages"]) == kept
        assert passed[-1]["messages"]["@anna:h"] is messages["@anna:h"]
