"""The command line: the same bot in a terminal, and the program that runs it on Telegram.

Slow imports are left to the commands that need them, so that `--help` and `--version` answer at
once and `run` says early that it starts, or that it cannot.
"""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.console import err, is_silent, out, progress, read_lines, warn
from bot.errors import BotError, TemporaryError
from bot.preparing import load_models, open_snapshot, read_settings, warned_of
from embeddings.errors import EmbeddingError
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from knowledge.answering.shown import Shown
    from knowledge.people.person import Person

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105, the name of a variable
_FOUND, _NOT_FOUND, _UNUSABLE, _TEMPORARY = 0, 1, 2, 75  # exit codes; 75 as in sysexits.h

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Answers questions about documents in the documents' own words.",
    epilog="""\b
Examples:
  rapporteur ask "Who is Maks Bokayev?"
  rapporteur chat --documents ~/reports
  TELEGRAM_BOT_TOKEN=123:abc rapporteur run""",
)
_Documents = Annotated[
    Path | None,
    typer.Option(help="Folder of documents to answer from, instead of documents.folder."),
]
_Config = Annotated[
    Path | None, typer.Option(help="Settings; else RAPPORTEUR_CONFIG, else ./config.yaml.")
]


def _show_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        print(f"rapporteur {version('rapporteur')}")  # noqa: T201
        raise typer.Exit


@app.callback()
def _options(
    _is_asked: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None: ...


def main() -> None:
    """Run the command line. An error is one line on standard error and exit code 2, or 75 if
    running the same again may succeed.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if len(sys.argv) == 1:
        sys.argv.append("--help")
    try:
        sys.exit(app(standalone_mode=False) or _FOUND)
    except TemporaryError as error:
        _fail(str(error), _TEMPORARY)
    except (typer.TyperException, BotError, KnowledgeError, EmbeddingError) as error:
        is_question = str(error).startswith("No such command")
        _fail(f'{error} To ask a question: rapporteur ask "…"' if is_question else str(error))
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


@app.command(
    epilog="""\b
Examples:
  rapporteur ask "What does the Parliament demand of the EEAS?"
  rapporteur ask --json "Who is Maks Bokayev?"
  rapporteur ask --json - < questions.txt        one question a line, one answer a line
  rapporteur ask --explain "Who was arrested?"   why it was answered so, or declined
Exit code: 0 answered or asked back, 1 not in the documents, 2 wrong usage or settings."""
)
def ask(
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="A question; - reads one from each line of input."),
    ] = None,
    as_lines: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON per answer.")
    ] = False,
    is_explained: Annotated[
        bool, typer.Option("--explain", help="Show why it was answered so, or declined.")
    ] = False,
    documents: _Documents = None,
    config: _Config = None,
) -> int:
    """Answer one question, or each line of standard input."""
    given = " ".join(question or ()).strip()
    if not given:
        raise typer.BadParameter('the question is empty; write one: rapporteur ask "Who …?"')
    opened = open_snapshot(config, documents)
    base = opened.knowledge_base
    from bot.answer_json import as_json
    from bot.terminal import show, show_explanation

    questions = read_lines() if given == "-" else iter([("", given)])
    status = ""
    spoken_of: dict[str, Person | None] = {}
    shown: dict[str, Shown | None] = {}
    heard: dict[str, str] = {}
    for chat, asked in questions:
        about, otherwise = spoken_of.get(chat), heard.get(chat)
        answer = opened.ask(asked, about, otherwise=otherwise, shown=shown.get(chat))
        if chat:
            heard[chat] = answer.language
            spoken_of[chat] = answer.spoken_of(spoken_of.get(chat))
            shown[chat] = base.shown(answer, shown.get(chat))
        status = answer.status
        if as_lines:
            line = as_json(asked, answer, base, is_explained=is_explained)
            print(line, flush=True)  # noqa: T201
        else:
            show(answer, base, out)
            if is_explained:
                show_explanation(answer, out)
    return _NOT_FOUND if given != "-" and status == "not_found" else _FOUND


@app.command(epilog="Example: rapporteur chat --documents ~/reports")
def chat(documents: _Documents = None, config: _Config = None) -> None:
    """Talk in the terminal; with input that is not a terminal, answer its lines and end."""
    opened, language = open_snapshot(config, documents), read_settings(config, documents).language
    from bot.talking import talk

    talk(opened, language, out)


@app.command(
    epilog="""\b
Examples:
  rapporteur index                               publish what has changed; a running bot follows
  rapporteur index --documents ~/reports         list what is found, and publish nothing
  rapporteur index report.pdf --show             how a file is read, passage by passage
Exit code: 0 done, 1 not published since golden questions fail, 2 some files cannot be read, or
wrong usage or settings."""
)
def index(
    file: Annotated[Path | None, typer.Argument(help="A file to --show.")] = None,
    is_shown: Annotated[
        bool, typer.Option("--show", help="Print FILE as it is read, to compare with the page.")
    ] = False,
    documents: _Documents = None,
    config: _Config = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Publish even if golden questions fail that passed.")
    ] = False,
) -> int:
    """Read the documents, list what was found in them, and publish what has changed."""
    if (file is not None) != is_shown:
        raise typer.BadParameter("FILE and --show go together: rapporteur index FILE --show")
    from bot.inspection import show_documents, show_draft, show_file, show_people
    from bot.opening import open_library
    from knowledge.reading.documents import read_document

    if file is not None:
        show_file(read_document(file, read_settings(config, None).documents.max_bytes), out)
        return _FOUND
    if documents is not None:
        opened = open_snapshot(config, documents)
        show_documents(opened.knowledge_base, out)
        show_people(opened.knowledge_base, out)
        return _UNUSABLE if opened.problems else _FOUND
    settings = read_settings(config, None)
    library = open_library(settings, load_models(settings))
    with progress() as report:
        for fault in library.mend(is_kept=True):
            warn(str(fault))
        is_first = library.published() is None
        draft = library.first(report) if is_first else library.reload(report)
    show_documents(draft.snapshot.knowledge_base, out)
    show_people(draft.snapshot.knowledge_base, out)
    for reason in draft.left_out.values():
        warn(str(reason))
    show_draft(draft, out)
    if draft.lost and not anyway and not (sys.stdin.isatty() and typer.confirm("Publish anyway?")):
        warn("not published: golden questions fail that passed; --anyway publishes all the same")
        return _NOT_FOUND
    edition = library.publish(draft).edition.digest[:8]
    out.print(f"Edition {edition} {'serves on' if draft.is_empty else 'is published'}.")
    return _UNUSABLE if draft.left_out else _FOUND


@app.command(
    epilog="""\b
Examples:
  rapporteur evaluate                            the golden questions beside the documents
  rapporteur evaluate xquad.en.json xquad.ru.json --html report.html
  rapporteur evaluate xquad.en.json --leave-out odd --json
FILE holds golden questions (.yaml), asked of the documents, or SQuAD's format (.json), where each
article is a document, or is a folder of documents with questions, such as
benchmarks/reading/tune. The language of a SQuAD file is --language, else the one in its name
(xquad.ru.json), else it is detected in each article.
Exit code: 0 evaluated, 1 a golden question fails, 2 wrong usage or settings."""
)
def evaluate(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="Questions; see below.")
    ] = None,
    leave_out: Annotated[
        Literal["odd", "even"] | None,
        typer.Option(
            help="Leave these articles of each SQuAD file, counted from 1, out of the documents:"
            " questions about them must be declined."
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the SQuAD files, such as en, ru or kk.")
    ] = None,
    as_object: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    html: Annotated[Path | None, typer.Option(help="File to write a report with plots to.")] = None,
    documents: _Documents = None,
    config: _Config = None,
) -> int:
    """Measure how good the answers are, on questions whose answers are known."""
    from bot import evaluation_report
    from bot.evaluating import GoldenFile, read_files
    from bot.evaluating import evaluate as evaluated
    from bot.evaluation_page import write_page
    from bot.opening import builder

    settings = read_settings(config, documents)
    read = read_files(files or [], language=language, leave_out=leave_out)
    has_golden = any(isinstance(one, GoldenFile) for one in read)
    if documents is not None and not has_golden:
        raise BotError("--documents is for golden questions; name a file of them (.yaml)")
    snapshot = open_snapshot(config, documents) if has_golden else None
    models = load_models(settings) if snapshot is None else snapshot.knowledge_base.models
    with progress() as report:
        evaluations = list(evaluated(read, snapshot, builder(settings, models), report))
    if as_object:
        print(evaluation_report.as_json(evaluations))  # noqa: T201
    else:
        evaluation_report.show(evaluations, out)
    if html is not None:
        write_page(evaluations, html)
    return _NOT_FOUND if any(one.failures for one in evaluations) else _FOUND


@app.command(
    epilog="""\b
Examples:
  TELEGRAM_BOT_TOKEN=123:abc rapporteur run
  rapporteur run                                 no token: talks in the terminal
Exit code: 0 stopped by a signal, 2 wrong usage, settings or token, 75 it cannot go on, for
instance fetch no more updates, but a restart may help."""
)
def run(
    documents: _Documents = None,
    config: _Config = None,
    heartbeat: Annotated[
        Path | None, typer.Option(help="File to touch whenever Telegram answers.")
    ] = None,
) -> None:
    """Run the bot on Telegram, or in the terminal when TELEGRAM_BOT_TOKEN is not set."""
    settings = read_settings(config, documents)
    token = os.environ.get(TOKEN_VARIABLE, "").strip()
    if not token:
        if is_silent():
            raise BotError(f"{TOKEN_VARIABLE} is not set; @BotFather gives one")
        err.print(f"{TOKEN_VARIABLE} is not set, so this talks in the terminal.")
        opened = open_snapshot(config, documents)
        from bot.talking import talk

        talk(opened, settings.language, out)
        return
    from bot.starting import begin

    if not sys.stderr.isatty():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until there is something to reload
    begin(settings, token)
    with progress() as report:
        models = load_models(settings)
        from bot.opening import open_library
        from bot.serving import serve

        library = open_library(settings, models)
        snapshot = library.open(is_published=True, report=report)
        library.forget_discarded(is_start=True)
    serve(library, warned_of(snapshot), settings, token, heartbeat)


def _fail(message: str, code: int = _UNUSABLE) -> None:
    warn(message)
    sys.exit(code)
