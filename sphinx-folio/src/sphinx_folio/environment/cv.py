"""The entries of a CV as Sphinx knows them: by page, found by the search, followed by the pages that show them."""

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any, cast, get_args

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment

from sphinx_folio.cv.model import CVEntry, EntryKind
from sphinx_folio.text import search_result

KINDS: dict[str, EntryKind] = {"project-entry" if kind == "project" else kind: kind for kind in get_args(EntryKind)}


class CVDomain(Domain):
    """The entries of each page in their order, and which pages show anything of them."""

    name = "career"
    label = "CV"  # a search result is a “CV position”
    object_types = {kind: ObjType(kind) for kind in get_args(EntryKind)}
    initial_data = {"activities": {}}
    data_version = 3

    @property
    def activities(self) -> dict[str, tuple[CVEntry, ...]]:
        """The entries by the pages that they stand on."""
        return self.data["activities"]  # type: ignore[no-any-return]

    def add(self, activity: CVEntry) -> None:
        """Note an entry of the page being read."""
        self.activities[activity.docname] = (*self.activities.get(activity.docname, ()), activity)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.activities.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        self.activities.update({name: found for name, found in otherdata["activities"].items() if name in docnames})

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing: an entry is no target of references."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every entry, for the search: found by what it is called and by where it was."""
        for each in activities_of(self.env):
            if name := each.title or each.organization or each.unit:
                shown = search_result(each.title, each.organization, each.unit)
                yield name, shown, each.kind, each.docname, each.anchor, 1


def cv_domain(env: BuildEnvironment) -> CVDomain:
    """The domain of a build."""
    return cast("CVDomain", env.domains["career"])


def activities_of(env: BuildEnvironment) -> tuple[CVEntry, ...]:
    """All entries in the order of the site's menu, those of pages that no menu has at the end; none without the domain.

    What an entry is called may be the title of the page that it links to, so ask when all pages have been read.
    """
    if "career" not in env.domains:
        return ()
    pages = cv_domain(env).activities
    order = dict.fromkeys([*env.collect_relations(), *sorted(pages)]) if len(pages) > 1 else pages
    return tuple(called(env, activity) for docname in order for activity in pages.get(docname, ()))


def called(env: BuildEnvironment, activity: CVEntry) -> CVEntry:
    """The entry with the title of the page that it leads to, where it has none of its own."""
    if activity.title or activity.page not in env.titles:
        return activity
    return replace(activity, title=env.titles[activity.page].astext())


def entries_of_cv(app: Sphinx) -> object:
    """The question (see ``dependencies``) what the entries of the CV are."""
    return activities_of(app.env)
