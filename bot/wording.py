"""An Answer in the bot's own words: what it says beside a quote, or instead of one."""

from bot.texts import date, language_name, text
from knowledge.answers import Answer, Quote
from knowledge.documents import Document
from knowledge.errors import KnowledgeError
from knowledge.knowledge_base import KnowledgeBase
from knowledge.problems import Problem


def remark(answer: Answer, base: KnowledgeBase) -> str:
    """Return what the bot says in place of a quote, or before one; it may be ""."""
    match answer.reason:
        case None:
            return _preface(answer)
        case "about":
            return text("smalltalk_about", answer.language)
        case "other_language":
            names = [language_name(shelf.language, answer.language) for shelf in base.shelves]
            return text("other_language", answer.language, languages=", ".join(names))
        case reason:
            return text(reason, answer.language)


def heading(quote: Quote, language: str) -> str:
    """Return whose words `quote` is."""
    return text(f"heading_{quote.label}", language)


def counted_heading(quote: Quote, number: int, count: int, language: str) -> str:
    """Return the heading of `quote`, the one with this `number` of `count`."""
    return f"{text('counted', language, number=number, count=count)} · {heading(quote, language)}"


def beside(answer: Answer) -> list[tuple[str, Quote]]:
    """Return what is shown after the quotes of `answer`, each under its heading: corrections of
    them, and what they correct.
    """
    language = answer.language
    return [
        *((text("heading_correction", language), one) for one in answer.corrections),
        *((text("heading_corrected", language), one) for one in answer.corrected),
    ]


def byline(document: Document, language: str) -> str:
    """Return who published `document` and when, as far as that is known; it may be ""."""
    day = date(document.date, language) if document.date else None
    return ", ".join(part for part in (document.publisher, day) if part)


def source(quote: Quote, language: str) -> str:
    """Return where `quote` stands: title, publisher, date and paragraph, its language where that is
    not `language`, and that a machine read it if one did.
    """
    document = quote.passage.document
    parts = [
        document.title,
        byline(document, language),
        text("paragraph", language, number=quote.passage.paragraph),
    ]
    if document.language != language:
        name = language_name(document.language, language)
        parts.append(text("original", language, name=name))
    if document.notes.sureness is not None:
        parts.append(text("scanned", language))
    return " · ".join(part for part in parts if part)


def reading_notes(document: Document, language: str) -> list[str]:
    """Return what whoever adds `document` should know of how its file was read, a line each."""
    notes = document.notes
    pieces = [
        text(f"not_read_{kind}", language, count=count)
        for kind, count in notes.left_out.items()
        if count and not (kind == "unreadable" and notes.sureness is not None)
    ]
    lines = [text("not_read", language, pieces=", ".join(pieces))] if pieces else []
    if notes.sureness is not None:
        percent, count = int(100 * notes.sureness), notes.left_out.get("unreadable", 0)
        lines.append(text("field_scanned", language, percent=percent, count=count))
    if notes.passed_over:
        lines.append(text("passed_over", language, keys=", ".join(notes.passed_over)))
    return lines


def day_of(document: Document, language: str) -> str:
    """Return the date of `document`, with a word of doubt where it is a guess."""
    if document.date is None:
        return text("not_known", language)
    day = date(document.date, language)
    return text("guessed", language, value=day) if "date" in document.notes.guessed else day


def refusal(why: Exception | Problem | str, language: str) -> str:
    """Return why a file is not taken, or something not done; in English, if that is all there is.

    Its English sentences are those of the terminal; the other languages have a text for each code.
    """
    problem = why.problem if isinstance(why, KnowledgeError) else why
    if language == "en" or not isinstance(problem, Problem):
        return str(why)
    return problem.said(text(f"problem_{problem.code}", language))


def _preface(answer: Answer) -> str:
    """Return what is said before the quotes: whom a follow-up is about, as of when, and whether the
    document has other editions.
    """
    language = answer.language
    said = []
    names = ", ".join(person.name for person in answer.people)
    if answer.is_follow_up and names:
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
