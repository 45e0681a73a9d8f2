"""A citation style's tree, answering at once what citeproc-py would work out anew for every entry.

citeproc-py walks the style's XML for each entry: it looks macros and terms up by XPath, asks each element for
attributes that it lacks, and tries every branch of the style, most of which are for other types of entries or for
variables that this one lacks. None of this depends on the words of an entry. Here each element holds the answers, in
the place of the methods that would find them, and the branches worth trying by the shape of an entry. What is written
stays the same, which `test_a_held_tree_writes_what_citeproc_writes` tries with many styles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from citeproc import model  # type: ignore[import-untyped, unused-ignore]
from citeproc.source import VariableError  # type: ignore[import-untyped, unused-ignore]
from citeproc.string import String, join, normalize_seam  # type: ignore[import-untyped, unused-ignore]

from generator.render.citation_shapes import TESTS, Shape

# Methods that answer the same on every element of a style.
OF_STYLE = (
    *("get_root", "get_formatter", "get_macro", "get_term", "get_single_term", "get_plural_term", "get_date"),
    *("get_locale_option", "unicode_character"),
)
# Methods without arguments that always answer the same on one element.
OF_ELEMENT = ("calls_variable", "is_locale_date", "substitute", "et_al")
# The methods of the formatter by attribute and value, in the order in which citeproc-py applies them.
FORMATS = {
    "font-style": {"normal": "", "italic": "Italic", "oblique": "Oblique"},
    "font-variant": {"normal": "", "small-caps": "SmallCaps"},
    "font-weight": {"normal": "", "bold": "Bold", "light": "Light"},
    "text-decoration": {"none": "", "underline": "Underline"},
    "vertical-align": {"baseline": "", "sup": "Superscript", "sub": "Subscript"},
}
# Variables for which citeproc-py does more than to look them up.
TREATED = ("page", "citation-number", "locator")
MISSING = object()
# Where an item has its shape.
SHAPE = "shape"
# Elements of locales, by the hundred, that nobody asks anything.
UNHELD = (model.Term,)
Write = Callable[..., Any]


def hold_tree(root: Any, formatter: Any) -> list[Any]:
    """Return the elements of a style and its locales, to be kept: what they hold goes with them.

    The tree must not change any more, but for attributes of `cs:date-part`, which citeproc-py itself changes.
    """
    # lxml forgets what is set on an element that nobody keeps.
    elements = [element for tree in (root, *root.locales) for element in tree.iter("*")]
    of_style = {name: cache(getattr(root, name)) for name in OF_STYLE}
    for element in root.iter("*"):
        # A locale within the style is asked by the style, not the other way.
        if not isinstance(element, model.Locale):
            for name, answer in of_style.items():
                setattr(element, name, answer)
    # The words of a locale are looked up once by the style, and held there.
    written = [element for element in elements if not isinstance(element, UNHELD)]
    for element in written:
        _hold_answers(element)
    root.citation, root.bibliography = root.citation, root.bibliography
    for part in (root.citation, root.bibliography):
        if part is not None:
            part.get_option = cache(part.get_option)
            part.layout = part.layout
    root.citation.sort = root.citation.sort
    for element in written:
        _hold_format(element, formatter)
        _hold_writing(element)
    return elements


def _hold_answers(element: Any) -> None:
    element.xpath_search = _held(element.xpath_search)
    for name in OF_ELEMENT:
        # Asked for what it does not have, an element would look for a child of that name.
        if hasattr(type(element), name):
            setattr(element, name, _once(getattr(element, name)))
    if isinstance(element, model.Name):
        element.get_option = _name_option(element)
    elif isinstance(element, model.Names):
        element.name, element.label = element.name, element.label
        element.insert = _insert_one(element)


# As functools.cache; but opening a style makes thousands of these.
def _held(method: Write) -> Write:
    answers: dict[str, Any] = {}

    def answer(words: str) -> Any:
        if words not in answers:
            answers[words] = method(words)
        return answers[words]

    return answer


def _once(method: Write) -> Write:
    answers: list[Any] = []

    def answer() -> Any:
        if not answers:
            answers.append(method())
        return answers[0]

    return answer


def _insert_one(names: Any) -> Write:
    """Return the element's `insert`, which takes back what it inserted before.

    citeproc-py gives a `cs:names` without `cs:name` a new one for every entry: the style would grow with the
    bibliography.
    """
    insert = names.insert
    inserted: list[Any] = []

    def insert_one(index: int, name: Any) -> None:
        for former in inserted:
            names.remove(former)
        inserted[:] = [name]
        insert(index, name)

    return insert_one


def _name_option(name: Any) -> Write:
    find = name.get_option
    hold = cache(find)

    def get_option(option: str, context: Any = None, sort_options: Any = None) -> Any:
        return find(option, context, sort_options) if sort_options else hold(option, context)

    return get_option


def _hold_format(element: Any, formatter: Any) -> None:
    """Hold how an element formats, cases and wraps its text; attributes that say nothing cost nothing."""
    if isinstance(element, model.Date_Part):
        return
    if isinstance(element, model.Formatted):
        names = [known.get(element.get(key) or next(iter(known))) for key, known in FORMATS.items()]
        if None not in names:
            element.format = _format([getattr(formatter, name) for name in names if name])
    if isinstance(element, model.Affixed):
        element.wrap = _wrap(element.get("prefix", ""), element.get("suffix", ""))
    if isinstance(element, model.TextCased) and element.get("text-case") is None:
        element.case = lambda text, language=None: text
    if isinstance(element, model.StrippedPeriods) and element.get("strip-periods", "false").lower() != "true":
        element.strip_periods = _unchanged
    if (
        isinstance(element, model.Quoted)
        and element.get("quotes", "false").lower() != "true"
        and element.get_locale_option("punctuation-in-quote") is not None
    ):
        element.quote = _unchanged


def _unchanged(text: Any) -> Any:
    return text


def _format(steps: Sequence[Write]) -> Write:
    def write(text: Any) -> Any:
        if isinstance(text, (int, float)):
            text = str(text)
        for step in steps:
            text = step(text)
        return text

    return write


def _wrap(prefix: str, suffix: str) -> Write:
    def wrap(text: Any) -> Any:
        if text is None:
            return None
        wrapped = prefix + normalize_seam(prefix, text)
        return wrapped + normalize_seam(wrapped, suffix)

    return wrap if prefix or suffix else _unchanged


def _hold_writing(element: Any) -> None:
    """Hold how the elements write that make up most of a style: those that only pass entries on to others."""
    kind = type(element)
    if issubclass(kind, model.Parent):
        element.render_children = _render_children(element)
    if kind is model.Macro:
        element.render = _render_macro(element)
    elif kind is model.Choose:
        element.render = _render_choose(element)
    elif kind is model.Group:
        element.render = _render_group(element)
    elif kind is model.Text and any(key in element.attrib for key in ("variable", "macro", "term", "value")):
        element.render = _render_text(element)


def _render_children(element: Any) -> Write:
    plans: dict[Shape, list[tuple[Any, bool]]] = {}

    def render_children(item: Any, delimiter: str = "", **options: Any) -> Any:
        shape = item.get(SHAPE)
        plan = plans.get(shape)
        if plan is None:
            plan = plans[shape] = _heard(element, shape)
        written = []
        for child, is_choose in plan:
            try:
                text = (
                    child.render(item, delimiter=delimiter, **options)
                    if is_choose
                    else child.render(item, **options)
                )
            except VariableError:
                continue
            if text is not None:
                written.append(text)
        return join(written, delimiter) if written else None

    return render_children


def _heard(element: Any, shape: Shape) -> list[tuple[Any, bool]]:
    """Return the children that may write something for entries of a shape, each with whether it is a `cs:choose`."""
    return [(child, isinstance(child, model.Choose)) for child in element if not shape.is_silent(child)]


def _render_macro(macro: Any) -> Write:
    def render(item: Any, context: Any = None, sort_options: Any = None) -> Any:
        return macro.render_children(item, context=context, sort_options=sort_options)

    return render


def _render_choose(choose: Any) -> Write:
    plans: dict[Shape, list[tuple[Any, Any]]] = {}

    def render(item: Any, context: Any = None, delimiter: str = "", **options: Any) -> Any:
        shape = item.get(SHAPE)
        plan = plans.get(shape)
        if plan is None:
            plan = plans[shape] = _branches(choose, shape)
        for holds, branch in plan:
            if holds is None or holds(item, context):
                return branch.render_children(item, context=context, delimiter=delimiter, **options)
        return None

    return render


def _branches(choose: Any, shape: Shape) -> list[tuple[Any, Any]]:
    """Return the branches that entries of a shape may take, each with its condition, None where it holds for all."""
    branches: list[tuple[Any, Any]] = []
    for branch in choose:
        meets = shape.meets(branch)
        if meets is not False:
            branches.append((None if meets else _condition(branch), branch))
        if meets:
            break
    return branches


def _condition(branch: Any) -> Callable[[Any, Any], bool]:
    """Return the condition of a branch by item and context, as citeproc-py tests it."""
    tests = [
        (key == "position", getattr(branch, f"_{key.replace('-', '_')}"))
        for key in TESTS
        if key in branch.attrib
    ]
    match = branch.get("match")

    def holds(item: Any, context: Any) -> bool:
        results: list[Any] = []
        for needs_context, test in tests:
            results += test(item, context) if needs_context else test(item)
        if match == "any":
            return any(results)
        return not any(results) if match == "none" else all(results)

    return holds


def _render_group(group: Any) -> Write:
    plans: dict[Shape, tuple[bool, list[tuple[Any, bool, bool]]]] = {}
    delimiter = group.get("delimiter", "")

    def render(item: Any, context: Any = None, **options: Any) -> Any:
        shape = item.get(SHAPE)
        plan = plans.get(shape)
        if plan is None:
            heard = [(*child, child[0].calls_variable()) for child in _heard(group, shape)]
            plan = plans[shape] = (any(child.calls_variable() for child in group), heard)
        is_called, children = plan
        is_rendered = False
        written = []
        for child, is_choose, calls_variable in children:
            try:
                text = (
                    child.render(item, context=context, delimiter=delimiter, **options)
                    if is_choose
                    else child.render(item, context=context, **options)
                )
            except VariableError:
                continue
            if text is not None:
                written.append(text)
                is_rendered = is_rendered or calls_variable
        if not written or (is_called and not is_rendered):
            raise VariableError
        return group.markup(written[0] if len(written) == 1 else group.join(written))

    return render


def _render_text(text: Any) -> Write:
    find = _find_text(text)
    own_language = text.get_root().get("default-locale", "en")[:2]
    markup = text.markup

    def render(item: Any, context: Any = None, **_: Any) -> Any:
        language = item.reference.get("language", MISSING)
        language = own_language if language is MISSING else language[:2]
        found = find(item, text if context is None else context)
        return markup(found, language) if found else None

    return render


def _find_text(text: Any) -> Write:
    """Return what finds the words of a `cs:text` by item and context."""
    variable, tag = text.get("variable"), text.tag
    if variable is None:
        if "macro" in text.attrib:
            name = text.get("macro")
            return lambda item, context: text.get_macro(name).render(item, context)
        if "term" in text.attrib:
            find_term = _once(lambda: text._term(None))  # noqa: SLF001 - the entry makes no difference
            return lambda item, context: find_term()
        value = String(text.preformat(text.get("value")))
        return lambda item, context: value
    if text.get("form") == "short" or variable.startswith(TREATED):
        return text._variable  # type: ignore[no-any-return]  # noqa: SLF001 - citeproc-py's own
    key = variable.replace("-", "_")

    def find(item: Any, context: Any) -> Any:
        repressed = context.get_layout().repressed
        if repressed and tag in repressed and variable in repressed[tag]:
            return None
        held = item.reference.get(key, MISSING)
        if held is MISSING:
            raise VariableError
        return held

    return find
