"""The figures on the pages of the seven projects, as visitors use them; what all figures do is in test_model_figure."""

import pytest
from playwright.sync_api import Locator, Page, expect

from sphinx_folio.audit.access import violations
from sphinx_folio.audit.figures import COLLISIONS, LONG_TASKS

from .conftest import ROOT, Visit

PAGES = sorted(path.stem for path in (ROOT / "projects").glob("*.md") if path.stem != "index")
SLOWLY = 30_000  # milliseconds that a figure may take on a busy machine
LOADS = 3  # of which the best counts: what else a machine does makes tasks long that are not

every_page = pytest.mark.parametrize("name", PAGES)

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shifts.push(value); })
  .observe({ type: "layout-shift" });
"""
# Move a control by a quarter of its way, or to another choice, and back: whether what is shown became another, and then
# the same again.
CHANGE = """
async (control) => {
  const figure = control.closest("model-figure");
  const shown = () => [...figure.querySelectorAll(".model-numbers, .model-drawing")].map(e => e.innerHTML).join();
  const until = async (done) => {
    for (let i = 0; i < 400 && !done(); i += 1) await new Promise(resolve => setTimeout(resolve, 50));
    return done();
  };
  const put = (name, value) => {
    control[name] = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const before = shown(), { type, value, max, checked } = control;
  if (type === "checkbox") put("checked", !checked);
  else if (type === "range") put("value", (+value + Math.ceil(max / 4)) % (+max + 1));
  else put("value", [...control.options].find(option => option.value !== value).value);
  const another = await until(() => shown() !== before);
  put(...type === "checkbox" ? ["checked", checked] : ["value", value]);
  return another && await until(() => shown() === before);
}
"""


def live(page: Page) -> Locator:
    """The figure, once it says its numbers and all of it is drawn."""
    figure = page.locator("figure.model")
    page.evaluate("document.querySelector('figure.model').scrollIntoView()")
    expect(figure.locator(".model-says")).not_to_be_empty(timeout=SLOWLY)
    expect(figure.locator(".model-drawing:empty")).to_have_count(0, timeout=SLOWLY)
    return figure


@every_page
def test_the_page_answers_while_its_figure_comes_and_nothing_jumps(visit: Visit, name: str) -> None:
    longest: list[float] = []
    while not longest or (min(longest) >= 50 and len(longest) < LOADS):
        page = visit.open(f"projects/{name}.html")
        page.wait_for_load_state("networkidle")
        page.evaluate(LONG_TASKS + SHIFTS)
        live(page)
        page.wait_for_timeout(100)
        longest.append(max(page.evaluate("window.long"), default=0))
        assert sum(page.evaluate("window.shifts")) < 0.02
        page.context.close()
    assert min(longest) < 50


@every_page
def test_every_control_is_reached_by_tab_and_changes_what_is_shown(visit: Visit, name: str) -> None:
    page = visit.open(f"projects/{name}.html")
    page.set_viewport_size({"width": 1280, "height": 2400})  # all of it is seen, so all of it is drawn
    figure = live(page)
    controls = figure.locator(".model-controls :is([type=range], select, [role=switch])")
    wanted = controls.evaluate_all("all => all.filter(e => !e.disabled).map(e => e.id)")
    for idle in figure.locator(".model-idle").all():
        expect(idle.locator("[id$=-help]")).to_contain_text(".")
    assert len(wanted) + figure.locator(".model-idle").count() == controls.count()
    reached: list[str] = []
    figure.locator("figcaption a").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
        if reached[-1] == wanted[-1]:
            break
    assert [each for each in reached if each in wanted] == wanted
    dead = [each for each in wanted if not page.locator(f"#{each}").evaluate(CHANGE)]
    assert dead == []


@every_page
def test_on_a_phone_nothing_is_cut_off_or_moves(visit: Visit, name: str) -> None:
    page = visit.open(f"projects/{name}.html", width=375, reduced_motion="reduce")
    figure = live(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 375
    for drawing in figure.locator(".model-drawing > svg").all():
        assert drawing.evaluate(COLLISIONS) == []
    moving = figure.locator("*").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).transitionDuration !== '0s'"
        " || getComputedStyle(e).animationName !== 'none').length"
    )
    assert moving == 0


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_whose_figure_is_alive(visit: Visit, name: str, scheme: str) -> None:
    page = visit.open(f"projects/{name}.html", scheme=scheme)
    figure = live(page)
    for summary in figure.locator("summary").all():
        summary.click()
    page.evaluate("scrollTo(0, 0)")  # Furo's “Back to top” is its own
    expect(page.get_by_text("Back to top")).to_be_hidden()
    assert violations(page) == []
    assert visit.errors == []


@every_page
def test_paper_has_the_drawings_and_the_settings_they_were_made_with(visit: Visit, name: str) -> None:
    page = visit.open(f"projects/{name}.html")
    expect(page.locator("figure.model").get_by_role("img").first).to_be_visible()  # the picture, if printed at once
    figure = live(page)
    labels = figure.locator(".model-control > label").all_text_contents()
    expect(figure.locator(".model-set")).to_be_hidden()
    page.emulate_media(media="print")
    for drawing in figure.locator(".model-drawing > svg").all():
        expect(drawing).to_be_visible()
    expect(figure.get_by_role("form")).to_have_count(0)
    expect(figure.locator(".model-set")).to_be_visible()
    settings = figure.locator(".model-set").text_content() or ""
    assert [label for label in labels if f"{label.partition(' (')[0]}: " not in settings] == []
