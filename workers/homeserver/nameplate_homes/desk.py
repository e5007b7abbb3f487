"""Answers what the worker and staff ask about homes: state, list, converge, wait, wake, listen, metrics, become."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from .fork import SERVED_VERSION
from .home import Waiter
from .host import Host
from .loop import Loop
from .manifest import is_home_name, is_version
from .status import Answer, Reply

_UNKNOWN: Answer = {"state": "unknown"}
# Nobody should hold a question open longer: the asker's own patience ends first.
_LONGEST_WAIT_SECONDS = 300.0


class Desk:
    def __init__(self, loop: Loop, host: Host) -> None:
        self._loop = loop
        self._host = host
        self._began = round(time.time(), 3)
        self._verbs: dict[str, Callable[[dict[str, Any], Reply], None]] = {
            "state": self._state,
            "list": self._list,
            "converge": self._converge,
            "wait": self._wait,
            "wake": self._wake,
            "listen": self._listen,
            "metrics": self._metrics,
            "become": self._become,
        }

    def handle(self, question: dict[str, Any], reply: Reply) -> None:
        verb = self._verbs.get(str(question.get("do")))
        name = question.get("name")
        if verb is None:
            reply({"error": f"do is one of {', '.join(self._verbs)}"})
        elif name is not None and not (isinstance(name, str) and is_home_name(name)):
            reply(_UNKNOWN)
        else:
            verb(question, reply)

    def _state(self, question: dict[str, Any], reply: Reply) -> None:
        home = self._host.homes.get(question.get("name", ""))
        reply(home.describe() if home is not None else _UNKNOWN)

    def _list(self, _question: dict[str, Any], reply: Reply) -> None:
        homes = sorted(self._host.homes.values(), key=lambda home: home.name)
        host = {"held_by": self._host.held_by, "version": SERVED_VERSION}
        reply({"homes": [{"name": home.name, **home.describe()} for home in homes], **host})

    def _converge(self, question: dict[str, Any], reply: Reply) -> None:
        """Look now. With a name: at this home alone, and without waiting for the end of a pause after a failure."""
        name = question.get("name")
        if name is None:
            self._host.look_at_all()
            reply({"homes": len(self._host.homes)})
            return
        home = self._host.look_at(name)
        if home is None:
            reply(_UNKNOWN)
            return
        if home.failure is not None:
            self._host.forgive(home)
        reply(home.describe())

    def _wait(self, question: dict[str, Any], reply: Reply) -> None:
        """Answers when the home is as its manifest wants, or failed, or when the time is over."""
        self._when(question, reply, awake=False)

    def _wake(self, question: dict[str, Any], reply: Reply) -> None:
        """Wakes the home if it sleeps, and answers when it runs, or failed, or when the time is over.

        With `briefly` it sleeps again as soon as it was seen running, unless somebody uses it.
        """
        self._when(question, reply, awake=True)

    def _when(self, question: dict[str, Any], reply: Reply, awake: bool) -> None:
        seconds = question.get("seconds", 0)
        if not isinstance(seconds, int | float) or not 0 <= seconds <= _LONGEST_WAIT_SECONDS:
            reply({"error": f"seconds is a number from 0 to {_LONGEST_WAIT_SECONDS:.0f}"})
            return
        home = self._host.look_at(question.get("name", ""))
        if home is None:
            reply(_UNKNOWN)
            return
        if awake and home.may_run:
            self._host.wake(home, "upgrade" if question.get("briefly") is True else "asked")
        if home.state == "failed" or (home.state == "running" if awake else home.as_wanted):
            reply(home.describe())
        else:

            def give_up() -> None:
                home.waiters.remove(waiter)
                reply(home.describe())

            waiter = Waiter(reply, self._loop.after(seconds, give_up), awake)
            home.waiters.append(waiter)

    def _listen(self, _question: dict[str, Any], reply: Reply) -> None:
        self._host.events.listen(reply)

    def _become(self, question: dict[str, Any], reply: Reply) -> None:
        """Another host, serving this version, takes this one's place within two seconds; homes live on."""
        version = question.get("version")
        if not isinstance(version, str) or not is_version(version):
            reply({"error": "version is a Synapse version such as 1.163.2"})
        elif (problem := self._host.become(version)) is not None:
            reply({"error": problem.reason, "code": problem.code})
        else:
            reply({"becoming": version})

    def _metrics(self, _question: dict[str, Any], reply: Reply) -> None:
        """How many are in each state, what was counted since this host began, and the memory of each that is awake."""
        homes = self._host.homes.values()
        states = Counter(home.state for home in homes)
        failing = Counter(problem.code for home in homes if (problem := home.problem) is not None)
        host = {"version": SERVED_VERSION, "began": self._began, "held_by": self._host.held_by}
        host |= {"memory_bytes": self._host.memory_bytes()}
        reply({"states": dict(states), "failing": dict(failing), **self._host.events.numbers(), **host})
