"""What the module's judge says of generated rules, for the test that holds the pages' sentences against it.

Reads one JSON list: each has a `household`, whom to ask about (`others`, whole Matrix ids) and a moment (`at`, UTC).
"""

import json
import sys
from datetime import datetime
from typing import Any

from nameplate_rules.judge import Judge
from nameplate_rules.rules import rules_of

HOME = "smith.family"


def verdicts(asked: dict[str, Any]) -> list[dict[str, Any]]:
    rules, now = rules_of(asked["household"]), datetime.fromisoformat(asked["at"])
    judge = Judge(HOME, lambda: rules, lambda: now)
    child = rules.children["mia"]
    return [
        {
            "meets": judge.may_meet(child, other),
            "shares": judge.may_share_a_room(child, other),
            "asks": judge.asks_about(child, other),
            "hidden": judge.hides_invites_of(child, other),
            "rests": judge.rests(child),
        }
        for other in asked["others"]
    ]


if __name__ == "__main__":
    json.dump([verdicts(asked) for asked in json.load(sys.stdin)], sys.stdout)
