"""Who may wake how often."""

from nameplate_homes.caller import Head, read_head
from nameplate_homes.wake_limits import _LARGEST_TABLE, Buckets, WakeLimits, neighbourhood


def _anonymous(address: str) -> Head:
    return Head("GET", address)


def _judge(limits: WakeLimits, home: str, head: Head, now: float, family: tuple[str, ...] = ()) -> float:
    return limits.judge(home, head, now, lambda: family)


def test_a_bucket_fills_again_one_by_one() -> None:
    buckets = Buckets(2, 10.0)
    for _ in range(2):
        assert buckets.wait("a", 0.0) == 0
        buckets.take("a", 0.0)
    assert buckets.wait("a", 0.0) == 10
    assert buckets.wait("a", 4.0) == 6
    assert buckets.wait("b", 0.0) == 0
    assert buckets.wait("a", 10.0) == 0
    buckets.take("a", 10.0)
    assert buckets.wait("a", 10.0) == 10


def test_a_table_never_grows_beyond_its_bound() -> None:
    buckets = Buckets(1, 10.0)
    for number in range(_LARGEST_TABLE + 100):
        buckets.take(str(number), 0.0)
    assert len(buckets._tables) == _LARGEST_TABLE
    assert buckets.wait(str(_LARGEST_TABLE + 99), 0.0) == 10


def test_an_address_wakes_sixty_homes_even_with_tokens_and_then_one_in_ten_seconds() -> None:
    limits, stranger = WakeLimits(), Head("GET", "203.0.113.7", has_token=True)
    assert [_judge(limits, f"h{number}.family", stranger, 0.0) for number in range(60)] == [0.0] * 60
    assert _judge(limits, "one-more.family", stranger, 0.0) == 10
    assert _judge(limits, "one-more.family", Head("GET", "203.0.113.8", has_token=True), 0.0) == 0
    assert _judge(limits, "one-more.family", stranger, 10.0) == 0


def test_a_home_that_the_whole_world_looks_at_still_lets_its_family_in() -> None:
    limits = WakeLimits()
    waits = [_judge(limits, "a.family", _anonymous(f"203.0.113.{number}"), 0.0) for number in range(30)]
    assert waits == [0.0] * 10 + [300.0] * 20
    assert _judge(limits, "a.family", Head("GET", "198.51.100.1", has_token=True), 0.0) == 0
    assert _judge(limits, "b.family", _anonymous("203.0.113.1"), 0.0) == 0


def test_where_the_family_is_at_home_its_apps_may_ask_before_they_show_a_token() -> None:
    limits = WakeLimits()
    for _ in range(50):
        assert _judge(limits, "a.family", _anonymous("2001:db8:1:2::1"), 0.0, ("2001:db8:1:2:ffff::9",)) == 0
    assert _judge(limits, "b.family", _anonymous("2001:db8:1:2::1"), 0.0) == 0


def test_a_refused_wake_costs_nothing() -> None:
    limits = WakeLimits()
    for _ in range(3):
        _judge(limits, "a.family", _anonymous("203.0.113.7"), 0.0)
    for _ in range(100):
        assert _judge(limits, "a.family", _anonymous("203.0.113.7"), 0.0) > 0
    assert _judge(limits, "b.family", _anonymous("203.0.113.7"), 0.0) == 0


def test_whom_an_address_stands_for() -> None:
    assert neighbourhood("203.0.113.7") == "203.0.113.7"
    assert neighbourhood("2001:db8:1:2:aaaa::1") == neighbourhood("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::/64"
    assert neighbourhood("::ffff:203.0.113.7") == "203.0.113.7"
    assert neighbourhood("not an address") == "unreadable"
    for ours in ("", "127.0.0.1", "::1"):
        assert neighbourhood(ours) is None


def test_what_is_read_of_a_request() -> None:
    text = b"GET /_matrix/x HTTP/1.1\r\nHost: a.family\r\nX-FORWARDED-FOR: 203.0.113.7\r\n"
    assert read_head(text + b"\r\nAuthorization: in the body") == Head("GET", "203.0.113.7", False)
    assert read_head(text + b"authorization: X-Matrix origin=b.test\r\n\r\n") == Head("GET", "203.0.113.7", True)
    assert read_head(b"GET /_matrix/x?access_token=1 HTTP/1.1\r\n\r\n") == Head("GET", "", True)
    assert read_head(b"\x00\xff: \r\n") == Head("\x00\ufffd:")
