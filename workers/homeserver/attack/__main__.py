"""Tries every attack and prints what came of each. Started by run.ts."""

import argparse
import json
import re
import sys
import traceback
from collections import Counter

from . import by_app, by_change, by_event, by_invite, by_key, by_request, by_room, by_server, usual  # noqa: F401  each adds its own
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
    trials: list[Trial] = []
    try:
        for one in attacks:
            if asked.only is None or re.search(asked.only, one.sentence):
                for part in one.on:
                    trials.append(Trial())
                    outcomes.append(try_one(world, one, part, trials[-1]))
    finally:
        world.clean()
    return report(Counter(outcomes), trials, asked.json)


def report(count: Counter[Outcome], trials: list[Trial], as_json: bool) -> int:
    attacks = count.total() - count["works"] - count["lost"]
    allowed = count["works"] + count["lost"]
    sys.stdout.write(
        f"\n{attacks} attacks: {count['held']} held, {count['through']} through, {count['impossible']} that no server"
        f" can stop, {count['broken']} that did not run\n{count['works']} of {allowed} things that are allowed work\n"
    )
    seen, opened = sum(one.seen for one in trials), sum(one.opened for one in trials)
    sys.stdout.write(f"strangers' apps saw {seen} encrypted messages of children and opened {opened}\n")
    bad = count["through"] + count["broken"]
    if as_json:
        figures = {"attacks": attacks, "held": count["held"], "leaked": bad, "impossible": count["impossible"]}
        more = {"lost": count["lost"], "encryptedSeen": seen, "encryptedOpened": opened}
        sys.stdout.write(f"{json.dumps({**figures, **more})}\n")
    return 1 if bad or count["lost"] or not count else 0


def _outcome(one: Attack, trial: Trial) -> Outcome:
    if one.is_usual:
        return "lost" if trial.leaks else "works"
    if not trial.leaks:
        return "held"
    return "through" if one.impossible is None else "impossible"


def try_one(world: World, one: Attack, part: str, trial: Trial) -> Outcome:
    outcome: Outcome
    try:
        one.work(world, world.targets[part], trial)
        outcome = _outcome(one, trial)
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
