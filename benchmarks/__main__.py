"""Measure ours beside the stock directive: ``python benchmarks``; the README beside this file says what and how."""
# ruff: noqa: T201 (a command)

import argparse
import sys

import builds
from report import Finding, table
from sites import LISTS

PARTS = ("builds", "seven", "browser")


def main() -> int:
    """Measure what is asked for, print it, and say 1 where a budget is missed."""
    options = arguments()
    found: list[Finding] = []
    if "builds" in options.only:
        costs = builds.measure(
            options.sizes, lambda size: 3 if size <= 1_000 and not options.quick else 1, options.kinds
        )
        found += builds.findings(costs, options.sizes)
    print(table(found))
    return any(finding.verdict == "missed" for finding in found)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python benchmarks", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000], metavar="N", help="how many entries")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="leave out the rest")
    parser.add_argument("--kinds", nargs="+", choices=LISTS, default=list(LISTS), help="which lists are built")
    parser.add_argument("--quick", action="store_true", help="1,000 entries, once: a first impression")
    options = parser.parse_args()
    if options.quick:
        options.sizes = [1_000]
    return options


if __name__ == "__main__":
    sys.exit(main())
