"""The pipeline of ``mlora/pipeline.js`` once more, clock tick by clock tick; passes take whole numbers of ticks."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Pass = Literal["F", "B"]
Schedule = Literal["gpipe", "1f1b", "lorapp"]


class Batch(NamedTuple):
    """A micro-batch of an adapter's mini-batch."""

    adapter: int
    round: int
    micro: int


class Event(NamedTuple):
    """A pass of a micro-batch on a stage."""

    start: int
    end: int
    stage: int
    kind: Pass
    batch: Batch


@dataclass
class Stage:
    """What a stage does now, and what waits there."""

    running: Event | None = None
    forward: deque[Batch] = field(default_factory=deque)
    backward: deque[Batch] = field(default_factory=deque)
    held: int = 0


@dataclass
class Pipeline:
    """D stages, L adapters and N micro-batches in a mini-batch."""

    schedule: Schedule
    stages: int
    adapters: int
    micro: int
    forward: int
    backward: int
    line: list[Stage] = field(default_factory=list)
    left: list[int] = field(default_factory=list)

    def run(self, rounds: int) -> Iterator[Event]:
        """Every pass, when it begins."""
        self.line = [Stage() for _ in range(self.stages)]
        self.left = [rounds * self.micro] * self.adapters
        for adapter in range(self.adapters if self.schedule == "lorapp" else 1):
            self.begin(adapter, 0)
        now = 0
        while any(stage.running or stage.forward or stage.backward for stage in self.line):
            for stage in self.line:
                if stage.running and stage.running.end == now:
                    self.finish(stage.running, rounds)
                    stage.running = None
            for number, stage in enumerate(self.line):
                if not stage.running and (kind := self.choose(stage, number)):
                    stage.running = self.start(stage, number, kind, now)
                    yield stage.running
            now += 1

    def begin(self, adapter: int, number: int) -> None:
        """Send the micro-batches of an adapter's mini-batch to the first stage."""
        self.line[0].forward.extend(Batch(adapter, number, micro) for micro in range(self.micro))

    def finish(self, event: Event, rounds: int) -> None:
        """Hand a micro-batch on, or the adapter its update."""
        number, batch = event.stage, event.batch
        if event.kind == "F" and number + 1 < self.stages:
            self.line[number + 1].forward.append(batch)
        elif event.kind == "F":
            self.line[number].backward.append(batch)
        elif number > 0:
            self.line[number - 1].backward.append(batch)
        else:
            self.update(batch.adapter, rounds)

    def update(self, adapter: int, rounds: int) -> None:
        """After the last micro-batch is back, begin what may begin then."""
        self.left[adapter] -= 1
        follower = adapter if self.schedule == "lorapp" else (adapter + 1) % self.adapters
        done = rounds - self.left[follower] // self.micro
        if self.left[adapter] % self.micro == 0 and self.left[follower]:
            self.begin(follower, done)

    def choose(self, stage: Stage, number: int) -> Pass | None:
        """What a free stage does: the pass that its schedule prefers, if there is one, or else the other."""
        room = self.stages - number if self.schedule == "1f1b" else self.adapters * self.micro
        can: dict[Pass, bool] = {"F": bool(stage.forward) and stage.held < room, "B": bool(stage.backward)}
        order: tuple[Pass, Pass] = ("F", "B") if self.schedule == "gpipe" else ("B", "F")
        return next((kind for kind in order if can[kind]), None)

    def start(self, stage: Stage, number: int, kind: Pass, now: int) -> Event:
        """Begin a pass."""
        stage.held += 1 if kind == "F" else -1
        if kind == "F":
            return Event(now, now + self.forward, number, kind, stage.forward.popleft())
        return Event(now, now + self.backward, number, kind, stage.backward.popleft())
