"""What ``dlrover/*.js`` computes, once more and in another way: by search instead of by formula."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product


def throughput(a: float, b: float, workers: float, servers: float) -> float:
    """1/Ψ = a/w + b/p."""
    return workers * servers / (a * servers + b * workers)


def fit(measurements: list[tuple[float, float, float]], rounds: int = 5000) -> tuple[float, float]:
    """Least squares of relative errors without negative constants, by coordinate descent."""
    rows = [(speed / workers, speed / servers) for workers, servers, speed in measurements]
    xx, xy, yy = (sum(row[i] * row[j] for row in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
    x1, y1 = (sum(row[i] for row in rows) for i in (0, 1))
    a = b = 0.0
    for _ in range(rounds):
        a = max(0, (x1 - xy * b) / xx)
        b = max(0, (y1 - xy * a) / yy)
    return a, b


def autoscale(
    a: float, b: float, start: tuple[int, int], budget: float, server_cost: float, *, servers_too: bool
) -> Iterator[tuple[int, int]]:
    """Greedy steps: most throughput for the money, no speed ratio below 0.2, at most 64 workers and 32 servers."""
    workers, servers = start
    while True:
        yield workers, servers
        now, options = throughput(a, b, workers, servers), []
        for more in (1, 0) if servers_too else (1,):
            plan = workers + more, servers + 1 - more
            gain = throughput(a, b, *plan) - now
            count, price = (workers, 1) if more else (servers, server_cost)
            affordable = plan[0] + server_cost * plan[1] <= budget and plan[0] <= 64 and plan[1] <= 32
            if affordable and gain / now * count >= 0.2:
                options.append((gain / price, more, plan))
        if not options:
            return
        workers, servers = max(options)[2]


def front(a: float, b: float, server_cost: float) -> list[tuple[float, float]]:
    """Costs and throughputs of the plans that no other beats or equals at its cost or less."""
    plans = [
        (workers + server_cost * servers, throughput(a, b, workers, servers))
        for workers, servers in product(range(1, 65), range(1, 33))
    ]
    best: dict[float, float] = {}
    for cost, speed in plans:
        best[cost] = max(speed, best.get(cost, 0))
    return [(cost, best[cost]) for cost in sorted(best) if all(best[less] < best[cost] for less in best if less < cost)]


def job_time(speeds: list[float], work: float, interval: float) -> Fraction:
    """Minutes until the work is done, each speed for an interval and the last one until the end; exact."""
    time, left = Fraction(0), Fraction(work)
    for speed in map(Fraction, speeds[:-1]):
        spent = min(Fraction(interval), left / speed)
        time, left = time + spent, left - spent * speed
        if not left:
            return time
    return time + left / Fraction(speeds[-1])
