"""Reading all tags of a page at once finds what reading them one by one finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.verify.page_links import find_anchors, find_links, names_of, number_of, read_page_links

PAGE = "actors/ann.html"
ELEMENTS = ("a", "A", "span", "li", "img", "script", "use", "svg", "h2", "base", "ul", "text", "object")
NAMES = ("href", "HREF", "src", "id", "ID", "name", "class", "style", "data-x", "data", "title", "action")
VALUES = ("", "#p4", "#top", "../documents/a.html#q", "x=y", " id=", ' href="', "a&amp;b", "/out", "mailto:a@b",
          "https://host/", "a>b", "b/", ".", "?q=1#%C3%A9", "<a id=", "../../up.html", "c.html#:~:text=x")  # fmt: skip


@st.composite
def tags(draw: st.DrawFn) -> str:
    written = [f"<{draw(st.sampled_from(ELEMENTS))}"]
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=4)):
        value = draw(st.sampled_from(VALUES))
        space = draw(st.sampled_from((" ", " ", " ", "  ", "\n")))
        form = draw(st.sampled_from(('{}="{}"', '{}="{}"', "{}='{}'", '{} = "{}"', "{}")))
        quoted = value.replace('"', "&quot;") if '"' in form else value.replace("'", "&#39;")
        written.append(space + form.format(name, quoted))
    return "".join((*written, draw(st.sampled_from((">", ">", " >", "/>", " />", "")))))


@given(
    st.lists(st.one_of(tags(), st.sampled_from(("words ", "</a>", "<!-- <a href='x'> -->", "<", '"', "\n"))))
)
def test_links_and_anchors_of_a_page_are_those_of_its_tags(parts: list[str]) -> None:
    content = "".join(parts).encode()
    read = read_page_links(PAGE, content)
    links = list(find_links(PAGE, content))
    assert read.count == len(links)
    assert set(read.targets.tolist()) == {number_of(name) for link in links for name in names_of(link)}
    assert set(read.anchors.tolist()) == {number_of(f"{PAGE}#{anchor}") for anchor in find_anchors(content)}
