"""Web pages as sites serve them: the article is read, and nothing around it."""

import datetime

import pytest

from knowledge.documents import Document
from knowledge.errors import DocumentError
from tests.knowledge.conftest import Read

ARTICLE = """<!DOCTYPE html>
<html lang="en-US" prefix="og: http://ogp.me/ns#"><head>
<meta charset="utf-8">
<title>Суд в Алматы оставил приговор в силе — Радио Пример</title>
<meta property="og:title" content="Суд в Алматы оставил приговор в силе">
<meta property="og:site_name" content="Радио Пример">
<meta property="article:published_time" content="2019-03-14T10:22:00+06:00">
<meta property="article:modified_time" content="2021-01-02T10:22:00+06:00">
<link rel="canonical" href="https://example.org/a/12345.html">
<style>.a{color:red}</style>
<script>window.layer=[];document.write("<p>Написано скриптом.</p>");</script>
</head><body class="page">
<header><nav><ul class="menu"><li><a href="/news">Новости</a></li></ul></nav></header>
<div class="cookie-banner">Мы используем файлы cookie. <button>Принять</button></div>
<main><article class="article">
<h1>Суд в Алматы оставил приговор в силе</h1>
<div class="share"><a href="#">Facebook</a> <a href="#">Twitter</a></div>
<div class="article-body">
<p>Городской суд Алматы 14 марта оставил без изменения приговор активисту, осуждённому
в декабре на восемь лет лишения свободы.</p>
<p>Адвокат сказал, что защита&nbsp;обжалует решение. &laquo;Мы будем идти до конца&raquo;,
<b>заявил</b> <a href="/x">он</a>.</p>
<h2>Что требует защита</h2>
<ul><li>отменить приговор;</li><li>освободить осуждённого:
<ul><li>немедленно;</li><li>без условий;</li></ul></li><li>провести расследование.</li></ul>
<blockquote><p>Это решение не имеет ничего общего с правом.</p></blockquote>
<table><thead><tr><th>Имя</th><th>Срок</th></tr></thead>
<tbody><tr><td>Кенжебек Абишев</td><td>7 лет</td></tr></tbody></table>
<ol><li>Первое заседание прошло в ноябре.</li><li>Второе прошло в декабре.</li></ol>
<h3>Названы в приговоре</h3>
<ul><li><a href="/p/1">Альмат Жумагулов</a></li><li><a href="/p/2">Оралбек Омыров</a></li>
<li><a href="/p/3">Кенжебек Абишев</a></li></ul>
<p>Да.</p>
<p>Резолюция была принята<br>в тот же день.<br>Голосовали все.</p>
</div>
<div class="related"><h3>Читайте также</h3><ul><li><a href="/1">Другая новость о суде</a></li>
</ul></div></article>
<aside class="sidebar"><h4>Популярное</h4>
<ul><li><a href="/2">Популярная новость</a></li></ul></aside>
</main>
<section id="comments"><div class="comment"><p>Комментарий читателя: неправда!</p></div></section>
<footer><p>© 2019 Радио Пример. Все права защищены.</p></footer>
</body></html>"""

PARAGRAPHS = (
    "The court in Astana said on Monday that the activist would remain in prison.",
    "His lawyer called the decision political and promised to go to a higher court.",
    "The prosecutor did not answer the questions that were sent to his office.",
)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_an_article_is_read_without_what_stands_around_it(read_data: Read) -> None:
    assert blocks(read_data(ARTICLE.encode(), "a.html")) == [
        (
            "paragraph",
            "Городской суд Алматы 14 марта оставил без изменения приговор активисту, осуждённому"
            " в декабре на восемь лет лишения свободы.",
        ),
        (
            "paragraph",
            "Адвокат сказал, что защита обжалует решение. «Мы будем идти до конца», заявил он.",
        ),
        ("heading", "Что требует защита"),
        (
            "list",
            "- отменить приговор;\n- освободить осуждённого:\n- немедленно;\n- без условий;\n"
            "- провести расследование.",
        ),
        ("paragraph", "Это решение не имеет ничего общего с правом."),
        ("paragraph", "Имя | Срок"),
        ("paragraph", "Кенжебек Абишев | 7 лет"),
        ("list", "1. Первое заседание прошло в ноябре.\n2. Второе прошло в декабре."),
        ("heading", "Названы в приговоре"),
        ("list", "- Альмат Жумагулов\n- Оралбек Омыров\n- Кенжебек Абишев"),
        ("paragraph", "Да."),
        ("paragraph", "Резолюция была принята в тот же день."),
        ("paragraph", "Голосовали все."),
    ]


def test_a_page_says_its_title_date_publisher_and_address(read_data: Read) -> None:
    document = read_data(ARTICLE.encode(), "a.htm")
    assert document.title == "Суд в Алматы оставил приговор в силе"
    assert document.date == datetime.date(2019, 3, 14)
    assert document.publisher == "Радио Пример"
    assert document.url == "https://example.org/a/12345.html"


def test_the_language_of_the_text_goes_over_that_of_the_template(read_data: Read) -> None:
    assert read_data(ARTICLE.encode(), "a.html").language == "ru"


def test_a_language_that_the_text_does_not_tell_is_taken_from_the_page(read_data: Read) -> None:
    page = f"<html lang='de-AT'><body><p>Das Gericht hat entschieden.</p>{PARAGRAPHS[0]}</body>"
    assert read_data(page.encode(), "a.html").language == "de"


def test_an_address_that_is_no_web_address_is_not_believed(read_data: Read) -> None:
    page = f"<html><head><link rel=canonical href='javascript:alert(1)'></head><p>{PARAGRAPHS[0]}"
    assert read_data(page.encode(), "a.html").url is None


@pytest.mark.parametrize(
    "body",
    [
        "<p>{}</p><p>{}</p><p>{}</p>",
        "<div><div>{}</div><div>{}</div><div><span>{}</span></div></div>",
        "{}<br><br>{}<br><br>{}",
        "<table><tr><td width=150><a href=/>Home</a></td><td>{}<br><br>{}<br>{}</td></tr></table>",
        "<p class=MsoNormal><span lang=EN-GB>{}<o:p></o:p></span></p><p>{}</p><p>{}</p>",
        "<p>{}<p>{}<p>{}",
    ],
    ids=["paragraphs", "divs", "line breaks", "layout table", "Word", "tags left open"],
)
def test_every_paragraph_of_a_page_is_kept_however_it_is_marked(read_data: Read, body: str) -> None:
    page = f"<html><head><title>T</title></head><body>{body.format(*PARAGRAPHS)}</body></html>"
    texts = [text for _, text in blocks(read_data(page.encode(), "a.html"))]
    assert texts[-3:] == list(PARAGRAPHS)


def test_a_page_of_one_sentence_is_read(read_data: Read) -> None:
    assert (
        read_data(b"<p>Maks Bokayev is in prison.</p>", "a.html").text
        == "Maks Bokayev is in prison."
    )


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("cp1251", '<meta charset="windows-1251">'),
        ("koi8-r", "<meta http-equiv=Content-Type content='text/html; charset=KOI8-R'>"),
        ("cp1251", '<?xml version="1.0" encoding="windows-1251"?>'),
        ("utf-8-sig", '<meta charset="windows-1251">'),
        ("utf-16", ""),
        ("utf-8", '<meta charset="utf-16">'),
        ("utf-8", ""),
    ],
    ids=["cp1251", "koi8", "xml", "mark first", "utf-16 by its mark", "cannot be", "undeclared"],
)
def test_a_page_is_read_in_the_charset_it_declares(
    read_data: Read, encoding: str, declaration: str
) -> None:
    page = f"{declaration}<html><body><p>Суд оставил приговор в силе.</p></body></html>"
    document = read_data(page.encode(encoding), "a.html")
    assert document.text == "Суд оставил приговор в силе."


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<p>Суд решил.</p>".encode("cp1251"), r"is not UTF-8 \(byte 3\); save it again as UTF-8"),
        (b"<meta charset=utf-8><p>caf\xe9</p>", "is not UTF-8"),
        (b"<meta charset=unicode_escape><p>a</p>", "its charset 'unicode_escape' is not known"),
        (b"<meta charset=x-none><p>a</p>", "its charset 'x-none' is not known; save it"),
        (b"<p>a\x00b</p>", "NUL characters"),
        (b"<div>" * 100_000 + b"Text." + b"</div>" * 100_000, "nested too deeply"),
        (b"<p>Before." + b"<b>" * 300 + b"x</b>" + b"<p>After.", "nested too deeply"),
        (b"<p>" + b"word " * 2_100_000, "nested too deeply, or a piece of text in it is endless"),
        (b"<html><script>document.write('Text.')</script></html>", "no text"),
        (b"<html><body></body></html>", "no text"),
        (b"<!-- Text. -->", "no text"),
        (b" \n", "no text"),
    ],
    ids=[
        *("cp1251 undeclared", "declared wrongly", "dangerous codec", "unknown codec", "NUL"),
        *("deep", "cut short", "endless", "script only", "no text", "comment only", "blank"),
    ],
)
def test_a_page_that_cannot_be_read_is_named(read_data: Read, page: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.html: .*{message}"):
        read_data(page, "a.html")


def test_front_matter_is_text_in_a_page(read_data: Read) -> None:
    assert read_data(b"---\ntitle: T\n---\n<p>The text.</p>", "a.html").title != "T"


def test_bidirectional_controls_are_dropped(read_data: Read) -> None:
    assert read_data(b"<p>a&#x202e;b &#8207;c d</p>", "a.html").text == "ab c d"
