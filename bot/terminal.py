"""Answers printed in a terminal.

Lines are wrapped at the width of the window, without breaking names; output to a file or a pipe is
not wrapped. Where nothing can be printed in bold, the sentence that answers has a line of its own.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.document_wording import byline, dated_byline, named_line, offered, offered_heading
from bot.texts import text
from bot.wording import beside, called, heading, remark, source
from knowledge.answering.overview import overview_of
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.display_names import display_name
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer, Quote
from knowledge.quotes.explanation import Explanation
from knowledge.reading.documents import Document
from knowledge.reading.passages import Passage

_HERE = "  ▸ "  # before the sentence that answers
_MARGIN = 2  # columns left free at the edges
_NARROWEST = 20  # columns; no line is wrapped earlier
_NO_BREAK = "\ue000"  # occurs in no text; replaces the spaces within a name while lines are made


def show(answer: Answer, base: KnowledgeBase, console: Console, most: int | None = None) -> None:
    """Print `answer`: a single quote within its paragraph; of several, the sentences, `most` at
    most.
    """
    if remarked := remark(answer, base):
        show_words(remarked, console)
    if answer.options:
        show_list([display_name(one, answer.language) for one in answer.options], console)
    if answer.status == "clarify" and answer.documents:
        show_list([document.title for document in answer.documents], console)
    for line in document_lines(answer, base):
        show_words(line, console)
    if answer.is_card:
        show_person(answer.people[0], answer.language, console)
    for part in answer.parts:
        if not part.is_card:
            names = [display_name(one, answer.language) for one in part.people]
            show_words(", ".join(names), console, "bold")
        show(part, base, console, most)
    if answer.parts:
        return
    if len(answer.quotes) == 1:
        show_quote(answer.quotes[0], base, answer.language, console)
    elif answer.quotes:
        show_page(answer.quotes, 0, most or len(answer.quotes), base, answer.language, console)
    for whose, quote in beside(answer):
        show_words(whose, console, "dim")
        _show_sentence(quote, base, console)
        _show_source(source(quote, answer.language), quote.passage.document, console)
    if answer.offers:
        if words := offered_heading(answer.offers, answer.language):
            show_words(words, console)
        show_list([offered(one, answer.language) for one in answer.offers], console)


def document_lines(answer: Answer, base: KnowledgeBase) -> list[str]:
    """Return the lines of the overview of a document; [] for another answer."""
    language = answer.language
    if answer.reason != "overview" or not answer.documents:
        return []
    (document,) = answer.documents
    shown = overview_of(document, base.statements, base.people.people)
    demands = len(shown.demands) if shown is not None else 0
    lines = [
        document.title,
        dated_byline(document, language),
        named_line(shown, language) if shown is not None else "",
        text("demanded", language, count=demands) if demands else "",
    ]
    return [one for one in lines if one]


def show_words(words: str, console: Console, style: str = "", indent: int = 0) -> None:
    """Print what the bot says in its own words."""
    _wrap(Text(words, style=style), console, indent)


def show_list(lines: Sequence[str], console: Console, first: int = 0) -> None:
    """Print `lines`, numbered from `first` + 1 on."""
    for number, line in enumerate(lines, start=first + 1):
        _wrap(Text(line), console, 5, f"{number:>4} ")


def show_quote(quote: Quote, base: KnowledgeBase, language: str, console: Console) -> None:
    """Print whose words `quote` is, its paragraph with the sentence that answers in bold, and its
    source.
    """
    show_words(heading(quote, language), console, "dim")
    start = quote.sentence.start - quote.passage.start
    end = start + len(quote.highlight)
    before, after = quote.text[:start], quote.text[end:]
    names = _names_in(quote.passage, quote.passage.start, base)
    if quote.header:  # of a table, the row alone
        _show_sentence(quote, base, console)
    elif console.color_system is None and (before or after):
        # Nothing is bold there, so the sentence stands apart.
        for words, sign in ((before, ""), (quote.highlight, _HERE), (after, "")):
            if words.strip():
                _wrap(Text(words.strip()), console, 4, sign)
    else:
        whole = Text.assemble(before, (quote.highlight, "bold"), after)
        _wrap(whole, console, 4, names=names)
    _show_source(source(quote, language), quote.passage.document, console)


def show_page(
    quotes: Sequence[Quote],
    first: int,
    most: int,
    base: KnowledgeBase,
    language: str,
    console: Console,
) -> None:
    """Print the sentences of `most` of `quotes` from index `first` on, numbered; their source once,
    if all are of one document, or else under each.
    """
    is_of_one = len({quote.passage.document.id for quote in quotes}) == 1
    shown = quotes[first : first + most]
    for number, quote in enumerate(shown, start=first + 1):
        whose = f"{number}/{len(quotes)} · {heading(quote, language)}"
        place = text("paragraph", language, number=quote.passage.paragraph)
        show_words(f"{whose} · {place}" if is_of_one else whose, console, "dim")
        _show_sentence(quote, base, console)
        if not is_of_one:
            _show_source(source(quote, language), quote.passage.document, console)
    if is_of_one:
        line = source(shown[0], language, with_place=False)
        _show_source(line, shown[0].passage.document, console)


def _show_sentence(quote: Quote, base: KnowledgeBase, console: Console) -> None:
    """Print the sentence that answers, under the header of its table and the lead of its list."""
    lead = quote.passage.sentence_text(quote.lead) if quote.lead is not None else ""
    for above in filter(None, (quote.header, lead)):
        _wrap(Text(above), console, 4)
    names = _names_in(quote.passage, quote.sentence.start, base)
    _wrap(Text(quote.highlight, style="bold"), console, 4, names=names)


def show_person(person: Person, language: str, console: Console) -> None:
    """Print who `person` is, in the source's words."""
    show_words(" · ".join(filter(None, called(person, language))), console, "bold")
    if person.role is not None:
        show_words(person.role.text, console, indent=4)


def show_about(base: KnowledgeBase, language: str, console: Console) -> None:
    """Print the documents with title, publisher and date."""
    show_words(text("about", language), console)
    lines = [(one.title, byline(one, language)) for one in base.documents]
    show_list([" · ".join(part for part in line if part) for line in lines], console)
    show_words(text("about_project", language), console, "dim")


def show_explanation(answer: Answer, console: Console) -> None:
    """Print why `answer` is as it is: the features of the best sentence, what each contributed, and
    the gate that declined it, if one did; if it is about several people, for each part.
    """
    if answer.read_as is not None:
        console.print(Text(f"Read as: {answer.read_as}"), soft_wrap=True)
    if answer.parts:
        for part in answer.parts:
            console.print(Text(", ".join(person.name for person in part.people), style="bold"))
            show_explanation(part, console)
        return
    if answer.explanation is not None:
        _show_terms(answer.explanation, console)
    elif answer.gate is None:
        console.print("Nothing was weighed.", style="dim")
    if answer.gate is not None:
        console.print(Text(f"Declined: {answer.gate}."), soft_wrap=True)


def _show_terms(explanation: Explanation, console: Console) -> None:
    """Print the best sentence, what each of its features contributed, and the confidence in it."""
    console.print(Text(explanation.sentence, style="bold"))
    for title, weighed in (
        ("why this sentence", explanation.ranking),
        ("why it was given or not", explanation.decision),
    ):
        if not weighed:
            continue
        table = Table(title, "value", "weight", "contribution", title_justify="left")
        for column in table.columns[1:]:
            column.justify = "right"
        for one in weighed:
            numbers = (one.value, one.weight, one.contribution)
            table.add_row(one.name, *(f"{number:.2f}" for number in numbers))
        console.print(table)
    given = "at least" if explanation.confidence >= explanation.least_confidence else "below"
    console.print(
        f"{explanation.intercept:.2f} and the contributions give a confidence of"
        f" {explanation.confidence:.3f}, {given} the {explanation.least_confidence:.3f} needed"
    )


def welcome(base: KnowledgeBase, language: str) -> str:
    """Return the first line of a conversation in the terminal."""
    titles = ", ".join(document.title for document in base.documents[:3])
    rest = len(base.documents) - 3
    return text(
        "terminal_welcome", language, documents=titles + (f" (+{rest})" if rest > 0 else "")
    )


def _show_source(line: str, document: Document, console: Console) -> None:
    show_words(f"— {line}", console, "dim")
    if document.url:
        # Never wrapped: a link in two lines is none.
        console.print(Text(document.url, style="dim"), soft_wrap=True)


def _wrap(
    words: Text,
    console: Console,
    indent: int,
    begin: str = "",
    names: Sequence[tuple[int, int]] = (),
) -> None:
    """Print `words` indented by `indent` columns, the first line after `begin` instead; `names`,
    each (start, end), are not broken.
    """
    lines = [words]
    if console.is_terminal:
        plain = list(words.plain)
        for start, end in names:
            plain[start:end] = [_NO_BREAK if c.isspace() else c for c in plain[start:end]]
        words = words.copy()
        words.plain = "".join(plain)
        lines = list(words.wrap(console, max(console.width - indent - _MARGIN, _NARROWEST)))
    for number, line in enumerate(lines):
        line.plain = line.plain.replace(_NO_BREAK, " ")
        line.rstrip()
        edge = begin if number == 0 and begin else " " * indent
        console.print(Text.assemble(edge, line), soft_wrap=True)


def _names_in(passage: Passage, start: int, base: KnowledgeBase) -> list[tuple[int, int]]:
    """Return (start, end) of each name in `passage` from `start` on, counted from there."""
    return [
        (mention.start - start, mention.end - start)
        for person in base.people.people
        for mention in person.mentions
        if mention.document == passage.document.id
        and start <= mention.start
        and mention.end <= passage.end
    ]
