"""What can be wrong with the files of editors, by code, so that it can be said in any language.

The sentences here are the English ones, for the terminal. The texts of the bot have sentences for
editors under the same codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

SENTENCES = {
    # The file as such.
    "same_id": "another document is called {id}; rename one",
    "same_name": "{other} is called the same; rename or remove one",
    "unreadable": "cannot be read ({reason})",
    "folder_unreadable": "cannot be listed ({reason})",
    "type_unknown": "files of type '{ending}' are not read, expected one of {endings}",
    "too_large": "is larger than {bytes} bytes; split it or raise documents.max_bytes",
    "empty": "there is no text in it, it is empty; save it again",
    "no_text": "there is no text in it; save it again, with its text",
    # Its name.
    "nameless": "a file without a name: give it one",
    "name_slash": "a file's name must not hold / or \\; rename it",
    "name_unseen": "its name holds a character that cannot be seen; rename it with letters",
    "name_hidden": "a file's name must not be empty or begin with a dot; rename it",
    "name_too_long": "its name is too long; rename it to {bytes} bytes at most"
    " ({latin} Latin or {cyrillic} Cyrillic letters)",
    # What it is by its first bytes.
    "is_pdf": "is a PDF document by its content, not {ending}; give it the ending .pdf",
    "is_zip": "is a ZIP archive or a Word document by its content, not {ending}; unpack it, or give"
    " it the ending .docx",
    "is_old_office": "is an old or protected Office document by its content, not {ending}; save it"
    " again as .docx, without a password",
    "is_rtf": "is an RTF document by its content, not {ending}; save it again as .docx",
    "is_picture": "is a picture ({kind}) by its content, not {ending}; give it the ending .png,"
    " .jpg, .tif or .webp, or save its text as .txt",
    "is_archive": "is a {kind} archive by its content, not {ending}; unpack it",
    "is_web_page": "is a web page by its content, not {ending}; give it the ending .html",
    "no_pdf": "is not a PDF document, whatever its ending says; save it again as .pdf",
    "no_picture": "is not a picture of a kind that is read, whatever its ending says; save it again"
    " as .png or .jpg",
    "no_word": "is not a Word document, whatever its ending says; save it again as .docx",
    "word_is_zip": "is a ZIP archive, not a Word document; unpack it",
    # Its text.
    "nul": "is not text (it holds NUL characters); save it as UTF-8 text",
    "encoding": "is not {encoding} (byte {byte}); save it again as UTF-8",
    "charset_unknown": "its charset '{charset}' is not known; save it again as UTF-8",
    "no_article": "there is no text in it that reads as an article; save its text as .txt",
    "tags_endless": "a tag in it has a thousand attributes, which no page needs; save its text as"
    " .txt",
    "attributes_endless": "its tags have more than {most} attributes, which no page needs; save its"
    " text as .txt",
    "tags_too_deep": "its tags are nested too deeply, or a piece of text in it is endless; save its"
    " text as .txt",
    "password": "is protected by a password; save it again without one",
    "pdf_damaged": "is damaged and cannot be read as a PDF; open it and save or print it to PDF"
    " again",
    "scan": "{empty} of its {pages} pages hold no text, only pictures, and those are read where"
    " Tesseract is installed (apt-get install tesseract-ocr tesseract-ocr-rus tesseract-ocr-kaz);"
    " install it, or run the file through text recognition (OCR) first",
    "scan_too_long": "{pages} of its pages hold no text, only pictures, and of those {most} are"
    " read by machine at most; split it",
    "scan_too_slow": "{pages} of its pages hold no text, only pictures, and in {seconds} seconds"
    " {done} of them were read by machine; split it",
    "scan_unreadable": "too little of its pictures could be read by machine with any sureness; scan"
    " it again, straight and in grey, at 300 dots an inch",
    "picture_too_large": "is a picture of {pixels} million dots, and {most} million are read at"
    " most; make it smaller",
    "unpacks_too_large": "unpacks to more than {megabytes} MB or {parts} parts; split it or leave"
    " out its pictures",
    "word_damaged": "is damaged or protected by a password; open it in Word and save it again"
    " without one",
    "entities": "holds XML entities, which Word never writes and which may draw in other files;"
    " open it in Word and save it again",
    # What reading it takes.
    "takes_too_long": "takes longer than {seconds} seconds to read; split it or save its text as"
    " .txt",
    "takes_too_much": "needs more than {megabytes} MB of memory to be read; split it",
    "too_much_text": "holds more text than is read; split it",
    "too_many_words": "holds more than {most} words, and the memory has room for so many; keep what"
    " questions will be about, or split it and add only the parts that matter",
    "too_many_sentences": "holds more than {most} sentences, rows or items, and the memory has room"
    " for so many; keep what questions will be about, or split it and add only the parts that"
    " matter",
    "too_much_together": "with it all documents hold {words} words, and the memory has room for"
    " {most}; shorten it, remove others, or raise documents.max_words where there is more memory",
    "reader_broke": "its reader broke off (damaged, or too much for the memory); save it again from"
    " another program, or its text as .txt",
    "reader_raved": "its reader gave no sense; save its text as .txt",
    "nested_too_deep": "is nested too deeply to be read; save it again from another program",
    "damaged": "is damaged, or no {ending} file: it cannot be read; open it in a program and save"
    " it again",
    # What it says of itself, or an editor of it.
    "front_matter_no_yaml": "its front matter is not YAML ({reason})",
    "front_matter_no_keys": "its front matter is not a list of keys and values",
    "key_unknown": "unknown key '{key}', expected one of {keys}",
    "line_unknown": "'{key}' says nothing of a document; write title, date, language, publisher or"
    " link",
    "date_wrong": "'{value}' is no date; expected a day such as 2024-05-17",
    "date_impossible": "there is no such day as '{value}'; check its day and month",
    "date_ambiguous": "the date '{value}' is {one} or {other}; write it as one of these",
    "date_future": "the date '{value}' is yet to come; expected the day of publication, such as"
    " 2024-05-17",
    "language_wrong": "'{value}' is no code of a language; expected one such as en, ru or kk",
    "url_wrong": "the link '{value}' is no address; it begins with https:// or http://",
    "title_wrong": "the title '{value}' is no text of at most {characters} characters",
    "publisher_wrong": "the publisher '{value}' is no text of at most {characters} characters",
    "several_values": "{key} has several values in its front matter; write one",
    # What stands beside the documents.
    "entry_wrong": "entry {entry}: {reason}",
    "person_without_letters": "entry {entry}.name: '{person}' has no letters",
    "person_twice": "entry {entry}.name: '{person}' stands there twice",
    "role_elsewhere": "entry {entry}.role ({person}): {document} does not say '{role}' at {start};"
    " it stands at {found}",
    "role_nowhere": "entry {entry}.role ({person}): {document} does not say '{role}' at {start};"
    " it stands nowhere in the document",
    # What is kept.
    "no_documents": "there are no documents to answer from; add one, such as a .txt or .md file",
    "all_gone": "all documents are gone from it, as if its disk were not there; bring it back, or"
    " take them out in the chat with /documents first",
    "no_such_document": "there is no such document",
    "not_kept": "is no longer kept; send it or reload once more",
    "unwritable": "cannot be written ({reason}), so nothing was changed; make room or set"
    " storage.path to a folder that can be written",
    "gaps_damaged": "cannot be read; move it away, and it begins anew",
    "archive_damaged": "cannot be read ({reason}); the newest edition that is whole serves instead,"
    " where there is one, and the damaged file is kept in {folder}/damaged. Else restore {folder}"
    " from a backup, or move it away: the documents on disk are then published anew, without what"
    " was sent in a chat",
    "read_only": "may only be read, so that nothing can be changed; make it writable for the user"
    " who runs the bot, or set storage.path to a folder that is",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: a code of SENTENCES, what fills its sentence, and the file it is about.

    `str` gives the English sentence. A `code` keeps its meaning from release to release, since some
    are stored.
    """

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    file: str = ""

    def __str__(self) -> str:
        return self.said(SENTENCES[self.code])

    def said(self, sentence: str) -> str:
        """Return `sentence`, in any language, with the values filled in, after the file's name."""
        words = sentence.format_map(self.values)
        return f"{self.file}: {words}" if self.file else words

    def about(self, file: str) -> "Problem":
        """Return the same problem, of `file`."""
        return replace(self, file=file)


def problem(code: str, file: object = "", /, **values: str | int) -> Problem:
    """Return the problem `code` of `file`."""
    return Problem(code, values, str(file))
