"""The audit sees what a reader without a mouse runs into."""

from collections.abc import Callable

import pytest

from sphinx_folio.audit import keyboard
from sphinx_folio.audit.browser import Published

Publish = Callable[[dict[str, str]], Published]

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta name="viewport" content="width=device-width"><title>Notes</title><style>
.skip { position: fixed; top: 0; z-index: 1; background: white; transform: translateY(-200%) }
.skip:focus { transform: none }
.overlay { position: fixed; inset: 0; display: none; background: gray }
.sidebar-drawer { position: fixed; inset: 0 auto 0 0; width: 10rem; background: white }
#__navigation { opacity: 0 }
body:has(#__navigation:focus-visible) :is(label, .overlay) { outline: 2px solid; outline-offset: -2px }
@media (max-width: 500px) {
    .sidebar-drawer { visibility: hidden; left: -10rem }
    body:has(#__navigation:checked) .sidebar-drawer { visibility: visible; left: 0 }
    body:has(#__navigation:checked) .overlay { display: block }
}
@media (min-width: 501px) { header { display: none } article { margin-left: 10rem } }
article { margin-top: 3rem }
</style></head>
<body>
<label class="overlay" for="__navigation"></label>
<a class="skip" href="#text">Skip to the text</a>
<header>
<input type="checkbox" id="__navigation" class="sidebar-toggle" aria-label="Menu"><label for="__navigation">Menu</label>
</header>
<aside class="sidebar-drawer"><a href="#">Home</a> <a href="#text">Papers</a></aside>
<article id="text">
<h1>Notes</h1>
<p><a href="#first">First</a> and <button type="button">second</button></p>
<p style="margin-top: 120vh">
<label><input type="radio" name="unit" checked> m</label> <label><input type="radio" name="unit"> s</label>
</p>
<details><summary>More</summary><a href="#folded">Folded</a></details>
</article>
<script>
const toggle = document.getElementById("__navigation")
const behind = document.querySelectorAll(".skip, article")
toggle.addEventListener("change", () => { behind.forEach((each) => { each.inert = toggle.checked }) })
</script>
</body>
</html>
"""
FIRST = '<a href="#first">'
HELD = "<script>document.querySelector('button').onkeydown = (event) => event.preventDefault()</script>"
ELSEWHERE = "<script>onhashchange = () => document.querySelector('a').focus()</script>"
EMPTY = '<a href="#first" style="display: inline-block; width: 0; height: 0; overflow: hidden">'


def broken(publish: Publish, page: str) -> dict[str, str]:
    return {each.check: each.what for each in keyboard.check(publish({"notes.html": page})) if each.broken}


def test_a_whole_page_has_no_fault(publish: Publish) -> None:
    found = list(keyboard.check(publish({"notes.html": PAGE})))
    assert [each.what for each in found] == ["", "", ""]
    assert [each.check for each in found] == [keyboard.STOPS, keyboard.SKIP, keyboard.DRAWN]


@pytest.mark.parametrize(
    ("whole", "fault", "told"),
    [
        (FIRST, '<a href="#first" style="outline: none">', "looks the same without the focus: <a href="),
        (FIRST, '<a href="#first" style="position: absolute; left: -999px">', "is out of the window: <a href="),
        (FIRST, '<a href="#first" style="opacity: 0">', "cannot be seen: <a href="),
        (FIRST, EMPTY, "cannot be seen: <a href="),
        ("</article>", '</article><p style="position: fixed; inset: 0">Cookies!</p>', "is covered by <p style="),
        ("<button", '<button tabindex="1"', "comes too late: "),
        ("</body>", f"{HELD}</body>", "does not let go of the focus: <button"),
        ("</body>", f"{HELD}</body>", "is no stop: <summary>"),
        (">Folded<", ' style="outline: none">Folded<', "looks the same without the focus"),
        ("second", "second</button> <button onfocus='this.remove()'>lost", "comes after the focus was lost at "),
    ],
)
def test_a_stop_with_a_fault_is_told(publish: Publish, whole: str, fault: str, told: str) -> None:
    assert whole in PAGE
    said = broken(publish, PAGE.replace(whole, fault))[keyboard.STOPS]
    assert f"1280 px: {told}" in said
    assert f"375 px: {told}" in said


@pytest.mark.parametrize(
    ("whole", "fault", "told"),
    [
        ('href="#text">Skip', 'href="#txet">Skip', "leads nowhere: "),
        ('href="#text">Skip', 'href="other.html">Skip', "the first stop is no link into the page: <a class"),
        ('class="skip"', 'class="skip" tabindex="-1"', "the first stop is no link into the page: "),
        ("</body>", f"{ELSEWHERE}</body>", "the focus stays before where it leads: <a href="),
    ],
)
def test_a_skip_link_that_does_not_skip_is_told(publish: Publish, whole: str, fault: str, told: str) -> None:
    assert whole in PAGE
    assert told in broken(publish, PAGE.replace(whole, fault))[keyboard.SKIP]


@pytest.mark.parametrize(
    ("whole", "fault", "told"),
    [
        ("#__navigation { opacity: 0 }", "#__navigation { display: none }", "menu: cannot be opened"),
        (":checked) .sidebar-drawer", ":chequed) .sidebar-drawer", "menu: cannot be opened"),
        ("Papers", '<span tabindex="0" style="outline: none">Papers</span>', "menu: looks the same without the focus"),
        ("<aside", '<p><a href="#top">Top</a></p><aside', "menu: the focus does not go into it, but to <a href"),
        ("inert = toggle.checked", "lang = 'en'", "menu: the page behind takes the focus: <a href"),
        ("left: 0 }", "left: 0; width: 100% }", "menu: what closes it is covered by "),
        ('change", () => {', 'change", () => { toggle.checked = true;', "menu: cannot be closed"),
    ],
)
def test_a_drawer_with_a_fault_is_told_where_it_is_one(publish: Publish, whole: str, fault: str, told: str) -> None:
    assert whole in PAGE
    said = broken(publish, PAGE.replace(whole, fault))[keyboard.DRAWN]
    assert f"375 px: {told}" in said
    assert "1280 px" not in said


def test_a_closed_drawer_whose_links_take_the_focus_is_told(publish: Publish) -> None:
    said = broken(publish, PAGE.replace("visibility: hidden; left", "left"))[keyboard.STOPS]
    assert "375 px: is out of the window: " in said
    assert "1280 px" not in said
