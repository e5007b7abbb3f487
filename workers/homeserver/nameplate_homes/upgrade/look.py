"""Whether a home that runs is well: it answers as an app would ask first, and is still who it was."""

import json
from base64 import b64encode
from typing import Any

from signedjson.key import decode_signing_key_base64, get_verify_key

from ..layout import HomeFiles
from ..unix_http import UnixConnection

# It has just answered the host; a busy machine is in it.
_PATIENCE_SECONDS = 15.0


def what_is_wrong(files: HomeFiles) -> str | None:
    """None when it is well."""
    try:
        versions, login = _ask(files, "/_matrix/client/versions"), _ask(files, "/_matrix/client/v3/login")
        served = _ask(files, "/_matrix/key/v2/server")
    except (OSError, ValueError) as error:
        return f"it does not answer: {error}"
    if not versions.get("versions"):
        return "it names no version of Matrix"
    if not any(flow["type"] == "m.login.password" for flow in login.get("flows", ())):
        return "nobody could sign in by password"
    if served.get("verify_keys") != _own_key(files):
        return "it serves another signing key"
    return None


def _own_key(files: HomeFiles) -> dict[str, dict[str, str]]:
    algorithm, version, seed = files.signing_key.read_text().split()
    public = get_verify_key(decode_signing_key_base64(algorithm, version, seed)).encode()
    return {f"{algorithm}:{version}": {"key": b64encode(public).decode().rstrip("=")}}


def _ask(files: HomeFiles, path: str) -> dict[str, Any]:
    connection = UnixConnection(files.socket, _PATIENCE_SECONDS)
    try:
        # Without an address Synapse takes no request to sign in from a Unix socket.
        connection.request("GET", path, headers={"X-Forwarded-For": "127.0.0.1"})
        response = connection.getresponse()
        text = response.read()
        if response.status != 200:
            raise ValueError(f"{path}: {response.status}")
        answer = json.loads(text)
        return answer if isinstance(answer, dict) else {}
    finally:
        connection.close()
