"""What kind of message a text is, of messages that the classifier did not learn."""

import pytest

from embeddings.multilingual import multilingual_encoder
from knowledge.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello there!!", "greeting"),
        ("Здравствуйте!", "greeting"),
        ("Thank you so much for this", "thanks"),
        ("спасибо огромное, очень помогли", "thanks"),
        ("What can you do for me?", "about"),
        ("Сен кімсің?", "about"),
        ("List everybody who is named in the documents", "people"),
        ("перечисли всех людей, которые упомянуты", "people"),
        ("What are all the demands?", "demands"),
        ("Какие требования там выдвинуты?", "demands"),
        ("give me a short summary", "overview"),
        ("О чём этот документ?", "overview"),
        ("When was the crane operator detained at the plant?", "question"),
        ("Сколько лет дали водителю грузовика?", "question"),
        ("Hello, could you tell me when the crane operator was detained?", "question"),
        ("What do they demand from the ministry of transport about buses?", "question"),
    ],
)
def test_the_kind_of_a_message(text: str, kind: Kind) -> None:
    assert kind_of(multilingual_encoder().encode_query(text).vector) == kind
