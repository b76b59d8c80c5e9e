"""The engine of ``scorpio/engine.js`` once more, from the facts and not from that module; slower, and plainer."""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


def mulberry32(seed: int) -> Iterator[float]:
    """The draws of ``random(seed)`` in ``shared/random.js``."""
    mask, state = 0xFFFFFFFF, seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & mask
        mixed = (state ^ state >> 15) * (state | 1) & mask
        mixed ^= mixed + ((mixed ^ mixed >> 7) * (mixed | 61) & mask) & mask
        yield (mixed ^ mixed >> 14) / 2**32


def normal(draws: Iterator[float]) -> float:
    radius = math.sqrt(-2 * math.log(1 - next(draws)))
    return radius * math.cos(2 * math.pi * next(draws))


def workload(rate: float, strict: float, noise: float, seed: int) -> Iterator[dict[str, float]]:
    """512 requests, log-normal with mean 200 and σ 0.9, six classes of promises."""
    draws, arrival = mulberry32(seed), 0.0

    def tokens(value: float) -> int:
        return max(4, min(2048, int(value)))

    def length() -> int:
        return tokens(200 * math.exp(0.9 * normal(draws) - 0.9**2 / 2))

    for number in range(512):
        arrival -= math.log(1 - next(draws)) / rate * 1000
        tpot, ttfts = (30, (500, 2000, 3000)) if next(draws) < strict else (50, (500, 1000, 7500))
        ttft = ttfts[int(next(draws) * 3)]
        prompt, answer = length(), length()
        predicted = tokens(answer * math.exp(noise * normal(draws)))
        yield {
            "id": number,
            "arrival": arrival,
            "input": prompt,
            "output": answer,
            "predicted": predicted,
            "ttft": ttft,
            "tpot": tpot,
        }


def published_workload(rate: float, seed: int) -> list[dict[str, float]]:
    """The requests with which the figures were computed that `facts.md` quotes of its own simulation."""
    draws, arrival, requests = random.Random(seed), 0.0, []  # noqa: S311
    classes = [(500, 30), (2000, 30), (3000, 30), (500, 50), (1000, 50), (7500, 50)]

    def length() -> int:
        return max(4, min(2048, int(draws.lognormvariate(math.log(200) - 0.9**2 / 2, 0.9))))

    for number in range(512):
        arrival += draws.expovariate(rate / 1000)
        ttft, tpot = classes[draws.randrange(6)]
        answer = length()
        prompt = length()
        requests.append(
            {
                "id": number,
                "arrival": arrival,
                "input": prompt,
                "output": answer,
                "predicted": answer,
                "ttft": ttft,
                "tpot": tpot,
            }
        )
    return requests


def step_time(virtual: float, context: float) -> float:
    """α·R·L + β·R + γ·L + δ in ms, with γ = 0."""
    return 6.6e-5 * virtual * context + 0.25 * virtual + 14


def prefill_time(tokens: float) -> float:
    return 25 if tokens <= 256 else 0.09 * tokens + 2


@dataclass
class Served:
    """A request on its way."""

    request: Mapping[str, Any]
    tokens: int = 0
    credit: float = 0
    first: float = math.nan
    end: float = math.nan

    def __getattr__(self, name: str) -> Any:
        return self.request[name]

    @property
    def context(self) -> int:
        return self.input + self.tokens


@dataclass
class Engine:
    """Time, queue and batch."""

    policy: Mapping[str, Any]
    time: float = 0
    queue: list[Served] = field(default_factory=list)
    batch: list[Served] = field(default_factory=list)

    def reject(self) -> None:
        """Turn away who cannot get a first token in time, behind those before them."""
        ahead, hopeful = 0, []
        for one in self.queue:
            if one.arrival + one.ttft - self.time >= prefill_time(ahead + one.input) + 50:
                ahead += one.input
                hopeful.append(one)
        self.queue = sorted(hopeful, key=lambda one: one.arrival + one.ttft)

    def fits(self, joining: list[Served]) -> bool:
        """Whether the last of those who join may do so."""
        together = self.batch + joining
        prompts = sum(one.input for one in joining)
        if len(together) > 256 or prompts > 2048 or sum(one.context for one in together) > 400_000:
            return False
        if not self.policy["tpotGuard"] or len(together) == 1:
            return True
        strictest = min(one.tpot for one in together)
        virtual = sum(strictest / one.tpot for one in together)
        context = 2 * sum(one.context for one in together) / len(together) + joining[-1].predicted
        return step_time(virtual, 0.5 * context) * self.policy["inefficiency"] < 0.99 * strictest

    def having_turn(self) -> list[Served]:
        """Those for whom this decode step is."""
        if not self.policy["credits"]:
            return self.batch
        strictest, turn = min(one.tpot for one in self.batch), []
        for one in self.batch:
            one.credit += 1 if one.tpot == strictest else strictest / one.tpot
            if one.credit >= 1 - 1e-9:
                one.credit = max(0, one.credit - 1)
                turn.append(one)
        return turn

    def work(self) -> None:
        """One turn: a prefill of who may join, or else a decode step."""
        if self.policy["ttftGuard"]:
            self.reject()
        joining = []
        while self.queue and self.fits([*joining, self.queue[0]]):
            joining.append(self.queue.pop(0))
        turn = joining
        if joining:
            self.time += prefill_time(sum(one.input for one in joining))
            self.batch += joining
        elif self.batch:
            turn = self.having_turn()
            self.time += step_time(len(turn), sum(one.context for one in turn) / len(turn))
        for one in turn:
            one.tokens += 1
            one.first = self.time if one.tokens == 1 else one.first
            one.end = self.time if one.tokens == one.output else one.end
        self.batch = [one for one in self.batch if one.tokens < one.output]


def serve(requests: list[Mapping[str, Any]], policy: Mapping[str, Any]) -> list[Served]:
    """What becomes of each request."""
    all_served = [Served(request) for request in requests]
    coming, engine = list(all_served), Engine(policy)
    while coming or engine.queue or engine.batch:
        if not engine.queue and not engine.batch:
            engine.time = max(engine.time, coming[0].arrival)
        while coming and coming[0].arrival <= engine.time:
            engine.queue.append(coming.pop(0))
        engine.work()
    return all_served


def outcome(one: Served) -> dict[str, bool]:
    """What a request met with; no comparison with NaN is true."""
    late = one.first - one.arrival > one.ttft
    slow = one.end - one.first > one.tpot * max(1, one.output - 1)
    rejected = math.isnan(one.first)
    return {"rejected": rejected, "late": late, "slow": slow, "kept": not (rejected or late or slow)}
