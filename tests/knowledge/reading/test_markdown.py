"""Markdown as its readers see it: rendered, with the HTML in it and what its usual dialects add."""

import pytest

from knowledge.reading.documents import Document
from tests.knowledge.conftest import Read


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


HTML = """\
<div align="center">

The boat carried nine people.

</div>

<p>The guide was Samat Orazov, a ranger.</p>

<details>
<summary>What they asked for</summary>
They asked for a bridge.

- and a doctor
</details>

<table>
<tr><th>Village</th><th>Houses</th></tr>
<tr><td>Kokpek</td><td>37</td></tr>
</table>

Samples were sent to the laboratory<sup>1</sup> in Oskem.<br/>It took 3 m<sup>3</sup>.
<!-- not shown -->
"""


def test_html_in_markdown_is_read_as_a_page_is(read_data: Read) -> None:
    assert blocks(read_data(HTML.encode(), "a.md")) == [
        ("paragraph", "The boat carried nine people."),
        ("paragraph", "The guide was Samat Orazov, a ranger."),
        ("heading", "What they asked for"),
        ("paragraph", "They asked for a bridge."),
        ("list", "- and a doctor"),
        ("columns", "Village | Houses"),
        ("table", "Kokpek | 37"),
        ("paragraph", "Samples were sent to the laboratory in Oskem."),
        ("paragraph", "It took 3 m³."),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("12. a\n13. b", [("list", "12. a\n13. b")]),
        ("1. a\n1. b", [("list", "1. a\n2. b")]),
        (
            "The fee[^1] is due.\n\n[^1]: Since May.",
            [("paragraph", "The fee is due."), ("list", "1. Since May.")],
        ),
        ("Term\n: Its meaning", [("paragraph", "Term | Its meaning")]),
        ("It is 5 * 3 and `<b>x</b>`", [("paragraph", "It is 5 * 3 and <b>x</b>")]),
        ("<nav>Part one</nav>\n\nText.", [("paragraph", "Part one"), ("paragraph", "Text.")]),
        (f"{'> ' * 25}Quoted.", [("paragraph", "Quoted.")]),
    ],
    ids=["start", "counted", "footnote", "definition", "code", "nothing is a menu", "deep"],
)
def test_markdown_is_read_as_it_is_rendered(
    read_data: Read, source: str, expected: list[tuple[str, str]]
) -> None:
    assert blocks(read_data(source.encode(), "a.md")) == expected


def test_what_is_struck_or_drawn_is_counted(read_data: Read) -> None:
    document = read_data(b"![A photo](a.png)\n\nIt cost ~~5~~ 4 <del>dollars</del>tenge.", "a.md")
    assert document.text == "It cost 4 tenge."
    assert document.notes.left_out == {"deleted": 2, "pictures": 1}


def test_words_broken_at_the_ends_of_lines_are_whole(read_data: Read) -> None:
    source = (
        "Anna **Kara-\nMergenova** and Olga Kara-\nMergenova of 2018-\n2019 spent\n"
        "the win-\nter there, two-\nand three-storey.\n\n`a-\nb` -\nc\n"
    )
    assert read_data(source.encode(), "a.md").text == (
        "Anna Kara-Mergenova and Olga Kara-Mergenova of 2018-2019 spent the winter there,"
        " two- and three-storey.\na- b - c"
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "[[People/Dana|Dana Serikova]] of [[Urda#Ward]] let us in. ^a1b",
            "Dana Serikova of Urda > Ward let us in.",
        ),
        ("a [[1]](http://x.kz) b ==**nine** men== c", "a [1] b nine men c"),
        ("a == b, 5%% and 6%%, m ^2, `[[x]]`", "a == b, 5%% and 6%%, m ^2, [[x]]"),
        ("It has 28 beds. %%she drinks%% Yes.", "It has 28 beds. Yes."),
        ("%%\nnot yet\n\nshe drinks\n%%\n\nYes.", "Yes."),
        ("> [!warning]- Not checked\n> Nine died.", "Not checked\nNine died."),
        ("> [!NOTE]\n> Nine died.", "Nine died."),
        ("Nine died.\n{: .lead #first}", "Nine died."),
        ("{:a=>1} and {a, b}", "{:a=>1} and {a, b}"),
        ("It took {{ days }} days.", "It took {{ days }} days."),
        ("---\nlayout: post\n---\nIt took {{ days }} days.", "It took [?] days."),
        ("---\nlayout: post\n---\nSee [it]({{ site.url }}{% link a.md %}).", "See it."),
        ("---\nlayout: post\n---\n{% comment %}no{% endcomment %}Yes.", "Yes."),
    ],
    ids=[
        *("links of notes", "highlight", "none of these", "comment", "long comment", "callout"),
        *("alert", "attributes", "no attributes", "no site", "template", "target", "hidden"),
    ],
)
def test_dialects_are_read_as_their_programs_show_them(
    read_data: Read, source: str, expected: str
) -> None:
    assert read_data(source.encode(), "a.md").text == expected


def test_what_a_dialect_does_not_show_is_counted(read_data: Read) -> None:
    source = b"---\nlayout: x\n---\nA. %%b%%\n\n![[c.png]]\n\n{% include d %}"
    left_out = read_data(source, "a.md").notes.left_out
    assert left_out == {"comments": 1, "pictures": 1, "unreadable": 1}
