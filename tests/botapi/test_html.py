"""Telegram's HTML and what it makes of a text, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.botapi import html
from tests.botapi.html import Entity
from tests.botapi.refusals import ApiError
from tests.botapi.text import clean, formatted, marked_text, users_entities

FRAGMENTS = [
    *("<b>", "</b>", "<i>", "</i>", "</>", "<pre>", "</pre>", "<code class='language-x'>"),
    *("</code>", "<blockquote expandable>", "</blockquote>", "<a href='", "'>", "</a>", "<", ">"),
    *("&amp;", "&#", "&lt", "x", "🙂", " ", "\n", "\t", "\r", "\u2028", "=", "https://[x.y", '"'),
]


def entity(kind: str, offset: int, length: int, **more: object) -> Entity:
    return {"type": kind, "offset": offset, "length": length} | more


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain & simple", "plain & simple", []),
        ("<b>A</b> &amp; <i></i>B", "A & B", [entity("bold", 0, 1)]),
        ("<B>A</b ><em>B</>", "AB", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("🙂<u>é</u>", "🙂é", [entity("underline", 2, 1)]),
        ("<b>🙂<i>x</i></b>", "🙂x", [entity("bold", 0, 3), entity("italic", 2, 1)]),
        ("&lt;b&gt; &quot;&#39;&#x27;&#1046;&#x1f642;", "<b> \"''Ж🙂", []),
        ("&nbsp;&apos;&mdash; &amp;lt; &#0; &lt", "&nbsp;&apos;&mdash; &lt; &#0; <", []),
        ("&#000000065; &#65 &#x41z", "&#000000065; A Az", []),
        ("1 > 0", "1 > 0", []),
        ("<blockquote>q</blockquote>", "q", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [entity("expandable_blockquote", 0, 1)]),
        (
            "<blockquote><b>q</b></blockquote>",
            "q",
            [entity("bold", 0, 1), entity("blockquote", 0, 1)],
        ),
        ("<span class='tg-spoiler'>s</span>", "s", [entity("spoiler", 0, 1)]),
        ("<pre>a\nb</pre>", "a\nb", [entity("pre", 0, 3)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        ('<code class="language-python">x</code>', "x", [entity("code", 0, 1)]),
        (
            '<a href="https://Example.org?a=1&amp;b=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
        ),
        (
            "<a>example.org/x</a>",
            "example.org/x",
            [entity("text_link", 0, 13, url="http://example.org/x")],
        ),
        ('<a href="paragraph 7">x</a>', "x", []),
        ('<a href="paragraph">x</a>', "x", []),
        ('<a href="https://[x">x</a>', "x", []),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ('<a href="tg://user?id=5">x</a>', "x", [entity("text_mention", 0, 1, user={"id": 5})]),
        (
            "<tg-emoji emoji-id='53'>🙂</tg-emoji>",
            "🙂",
            [entity("custom_emoji", 0, 2, custom_emoji_id="53")],
        ),
        (
            '<tg-time unix="1647531900" format="wDT">then</tg-time>',
            "then",
            [entity("date_time", 0, 4, unix_time=1647531900, date_time_format="wDT")],
        ),
    ],
)
def test_markup_becomes_entities(source: str, text: str, entities: list[Entity]) -> None:
    parsed, found = html.parse(source)
    assert parsed == text
    assert sorted(found, key=str) == sorted(entities, key=str)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("é<p>b</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a ='x'>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xd83d;", "Text contains invalid Unicode characters after decoding HTML entities"),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            'Tag "blockquote" can\'t be nested in the tag "blockquote" at byte offset 13',
        ),
        ("<code><b>a</b></code>", 'Tag "b" can\'t be nested in the tag "code" at byte offset 6'),
        ("<pre><a>a</a></pre>", 'Tag "a" can\'t be nested in the tag "pre" at byte offset 5'),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        html.parse(source)
    assert refusal.value.code == 400
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {reason}")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" \n a \n ", "a"),
        ("a\tb\x00c\x1fd", "a b c d"),
        ("a\r\nb", "a\nb"),
        ("a\u2028b\u2029c\u202ad\u202ee", "abcde"),
        ("A\u030aB\u0333C\u033f", "ABC"),
        ("a\u200fb\u00a0", "a\u200fb\u00a0"),
        (" \u2028\n", ""),
    ],
)
def test_a_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text, []) == (cleaned, [])


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_any_markup_is_either_refused_or_stored_in_order(source: str) -> None:
    try:
        text, entities = formatted(
            source, parse_mode="HTML", entities=None, limit=4096, kind="message"
        )
    except ApiError:
        return
    assert clean(text, entities) == (text, entities)
    assert entities == sorted(entities, key=lambda found: (found["offset"], -found["length"]))
    assert all(marked_text(text, found) for found in entities)


def test_entities_move_with_what_is_cleaned_away() -> None:
    text, entities = clean(
        "  \r🙂\u202ab c  ", [entity("bold", 3, 4), entity("code", 7, 3), entity("italic", 9, 1)]
    )
    assert text == "🙂b c"
    assert entities == [entity("bold", 0, 3), entity("code", 3, 2)]


def test_space_before_the_text_stays_inside_an_entity() -> None:
    assert clean("\n\n a", [entity("code", 2, 2)]) == (" a", [entity("code", 0, 2)])


def test_only_a_hundred_entities_are_kept_and_links_before_bold() -> None:
    source = "<b>b</b>" * 100 + "<code>c</code>"
    _, entities = formatted(source, parse_mode="html", entities=None, limit=4096, kind="message")
    assert len(entities) == 100
    assert entities[-1]["type"] == "code"


def test_commands_names_and_links_are_found_in_what_people_write() -> None:
    text = "🙂 /ask@some_bot and/or /x @Somebody a@b.org https://example.org/y"
    assert [
        (found["type"], found["offset"], found["length"]) for found in users_entities(text)
    ] == [
        ("bot_command", 3, 13),
        ("bot_command", 24, 2),
        ("mention", 27, 9),
        ("url", 45, 21),
    ]
