"""What pages depend on: a page is read again, or written again, when the answer to a question has become another.

A page that lists papers asks which papers its filter selects; a page with project cards asks what the CV says of their
periods. One domain keeps each question with the pages that ask it and a checksum of its answer:

* ``read_again(env, question, answer)``: known before pages are read, so compared then (``env-get-outdated``);
* ``write_again(env, question)``: known when all pages have been read, so compared then (``env-updated``).

A question is a value that can be compared and pickled: a function of a module, or a frozen dataclass. It is called with
the application and returns its answer. One that is costly to answer has a method ``is_unchanged(app)`` that can tell
without an answer that this is still the same.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, cast, get_args

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_folio import metadata
from sphinx_folio.html.generated_files import checksum

Question = Callable[[Sphinx], object]
Stage = Literal["read", "write"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(slots=True)
class Asked:
    """A question's answer, as a checksum, and the pages that ask it; ``None`` stands for all pages."""

    answer: str = ""
    pages: set[str] | None = field(default_factory=set)


class DependencyDomain(Domain):
    """The questions of all pages, by the stage in which their answers are compared."""

    name = "folio"
    label = "Dependencies"
    initial_data: ClassVar[dict[str, Any]] = {stage: {} for stage in STAGES}

    def clear_doc(self, docname: str) -> None:
        """Forget what a page asks, and questions that no page asks any more."""
        for stage in STAGES:
            for question, asked in list(self.data[stage].items()):
                if asked.pages is not None:
                    asked.pages.discard(docname)
                    if not asked.pages:
                        del self.data[stage][question]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found."""
        for stage in STAGES:
            for question, asked in otherdata[stage].items():
                if asked.pages and (pages := asked.pages & docnames):
                    mine = self.data[stage].setdefault(question, Asked(asked.answer))
                    mine.pages.update(pages)

    def resolve_any_xref(self, *args: Any) -> list[tuple[str, nodes.reference]]:
        """Nothing can be referred to."""
        return []

    def changed(self, app: Sphinx, stage: Stage) -> Iterator[str]:
        """The pages that ask a question whose answer is another than before; the new answers are kept."""
        for question, asked in self.data[stage].items():
            unchanged = getattr(question, "is_unchanged", None)
            if unchanged and unchanged(app):
                continue
            before, asked.answer = asked.answer, checksum(question(app))
            if asked.answer != before:
                yield from app.env.found_docs if asked.pages is None else asked.pages


def questions_of(env: BuildEnvironment, stage: Stage) -> dict[Question, Asked]:
    """The questions of a stage."""
    return cast("dict[Question, Asked]", env.domains["folio"].data[stage])


def read_again(env: BuildEnvironment, question: Question, answer: object) -> None:
    """Have the page that is being read depend on a question, whose answer it has used."""
    asked = questions_of(env, "read").setdefault(question, Asked())
    asked.answer = checksum(answer)
    cast("set[str]", asked.pages).add(env.docname)


def write_again(env: BuildEnvironment, question: Question, *, every_page: bool = False) -> None:
    """Have the page that is being read, or every page, depend on a question that is answered when all are read."""
    asked = questions_of(env, "write").setdefault(question, Asked())
    if every_page:
        asked.pages = None
    elif asked.pages is not None:
        asked.pages.add(env.docname)


def pages_asking(env: BuildEnvironment, kind: type) -> set[str]:
    """The pages that ask questions of a kind before they are read."""
    found = (asked.pages or () for question, asked in questions_of(env, "read").items() if isinstance(question, kind))
    return {page for pages in found for page in pages} & env.found_docs


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Read these pages again."""
    return set(domain_of(env).changed(app, "read")) & env.found_docs


def updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Write these pages again."""
    return set(domain_of(env).changed(app, "write")) & env.found_docs


def domain_of(env: BuildEnvironment) -> DependencyDomain:
    """The domain of a build."""
    return cast("DependencyDomain", env.domains["folio"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, and when answers are compared."""
    app.add_domain(DependencyDomain)
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", updated, priority=950)  # when the CV's PDFs are made and citations have their labels
    return metadata()
