"""What is written while a family lives, signs in, fails and crashes: nothing of what they say or prove."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .examined import Edge, edge_before, execute
from .keeper import Keeper
from .life import Life, found_in
from .running_host import PACKAGE, RunningHost, database_name, database_url, until


@pytest.fixture(scope="module")
def edge(host: RunningHost) -> Iterator[Edge]:
    with edge_before(host) as before:
        yield before


def logs(host: RunningHost, edge: Edge) -> list[Path]:
    """Everything that is written as it happens, and what is noted of it for others."""
    found = [*host.homes_folder.glob("homes/*/logs/*"), *host.homes_folder.glob("homes/*/output.log")]
    noted = [*host.homes_folder.glob("homes/*/backup.json"), *host.homes_folder.glob("homes/*/home.*")]
    return [edge.log, host.folder / "output.txt", *found, *noted]


@pytest.mark.parametrize("isolation", ["shared", "own"])
def test_a_family_leaves_no_word_and_no_proof_in_any_log(host: RunningHost, edge: Edge, isolation: str) -> None:
    name = f"{isolation}.test"
    host.birth(name, isolation=isolation)
    edge.publish(name)
    life = Life(host, edge, name)
    life.hidden["the host's own database password"] = str(urlsplit(database_url()).password)
    token = life.move_in()
    room = life.open_room(token)
    assert life.say(room, life.hide("message"), token) == 200
    picture = life.share(token)
    _fail_in_every_way(life, room, token)
    _crash_in_the_middle(life, picture, token)
    if isolation == "shared":
        _cannot_be_reached(life, token)
    keeper = Keeper(host)
    done = keeper.run("backup", name)
    written = host.folder / "backup.txt"
    written.write_text(done.stdout + done.stderr)
    assert done.returncode == 0
    assert found_in([*logs(host, edge), written], life.hidden) == []


def _fail_in_every_way(life: Life, room: str, token: str) -> None:
    name = life.name
    # A wrong password, a token in the address, one that was never given out, a question that is no JSON, an e-mail.
    wrong = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "anna"}}
    assert life.ask("POST", "/_matrix/client/v3/login", {**wrong, "password": life.hide("wrong password")})[0] == 403
    assert life.ask("GET", f"/_matrix/client/v3/account/whoami?access_token={token}")[0] == 200
    assert life.ask("GET", "/_matrix/client/v3/account/whoami", token=life.hide("stolen token"))[0] == 401
    assert life.ask("GET", f"/_matrix/client/v3/login?loginToken={life.hide('login token')}")[0] == 200
    mail = {"client_secret": life.hide("client secret"), "email": f"{life.hide('mail')}@example.com", "send_attempt": 1}
    assert life.ask("POST", "/_matrix/client/v3/account/password/email/requestToken", mail)[0] == 400
    # The database refuses what is being said: PostgreSQL's own words may hold the statement.
    database = database_name(name)
    execute("ALTER TABLE event_json RENAME TO elsewhere", database)
    assert life.say(room, life.hide("message nobody could keep"), token) == 500
    execute("ALTER TABLE elsewhere RENAME TO event_json", database)
    # It shows only the beginning of a long value; a name is short enough to be shown whole.
    execute("ALTER TABLE profiles ADD CONSTRAINT tight CHECK (length(displayname) < 8) NOT VALID", database)
    named = {"displayname": f"{life.hide('name')}\nand {life.hide('second line')}"}
    assert life.ask("PUT", f"/_matrix/client/v3/profile/@anna:{name}/displayname", named, token)[0] == 500
    execute("ALTER TABLE profiles DROP CONSTRAINT tight", database)
    assert life.say(room, life.hide("message after all"), token) == 200


def _crash_in_the_middle(life: Life, picture: str, token: str) -> None:
    """Of an answer to a question whose address holds the token, and whose headers do; the edge tells what broke off."""
    host, name = life.host, life.name
    before = host.ask("state", name)["pid"]
    with life.line() as line:
        path = f"/_matrix/client/v1/media/download/{name}/{picture}?access_token={token}"
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {name}\r\nX-Token: {token}\r\n\r\n".encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
        os.kill(before, signal.SIGKILL)
        while line.recv(65_536):
            pass
    until("the edge tells of it", lambda: name in life.edge.log.read_text())
    until("it is back", lambda: host.ask("state", name).get("pid") not in (None, before))
    host.wait(name)


def _cannot_be_reached(life: Life, token: str) -> None:
    socket = life.host.socket_folder / f"{life.name}.sock"
    aside = socket.rename(socket.with_suffix(".aside"))
    assert life.ask("POST", f"/_matrix/client/v3/createRoom?access_token={token}", {}, token)[0] == 503
    aside.rename(socket)


def test_every_line_of_ours_is_one_object_with_level_time_and_words(host: RunningHost, edge: Edge) -> None:
    ours = [host.folder / "output.txt", *host.homes_folder.glob("homes/*/logs/homeserver.log")]
    lines = [line for file in ours for line in file.read_text().splitlines()]
    assert len(ours) >= 3 and lines
    for line in lines:
        said = json.loads(line)
        assert (
            said["level"] in ("debug", "info", "warn", "error") and said["msg"] and datetime.fromisoformat(said["time"])
        )


def test_a_log_says_what_went_wrong_though_not_with_what(host: RunningHost, edge: Edge) -> None:
    text = host.home("shared.test", "logs", "homeserver.log").read_text()
    said = [json.loads(line) for line in text.splitlines()]
    errors = "\n".join(line["error"] for line in said if "error" in line)
    assert 'violates check constraint "tight"' in errors and "Traceback" in errors and "DETAIL" not in errors
    # Of a start nothing is said: every wake is one.
    assert not any("STARTING SERVER" in line["msg"] or "core limit" in line["msg"] for line in said)


def test_why_a_home_crashed_names_the_error_and_no_value_of_its_database(host: RunningHost, edge: Edge) -> None:
    name, secret = "refused.test", "words-of-somebody"
    host.birth(name)
    # As a process prints what a database refused it while it starts.
    words = f"psycopg2.errors.CheckViolation: no such row\nDETAIL:  Failing row contains (1,\n{secret}).\n"
    host.home(name, "output.log").write_text(f"Traceback (most recent call last):\n  File\n{words}")
    os.kill(host.ask("state", name)["pid"], signal.SIGKILL)
    until("it fell", lambda: "fell" in host.ask("state", name))
    reason = host.ask("state", name)["fell"]["reason"]
    assert reason == "the homeserver was killed by SIGKILL: psycopg2.errors.CheckViolation: no such row"
    host.wait(name)
    assert secret not in host.output()


def test_no_log_of_a_home_grows_without_end(host: RunningHost, edge: Edge) -> None:
    handler = json.loads(host.home("shared.test", "log.yaml").read_text())["handlers"]["file"]
    assert (
        handler["class"].endswith("RotatingFileHandler") and handler["maxBytes"] * (handler["backupCount"] + 1) <= 10e6
    )
    limits = Path(f"/proc/{host.ask('state', 'shared.test')['pid']}/limits").read_text()
    (largest,) = [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max file size")]
    # What it prints has no turning over; no file of a home grows beyond this.
    assert {int(bytes_) for bytes_ in largest} == {64 * 1024 * 1024}


def test_a_malformed_database_address_is_refused_without_showing_it() -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PACKAGE)}
    env["TENANT_DATABASE_URL"] = "postgres//tenant_host:hidden-word@127.0.0.1/postgres"
    done = subprocess.run([sys.executable, "-m", "nameplate_homes"], env=env, capture_output=True, text=True)
    assert done.returncode == 1 and "TENANT_DATABASE_URL is not a PostgreSQL address" in done.stderr
    assert "HOMES_FOLDER is missing" in done.stderr and "hidden-word" not in done.stdout + done.stderr
