"""Sizes and times as people say them."""

from datetime import UTC, datetime

_SIZES = ("bytes", "KB", "MB", "GB", "TB")


def size(count: float) -> str:
    """1024 times each; 1536 is 1.5 KB."""
    place = 0
    while count >= 1024 and place < len(_SIZES) - 1:
        count, place = count / 1024, place + 1
    unit = _SIZES[place]
    return f"{count:.0f} {unit}" if count >= 10 or unit == "bytes" else f"{count:.1f} {unit}"


def span(seconds: float) -> str:
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        # Two hours are said in hours, one and a half in minutes.
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}s"
    return f"{seconds:.0f} seconds"


def moment(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d %H:%M UTC")
