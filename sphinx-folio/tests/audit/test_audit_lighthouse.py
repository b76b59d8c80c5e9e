"""The audit sees pages that Lighthouse takes points off."""

from collections.abc import Callable

import pytest

from sphinx_folio.audit import lighthouse
from sphinx_folio.audit.browser import Published

Publish = Callable[[dict[str, str]], Published]

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"><meta name="description" content="A page."></head>
<body><main><h1>Page</h1></main></body></html>"""


def test_a_page_that_is_whole_has_full_points_and_one_without_a_title_has_not(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lighthouse, "RUNS", 1)
    found = list(lighthouse.check(publish({"index.html": PAGE})))
    categories = ["performance", "accessibility", "best-practices", "seo"]
    assert [finding.check for finding in found] == [f"Lighthouse, {name}" for name in categories]
    assert [finding.timed for finding in found] == [
        True,
        False,
        False,
        False,
    ]  # a busy machine loses points of the first
    assert not any(finding.broken for finding in found if not finding.timed)

    untitled = lighthouse.check(publish({"index.html": PAGE.replace("<title>Page</title>", "")}))
    broken = {finding.check: finding.what for finding in untitled if finding.broken and not finding.timed}
    told = "document-title: Document doesn't have a `<title>` element"
    assert broken == {"Lighthouse, accessibility": told, "Lighthouse, seo": told}


@pytest.mark.parametrize(("points", "broken"), [((98, 100, 100), False), ((99, 100, 99), True)])
def test_the_middle_of_three_runs_is_what_counts_for_speed(
    publish: Publish, monkeypatch: pytest.MonkeyPatch, points: tuple[int, ...], broken: bool
) -> None:
    runs = iter(points)

    def report(address: str, *categories: str) -> lighthouse.Report:
        speed = {"score": next(runs) / 100, "auditRefs": [{"id": "blocked", "weight": 1}]}
        others = {name: {"score": 1, "auditRefs": []} for name in lighthouse.CATEGORIES}
        audits = {"blocked": {"score": speed["score"], "title": "Blocked", "displayValue": f"{points}"}}
        return {"categories": others | {"performance": speed}, "audits": audits}

    monkeypatch.setattr(lighthouse, "report", report)
    speed, *_ = lighthouse.check(publish({"index.html": PAGE}))
    assert speed.broken is broken
    assert speed.what == (f"blocked: {points}" if broken else "")


def test_a_page_of_each_kind_is_chosen(publish: Publish) -> None:
    entry, activity = '<p class="publication">Notes</p>', '<p class="activity activity-position">Position</p>'
    paper = '<meta name="citation_title" content="Notes">'
    pages = {
        "index.html": entry,
        "works/index.html": entry * 2,
        "papers/a.html": paper,
        "papers/b.html": paper,
        "projects/engine.html": "<model-figure></model-figure>",
        "vita.html": activity + entry * 2,
    }
    pages = {name: f"<body>{body}</body>" for name, body in pages.items()}
    assert lighthouse.chosen(publish(pages)) == ["index", "works/index", "papers/a", "projects/engine", "vita"]


def test_a_site_of_one_page_has_one_kind(publish: Publish) -> None:
    assert lighthouse.chosen(publish({"index.html": PAGE})) == ["index"]
