"""A home from outside: what it answers on its own socket."""

from .running_host import RunningHost, database_name, query


def test_a_home_answers_with_the_key_it_was_handed(host: RunningHost) -> None:
    key = host.birth("smith.family")
    assert host.call("smith.family", "GET", "/_matrix/client/versions")[0] == 200
    assert list(host.served_keys("smith.family")) == [key.split(" ")[0] + ":" + key.split(" ")[1]]


def test_a_home_that_is_gone_leaves_no_database_and_no_role(host: RunningHost) -> None:
    host.birth("short.family")
    host.write_manifest("short.family", want="gone")
    assert host.wait("short.family")["state"] == "gone"
    name = database_name("short.family")
    left = query(
        "SELECT datname FROM pg_database WHERE datname = %s UNION SELECT rolname FROM pg_roles WHERE rolname = %s",
        name,
        name,
    )
    assert left == []
