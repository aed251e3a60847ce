"""What programs for notes and sites write into Markdown, read as they show it.

Obsidian has links and highlights of its own, comments, callouts and names of blocks; kramdown and
pandoc have attributes; Jekyll and Hugo fill in templates, whose text no file holds.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from knowledge.reading.formats import UNREADABLE

COMMENTS = "comments"
"""Where `env` counts the comments that are not shown."""

_LINK = re.compile(r"(!?)\[\[([^\[\]\n|]+)(?:\|([^\[\]\n]+))?\]\](?![(\[:])")
_HIGHLIGHT = re.compile(r"==(?![=\s])((?:(?!==).)+?)(?<!\s)==(?!=)")
_COMMENT = re.compile(r"%%(?!%)(?:(?!%%)[\s\S])+%%")
_CALLOUT = re.compile(r"\[!\w[\w -]*\][+-]?[ \t]*(.*)(?:\n|$)")
_BLOCK_NAME = re.compile(r"(?:^|[ \t\n])\^(?=[\w-]*[a-z])[A-Za-z0-9-]{3,}$")
_NAMED = r"[.#][\w-]+|[\w-]+=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[\w-]+)"
_MORE = rf"(?:\s+(?:{_NAMED}))*\s*\}}"
_ATTRIBUTES = re.compile(
    rf"(?<![ \t])[ \t]*+\{{(?::\s*(?:toc|{_NAMED}){_MORE}|[.#][\w-]+{_MORE}(?=[ \t]*(?:\n|$)))"
)
_HIDDEN = re.compile(r"\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}")
_TEMPLATE = re.compile(r"\{\{(?:(?!\{\{|\n\n)[\s\S])*?\}\}|\{%(?:(?!\{%|\n\n)[\s\S])*?%\}")
_TARGET = re.compile(r"(?<=\]\()[^()\n]++(?=\))")


def without_templates(source: str) -> tuple[str, int, int]:
    """Return `source` with a mark where a template is to be filled in, how many of these there are,
    and how many comments of templates were dropped.
    """
    source, hidden = _HIDDEN.subn("", source)
    source = _TARGET.sub(lambda target: _TEMPLATE.sub("", target[0]), source)
    source, marks = _TEMPLATE.subn(UNREADABLE, source)
    return source, marks, hidden


def dialects(parser: MarkdownIt) -> None:
    """Let `parser` read what Obsidian, kramdown and pandoc add to Markdown."""
    blocks, inline = parser.block.ruler, parser.inline.ruler
    within: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    blocks.before("fence", "comment_block", _comment_block, within)
    inline.before("link", "wiki_link", _wiki_link)
    inline.before("link", "highlight", _highlight)
    inline.before("link", "comment_inline", _comment)
    parser.core.ruler.after("block", "unseen", _take_out)


def _comment_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Drop a comment that stands on lines of its own."""
    if state.is_code_block(first):
        return False
    start = state.bMarks[first] + state.tShift[first]
    comment = _COMMENT.match(state.src, start, state.eMarks[last - 1])
    if comment is None:
        return False
    line = next(line for line in range(first, last) if comment.end() <= state.eMarks[line])
    if state.src[comment.end() : state.eMarks[line]].strip():
        return False  # a text goes on behind it
    if not silent:
        state.env[COMMENTS] = state.env.get(COMMENTS, 0) + 1
        state.line = line + 1
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    comment = _COMMENT.match(state.src, state.pos, state.posMax)
    if comment is None or state.src[state.pos - 1 : state.pos].isdigit():
        return False
    if not silent:
        state.env[COMMENTS] = state.env.get(COMMENTS, 0) + 1
    state.pos = comment.end()
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """Read [[a note|as it is called]]; what `![[...]]` shows is in another file."""
    link = _LINK.match(state.src, state.pos, state.posMax)
    if link is None:
        return False
    if not silent:
        is_picture, target, called = link[1], link[2], link[3]
        token = state.push("html_inline" if is_picture else "text", "", 0)
        shown = called or " > ".join(target.strip("#").split("#"))
        token.content = "<img>" if is_picture else shown.removesuffix("\\")
    state.pos = link.end()
    return True


def _highlight(state: StateInline, silent: bool) -> bool:
    mark = _HIGHLIGHT.match(state.src, state.pos, state.posMax)
    if mark is None:
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = mark.span(1)
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = end
    state.pos = mark.end()
    return True


def _take_out(state: StateCore) -> None:
    """Take names of blocks and attributes out of the text, and let a callout begin with its title
    as a paragraph of its own.
    """
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "inline" and "`" not in token.content:
            token.content = _ATTRIBUTES.sub("", _BLOCK_NAME.sub("", token.content))
        is_first = [each.type for each in tokens[-2:]] == ["blockquote_open", "paragraph_open"]
        title = _CALLOUT.match(token.content) if token.type == "inline" and is_first else None
        if title is None:
            tokens.append(token)
            continue
        token.content = token.content[title.end() :]
        named = Token("inline", "", 0, content=title[1], map=token.map, children=[])
        closed, opened = Token("paragraph_close", "p", -1), Token("paragraph_open", "p", 1)
        tokens += [named, closed, opened, token]
    state.tokens = tokens
