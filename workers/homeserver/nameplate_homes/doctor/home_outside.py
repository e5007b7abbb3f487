"""A home as the world sees it: published files, certificate, and the way through the edge. And its copies elsewhere."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from ..backup.state import read_state
from .amounts import size, span
from .case import Case
from .finding import Finding, note, unseen, well, wrong
from .through_edge import EdgeProblem, Seen, ask_edge

# The edge renews at a third of a certificate's life; at a tenth it has tried for long, and in vain.
_LATE = 0.1
# A night was missed when the latest backup is older than this.
_OLD_SECONDS = 2 * 86_400
_DISCOVERY = "/.well-known/matrix/server"
_PUBLISH = "Let the worker look at this family: it publishes its files anew."


def check_published(case: Case) -> Iterator[Finding]:
    if not case.is_wanted:
        return
    if case.settings.www is None:
        yield unseen("discovery", "Its published files were not looked at: WWW_FOLDER is not set")
        return
    file = case.settings.www / case.name / _DISCOVERY.lstrip("/")
    try:
        where = json.loads(file.read_text())["m.server"]
    except (OSError, ValueError, KeyError, TypeError):
        words = f"{file} is not there or not as it should be: no app and no other server finds the home"
        yield wrong("discovery", words, _PUBLISH)
    else:
        yield well("discovery", f"Other servers are told to find it at {where}")


def check_edge(case: Case) -> Iterator[Finding]:
    edge = case.settings.edge
    if not case.is_wanted:
        return
    if edge is None:
        yield unseen("edge", "The way through the edge was not looked at: EDGE_HTTPS_PORT is not set")
        return
    try:
        seen = ask_edge(edge, case.name, _DISCOVERY)
        yield from _certificate(seen)
        if seen.status != 200:
            yield wrong("edge", f"The edge answers {seen.status} where the home is to be found", _PUBLISH)
        # A question that the host answers for a sleeper.
        way = ask_edge(edge, case.name, "/_matrix/client/versions", "GET" if case.answers else "OPTIONS")
    except EdgeProblem as problem:
        do = (
            "Read the edge's log for this name: no certificate was fetched." if problem.untrusted else "Start the edge."
        )
        yield wrong("edge", f"The edge does not let anybody through to it: {problem}", do)
        return
    if way.status in (200, 204):
        yield well("edge", "The way through the edge to it is open")
    else:
        words = f"Through the edge it answers {way.status}"
        yield wrong("edge", words, "See its process and socket above; if both are well, read the edge's log.")


def _certificate(seen: Seen) -> Iterator[Finding]:
    left = (seen.ends - datetime.now(UTC)).total_seconds()
    words = f"Its certificate is good for another {span(left)}"
    if left < (seen.ends - seen.begins).total_seconds() * _LATE:
        yield wrong("certificate", f"{words} and was not renewed", "Read the edge's log for why it cannot be renewed.")
    else:
        yield well("certificate", words)


def check_backup(case: Case) -> Iterator[Finding]:
    if case.settings.backups is None:
        return
    state = read_state(case.settings.layout, case.name)
    age = state.age_seconds(datetime.now(UTC))
    if state.failed is not None:
        words = f"Its latest backup failed ({state.failed}): {state.reason}"
        yield wrong("backup", words, f"Mend what it says, then run: npm run backups -- backup {case.name}")
    if age is None:
        born = case.files.record.stat().st_mtime if case.files.record.exists() else None
        if born is not None and datetime.now(UTC).timestamp() - born > _OLD_SECONDS:
            yield wrong("backup", "It was never backed up", f"Run: npm run backups -- backup {case.name}")
        else:
            yield note("backup", "It has no backup yet; the first one is made tonight")
    elif age > _OLD_SECONDS:
        words = f"Its latest backup is {span(age)} old"
        yield wrong("backup", words, "Read 'backup' in the host's log, and see that the host ran at night.")
    else:
        yield well("backup", f"Its latest backup is {span(age)} old and has {size(state.bytes or 0)}")
