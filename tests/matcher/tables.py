"""Small needs and services tables; every column has a value, so that a test names only what it is about."""

import pandas as pd

NEED: dict[str, object] = {
    "community": "梧桐里居民区",
    "street": "临江街道",
    "district": "临澄区",
    "title": "老人没人做饭",
    "description": "几位高龄老人烧不动饭，天天吃泡饭。",
    "beneficiary_group": "高龄独居老人",
    "affected_people": 30,
    "urgency": 3,
    "budget_yuan": 20000,
    "start_month": 4,
    "source": "走访",
}
SERVICE: dict[str, object] = {
    "org_id": "O1",
    "org_name": "临澄暖心为老服务中心",
    "org_type": "社会服务机构",
    "org_grade": "3A",
    "org_district": "临澄区",
    "title": "老年餐送餐上门",
    "description": "为高龄、独居老人每天送午餐和晚餐。",
    "coverage_districts": "临澄区",
    "unit_price_yuan": 18,
    "price_unit": "人次",
    "capacity_per_year": 5000,
    "languages_qualifications": "",
}
SUBJECTS = {
    "meals": ("老年餐送餐上门", "为高龄、独居老人每天送午餐和晚餐，食堂就餐有补贴。"),
    "bath": ("上门助浴", "为失能老人上门洗澡，助浴员两人一组，浴室防滑。"),
    "lift": ("加装电梯意愿征询与协商", "挨家征询，算清分摊，调解低层住户的顾虑。"),
    "waste": ("垃圾分类指导", "撤桶后值守、误时投放劝导和居民宣传。"),
    "fraud": ("反诈讲座", "防电信诈骗和保健品骗局，情景演练。"),
    "tutor": ("爱心暑托班", "双职工家庭孩子的暑期托管，作业辅导和活动。"),
    "dogs": ("文明养犬公约", "遛狗牵绳、清理狗粪，养宠居民自治。"),
    "first-aid": ("心肺复苏与AED急救培训", "模拟人实操，发急救员证。"),
}


def need(**values: object) -> dict[str, object]:
    """One need; `need_id` is N1 unless said otherwise."""
    return {"need_id": "N1", **NEED, **values}


def needs(*rows: dict[str, object]) -> pd.DataFrame:
    """A needs table, of one plain need where nothing is given."""
    return pd.DataFrame(list(rows) or [need()])


def service(**values: object) -> dict[str, object]:
    """One service; `service_id` is S1 unless said otherwise."""
    return {"service_id": "S1", **SERVICE, **values}


def services(*rows: dict[str, object]) -> pd.DataFrame:
    """A services table, of one plain service where nothing is given."""
    return pd.DataFrame(list(rows) or [service()])


def catalogue() -> pd.DataFrame:
    """Services of eight subjects that have nothing to do with one another."""
    rows = [
        service(service_id=f"S-{name}", org_id=f"O-{name}", title=title, description=description)
        for name, (title, description) in SUBJECTS.items()
    ]
    return pd.DataFrame(rows)


def several_needs() -> pd.DataFrame:
    """Needs that meet some of `catalogue`'s subjects, in residents' words."""
    said = {
        "N1": ("老人没人做饭", "几位高龄老人烧不动饭，天天吃泡饭。"),
        "N2": ("楼里狗不牵绳", "大狗追人，草坪上都是狗粪。"),
        "N3": ("二楼不同意装电梯", "补偿谈不拢，楼上老人下不来。"),
        "N4": ("放暑假孩子没人看", "双职工家庭，小孩一个人在家。"),
    }
    return needs(*(need(need_id=key, title=t, description=d) for key, (t, d) in said.items()))
