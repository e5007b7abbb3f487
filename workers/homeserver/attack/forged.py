"""A server that is none: it signs its own requests, answers what it likes, and remembers what it was told."""

import json
import ssl
import threading
import time
from collections.abc import Callable
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import create_connection
from socketserver import ThreadingUnixStreamServer
from typing import Any
from urllib.parse import quote, unquote

from signedjson.key import encode_verify_key_base64, generate_signing_key, get_verify_key
from signedjson.sign import sign_json

from .forged_room import ForgedRoom

Answer = tuple[int, dict[str, Any]]
Told = tuple[str, str, dict[str, Any]]


class ForgedServer:
    def __init__(self, name: str, sockets: Path, edge_port: int, ca_file: str) -> None:
        self.name = name
        self.key = generate_signing_key("forged")
        # Everything that others asked or told it: method, path, body.
        self.told: list[Told] = []
        self.rooms: dict[str, ForgedRoom] = {}
        # Answers instead of the usual ones, by a piece of the path; None is answered as usual after all.
        self.odd: dict[str, Callable[[str, str, dict[str, Any]], Answer | None]] = {}
        self._edge_port = edge_port
        self._trust = ssl.create_default_context(cafile=ca_file)
        self._count = 0
        forged = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                said = json.loads(body) if body else {}
                code, answer = forged.answer(self.command, self.path, said)
                text = json.dumps(answer).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_PUT = do_POST = handle_any

            def log_message(self, *_: object) -> None:
                pass

            def address_string(self) -> str:
                return "edge"

        path = sockets / f"{name}.sock"
        self._server = ThreadingUnixStreamServer(str(path), Handler)
        self._server.daemon_threads = True
        path.chmod(0o666)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- what it answers ---

    def answer(self, method: str, path: str, said: dict[str, Any]) -> Answer:
        self.told.append((method, path, said))
        for piece, reply in list(self.odd.items()):
            if piece in path and (odd := reply(method, path, said)) is not None:
                return odd
        parts = [unquote(part) for part in path.partition("?")[0].split("/")]
        if "/key/v2/server" in path:
            return 200, self._keys()
        if len(parts) > 5 and parts[4] in ("make_join", "send_join") and parts[5] in self.rooms:
            room = self.rooms[parts[5]]
            return 200, room.make_join(parts[6]) if parts[4] == "make_join" else room.send_join(parts[6], said)
        if "/state_ids/" in path or "/state/" in path or "/event_auth/" in path:
            known = self.rooms.get(parts[5])
            return (404, {"errcode": "M_NOT_FOUND"}) if known is None else (200, known.state_answer(path))
        if "/send/" in path:
            return 200, {"pdus": {}}
        if "/user/devices/" in path:
            return 200, {"user_id": parts[-1], "stream_id": 1, "devices": []}
        if "/version" in path:
            return 200, {"server": {"name": "Synapse", "version": "1.163.2"}}
        return 404, {"errcode": "M_NOT_FOUND", "error": "not here"}

    def _keys(self) -> dict[str, Any]:
        public = encode_verify_key_base64(get_verify_key(self.key))
        keys = {
            "server_name": self.name,
            "verify_keys": {f"{self.key.alg}:{self.key.version}": {"key": public}},
            "old_verify_keys": {},
            "valid_until_ts": int(time.time() * 1000) + 86_400_000,
        }
        signed: dict[str, Any] = sign_json(keys, self.name, self.key)
        return signed

    # --- what it asks ---

    def ask(
        self, server: str, method: str, path: str, body: dict[str, Any] | None = None, origin: str | None = None
    ) -> Answer:
        """A request through the edge, signed; `origin` may be a lie."""
        origin = origin or self.name
        signed: dict[str, Any] = {"method": method, "uri": path, "origin": origin, "destination": server}
        if body is not None:
            signed["content"] = body
        sign_json(signed, origin, self.key)
        ((key, signature),) = signed["signatures"][origin].items()
        headers = {
            "Content-Type": "application/json",
            "Authorization": f'X-Matrix origin="{origin}",key="{key}",sig="{signature}",destination="{server}"',
        }
        return self._request(server, method, path, None if body is None else json.dumps(body), headers)

    def ask_plainly(self, server: str, path: str) -> int:
        """A request of nobody's: its status."""
        return self._request(server, "GET", path, None, {})[0]

    def _request(self, server: str, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        connection = HTTPSConnection(server, timeout=60)
        raw = create_connection(("127.0.0.1", self._edge_port), 60)
        connection.sock = self._trust.wrap_socket(raw, server_hostname=server)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read()
            return response.status, json.loads(text or b"{}")
        finally:
            connection.close()

    def send(self, server: str, pdus: list[dict[str, Any]], edus: list[dict[str, Any]] | None = None) -> Answer:
        self._count += 1
        body = {
            "origin": self.name,
            "origin_server_ts": int(time.time() * 1000),
            "pdus": pdus,
            "edus": edus or [],
        }
        return self.ask(server, "PUT", f"/_matrix/federation/v1/send/{time.time_ns()}", body)

    def edu(self, server: str, kind: str, content: dict[str, Any]) -> Answer:
        return self.send(server, [], [{"edu_type": kind, "content": content}])

    def room(self, creator: str, **more: Any) -> ForgedRoom:  # noqa: ANN401
        made = ForgedRoom(self.name, self.key, creator, **more)
        self.rooms[made.id] = made
        return made

    def invite(self, server: str, room: ForgedRoom, sender: str, invitee: str) -> Answer:
        event = room.event("m.room.member", sender, {"membership": "invite"}, invitee)
        path = f"/_matrix/federation/v2/invite/{quote(room.id, safe='')}/{quote(room.id_of(event), safe='')}"
        body = {"room_version": room.version, "event": event, "invite_room_state": room.stripped()}
        code, answer = self.ask(server, "PUT", path, body)
        if code == 200:
            room.add(answer["event"])
        return code, answer
