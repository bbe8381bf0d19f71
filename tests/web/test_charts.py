"""Drawings: valid, described, true to the numbers, and safe with hostile words."""

from xml.etree import ElementTree as ET

import pytest

from tests.page_document import Document
from tests.web.gallery.app import create_gallery
from web import charts
from web.charts.grids import shade
from web.charts.svg import measure, shorten

DRAWN = {
    "bars": lambda name: charts.bars(name, "题", [("一", 3), {"label": "二", "value": 1, "text": "1件"}]),
    "pairs": lambda name: charts.pairs(name, "题", [("送餐", 47, 60)], "需求", "服务"),
    "parts": lambda name: charts.parts(name, "题", [("计划", 120), ("签约", 0)]),
    "distribution": lambda name: charts.distribution(name, "题", [1, 5, 9, 9, 40], "天"),
    "tiles": lambda name: charts.tiles(
        name, "题", [{"label": "望澄路街道", "value": 3, "column": 1, "row": 0}]
    ),
    "shares": lambda name: charts.shares(name, "题", [("午饭", 0.47, 0.41, 0.53)]),
}


def xml(drawing):
    """The drawing as a tree; well-formed, or the test fails."""
    return ET.fromstring(drawing)  # noqa: S314  # drawn by us just now, not a file from outside


@pytest.fixture(scope="module")
def gallery():
    return create_gallery()


@pytest.fixture(autouse=True)
def in_chinese(gallery):
    with gallery.test_request_context("/gallery"):
        gallery.preprocess_request()
        yield


@pytest.mark.parametrize("kind", DRAWN)
def test_a_drawing_has_a_title_a_description_and_no_style(kind):
    drawing = xml(DRAWN[kind]("c1"))
    assert drawing.get("role") == "img"
    assert drawing.find("title").text == "题"
    assert drawing.find("title").get("id") == drawing.get("aria-labelledby")
    assert drawing.find("desc").text
    assert not [each for each in drawing.iter() if each.get("style")]


@pytest.mark.parametrize("kind", DRAWN)
def test_two_drawings_on_a_page_share_no_id(kind):
    ids = [
        each.get("id")
        for name in ("c1", "c2")
        for each in Document(DRAWN[kind](name)).elements()
        if each.get("id")
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.bars("c", "题", []),
        lambda: charts.pairs("c", "题", [], "a", "b"),
        lambda: charts.parts("c", "题", []),
        lambda: charts.contributions("c", "题", []),
        lambda: charts.distribution("c", "题", [], "天"),
        lambda: charts.distribution("c", "题", [4], "天"),
        lambda: charts.distribution("c", "题", [4, 4, 4], "天"),
        lambda: charts.tiles("c", "题", []),
        lambda: charts.shares("c", "题", []),
        lambda: charts.bars("c", "题", [("零", 0)]),
    ],
)
def test_nothing_to_draw_is_still_a_drawing(draw):
    assert xml(draw()).tag == "svg"


def widths(drawing, kind):
    return [float(each.get("width")) for each in xml(drawing).iter("rect") if each.get("class") == kind]


def test_bars_are_as_long_as_their_amounts():
    long, short = widths(charts.bars("c", "题", [("一", 90), ("二", 30)]), "bar")
    assert long == pytest.approx(3 * short, abs=0.2)


def test_both_bars_of_a_pair_have_one_scale():
    drawing = charts.pairs("c", "题", [("一", 40, 10), ("二", 20, 20)], "需求", "服务")
    needed, offered = widths(drawing, "bar")[1:], widths(drawing, "bar-other")[1:]
    assert needed[0] == pytest.approx(4 * offered[0], abs=0.3)
    assert needed[1] == offered[1]


def test_contributions_put_what_takes_away_on_a_line_of_its_own():
    drawing = charts.contributions("c", "题", [("内容", 0.4), ("价格", -0.1), ("人群", 0.2)])
    svg = xml(drawing[: drawing.index("</svg>") + 6])
    bars = {
        each.get("class"): (each.get("y"), float(each.get("width")))
        for each in svg.iter("rect")
        if each.get("y")
    }
    assert bars["part part-minus"][0] != bars["part part-0"][0]
    assert [each.text for each in xml(drawing[drawing.index("<ul") :]).iter("li")] == [None] * 3
    assert "价格 -0.10" in drawing


def test_the_middle_half_and_the_median_are_marked_not_the_mean():
    drawing = charts.distribution("c", "题", [10, 20, 30, 40, 1000], "天")
    assert "中位数 30天" in drawing
    assert "一半在20到40天之间" in drawing
    assert "220" not in drawing


def test_every_number_of_a_distribution_is_in_one_column():
    drawing = xml(charts.distribution("c", "题", [1, 2, 3, 4, 5, 6, 100], "天"))
    labels = [each.text for each in drawing.iter("text") if each.get("text-anchor") == "middle"]
    assert sum(int(each) for each in labels if each and each.isdigit()) == 7


@pytest.mark.parametrize(("value", "level"), [(0, 0), (-1, 0), (1, 1), (19, 1), (20, 2), (99, 5), (100, 5)])
def test_only_nothing_has_no_shade_and_only_much_the_deepest(value, level):
    assert shade(value, 100) == level


def test_a_heat_table_is_a_table_with_heads_and_the_numbers():
    table = xml(charts.heat("题", ["养老", "儿童"], [("芦汀街道", [4, 0])], corner="街道"))
    assert [each.get("scope") for each in table.iter("th")] == ["col", "col", "col", "row"]
    assert [(each.text, each.get("class")) for each in table.iter("td")] == [
        ("4", "heat heat-5"),
        ("0", "heat heat-0"),
    ]


def test_long_names_are_cut_where_they_are_drawn_and_whole_where_they_are_read():
    name = "失能失智老人家庭照护者喘息服务与心理支持小组活动及其他"
    drawing = charts.bars("c", "题", [(name, 1)])
    assert "…" in drawing
    assert f"<title>{name}</title>" in drawing
    assert measure(shorten(name, 10)) <= 10
    assert shorten("短", 10) == "短"


@pytest.mark.parametrize("kind", ["bars", "tiles", "heat", "contributions"])
def test_hostile_words_stay_words(kind):
    evil = '"><script>alert(1)</script>'
    drawn = {
        "bars": lambda: charts.bars("c", evil, [(evil, 1)]),
        "tiles": lambda: charts.tiles(
            "c", evil, [{"label": evil, "value": 1, "column": 0, "row": 0, "url": evil}]
        ),
        "heat": lambda: charts.heat(evil, [evil], [(evil, [1])], corner=evil),
        "contributions": lambda: charts.contributions("c", evil, [(evil, 1)]),
    }[kind]()
    assert "<script" not in drawn
    assert not list(Document(drawn).all("script"))


def test_a_map_whose_tiles_are_links_is_a_group_of_links_not_one_image():
    place = {"label": "澄江街道", "value": 4, "column": 0, "row": 0, "url": "/needs?street=1"}
    drawing = xml(charts.tiles("c", "题", [place]))
    assert drawing.get("role") == "group"
    assert next(drawing.iter("a")).get("aria-label") == "澄江街道 4"
