"""The first accounts of a home: ours comes by a proof instead of a password, people's without one."""

import json
import time

from nameplate_homes.service_proof import LOGIN_TYPE, proof_of

from .running_host import Answer, RunningHost, database_name, query, until

NAME = "accounts.family"


def sign_in(host: RunningHost, name: str, proof: str, user: str = "nameplate-service") -> tuple[int, Answer]:
    body = {"type": LOGIN_TYPE, "identifier": {"type": "m.id.user", "user": user}, "proof": proof}
    return host.call(name, "POST", "/_matrix/client/v3/login", body)


def proof(host: RunningHost, name: str) -> str:
    handed = json.loads((host.homes_folder / "secrets" / name / "secrets.json").read_text())
    return proof_of(handed["registrationSecret"])


def test_our_service_account_is_made_and_signed_in_without_hashing_anything(host: RunningHost) -> None:
    host.birth(NAME)
    begun = time.monotonic()
    status, answer = sign_in(host, NAME, proof(host, NAME))
    assert status == 200, answer
    token = answer["access_token"]
    person = {"displayname": "Anna", "admin": False}
    made = host.call(NAME, "PUT", f"/_synapse/admin/v2/users/@anna:{NAME}", person, token)
    seconds = time.monotonic() - begun
    assert (status, made[0]) == (200, 201)
    # One hash of 12 rounds takes 0.2 s of a core and more.
    assert seconds < 0.2
    found = host.call(NAME, "GET", f"/_synapse/admin/v2/users/@nameplate-service:{NAME}", token=token)[1]
    assert (found["admin"], found["user_type"]) == (True, "support")


def test_we_are_never_turned_away_because_the_database_was_started_again(host: RunningHost) -> None:
    name = "restarted.family"
    host.birth(name)
    for _ in range(3):
        cut_connections(name)
        status, answer = sign_in(host, name, proof(host, name))
        # What Synapse itself asks afterwards may meet another connection that was cut, and says so.
        assert status in (200, 500), answer


def cut_connections(name: str) -> None:
    query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", database_name(name))


def test_nobody_else_signs_in_that_way(host: RunningHost) -> None:
    right = proof(host, NAME)
    for wrong, user in (
        ("", "nameplate-service"),
        (right[:-1], "nameplate-service"),
        (right, "anna"),
        (right, "mallory"),
    ):
        assert sign_in(host, NAME, wrong, user)[0] == 403
    other = "other.family"
    host.birth(other)
    assert sign_in(host, other, right)[0] == 403


def test_a_persons_password_is_still_hashed_with_twelve_rounds(host: RunningHost) -> None:
    config = json.loads(host.home(NAME, "homeserver.yaml").read_text())
    assert config["bcrypt_rounds"] == 12
    assert config["password_config"]["policy"]["minimum_length"] == 12


def test_secrets_that_are_handed_over_anew_serve_a_running_home_too(host: RunningHost) -> None:
    name = "anew.family"
    key = host.birth(name)
    before, pid = proof(host, name), host.ask("state", name)["pid"]
    # The same once more changes nothing for those who use the home.
    secrets = host.homes_folder / "secrets" / name / "secrets.json"
    secrets.write_text(secrets.read_text())
    host.ask("converge", name)
    time.sleep(0.5)
    assert host.ask("state", name)["pid"] == pid
    host.hand_over_secrets(name, key)
    host.ask("converge", name)
    until("it is started with the new ones", lambda: host.ask("state", name).get("pid") not in (None, pid))
    host.wait(name)
    assert sign_in(host, name, before)[0] == 403
    assert sign_in(host, name, proof(host, name))[0] == 200
