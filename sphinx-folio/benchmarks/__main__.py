"""Measure ours beside the stock directive: ``python -m benchmarks``; the README beside this file says what and how."""
# ruff: noqa: T201 (a command)

import argparse
import sys

from benchmarks import browser, builds, editing, small_site
from benchmarks.report import Finding, table
from benchmarks.sites import LISTS

KINDS = ("stock", "ours", "raw", "empty")
PARTS = ("builds", "seven", "browser", "editing")


def main() -> int:
    """Measure what is asked for, print it, and say 1 where a budget is missed."""
    options = arguments()
    if options.profile:
        builds.profile(options.sizes[0])
        return 0
    found: list[Finding] = []
    if "builds" in options.only:
        costs = builds.measure(options.sizes, options.kinds, 1 if options.quick else builds.TURNS)
        found += builds.findings(costs, options.sizes)
    if "seven" in options.only:
        found += small_site.findings(3 if options.quick else small_site.TURNS)
    if "browser" in options.only:
        found += browser.findings(options.kinds, 1 if options.quick else 3)
    if "editing" in options.only:
        found += editing.findings(3 if options.quick else editing.TURNS)
    print(table(found))
    return any(finding.verdict == "missed" for finding in found)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, metavar="N", help="how many entries (1000 10000)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="leave out the rest")
    parser.add_argument("--kinds", nargs="+", choices=LISTS, default=KINDS, help="which lists are built")
    parser.add_argument("--quick", action="store_true", help="each build once, of 1,000 entries: an impression")
    parser.add_argument("--profile", action="store_true", help="instead, what a cold build of ours spends its time on")
    options = parser.parse_args()
    options.sizes = options.sizes or ([1_000] if options.quick else [1_000, 10_000])
    return options


if __name__ == "__main__":
    sys.exit(main())
