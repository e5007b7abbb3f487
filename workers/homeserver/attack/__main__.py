"""Tries every attack and prints what came of each. Started by run.ts."""

import argparse
import json
import re
import sys
import traceback

from . import by_event, by_invite, by_key, by_request, by_room  # noqa: F401  each adds its attacks
from .trial import Attack, Outcome, Trial, attacks
from .world import World


def main() -> int:
    parser = argparse.ArgumentParser(prog="npm run attack --")
    parser.add_argument("--only", help="attacks whose sentence this regular expression finds")
    parser.add_argument("--without-rules", action="store_true", help="on the same home without rules")
    parser.add_argument("--json", action="store_true", help="end with one line of figures")
    asked = parser.parse_args()
    world = World(has_rules=not asked.without_rules)
    outcomes: list[Outcome] = []
    try:
        for one in attacks:
            if asked.only is None or re.search(asked.only, one.sentence):
                outcomes += [try_one(world, one, part) for part in one.on]
    finally:
        world.clean()
    count = {kind: outcomes.count(kind) for kind in ("held", "through", "impossible", "broken")}
    sys.stdout.write(
        f"\n{len(outcomes)} attacks: {count['held']} held, {count['through']} through, {count['impossible']} that no"
        f" server can stop, {count['broken']} that did not run\n"
    )
    if asked.json:
        figures = {"attacks": len(outcomes), "held": count["held"], "leaked": count["through"] + count["broken"]}
        sys.stdout.write(f"{json.dumps({**figures, 'impossible': count['impossible']})}\n")
    return 1 if count["through"] or count["broken"] or not outcomes else 0


def try_one(world: World, one: Attack, part: str) -> Outcome:
    trial = Trial()
    outcome: Outcome
    try:
        one.work(world, world.targets[part], trial)
        outcome = "held" if not trial.leaks else "through" if one.impossible is None else "impossible"
    except Exception:
        traceback.print_exc()
        outcome = "broken"
    if trial.took is None:
        trial.end()
    leaked = ", ".join([*trial.leaks, *(f"({note})" for note in trial.notes)]) or "-"
    if outcome == "impossible":
        leaked += f": {one.impossible}"
    sys.stdout.write(f"{outcome:10}  {(trial.took or 0) * 1000:6.0f} ms  {part}  {one.sentence}  |  {leaked}\n")
    sys.stdout.flush()
    return outcome


if __name__ == "__main__":
    sys.exit(main())
