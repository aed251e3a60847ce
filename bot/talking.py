"""A conversation in the terminal: questions, commands, and numbers that choose from a list."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from rich.console import Console

from bot import terminal
from bot.console import edited_lines, plain_lines, read_lines
from bot.texts import LANGUAGES, text
from knowledge.answering.shown import Shown
from knowledge.library.snapshots import Snapshot
from knowledge.people.display_names import display_name
from knowledge.people.person import Person
from knowledge.quotes.answers import Answer, Offer, Quote, quote, whole
from knowledge.reading.documents import Document
from knowledge.search.search import NEARLY_CERTAIN
from knowledge.words.detection import detect

_QUOTES_A_PAGE, _NAMES_A_PAGE, _EXAMPLES = 5, 20, 3
_MORE = frozenset(["more", "more_of_what", "no_more"])
_GOODBYE = frozenset({"exit", "quit", "/exit", "/quit"})

Act = Callable[[], None]
Choice = tuple[str, Act]
"""What a line of a list says, and what is done when its number or its words are typed."""


def talk(opened: Snapshot, language: str, console: Console) -> None:
    """Answer from `opened` what is typed until Ctrl-D, or the lines of an input that is not a
    terminal. `language` is for what is said before anything is asked.
    """
    conversation = Conversation(opened, language, console)
    if not sys.stdin.isatty():
        for _, line in read_lines():
            conversation.say(line)
            console.print()
        return
    conversation.greet()
    for line in edited_lines() if console.is_terminal else plain_lines():
        if line.strip().casefold() in _GOODBYE:
            return
        try:
            conversation.say(line)
        except KeyboardInterrupt:
            console.print()
        console.print()


class Conversation:
    """What is remembered from line to line: whom it is about, its language, the list to choose
    from, and what more there is to show.
    """

    def __init__(self, opened: Snapshot, language: str, console: Console) -> None:
        """Begin, in `language`, over what is `opened`."""
        self._opened = opened
        self._base = opened.knowledge_base
        self._language = language
        self._asked_for: str | None = None  # a language
        self._heard: str | None = None  # the language of the last question
        self._console = console
        self._spoken_of: Person | None = None
        self._choices: list[Choice] = []
        self._is_list_fresh = False  # printed by the line before
        self._more: Act | None = None
        self._shown: Shown | None = None

    def greet(self) -> None:
        """Say what can be asked about, with questions to choose from."""
        terminal.show_words(terminal.welcome(self._base, self._language), self._console, "dim")
        spoken = [one for one in self._opened.examples if detect(one) == self._language]
        examples = (spoken or self._opened.examples)[:_EXAMPLES]
        if examples:
            self._offer([(one, partial(self._ask, one)) for one in examples])
            terminal.show_list(examples, self._console)
            self._hint("terminal_choose")

    def say(self, line: str) -> None:
        """Answer one line: a question, a command, or the number of a choice."""
        words = line.strip()
        was_fresh, self._is_list_fresh = self._is_list_fresh, False
        act = self._chosen(words)
        if act is not None:
            act()
        elif words.isdecimal() and was_fresh:
            self._is_list_fresh = True
            count = len(self._choices)
            self._say("terminal_no_number", number=words, count=count)
        elif words.startswith("/"):
            command, _, rest = words.partition(" ")
            self._command(command.casefold(), rest.strip())
        else:
            self._ask(words)

    def _chosen(self, words: str) -> Act | None:
        if words.isdecimal():
            number = int(words)
            return self._choices[number - 1][1] if 0 < number <= len(self._choices) else None
        folded = words.casefold()
        return next((act for said, act in self._choices if said.casefold() == folded), None)

    def _command(self, command: str, rest: str) -> None:
        match command:
            case "/ask" | "/person" if rest:
                self._ask(rest)
            case "/ask":
                self._say("ask_usage_without_example")
            case "/person":
                self._say_whom()
            case "/people":
                self._people(0)
            case "/demands":
                self._demands()
            case "/more":
                self._continue()
            case "/about" | "/documents":
                self._about()
            case "/language":
                self._choose_language(rest)
            case "/forget":
                self._spoken_of, self._shown, self._more, self._choices = None, None, None, []
                self._asked_for = None
                self._say("terminal_forgotten")
            case "/help" | "/start":
                self._say("terminal_help")
            case _:
                self._say("unknown_command")

    def _ask(self, question: str, meant: Person | None = None) -> None:
        answer = self._opened.ask(question, self._spoken_of, meant, self._heard, self._shown)
        if answer.reason == "language":
            self._speak(answer.language)
            return
        answer = replace(answer, language=self._asked_for or answer.language)
        if answer.reason in _MORE and self._more is not None:  # of the list above
            self._continue()
            return
        self._spoken_of = answer.spoken_of(self._spoken_of)
        self._shown = self._base.shown(answer, self._shown)
        self._language = self._heard = answer.language
        self._show(answer, question)

    def _show(self, answer: Answer, question: str) -> None:
        self._more = None
        terminal.show(answer, self._base, self._console, _QUOTES_A_PAGE)
        if answer.options:
            names = [display_name(one, answer.language) for one in answer.options]
            asks = [partial(self._ask, question, one) for one in answer.options]
            self._offer(list(zip(names, asks, strict=True)))
            self._hint("terminal_choose")
        elif answer.offers:
            self._offer([(one.text, partial(self._take, one)) for one in answer.offers])
            self._hint("terminal_choose")
        elif answer.status == "clarify" and answer.documents:
            self._offer([(one.title, partial(self._document, one)) for one in answer.documents])
            self._hint("terminal_choose")
        if len(answer.quotes) > 1:
            self._after_page(answer.quotes, _QUOTES_A_PAGE)
        elif answer.more:
            self._more = partial(self._next_passage, answer.more)
            if answer.confidence < NEARLY_CERTAIN:
                self._hint("terminal_more", count=len(answer.more))

    def _take(self, offer: Offer) -> None:
        if offer.kind == "passage":
            passage = self._base.passages[offer.number]
            self._passage(quote(passage, passage.sentences[0]))
        else:
            self._ask(offer.text)

    def _document(self, document: Document) -> None:
        """Show the overview of `document`."""
        answer = self._opened.overview(document, self._language)
        if answer is not None:
            self._shown = self._base.shown(answer)
            self._show(answer, document.title)

    def _next_passage(self, quotes: Sequence[Quote]) -> None:
        first, *rest = quotes
        self._passage(first)
        if rest:
            self._more = partial(self._next_passage, rest)
            self._hint("terminal_more", count=len(rest))

    def _page(self, quotes: Sequence[Quote], first: int) -> None:
        terminal.show_page(quotes, first, _QUOTES_A_PAGE, self._base, self._language, self._console)
        self._after_page(quotes, first + _QUOTES_A_PAGE)

    def _after_page(self, quotes: Sequence[Quote], shown: int) -> None:
        """Offer the first `shown` of `quotes`, which were printed, and keep the rest for /more."""
        self._offer([(one.highlight, partial(self._passage, one)) for one in quotes[:shown]])
        self._hint("terminal_unfold")
        if shown < len(quotes):
            self._more = partial(self._page, quotes, shown)
            self._hint("terminal_more", count=len(quotes) - shown)

    def _passage(self, shown: Quote) -> None:
        terminal.show_quote(shown, self._base, self._language, self._console)

    def _people(self, first: int) -> None:
        everybody = self._base.people.people
        if not everybody:
            self._say("no_people")
            return
        if first == 0:
            self._say("terminal_people", count=len(everybody))
        end = first + _NAMES_A_PAGE
        names = [display_name(one, self._language) for one in everybody[:end]]
        terminal.show_list(names[first:], self._console, first)
        acts = [partial(self._person, one) for one in everybody[:end]]
        self._offer(list(zip(names, acts, strict=True)))
        self._hint("terminal_choose")
        if end < len(everybody):
            self._more = partial(self._people, end)
            self._hint("terminal_more", count=len(everybody) - end)

    def _person(self, person: Person) -> None:
        self._spoken_of = person
        terminal.show_person(person, self._language, self._console)
        statements = self._base.statements.of([person])
        self._show(whole(statements, self._language, [person]), person.name)

    def _say_whom(self) -> None:
        if everybody := self._base.people.people:
            self._say("person_usage", example=everybody[0].name)
        else:
            self._say("no_people")

    def _demands(self) -> None:
        if demands := self._base.statements.demands:
            self._show(whole(demands, self._language), "")
        else:
            self._say("no_demands")

    def _about(self) -> None:
        terminal.show_about(self._base, self._language, self._console)
        documents = self._base.documents
        self._offer([(one.title, partial(self._document, one)) for one in documents])
        self._hint("terminal_choose")

    def _choose_language(self, wanted: str) -> None:
        """Speak the language `wanted`, by its code or name, or offer those there are."""
        named = {text("own_name", one): one for one in LANGUAGES}
        for name, one in named.items():
            if wanted.casefold() in {one, name.casefold()}:
                self._speak(one)
                return
        self._say("choose_language")
        terminal.show_list(list(named), self._console)
        self._offer([(name, partial(self._speak, one)) for name, one in named.items()])
        self._hint("terminal_choose")

    def _speak(self, language: str) -> None:
        self._language = self._asked_for = language
        self._say("language_chosen")

    def _continue(self) -> None:
        more, self._more = self._more, None
        if more is None:
            self._say("terminal_nothing_more")
        else:
            more()

    def _offer(self, choices: list[Choice]) -> None:
        self._choices, self._is_list_fresh = choices, True

    def _say(self, key: str, **values: object) -> None:
        terminal.show_words(text(key, self._language, **values), self._console)

    def _hint(self, key: str, **values: object) -> None:
        terminal.show_words(text(key, self._language, **values), self._console, "dim")
