"""Word documents for tests, written by python-docx and XML of our own."""

import io
from collections.abc import Mapping, Sequence

import docx
from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

_PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _PREFIXES.items())
WORD_XML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word(
    *body: str,
    kinds: Mapping[int, str] | None = None,
    lists: Mapping[int, str] | None = None,
    styles: Sequence[str] = (),
    parts: Sequence[tuple[str, str, bytes]] = (),
    language: str = "en-US",
) -> bytes:
    """Return a document of XML.

    `kinds` are what is in each w:abstractNum, by its number, and `lists` in each w:num. `parts`
    are parts beside the body: their relation, content type and content.
    """
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for number, content in (kinds or {}).items():
        kind = f'<w:abstractNum {NAMESPACES} w:abstractNumId="{number}">{content}</w:abstractNum>'
        numbering.insert(0, parse_xml(kind))
    for number, content in (lists or {}).items():
        numbering.append(parse_xml(f'<w:num {NAMESPACES} w:numId="{number}">{content}</w:num>'))
    for said in document.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), language)
    for style in styles:
        document.styles.element.append(parsed(style))
    for element in body:
        document.element.body.insert(-1, parsed(element))
    for relation, content_type, content in parts:
        name = PackURI(f"/word/{relation}{len(document.part.rels)}.xml")
        part = Part(name, content_type, content, document.part.package)
        document.part.rels.get_or_add(f"{_PREFIXES['r']}/{relation}", part)
    return saved(document)


def parsed(element: str) -> object:
    """Return `element`, in which the prefixes above are known, as XML."""
    name, rest = element[1:].split(">", 1)[0], element.split(">", 1)[1]
    end = "/" if name.endswith("/") else ""
    return parse_xml(f"<{name.removesuffix('/')} {NAMESPACES}{end}>{rest}")


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, properties: str = "") -> str:
    """Return a paragraph; what is no XML in `content` becomes a run."""
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def item(text: str, number: int, level: int = 0) -> str:
    """Return an item of the list `number`."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(*filter(None, [text]), properties=place)


def level(depth: int, form: str, pattern: str, more: str = "", start: int = 1) -> str:
    """Return a level of a kind of list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def of_kind(number: int, override: str = "") -> str:
    """Return what is in a list of the kind `number`."""
    return f'<w:abstractNumId w:val="{number}"/>{override}'


def begun_at(start: int, depth: int = 0) -> str:
    """Return what makes a level of a list begin at `start`."""
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(name: str, content: str, kind: str = "paragraph") -> str:
    """Return a style called `name`, which is its id too."""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{content}</w:style>'
    )


def styled(text: str, name: str, more: str = "") -> str:
    """Return a paragraph in the style `name`."""
    return p(*filter(None, [text]), properties=f'<w:pStyle w:val="{name}"/>{more}')


def field(instruction: str, *result: str) -> str:
    """Return a field with a result, or without."""
    runs = "".join(part if part.startswith("<") else r(part) for part in result)
    between = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{runs}' if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{between}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: Sequence[str]) -> str:
    """Return a table of cells: a text, or XML within w:tc."""
    return f"<w:tbl>{''.join(map(_row, rows))}</w:tbl>"


def _row(cells: Sequence[str]) -> str:
    written = (cell if cell.startswith("<") else p(cell) for cell in cells)
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in written)}</w:tr>"
