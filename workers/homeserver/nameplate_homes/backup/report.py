"""What a drill found, in sentences."""

from .restore import Restored


class Report:
    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[str] = []
        self.good = True

    def check(self, words: str, holds: bool, more: str = "") -> None:
        self.good = self.good and holds
        self._lines.append(f"  {'yes' if holds else 'NO '}  {words}{f' ({more})' if more else ''}")

    def note(self, words: str) -> None:
        self._lines.append(f"  -    {words}")

    def restored(self, done: Restored) -> None:
        contents, counts = done.contents, done.contents.counts
        self.check(f"the backup of {contents.made} opens and restores", True, f"{done.seconds:.1f} s")
        held = f"{counts.users} accounts, {counts.rooms} rooms, {counts.events} events, {counts.media} media"
        self.check("the database holds what the backup's contents say", True, held)

    def started(self, version: str, seconds: float) -> None:
        self.check("the homeserver starts on it", True, f"backed up from Synapse {version}, {seconds:.1f} s")

    def text(self) -> str:
        end = "The backup is good." if self.good else "THE BACKUP IS NOT GOOD."
        return "\n".join([f"Drill of {self._name}", *self._lines, end, ""])
