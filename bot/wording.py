"""An Answer in the bot's own words: what it says beside a quote, or instead of one."""

from pathlib import PurePath

from bot.document_wording import byline, told_of_documents
from bot.keeping import OF_THE_SERVER
from bot.texts import date, language_name, text
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.people.display_names import display_name, other_form
from knowledge.people.person import Person
from knowledge.problems import Problem
from knowledge.quotes.answers import Answer, Quote
from knowledge.reading.documents import Document

_LINE = 38  # characters of a source line behind its dash: one line of a narrow phone
_LEAST_TITLE = 14
_NAMES = 20  # named in a list of everybody: ten lines of a phone


def remark(answer: Answer, base: KnowledgeBase) -> str:
    """Return what the bot says in place of a quote, or before one; it may be ""."""
    match answer.reason:
        case None:
            return "\n".join(filter(None, [_everybody(answer, base), _preface(answer)]))
        case "about":
            return text("smalltalk_about", answer.language)
        case "language" | "other_language" as reason:
            names = [
                language_name(shelf.language, answer.language) for shelf in base.search.shelves
            ]
            return text(reason, answer.language, languages=", ".join(names))
        case "source" | "date" | "author" | "link" if answer.documents:
            return "\n".join(told_of_documents(answer))
        case "source" | "date" | "author" | "link":
            return text("which_document", answer.language)
        case "full_text":
            said = text("full_text", answer.language)
            return "\n".join([said, *told_of_documents(answer)])
        case "documents":
            return text("about", answer.language)
        case reason:
            return text(reason, answer.language)


def heading(quote: Quote, language: str) -> str:
    """Return whose words `quote` is, by name where the document says who demands or is quoted."""
    if quote.who is None:
        return text(f"heading_{quote.label}", language)
    who = quote.passage.sentence_text(quote.who)
    return text(f"heading_{quote.label}_of", language, who=who)


def counted_heading(quote: Quote, number: int, count: int, language: str) -> str:
    """Return the heading of `quote`, the one with this `number` of `count`."""
    return f"{text('counted', language, number=number, count=count)} · {heading(quote, language)}"


def beside(answer: Answer) -> list[tuple[str, Quote]]:
    """Return what is shown after the quotes of `answer`, each under its heading: corrections."""
    whose = text("heading_correction", answer.language)
    return [(whose, one) for one in answer.corrections]


def source(quote: Quote, language: str, *, with_place: bool = True) -> str:
    """Return where `quote` stands: title, publisher, date and paragraph, its language if that is
    not `language`, and whether it was read from a scan.
    """
    document = quote.passage.document
    parts = [document.title, byline(document, language)]
    if with_place:
        parts.append(text("paragraph", language, number=quote.passage.paragraph))
    if document.language != language:
        name = language_name(document.language, language)
        parts.append(text("original", language, name=name))
    if document.notes.sureness is not None:
        parts.append(text("scanned", language))
    return " · ".join(part for part in parts if part)


def source_line(quote: Quote, language: str, *, with_place: bool = True) -> str:
    """Return where `quote` stands in one line of a phone: the title shortened, and the publisher if
    there is room. After it comes what `source` says of the language and of a scan.
    """
    document = quote.passage.document
    parts = [date(document.date, language)] if document.date else []
    if with_place:
        parts.append(paragraph_of(quote, language))
    room = _LINE - sum(len(f" · {part}") for part in parts)
    named = [document.title, document.publisher] if document.publisher else [document.title]
    if len(" · ".join(named)) > room:
        named = [shortened(document.title, max(room, _LEAST_TITLE))]
    if document.language != language:
        parts.append(language_name(document.language, language))
    if document.notes.sureness is not None:
        parts.append(text("scanned", language))
    return " · ".join([*named, *parts])


def shortened(words: str, length: int) -> str:
    """Return `words` in at most `length` characters, cut between two words if possible.

    >>> shortened("Report on the prisons", 15)
    'Report on the…'
    """
    if len(words) <= length:
        return words
    cut = words[:length]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut[:-1]}…"


def cut(words: str, length: int) -> str:
    """Return `words` in at most `length` characters, cut anywhere."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def paragraph_of(quote: Quote, language: str) -> str:
    """Return the number of the paragraph of `quote`, in its short form."""
    return text("place", language, number=quote.passage.paragraph)


def reading_notes(document: Document, language: str) -> list[str]:
    """Return what its editor should know of how the file of `document` was read, a line each."""
    notes = document.notes
    pieces = [
        text(f"not_read_{kind}", language, count=count)
        for kind, count in notes.left_out.items()
        if count and not (kind == "unreadable" and notes.sureness is not None)
    ]
    lines = [text("not_read", language, pieces=", ".join(pieces))] if pieces else []
    lines += scanned_note(document, language)
    if notes.passed_over:
        lines.append(text("passed_over", language, keys=", ".join(notes.passed_over)))
    return lines


def scanned_note(document: Document, language: str) -> list[str]:
    """Return how sure the OCR is of the words of `document`, and how many it could not read; [] if
    none was needed.
    """
    notes = document.notes
    if notes.sureness is None:
        return []
    lines = [text("field_scanned", language, percent=int(100 * notes.sureness))]
    if count := notes.left_out.get("unreadable", 0):
        lines.append(text("field_unreadable", language, count=count))
    return lines


def day_of(document: Document, language: str) -> str:
    """Return the date of `document`, with a word of doubt where it is a guess."""
    if document.date is None:
        return text("not_known", language)
    day = date(document.date, language)
    return text("guessed", language, value=day) if "date" in document.notes.guessed else day


def refusal(why: Exception | Problem | str, language: str) -> str:
    """Return why a file was refused, or something not done, without any path.

    In English these are the sentences of the terminal, except for problems of the server; the
    other languages have a text for each code. An error without a code is told in its own words.
    """
    if isinstance(why, EmbeddingError):
        return text("vectors_unkept", language)
    problem = why.problem if isinstance(why, KnowledgeError) else why
    if not isinstance(problem, Problem):
        return str(why)
    is_of_the_server = problem.code in OF_THE_SERVER
    problem = problem.about("" if is_of_the_server else PurePath(problem.file).name)
    if language == "en" and not is_of_the_server:
        said = str(problem)
    else:
        said = problem.said(text(f"problem_{problem.code}", language))
    return said if problem.file else said[:1].upper() + said[1:]


def called(person: Person, language: str) -> tuple[str, str]:
    """Return the name of `person` in the letters of `language`, and another spelling, or ""."""
    return display_name(person, language), other_form(person, language) or ""


def _everybody(answer: Answer, base: KnowledgeBase) -> str:
    """Return who is named, where `answer` is the list of all who are; "" elsewhere."""
    people = answer.people
    if not answer.is_whole or len(people) < 2 or people != base.people.people:
        return ""
    names = ", ".join(display_name(person, answer.language) for person in people[:_NAMES])
    names += "…" if len(people) > _NAMES else ""
    return text("all_named", answer.language, count=len(people), names=names)


def _preface(answer: Answer) -> str:
    """Return what is said before the quotes: which names are absent, whom a follow-up is about, as
    of when it holds, and whether the document has other editions.
    """
    language = answer.language
    said = []
    names = ", ".join(display_name(person, language) for person in answer.people)
    if answer.absent:
        said.append(text("absent", language, names=", ".join(answer.absent)))
    if answer.is_follow_up and names and not answer.is_card:
        said.append(text("about_person", language, names=names))
    if answer.is_of_now and answer.quotes:
        day = answer.quotes[0].passage.document.date
        said.append(
            text("as_of", language, date=date(day, language))
            if day
            else text("as_of_unknown", language)
        )
    for edition in ("later", "earlier"):
        other = answer.later if edition == "later" else answer.earlier
        if other is not None and other.date is not None:
            said.append(text(f"{edition}_edition", language, date=date(other.date, language)))
    return "\n".join(said)
