"""Web pages as sites serve them: the article is read, and nothing around it."""

import datetime

import pytest

from knowledge.errors import DocumentError
from knowledge.reading.documents import Document
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
        ("heading", "Суд в Алматы оставил приговор в силе"),
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
        ("columns", "Имя | Срок"),
        ("table", "Кенжебек Абишев | 7 лет"),
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
        ("utf-8", '<meta charset="windows-1251">'),
        ("utf-8", ""),
        ("cp1251", f"<style>{' ' * 5000}</style><meta charset=windows-1251>"),
    ],
    ids=[
        *("cp1251", "koi8", "xml", "mark first", "utf-16 by its mark", "cannot be", "is not"),
        *("undeclared", "late"),
    ],
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
        (b"<p>caf\xe9</p>", r"is not UTF-8 \(byte 6\); save it again as UTF-8"),
        (b"<meta charset=utf-8><p>caf\xe9</p>", "is not UTF-8"),
        (b"<meta charset=unicode_escape><p>a</p>", "its charset 'unicode_escape' is not known"),
        (b"<meta charset=x-none><p>a</p>", "its charset 'x-none' is not known; save it"),
        (b"<p>a\x00b</p>", "NUL characters"),
        (b"<div>" * 100_000 + b"Text." + b"</div>" * 100_000, "nested too deeply"),
        (b"<p>Before." + b"<b>" * 600 + b"x</b>" + b"<p>After.", "nested too deeply"),
        (b"<p>" + b"word " * 2_100_000, "nested too deeply, or a piece of text in it is endless"),
        (b"<p " + b"a " * 1_000_000 + b">x", "a thousand attributes"),
        (
            b"<p " + b" ".join(b'a%d="<"' % n for n in range(99_999)) + b">",
            "a thousand attributes",
        ),
        (b"<table>" + b"<tr><td rowspan=9999>x" * 9_999, "more text than is read"),
        (b"<html><script>document.write('Text.')</script></html>", "no text"),
        (b"<html><body></body></html>", "no text"),
        (b"<!-- Text. -->", "no text"),
        (b"<nav>Home</nav><footer>Contacts</footer>", "no text in it that reads as an article"),
        (b" \n", "no text"),
    ],
    ids=[
        *("undeclared", "declared wrongly", "dangerous codec", "unknown codec", "NUL"),
        *("deep", "cut short", "endless", "attributes", "quoted attributes", "merged cells"),
        *("script only", "no text", "comment only", "menus only", "blank"),
    ],
)
def test_a_page_that_cannot_be_read_is_named(read_data: Read, page: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.html: .*{message}"):
        read_data(page, "a.html")


def test_front_matter_is_text_in_a_page(read_data: Read) -> None:
    assert read_data(b"---\ntitle: T\n---\n<p>The text.</p>", "a.html").title != "T"


def test_bidirectional_controls_are_dropped(read_data: Read) -> None:
    assert read_data(b"<p>a&#x202e;b &#8207;c d</p>", "a.html").text == "ab c d"


def texts(read_data: Read, body: str, language: str = "en") -> list[str]:
    """Return the texts of the blocks of a page with `body`."""
    page = f"<!doctype html><html lang={language}><meta charset=utf-8><body>{body}</body></html>"
    return [text for _, text in blocks(read_data(page.encode(), "a.html"))]


COUNTED = (
    "ol{counter-reset:n;list-style:none} li{counter-increment:n} li p{margin:0}"
    "li::before{content:counters(n,'.') '.';position:absolute}"
)
DRAWN = "i::before{content:open-quote} i::after{content:close-quote}"
MARKED = "ol li::marker{content:'Art. ' counter(list-item) ':'}"
COUNTED_LINES = "1. a\n1.1. b\n1.2. c\n2. d"


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<ol start=12><li>a<li>b</ol>", "12. a\n13. b"),
        ("<ol><li value=3>a<li>b</ol>", "3. a\n4. b"),
        ("<ol reversed><li>a<li>b<li>c</ol>", "3. a\n2. b\n1. c"),
        ("<ol type=a start=26><li>a<li>b</ol>", "z. a\naa. b"),
        ("<ol type=I start=4><li>a<li>b</ol>", "IV. a\nV. b"),
        ("<ol style='list-style-type: lower-roman'><li>a<li>b</ol>", "i. a\nii. b"),
        ("<style>.x{list-style:upper-alpha}</style><ol class=x><li>a<li>b</ol>", "A. a\nB. b"),
        ("<ol style='list-style:none'><li>§ 1 a<li>§ 2 b</ol>", "§ 1 a\n§ 2 b"),
        ("<ol start=0><li>a<li style='display:none'>x<li>b</ol>", "0. a\n1. b"),
        ("<ol><li>1. a<li>2. b</ol>", "1. a\n2. b"),
        ("<ol><li>a<ol type=a><li>b<li>c</ol><li>d</ol>", "1. a\na. b\nb. c\n2. d"),
        ("<ol><li><p>a</p><p>b</p><li>c</ol>", "1. a\nb\n2. c"),
        ("<ul><li>a<ul><li>b</ul></li><ul><li>c</ul></ul>", "- a\n- b\n- c"),
        ("<ol start=99999999999999999999><li>a</ol>", "1. a"),
        ("<ol style='counter-reset:list-item 4'><li>a<li>b</ol>", "5. a\n6. b"),
        ("<ol><li>a<li style='counter-set:list-item 7'>b<li>c</ol>", "1. a\n7. b\n8. c"),
        ("<ol><li style='counter-increment:list-item 3'>a<li>b</ol>", "3. a\n4. b"),
        (f"<style>{COUNTED}</style><ol><li>a<ol><li>b<li>c</ol><li>d</ol>", COUNTED_LINES),
        ("<style>li:before{content:'→ '}</style><ul><li>a<li>b</ul>", "- a\n- b"),
        (f"<style>{MARKED}</style><ol start=4><li>a<li>b</ol>", "Art. 4: a\nArt. 5: b"),
        ("<style>li::marker{content:none}</style><ol><li>a<li>b</ol>", "a\nb"),
        ("<ul style='list-style-type:\"§ \"'><li>a<li>B.</ul>", "§ a\n§ B."),
        ("<ul style='list-style:url(\"a.png\") square'><li>a<li>b</ul>", "- a\n- b"),
    ],
    ids=[
        *("start", "value", "reversed", "letters", "Roman", "style", "style sheet", "no numbers"),
        *("hidden item", "numbers typed", "nested", "paragraphs", "list in list", "endless start"),
        *("counter reset", "counter set", "counter stepped", "counters", "arrows"),
        *("marker", "no marker", "sign", "picture"),
    ],
)
def test_items_have_the_numbers_that_a_page_shows(read_data: Read, markup: str, lines: str) -> None:
    assert texts(read_data, f"<p>They ask:</p>{markup}") == ["They ask:", lines]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("1.2 million<sup>3</sup> to 85<sup>4</sup> families", "1.2 million to 85 families"),
        ("in 2019<sup>7</sup>, 12.5%<sup>8</sup>, “no”<sup>9</sup>", "in 2019, 12.5%, “no”"),
        ("It<sup>[1]</sup> said<a href=#n><sup>2</sup></a> so<sup>3,4</sup>.", "It said so."),
        ("Word<sup><a href=#n>a</a></sup> says<sup>*</sup> so", "Word says so"),
        ("Word<a class=MsoFootnoteReference href='#_ftn1'>[1]</a> says", "Word says"),
        ("40 m<sup>2</sup> and 3 м<sup>3</sup>", "40 m² and 3 м³"),
        ("10<sup>6</sup> or 10<sup>-3</sup>, 18<sup>30</sup>", "10⁶ or 10⁻³, 18³⁰"),
        ("a<sup>1</sup> x<sup>2</sup> + (a+b)<sup>2</sup>", "a¹ x² + (a+b)²"),
        ("a word<sup>1</sup> and 5<sup>2</sup> = 25", "a word and 5² = 25"),
        ("85<sup>4</sup> families", "85⁴ families"),
        ("the 1<sup>st</sup>, 5<sup>-го</sup>, M<sup>lle</sup>", "the 1st, 5-го, Mlle"),
        ("CO<sub>2</sub>, <sup>137</sup>Cs, Ca<sup>2+</sup>", "CO₂, ¹³⁷Cs, Ca²⁺"),
        ("2<sup>n</sup>, 2<sup>x/2</sup>", "2ⁿ, 2^(x/2)"),
        ("Brand<sup>TM</sup> said<sup>sic</sup> so", "Brand™ said sic so"),
        ("<sup>4</sup> Data, 9 m<span style='vertical-align:super'>2</span>", "⁴ Data, 9 m²"),
        ("see note <a href='#n4'>4</a>", "see note 4"),
        ("to 85<a href='#n4' style='vertical-align:super'>4</a> of them", "to 85 of them"),
        ("lost <sup>3</sup>&frasl;<sub>4</sub> of it", "lost ³⁄₄ of it"),
    ],
)
def test_what_is_raised_is_never_glued_to_a_figure(read_data: Read, markup: str, text: str) -> None:
    assert texts(read_data, f"<p>{markup}</p>") == [text]


@pytest.mark.parametrize(
    ("language", "markup", "text"),
    [
        ("en", "<q>No <q>more</q></q>, she said.", "“No ‘more’”, she said."),
        ("ru", "<q>Нет <q>и</q></q>, сказала она.", "«Нет „и“», сказала она."),
        ("kk-KZ", "<q>Жоқ <q>бұл</q></q>, деді ол.", "«Жоқ “бұл”», деді ол."),
        ("de", "<q>Nein <q>so</q></q>.", "„Nein ‚so‘“."),
        ("en", "<span lang=ru><q>Нет</q></span>", "«Нет»"),
        ("en", "<q>«Нет»</q>", "«Нет»"),
        ("en", "<style>q:before,q:after{content:''}</style>“<q>No</q>”", "“No”"),
        ("en", '<q style=\'quotes: "‹" "›"\'>No</q>', "‹No›"),
        ("en", '<i style=\'quotes: "‹" "›"\'>a <q>No</q></i>', "a ‹No›"),
        ("kk", f"<style>{DRAWN}</style><i>Жоқ <q>бұл</q></i>, деді", "«Жоқ “бұл”», деді"),
        ("en", f"<style>{DRAWN}</style><i><q>No</q> more</i>", "“‘No’ more”"),
    ],
)
def test_quotations_have_the_marks_that_a_browser_draws(
    read_data: Read, language: str, markup: str, text: str
) -> None:
    assert texts(read_data, f"<p>{markup}</p>", language) == [text]


def test_a_page_is_read_however_deep_its_tags(read_data: Read) -> None:
    assert texts(read_data, "<div>" * 490 + "<p>The end.</p>" + "</div>" * 490) == ["The end."]


def test_lists_of_google_docs_go_on_with_their_numbers(read_data: Read) -> None:
    style = (
        "ol{list-style-type:none} ol.k-0.start{counter-reset:k 2} .k-0>li{counter-increment:k}"
        '.k-0 > li:before{content:"(" counter(k,lower-latin) ") "}'
        '.m-0>li{counter-increment:m} .m-0>li:before{content:"\\0025cf "}'
    )
    lists = "<ol class=k-0><li><p>b</p></ol><ul class=m-0><li>c</ul>"
    page = f"<style>{style}</style><ol class='k-0 start'><li>a</ol><p>Then:</p>{lists}"
    assert texts(read_data, page) == ["(c) a", "Then:", "(d) b", "- c"]


@pytest.mark.parametrize("begun", ["body", "html", ":root", "main"])
def test_paragraphs_are_numbered_from_where_the_page_says(read_data: Read, begun: str) -> None:
    numbers = "p{counter-increment:гл} p::before{content:counter(гл) '.'}"
    style = f"{begun}{{counter-reset:a гл 6}} {numbers}"
    page = f"<style>{style}</style><main><p>a</p><p>b</p></main>"
    assert texts(read_data, page) == ["7. a", "8. b"]


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (".x:before{content:'«'} .x:after{content:'»'}", "He said «no» then."),
        (".x::before{content:'\\201C'} p .x::after{content:'\\201d'}", "He said “no” then."),
        (".x::after{content:' (' attr(title) ')'}", "He said no (sic) then."),
        (".x::before{content:'\\f101';font-family:icons}", "He said no then."),
        (".x::before{content:'a';font-family:icons}", "He said no then."),
        (".x::before{content:'•'} .x:after{content:'';clear:both}", "He said no then."),
        (".x::after{content:attr(title);position:absolute;opacity:0}", "He said no then."),
        (".x::before{content:'No: ';display:none}", "He said no then."),
    ],
)
def test_what_a_style_sheet_writes_is_read(read_data: Read, style: str, text: str) -> None:
    page = f"<style>{style}</style><p>He said <b class=x title=sic>no</b> then.</p>"
    assert texts(read_data, page) == [text]


def test_what_is_struck_is_left_out_and_counted(read_data: Read) -> None:
    document = read_data(
        b"<style>.old, u { color: red; text-decoration: line-through }</style>"
        b"<p>The loan is <del>90</del> <ins>70</ins><s> or 60</s> thousand"
        b"<span style='text-decoration:line-through'> tenge</span>.</p><p class=old>Not so.</p>",
        "a.html",
    )
    assert document.text == "The loan is 70 thousand."
    assert document.notes.left_out == {"deleted": 4}


def test_what_is_blacked_out_is_marked_and_counted(read_data: Read) -> None:
    document = read_data(
        b"<style>.x { background: #000; color: black }</style><p>It was <b class=x>Aidos B.</b> or"
        b" <b style='background-color:#000;color:#fff'>Berik</b>.</p>",
        "a.html",
    )
    assert document.text == "It was [?] or Berik."
    assert document.notes.left_out == {"unreadable": 1}


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("wit<wbr>ness, Tele<b>gram</b>", ["witness, Telegram"]),
        ("<div>One</div><div>Two</div>", ["One", "Two"]),
        ("<p>said<br>so</p>", ["said so"]),
        ("<p>Over.<br>Then</p>", ["Over.", "Then"]),
        ("<p>We ask for<br>1. bread<br>2. work</p>", ["We ask for", "1. bread\n2. work"]),
        ("<p>One<br><br>Two</p>", ["One", "Two"]),
        ("<span class=k>Born</span><span class=v>1953</span>", ["Born 1953"]),
        ("<a href=/1>bread</a><a href=/2>work</a> x", ["bread work x"]),
        ("<b style='display:inline-block'>Name</b><b>Bekov</b>, so", ["Name Bekov, so"]),
        ("<p><span style='float:left'>T</span>he end</p>", ["The end"]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>", ["漢字(kanji)"]),
        ("<dl><dt>Born<dd>1953<dt>Work:<dd>none</dl>", ["Born | 1953", "Work: none"]),
        ("<pre>Article 1\nends.\n\nArticle 2</pre>", ["Article 1 ends.", "Article 2"]),
        ("<blockquote>No.<footer>— Saule</footer></blockquote>", ["No.", "— Saule"]),
        ("<address>5 Lenin street<br>Karatau</address>", ["5 Lenin street Karatau"]),
        ("<figure><img src=a><figcaption>A boat</figcaption></figure>", ["A boat"]),
        ("<p>A</br>b", ["A b"]),
        (
            "<pre>Anna Kara-\nMergenova spent the win-\nter</pre>",
            ["Anna Kara-Mergenova spent the winter"],
        ),
    ],
)
def test_words_are_apart_where_a_page_shows_them_apart(
    read_data: Read, markup: str, lines: list[str]
) -> None:
    assert texts(read_data, markup) == lines


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (
            "<caption>Floods</caption><tr><th>Place<th>Village<th>Houses<tr><td rowspan=2>Zaisan"
            "<td>Kokpek<td>37<tr><td>Zhana<td>12",
            ["Floods", "Place | Village | Houses", "Zaisan | Kokpek | 37\nZaisan | Zhana | 12"],
        ),
        (
            "<tr><th rowspan=2>Place<th colspan=2>Year<tr><th>2020<th>2021<tr><td>Zhana<td><td>9",
            ["Place | Year\nPlace | 2020 | 2021", "Zhana |  | 9"],
        ),
        ("<tr><td>a<td rowspan=0>b<tr><td>c<tr><td>d", ["a | b", "c | b", "d | b"]),
        (
            "<tr><th>Who<tr><td><ul><li>Bekov<li>Satov</ul>",
            ["Who", "- Bekov - Satov"],
        ),
        ("<tr><td>North<sup>1</sup><td>1 300<sup>2</sup>", ["North | 1 300"]),
    ],
)
def test_a_merged_cell_stands_in_every_row(read_data: Read, markup: str, lines: list[str]) -> None:
    assert texts(read_data, f"<table>{markup}</table>") == lines


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p hidden>x</p>", None),
        ("<p style='display: none'>x</p>", None),
        ("<style>.x{visibility:hidden}</style><p class=x>x</p>", None),
        ("<style>@media print{.x{display:none}}</style><p class=x>Seen.</p>", "Seen."),
        ("<i class=icon aria-hidden=true>arrow</i>", None),
        ("<p aria-hidden=true>Twelve seats.</p>", "Twelve seats."),
        ("<span class=sr-only>x</span>", None),
        ("<template><p>x</p></template><noscript>y</noscript><dialog>z</dialog>", None),
        ("<details><summary>More</summary>Inside.</details>", "More\nInside."),
        ("<button aria-controls=a>More</button><div id=a hidden>Inside.</div>", "More\nInside."),
        ("<div role=tabpanel hidden>Inside.</div>", "Inside."),
        ("<div class=accordion-body style='display:none'>Inside.</div>", "Inside."),
        ("<script>show('spoil')</script><div id=spoil hidden>Inside.</div>", "Inside."),
    ],
)
def test_only_what_can_be_seen_is_read(read_data: Read, markup: str, text: str | None) -> None:
    lines = texts(read_data, f"<p>{PARAGRAPHS[0]}</p>{markup}")
    assert "\n".join(lines[1:]) == (text or "")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<b style='color:#fff'>90</b>", "It is 70."),
        ("<b style='color: white; background: #FEFEFE'>90</b>", "It is 70."),
        ("<font color=#FFFFFF>90</font>", "It is 70."),
        ("<b style='color:transparent'>90</b>", "It is 70."),
        ("<b style='color:rgba(0, 0, 0, 0)'>90</b>", "It is 70."),
        ("<style>.x{font-size:0}</style><b class=x>90</b>", "It is 70."),
        ("<b style='font-size:1px'>90</b>", "It is 70."),
        ("<b style='opacity:0'>90</b>", "It is 70."),
        ("<b style='position:absolute;left:-9999px'>90</b>", "It is 70."),
        ("<b style='position:absolute;clip:rect(0, 0, 0, 0)'>90</b>", "It is 70."),
        ("<b style='width:1px;height:1px;overflow:hidden'>90</b>", "It is 70."),
        ("<b style='color:#123;background:#123'>Aidos <i>B.</i></b>", "It is [?]70."),
        ("<b style='color:darkred;background:DarkRed'>Aidos</b>", "It is [?]70."),
        ("<b style='color:#fff;background:#000'>90</b>", "It is 9070."),
        ("<b style='color:#fff;background:url(a.png)'>90</b>", "It is 9070."),
        ("<b style='color:#fff;text-shadow:1px 1px #000'>90</b>", "It is 9070."),
        ("<b style='color:#fff'><i style='color:#333'>90</i></b>", "It is 9070."),
        ("<b style='font-size:0'><i style='font-size:14px'>90</i></b>", "It is 9070."),
        ("<b style='color:transparent;background-clip:text'>90</b>", "It is 9070."),
        ("<b style='opacity:0;transform:none' class=fade-in>90</b>", "It is 9070."),
        ("<b style='opacity:0;transition:opacity 1s'>90</b>", "It is 9070."),
        ("<link rel=stylesheet href=a.css><b style='color:#fff'>90</b>", "It is 9070."),
        ("<style>p b{background:red}</style><b style='color:#fff'>90</b>", "It is 9070."),
        ("<b style='position:relative;color:#fff'>90</b>", "It is 9070."),
    ],
)
def test_letters_that_nobody_sees_are_not_read(read_data: Read, markup: str, text: str) -> None:
    assert texts(read_data, f"<p>It is {markup}70.</p>")[-1] == text


def test_letters_are_seen_against_what_lies_beneath_them(read_data: Read) -> None:
    rows = "<tr bgcolor=#000000><td><font color=white>Bekov<td bgcolor=white><font color=white>x"
    page = f"<body style='background:#000;color:#fff'><p>Night.</p><table>{rows}</table>"
    assert texts(read_data, page) == ["Night.", "Bekov | [?]"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "is <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>.",
            "is E = mc².",
        ),
        (
            "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>",
            "(a + b)/2",
        ),
        ("is <math><msqrt><mi>x</mi></msqrt></math>", "is √x"),
        ("is <math><munder><mo>∑</mo><mi>k</mi></munder></math>", "is [?]"),
        (
            "is <span style='display:none'><math><mi>x</mi></math></span>"
            "<img class=tex alt='x' src=a.png>",
            "is x",
        ),
        ("is <img class=tex alt='x' src=a.png> here", "is [?] here"),
        ("is <img src=a.png> here", "is [?] here"),
        ("<img src=a.png> It is.<img src=b.png> So.", "It is. So."),
        ("yes <img alt='🙂' src=a.png> so<img alt='' src=b.png>", "yes 🙂 so"),
    ],
)
def test_formulas_are_read_or_marked(read_data: Read, markup: str, text: str) -> None:
    assert texts(read_data, f"<p>{markup}</p>") == [text]


def test_a_list_in_the_body_and_one_alone_are_read(read_data: Read) -> None:
    items = "<ul><li>the plant let mercury run;<li>the mayor kept silent.</ul>"
    lines = "- the plant let mercury run;\n- the mayor kept silent."
    page = f"<h1>Trial</h1><p>{PARAGRAPHS[0]}</p>{items}<p>Not guilty.</p>"
    assert texts(read_data, page) == ["Trial", PARAGRAPHS[0], lines, "Not guilty."]
    assert texts(read_data, items) == [lines]


def test_what_stands_around_a_text_is_counted(read_data: Read) -> None:
    notes = read_data(ARTICLE.encode(), "a.html").notes
    # Новости; cookies, the button of their banner; share; read also, its list; popular, its list;
    # copyright. And the reader's comment.
    assert notes.left_out == {"menus": 9, "comments": 1}


MENU = "<ul><li><a href=/>Home</a><li><a href=/n>News of the day</a></ul>"
PEOPLE = "<ul><li><a href=/1>Aron Bekov</a><li><a href=/2>Timur Satov</a></ul>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=menu>{MENU}</div><p>{{}}</p><p>{{}}</p>{PEOPLE}<p>{{}}</p>",
        f"{MENU}<h1>T</h1><p>{{}}</p><p>{{}}</p>{PEOPLE}<p>{{}}</p><h3>Read also</h3>{MENU}",
        f"<nav>{MENU}</nav><article><p>{{}}</p><p>{{}}</p>{PEOPLE}<p>{{}}</p></article>",
        f"{MENU}<main><p>{{}}</p><p>{{}}</p>{PEOPLE}<p>{{}}</p></main><p>An advertisement.</p>",
        f"<form><input><div>{MENU}</div><p>{{}}</p><p>{{}}</p>{PEOPLE}<p>{{}}</p></form>",
        f"<table><tr><td>{MENU}<td><p>{{}}</p><p>{{}}</p>{PEOPLE}<p>{{}}</p></table>",
    ],
    ids=["named", "at the ends", "article", "main", "form", "layout"],
)
def test_menus_are_left_out_and_lists_of_links_in_a_text_kept(read_data: Read, body: str) -> None:
    first, second, third = PARAGRAPHS
    lines = [text for text in texts(read_data, body.format(*PARAGRAPHS)) if text != "T"]
    assert lines == [first, second, "- Aron Bekov\n- Timur Satov", third]


def test_a_page_of_five_megabytes_is_read(read_data: Read) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 2_400}">'
    page = (f"<p>{PARAGRAPHS[0] * 6}</p>{picture}\n" * 1_800).encode()
    assert len(page) > 4_900_000
    assert len(read_data(page, "a.html").blocks) == 1_800


def test_styles_in_other_files_are_counted_as_not_read(read_data: Read) -> None:
    links = b"<link rel=stylesheet href=a.css><link rel='stylesheet' media=print href=b.css>"
    read = read_data(links + b"<p>It costs <i class=was>90</i> 70.</p>", "a.html")
    assert read.notes.left_out == {"styles": 1}
