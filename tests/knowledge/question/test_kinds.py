"""What kind of message a text is, of messages that the classifier did not learn."""

import numpy as np
import pytest

from embeddings.multilingual import multilingual_encoder
from knowledge.question.kinds import KINDS, Kind, kind_of, kind_of_shares


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
        ("and what's the source of that?", "source"),
        ("Откуда вы это взяли?", "source"),
        ("Дереккөзі қайсы?", "source"),
        ("When was this published?", "date"),
        ("кто написал этот документ", "author"),
        ("send me the link please", "link"),
        ("Толық мәтінін көрсетіңіз", "full_text"),
        ("what questions can I ask here", "what_to_ask"),
        ("расскажи подробнее", "more"),
        ("are you chat gpt?", "bot_nature"),
        ("Қазақша жауап беріңізші", "language_kk"),
        ("Speak Russian please", "language_ru"),
        ("Қандай құжаттар бар?", "documents"),
        ("When was the crane operator detained at the plant?", "question"),
        ("Who wrote the letter to the minister?", "question"),
        ("What is the source of the funding?", "question"),
        ("Расскажи подробнее о пытках в тюрьмах", "question"),
        ("когда её освободили", "question"),
        ("Хатты кім жазды?", "question"),
        ("Did the judge speak Kazakh?", "question"),
        ("Which documents did the police seize?", "question"),
        ("why", "question"),
        ("Сколько лет дали водителю грузовика?", "question"),
        ("Hello, could you tell me when the crane operator was detained?", "question"),
        ("What do they demand from the ministry of transport about buses?", "question"),
        ("Вопрос такой: когда суд отпустил водителя", "question"),
        ("Ақтөбе", "question"),
        ("ереуіл", "question"),
        ("is anything said about strikes", "question"),
        ("Good morning, I report on courts for a newspaper in Osh", "greeting"),
        ("which document are you quoting from, and how am I to cite that correctly?", "source"),
    ],
)
def test_the_kind_of_a_message(text: str, kind: Kind) -> None:
    assert kind_of(text, multilingual_encoder().encode_query(text).vector) == kind


@pytest.mark.parametrize(
    ("shares", "kind"),
    [
        ({"source": 0.75, "question": 0.15, "date": 0.1}, "source"),
        ({"source": 0.65, "question": 0.15, "date": 0.2}, "question"),
        ({"source": 0.75, "question": 0.25}, "question"),
        ({"source": 0.45, "link": 0.4, "date": 0.05, "question": 0.1}, "source"),
        ({"source": 0.45, "link": 0.4, "question": 0.15}, "question"),
        ({"source": 0.35, "link": 0.3, "date": 0.3, "question": 0.05}, "question"),
    ],
)
def test_only_what_is_hardly_a_question_is_told_without_being_sure(
    shares: dict[Kind, float], kind: Kind
) -> None:
    assert kind_of_shares(np.array([shares.get(one, 0.0) for one in KINDS])) == kind
