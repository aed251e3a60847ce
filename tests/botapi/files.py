"""Files that people and the bot sent, kept for download."""

from dataclasses import dataclass
from typing import Any

from tests.botapi.refusals import bad_request

MAX_DOWNLOAD = 20 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a multipart call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file and how Telegram describes it; `size` is what is declared and may be a lie or None."""

    file_id: str
    path: str
    content: bytes
    size: int | None

    def json(self, **described: Any) -> dict[str, Any]:
        """Return the fields common to everything that has a file, with `described` added."""
        size = {} if self.size is None else {"file_size": self.size}
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}"} | described | size


class Files:
    """Every file by its id."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def store(self, content: bytes, *, folder: str, name: str, size: int | None) -> StoredFile:
        """Keep `content`; the path to download it from tells the ending of its name only."""
        number = len(self._files)
        ending = name.rpartition(".")[2]
        file = StoredFile(
            file_id=f"BQACAgIAAx{folder}{number:06d}",
            path=f"{folder}/file_{number}.{ending}",
            content=content,
            size=size,
        )
        self._files[file.file_id] = file
        return file

    def get(self, file_id: str) -> StoredFile:
        """Return the file, or raise ApiError if there is none or it is too big to download."""
        file = self._files.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if max(file.size or 0, len(file.content)) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return file

    def at(self, path: str) -> StoredFile | None:
        """Return the file downloaded from `path`, or None."""
        return next((file for file in self._files.values() if file.path == path), None)
