"""What a message may carry beside words, as the Bot API describes it."""

from typing import Any

from tests.botapi.files import Files

_FILES: dict[str, tuple[str, dict[str, Any]]] = {
    "voice": ("voice.oga", {"duration": 3, "mime_type": "audio/ogg"}),
    "audio": ("talk.mp3", {"duration": 60, "mime_type": "audio/mpeg", "title": "Talk"}),
    "video": ("film.mp4", {"width": 640, "height": 360, "duration": 9, "mime_type": "video/mp4"}),
    "video_note": ("note.mp4", {"length": 240, "duration": 5}),
}
_OTHERS: dict[str, dict[str, Any]] = {
    "location": {"latitude": 43.25, "longitude": 76.95},
    "contact": {"phone_number": "+77010000000", "first_name": "Dana"},
    "dice": {"emoji": "🎲", "value": 4},
    "poll": {
        "id": "5100000000000000001",
        "question": "Shall we meet?",
        "options": [
            {"persistent_id": "0", "text": "Yes", "voter_count": 0},
            {"persistent_id": "1", "text": "No", "voter_count": 0},
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}
KINDS = (*_FILES, *_OTHERS)


def media(kind: str, files: Files) -> dict[str, Any]:
    """Return the field of a message that has something of `kind`, one of KINDS."""
    if kind in _OTHERS:
        return {kind: dict(_OTHERS[kind])}
    name, described = _FILES[kind]
    file = files.store(b"data", folder=kind, name=name, size=4)
    return {kind: file.json(**described)}
