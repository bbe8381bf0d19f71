"""Believable data for the gallery; invented places and people."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from markupsafe import Markup

from tests.web.gallery.say import say
from web.format import as_written

AT = datetime(2026, 11, 17, 4, 50, tzinfo=UTC)
STREETS = ["芦汀街道", "望澄路街道", "澄江街道", "枫溪镇", "南浦街道", "北渡街道", "云栖新村街道", "柳湾镇"]
TEXT = "十二号楼里几位独居老人腿脚不便，中午常常吃不上热饭，子女都在外地，已经两个多月了。"


def needs() -> list[dict[str, object]]:
    """Rows of a list, one with a very long name."""
    return [
        {
            "title": "独居老人中午吃不上热饭",
            "where": "芦花里社区",
            "people": 47,
            "budget": Decimal(120000),
            "phase": "active",
        },
        {
            "title": "南浦三村、四村、五村及周边动迁安置房小区失能失智老人家庭照护者喘息服务与心理支持",
            "where": "南浦第一社区",
            "people": 1260,
            "budget": Decimal("368500.50"),
            "phase": "waiting",
        },
        {
            "title": "小学生放学后到家长下班前没人看",
            "where": "云栖新村",
            "people": 85,
            "budget": None,
            "phase": "done",
        },
        {
            "title": "电梯加装后的邻里争执",
            "where": "望澄路社区",
            "people": 23,
            "budget": Decimal(8000),
            "phase": "stopped",
        },
    ]


def phases() -> dict[str, str]:
    """The words of the tags."""
    return {
        "neutral": say("草稿", "Draft"),
        "active": say("匹配中", "Being matched"),
        "waiting": say("等您补充", "Waiting for you"),
        "done": say("已办结", "Completed"),
        "stopped": say("已退回", "Returned"),
    }


def events() -> list[dict[str, object]]:
    """A timeline, the newest first."""
    return [
        {"at": AT - timedelta(hours=3), "who": "周既明", "what": say("采纳了一项推荐", "Accepted a match")},
        {
            "at": AT - timedelta(days=1),
            "who": "周既明",
            "what": say("退回补充", "Returned for more detail"),
            "detail": "请写明几位老人、是否已做过能力评估。",
        },
        {"at": AT - timedelta(days=3), "who": "陆知微", "what": say("提交了需求", "Submitted the need")},
    ]


def parts() -> list[dict[str, object]]:
    """The contributions of a score."""
    return [
        {
            "label": say("服务内容相符", "Service fits"),
            "value": 0.412,
            "note": say("助餐、送餐上门", "meals, delivery to the door"),
        },
        {"label": say("人群相符", "Group fits"), "value": 0.221, "note": None},
        {"label": say("覆盖本街道", "Covers the street"), "value": 0.143, "note": None},
        {"label": say("余量足够", "Has room"), "value": 0.06, "note": None},
        {
            "label": say("价格偏高", "Price is high"),
            "value": -0.054,
            "note": say("比预算高 6%", "6% above budget"),
        },
    ]


def grid() -> list[tuple[Markup, list[int]]]:
    """Needs by street and domain."""
    return [
        (as_written(street), [(i * 7 + j * 5 + i * j) % 19 for j in range(7)])
        for i, street in enumerate(STREETS)
    ]


def tiles() -> list[dict[str, object]]:
    """The streets, placed roughly."""
    spots = [(1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (3, 1), (1, 2), (2, 2)]
    amounts = [12, 31, 4, 27, 9, 18, 0, 22]
    return [
        {"label": street, "value": amount, "column": column, "row": row}
        for street, amount, (column, row) in zip(STREETS, amounts, spots, strict=True)
    ]


def samples(locale: str) -> dict[str, object]:
    """Everything the gallery shows."""
    domains = ("养老", "儿童", "助残", "健康", "就业", "调解", "环境")
    english = ("Elders", "Children", "Disability", "Health", "Work", "Disputes", "Surroundings")
    return {
        "say": say,
        "needs": needs(),
        "phases": phases(),
        "events": events(),
        "parts": parts(),
        "text": TEXT,
        "grid": grid(),
        "domains": english if locale == "en" else domains,
        "tiles": tiles(),
        "closes": AT + timedelta(days=3, hours=4, minutes=10),
        "later": AT + timedelta(days=12, hours=1),
        "day": date(2026, 11, 20),
        "streets": list(enumerate(STREETS, 1)),
        "waits": [12, 15, 18, 22, 25, 25, 28, 31, 33, 34, 36, 41, 44, 47, 52, 55, 61, 70, 84, 120],
    }
