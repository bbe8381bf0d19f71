"""The page checker catches each fault it names, and nothing on a good page."""

import pytest
from flask import Flask, Response, redirect, request

from tests.page import PageClient, faults
from tests.page_document import Document
from tests.page_rules import STRUCTURE
from tests.page_words import WORDS

GOOD = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} - 对接</title></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""


def page(body, lang="zh-CN", title="需求"):
    return GOOD.format(lang=lang, title=title, body=body)


def found(body, lang="zh-CN", title="需求"):
    return {fault.partition(":")[0] for fault in faults(Document(page(body, lang, title)))}


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("valid_html", "<p><div>段落</div></p>"),
        ("valid_html", "<b><i>错</b></i>"),
        ("one_heading", "<h1>又一个</h1>"),
        ("one_heading", "<h2>甲</h2><h4>乙</h4>"),
        ("one_heading", "<h2></h2>"),
        ("landmarks", '<nav aria-label="甲"></nav><nav aria-label="甲"></nav>'),
        ("unique_ids", '<p id="a">一</p><p id="a">二</p>'),
        ("unique_ids", '<p aria-describedby="nowhere">一</p>'),
        ("labelled_controls", '<input name="q">'),
        ("labelled_controls", '<label for="q"></label><input id="q" name="q">'),
        ("labelled_controls", '<label><input type="radio" name="a">甲</label>'),
        ("labelled_controls", '<fieldset><label><input type="radio" name="a">甲</label></fieldset>'),
        ("labelled_controls", '<button type="button"></button>'),
        ("honest_forms", "<form><p>没有去处</p></form>"),
        ("honest_forms", '<form method="post" action="/a"><p>没有令牌</p></form>'),
        (
            "honest_forms",
            '<form method="post" action="/a"><input type="hidden" name="csrf_token" value=""></form>',
        ),
        ("links_lead", '<a href="">甲</a>'),
        ("links_lead", '<a href="#">甲</a>'),
        ("links_lead", "<a>甲</a>"),
        ("links_lead", '<a href="/a"></a>'),
        ("links_lead", '<a href="#gone">甲</a>'),
        ("links_lead", '<a href="javascript:alert(1)">甲</a>'),
        ("nothing_inline", '<p style="color:red">红</p>'),
        ("nothing_inline", '<p onclick="a()">按</p>'),
        ("nothing_inline", '<script nonce="n">a()</script>'),
        ("nothing_inline", '<script src="/a.js"></script>'),
        ("nothing_inline", '<script nonce="n" src="https://example.org/a.js"></script>'),
        ("pictures_described", '<img src="/a.png">'),
        ("pictures_described", '<svg viewBox="0 0 1 1"></svg>'),
        ("tables_told", '<table><tbody><tr><th scope="row">甲</th></tr></tbody></table>'),
        ("tables_told", "<table><caption>表</caption><tbody><tr><th>甲</th></tr></tbody></table>"),
        ("tables_told", "<table><caption>表</caption><tbody><tr><td>甲</td></tr></tbody></table>"),
        ("nothing_left_over", "<p>{{ name }}</p>"),
        ("nothing_left_over", "<p>共 %(count)s 条</p>"),
        ("nothing_left_over", "<p>&amp;lt;b&amp;gt;</p>"),
        ("nothing_left_over", "<p>预算：None</p>"),
        ("nothing_left_over", '<a href="/needs/None">看</a>'),
        ("nothing_left_over", '<label>甲<input name="q" value="None"></label>'),
        ("no_raw_codes", "<p>状态：under_review</p>"),
        ("no_raw_codes", "<p>Phase.DRAFT</p>"),
        ("no_raw_codes", "<p>NEED_SUBMITTED</p>"),
        ("no_raw_codes", "<p>draft</p>"),
        ("no_raw_codes", "<p>This field is required.</p>"),
    ],
)
def test_a_fault_is_found(rule, body):
    assert rule in found(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Needs 需求</p>",
        '<p title="需求">x</p>',
        '<button type="submit" aria-label="提交">Go</button>',
        '<p data-saved="已保存">x</p>',
        "<p>Total：3</p>",
    ],
)
def test_chinese_left_on_an_english_page_is_found(body):
    assert "all_translated" in found(body, lang="en", title="Needs")


@pytest.mark.parametrize(
    "body",
    [
        '<p>Posted by <span lang="zh-CN">芦花里社区</span></p>',
        '<p>Posted by <span translate="no">芦花里社区</span></p>',
        '<label>Words<textarea name="t">吃不上饭</textarea></label>',
        '<label>Words<input name="t" value="吃不上饭"></label>',
        "<p>None of these fits</p>",
    ],
)
def test_words_of_people_may_stay_chinese_on_an_english_page(body):
    assert not found(body, lang="en", title="Needs")


@pytest.mark.parametrize(
    "body",
    [
        "<p>邮件 lu.zhiwei@example.org，文件 needs_2026.xlsx，<code>need_id</code></p>",
        '<p lang="en">under_review</p>',
        "<p>A级，共3条，B01</p>",
        '<script type="application/json">{"a": 1}</script>',
        '<svg aria-hidden="true" viewBox="0 0 1 1"></svg>',
        '<nav aria-label="甲"></nav><nav aria-label="乙"></nav>',
        '<form action="/a"><label for="q">词</label><input id="q" name="q"></form>',
    ],
)
def test_good_pages_have_no_fault(body):
    assert not found(body)


def test_the_title_begins_with_the_heading():
    html = page("").replace("<title>需求", "<title>别的")
    assert any("does not begin" in fault for fault in faults(Document(html)))


def test_every_rule_is_shown_to_catch_something():
    tried = {
        mark.args[1][i][0] for mark in test_a_fault_is_found.pytestmark for i in range(len(mark.args[1]))
    }
    assert (STRUCTURE | WORDS).keys() - tried == {"language_named", "all_translated"}
    assert any("lang" in fault for fault in faults(Document(page("", lang="fr"))))


FORM = """<form method="post" action="/save"><input type="hidden" name="csrf_token" value="t1">
<label>题<input name="title" value="旧"></label>
<label>街道<select name="street">
<option value="1">甲</option><option value="2" selected>乙</option></select></label>
<fieldset><legend>谁</legend><label><input type="checkbox" name="who" value="a" checked>老人</label>
<label><input type="checkbox" name="who" value="b">儿童</label></fieldset>
<button type="submit" name="go" value="next">下一页</button>
<button type="submit" name="go" value="draft">存</button></form>
<p><a href="/next">往下</a></p>"""


@pytest.fixture
def client():
    app = Flask("small")

    @app.get("/")
    def start():
        return page(FORM)

    @app.post("/save")
    def save():
        said = "|".join(f"{key}={value}" for key, value in sorted(request.form.items(multi=True)))
        return page(f"<p translate='no'>{said}</p>", title="收到")

    @app.get("/next")
    def following():
        return redirect("/there", 303)

    @app.get("/there")
    def there():
        return page("", title="那里")

    @app.get("/policy")
    def policy():
        answer = Response(page('<script nonce="old" src="/a.js"></script>'), mimetype="text/html")
        answer.headers["Content-Security-Policy"] = "script-src 'nonce-new'"
        return answer

    @app.get("/bad")
    def bad():
        return page("<p>{{ left }}</p>")

    return PageClient(app.test_client())


def test_a_form_sends_what_a_browser_would_send(client):
    shown = client.get("/").form().fill(title="新").submit(status=200)
    assert shown.text == "收到 csrf_token=t1|go=next|street=2|title=新|who=a"


def test_a_form_takes_several_answers_and_another_button(client):
    shown = client.get("/").form("存").fill({"who": ["a", "b"], "street": "1"}).submit("存", status=200)
    assert shown.text == "收到 csrf_token=t1|go=draft|street=1|title=旧|who=a|who=b"


@pytest.mark.parametrize("answer", [{"nothing": "x"}, {"street": "3"}, {"who": ["c"]}])
def test_a_form_refuses_what_it_does_not_offer(client, answer):
    with pytest.raises(AssertionError, match=r"no field|does not offer"):
        client.get("/").form().fill(answer)


def test_a_post_brings_the_token_of_the_last_page_or_fetches_one(client):
    assert "csrf_token=t1" in client.post("/save", {"title": "新"}, status=200).text


def test_a_wrong_status_says_where_it_led(client):
    with pytest.raises(AssertionError, match="answered 303 to /there, not 200"):
        client.get("/next")


def test_links_are_followed_and_redirects_too(client):
    assert client.get("/next", follow=True).h1 == "那里"
    assert client.get("/").link("往下") == "/next"


def test_a_faulty_page_fails_the_test_that_fetches_it_and_lists_its_faults(client):
    with pytest.raises(AssertionError, match=r"(?s)/bad has 1 faults:.*nothing_left_over"):
        client.get("/bad")
    assert client.get("/bad", skip=["nothing_left_over"]).h1 == "需求"


def test_a_nonce_the_policy_does_not_know_is_found(client):
    with pytest.raises(AssertionError, match="nonce 'old' is not in the policy"):
        client.get("/policy")
