"""Which elements of a citation style can write nothing for entries of one type with the same variables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from citeproc import model  # type: ignore[import-untyped, unused-ignore]

TESTS = ("type", "variable", "is-numeric", "is-uncertain-date", "locator", "position")


class Shape:
    """What makes entries alike to a style before their values are looked at: the type, and the variables they have.

    `variables` are those of the entry's reference, each in every spelling in which it is held.
    """

    def __init__(self, kind: str, variables: frozenset[str]) -> None:
        self.kind = kind
        self.variables = variables
        self._silent: dict[Any, bool] = {}

    def is_silent(self, element: Any) -> bool:
        """Return whether an element can only be left out: it writes nothing, and nothing else changes by trying it.

        False where that depends on a value.
        """
        if element not in self._silent:
            find = next((find for kind, find in SILENT if isinstance(element, kind)), None)
            self._silent[element] = find is not None and find(element, self)
        return self._silent[element]

    def meets(self, branch: Any) -> bool | None:
        """Return whether the condition of a branch of `cs:choose` holds, None where that depends on a value.

        CSL 1.0.2, `cs:choose`, but as citeproc-py has it: `match` counts the tests of all attributes together. Entries
        stand alone here, without a locator.
        """
        if not isinstance(branch, model.If):
            return True
        results = [one for test in TESTS if test in branch.attrib for one in self._test(test, branch)]
        if branch.get("match") == "any":
            return True if True in results else None if None in results else False
        if branch.get("match") == "none":
            return False if True in results else None if None in results else True
        return False if False in results else None if None in results else True

    def _test(self, test: str, branch: Any) -> list[bool | None]:
        names = branch.get(test).split()
        if test == "type":
            return [name.lower() == self.kind for name in names]
        if test == "locator":
            return [False for _ in names]
        if test == "variable":
            return [name != "locator" and name.replace("-", "_") in self.variables for name in names]
        # Of what an entry lacks it is neither a number nor uncertain; else its value says it.
        is_of_value = test in ("is-numeric", "is-uncertain-date")
        return [
            False if is_of_value and name.replace("-", "_") not in self.variables else None for name in names
        ]


def _all_silent(element: Any, shape: Shape) -> bool:
    return all(shape.is_silent(child) for child in element)


def _text(text: Any, shape: Shape) -> bool:
    variable = text.get("variable")
    if variable is not None:
        is_treated = variable in ("citation-number", "locator") or text.get("form") == "short"
        key = "page" if variable.startswith("page") else variable.replace("-", "_")
        return not is_treated and key not in shape.variables
    return "macro" in text.attrib and shape.is_silent(text.get_macro(text.get("macro")))


def _number(number: Any, shape: Shape) -> bool:
    variable = number.get("variable")
    return variable != "locator" and ("page" if variable == "page-first" else variable) not in shape.variables


def _date(date: Any, shape: Shape) -> bool:
    form, variable = date.get("form"), date.get("variable")
    is_known = variable is not None and (form is None or date.get_date(form) is not None)
    return is_known and variable.replace("-", "_") not in shape.variables


def _names(names: Any, shape: Shape) -> bool:
    roles = names.get("variable", "").split()
    return bool(roles) and names.substitute() is None and shape.variables.isdisjoint(roles)


def _label(label: Any, shape: Shape) -> bool:
    variable = label.get("variable")
    return variable != "locator" and variable not in shape.variables


def _group(group: Any, shape: Shape) -> bool:
    """A group whose variables are all missing is left out with its terms (CSL 1.0.2, `cs:group`)."""
    heard = [child for child in group if not shape.is_silent(child)]
    if any(child.calls_variable() for child in heard):
        return False
    return not heard or any(child.calls_variable() for child in group)


def _choose(choose: Any, shape: Shape) -> bool:
    for branch in choose:
        meets = shape.meets(branch)
        if meets is not False and not _all_silent(branch, shape):
            return False
        if meets:
            break
    return True


SILENT: Sequence[tuple[Any, Callable[[Any, Shape], bool]]] = (
    (model.Text, _text),
    (model.Number, _number),
    (model.Date, _date),
    (model.Names, _names),
    (model.Label, _label),
    (model.Group, _group),
    (model.Choose, _choose),
    (model.Macro, _all_silent),
)
