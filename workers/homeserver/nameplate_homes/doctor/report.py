"""What was found, as sentences for a person or as one object for a program."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from .finding import Finding

_MARKS = {"well": "ok  ", "note": "-   ", "unseen": "?   ", "wrong": "BAD "}


@dataclass(frozen=True)
class Part:
    """The machine, or one home."""

    name: str
    findings: list[Finding]

    @property
    def is_well(self) -> bool:
        return all(finding.level != "wrong" for finding in self.findings)

    def in_full(self) -> list[str]:
        width = max(len(finding.what) for finding in self.findings)
        lines = [f"{_MARKS[one.level]}{one.what.ljust(width)}  {one.words}." for one in self.findings]
        return [self.name, *(f"  {line}" for line in lines)]

    def first_wrong(self) -> list[str]:
        """One line: the first thing that is wrong along the chain, which is usually why the others are."""
        first = next((finding for finding in self.findings if finding.level == "wrong"), None)
        return [] if first is None else [f"  BAD {self.name}  {first.words}."]


def to_do(parts: Iterable[Part]) -> list[str]:
    """What to do next, each once and in order."""
    tasks = dict.fromkeys(one.do for part in parts for one in part.findings if one.level == "wrong")
    return ["What to do next", *(f"  {number}. {task}" for number, task in enumerate(tasks, 1))] if tasks else []


def as_object(parts: list[Part]) -> dict[str, object]:
    found = [
        {"name": part.name, "well": part.is_well, "findings": [asdict(f) for f in part.findings]} for part in parts
    ]
    return {"well": all(part.is_well for part in parts), "parts": found}
