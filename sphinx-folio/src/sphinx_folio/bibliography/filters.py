"""Choose publications with an expression: ``year >= 2024 and project == "projects/engine"``.

A name is a field of the entry (empty where the entry has none) or one of ``FILTER_NAMES``; ``and or not``, comparisons,
``in`` and ``not in`` work as in Python, nothing else does: no calls, no attributes. What may hold several values
(``role``, ``keywords``, ``type``) equals each of them.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import get_args

from sphinx_folio.bibliography.container import author_list
from sphinx_folio.bibliography.dates import Status
from sphinx_folio.bibliography.library import Library
from sphinx_folio.bibliography.names import Role
from sphinx_folio.bibliography.publication import Publication
from sphinx_folio.bibtex.datamodel import TYPE_ALIASES, TYPE_NAMES, standard_name
from sphinx_folio.text import did_you_mean

Value = str | int | bool | frozenset["Value"]


def types(publication: Publication) -> frozenset["Value"]:
    """The type of a publication under each of its names: a ``phdthesis`` is a ``thesis`` too."""
    said = publication.text("type")
    names = (alias for alias, name in TYPE_ALIASES.items() if name == publication.type)
    return frozenset({publication.type, *(name for name in names if TYPE_NAMES.get(name, said) == said)})


FILTER_NAMES: dict[str, Callable[[Publication], Value]] = {
    "key": lambda publication: publication.key,
    "type": types,
    "year": lambda publication: publication.year or 0,
    "venue": lambda publication: publication.venue,
    "status": lambda publication: publication.status,
    "role": lambda publication: frozenset(publication.roles),
    "keywords": lambda publication: frozenset(publication.keywords),
    "author": lambda publication: author_list(publication.authors),
    "doi": lambda publication: publication.doi,
    "arxiv": lambda publication: publication.arxiv,
    "project": lambda publication: publication.project,
    "selected": lambda publication: publication.selected,
}
# Names that have one of a few values.
KNOWN_VALUES = {"role": get_args(Role), "status": get_args(Status)}
COMPARISONS: dict[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, container: item in container,  # type: ignore[operator]
    ast.NotIn: lambda item, container: item not in container,  # type: ignore[operator]
}
TRUTH = {"true", "false"}
NEGATIONS = {COMPARISONS[ast.NotEq], COMPARISONS[ast.NotIn]}
FIELD = "a field of an entry, or " + " or ".join(FILTER_NAMES)
KEY = "that of an entry in a .bib file of this site"
EXAMPLE = 'expected an expression such as: year >= 2024 and project == "projects/name"'


class QueryError(ValueError):
    """An expression that this module does not understand; the message names what was expected."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed filter expression.

    >>> Query.parse('year >= 2024 and role == "first"').select(library.publications)  # doctest: +SKIP
    [Publication(key='engine', …)]
    """

    tree: ast.expr

    @classmethod
    def parse(cls, expression: str) -> "Query":
        """Parse an expression; raises QueryError where it is not in the language described above."""
        try:
            tree = ast.parse(expression.strip(), mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            hint = "write == for equality; " if re.search(r"[^=!<>]=[^=]", expression) else ""
            raise QueryError(f"{expression!r} cannot be read; {hint}{EXAMPLE}") from error
        evaluate(tree, lambda name: "")  # whatever the names stand for: is all of it understood?
        return cls(tree)

    def select(self, publications: Iterable[Publication]) -> list[Publication]:
        """The publications that the expression is true of, in their order."""
        return [publication for publication in publications if evaluate(self.tree, partial(lookup, publication))]

    def complaints(self, library: Library) -> list[str]:
        """What cannot be meant: fields that no entry has, values that a name never has."""
        names = [node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)]
        return [
            *unknown_fields(names, library),
            *(
                f"no {name} is {value!r}; {did_you_mean(value, KNOWN_VALUES[name], ' or '.join(KNOWN_VALUES[name]))}"
                for name, value in self.compared(*KNOWN_VALUES)
                if value not in KNOWN_VALUES[name]
            ),
        ]

    def missing_keys(self, library: Library) -> list[str]:
        """A line for each citation key that no entry has."""
        keys = {key.casefold() for key in library.by_key}
        missing = [key for _, key in self.compared("key") if key.casefold() not in keys]
        return [f"no entry has the key {key!r}; {did_you_mean(key, library.by_key, KEY)}" for key in missing]

    def compared(self, *names: str) -> Iterator[tuple[str, str]]:
        """The texts that these names are compared with, each with its name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id in names:
                constants = (each for each in ast.walk(node.comparators[0]) if isinstance(each, ast.Constant))
                for constant in constants:
                    yield node.left.id, str(constant.value)


def unknown_fields(names: Iterable[str], library: Library) -> list[str]:
    """A complaint about each name that no entry has a field of."""
    fields = {name for publication in library.publications for name in publication.entry.fields}
    fields |= FILTER_NAMES.keys() | TRUTH
    wrong = [name for name in names if standard_name(name) not in fields]
    return [f"no entry has a field {name!r}; {did_you_mean(name, fields, FIELD)}" for name in wrong]


def evaluate(node: ast.expr, lookup: Callable[[str], Value]) -> Value:
    """The value of one part of an expression, with ``lookup`` giving that of a name."""
    match node:
        case ast.Constant(value=str() | int() as value):
            return value
        case ast.Name(id="true" | "false" as truth):  # as refs.bib has them
            return truth == "true"
        case ast.Name(id=name):
            return lookup(name)
        case ast.Set(elts=items) | ast.List(elts=items) | ast.Tuple(elts=items):
            return frozenset(evaluate(item, lookup) for item in items)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not evaluate(operand, lookup)
        case ast.BoolOp(op=operation, values=values):
            outcomes = [bool(evaluate(value, lookup)) for value in values]
            return all(outcomes) if isinstance(operation, ast.And) else any(outcomes)
        case ast.Compare(left=left, ops=[operation], comparators=[right]) if type(operation) in COMPARISONS:
            return compare_values(COMPARISONS[type(operation)], evaluate(left, lookup), evaluate(right, lookup))
    raise QueryError(f"{ast.unparse(node)!r} is not understood in a filter; {EXAMPLE}")


def compare_values(comparison: Callable[[Value, Value], bool], left: Value, right: Value) -> bool:
    """Compare two values; texts without regard to case, and nothing that differs in kind is ever true."""
    left, right = lower(left), lower(right)
    if isinstance(left, frozenset):  # of several values, is it one? are any of them among those?
        asked = right if isinstance(right, frozenset) else frozenset({right})
        return bool(left & asked) != (comparison in NEGATIONS)
    try:
        return comparison(left, right)
    except TypeError:
        return False


def lower(value: Value) -> Value:
    """A text in lower case and with plain apostrophes, and the texts in a set."""
    if isinstance(value, frozenset):
        return frozenset(lower(item) for item in value)
    return value.casefold().replace("’", "'") if isinstance(value, str) else value


def lookup(publication: Publication, name: str) -> Value:
    """What a name in an expression stands for."""
    if name in FILTER_NAMES:
        return FILTER_NAMES[name](publication)
    value = publication.text(standard_name(name))
    return int(value) if value.isdecimal() else value
