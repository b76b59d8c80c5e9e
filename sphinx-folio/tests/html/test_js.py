"""A reader is sent scripts without the comments that are for whoever reads the source."""

from collections.abc import Callable

from conftest import Built, Project

SCRIPT = """\
/*! A license that has to go along. */
// A comment.
const said = `a  // template`;   /* another */
console.log(said.replace(/ \\/\\/ /, "//"));
"""
LEAN = """\
/*! A license that has to go along. */const said=`a  // template`;console.log(said.replace(/ \\/\\/ /,"//"))"""


def script(built: Built) -> str:
    return (built.output / "_static/own.js").read_text("utf-8")


def test_scripts_are_published_without_comments_but_for_licenses(project: Callable[[str], Project]) -> None:
    copy = project("policy")
    copy.write("_static/own.js", SCRIPT)
    assert script(copy.build(html_static_path=["_static"])).strip() == LEAN
    copy.write("other.md", "# Another\n")
    assert script(copy.build(html_static_path=["_static"])).strip() == LEAN


def test_in_a_preview_they_are_as_they_were_written(project: Callable[[str], Project]) -> None:
    copy = project("policy")
    copy.write("_static/own.js", SCRIPT)
    copy.write("conf.py", f"{(copy.source / 'conf.py').read_text('utf-8')}\ntags.add('live')\n")
    assert script(copy.build(html_static_path=["_static"])) == SCRIPT
