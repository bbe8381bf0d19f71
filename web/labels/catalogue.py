"""Words for services and the taxonomy."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.catalogue.service import CostOption, CostUnit, ServiceStatus
from models.catalogue.term import Taxonomy, TaxonomyTerm
from web.format import language, money_words

LABELS = {
    ServiceStatus: {
        ServiceStatus.DRAFT: _l("草稿"),
        ServiceStatus.ACTIVE: _l("已发布"),
        ServiceStatus.RETIRED: _l("已下架"),
    },
    Taxonomy: {
        Taxonomy.DOMAIN: _l("领域"),
        Taxonomy.SERVICE: _l("服务类别"),
        Taxonomy.BENEFICIARY: _l("服务对象"),
        Taxonomy.COMMUNITY_TYPE: _l("社区类型"),
        Taxonomy.ROUTE: _l("转办去向"),
        Taxonomy.DIRECTORY_FIELD: _l("推荐目录领域"),
    },
    CostUnit: {
        CostUnit.PERSON_TIME: _l("人次"),
        CostUnit.PERSON_MONTH: _l("人/月"),
        CostUnit.PERSON_YEAR: _l("人/年"),
        CostUnit.PERSON_COURSE: _l("人/期"),
        CostUnit.HOUSEHOLD: _l("户"),
        CostUnit.HOUSEHOLD_MONTH: _l("户/月"),
        CostUnit.HOUSEHOLD_YEAR: _l("户/年"),
        CostUnit.SESSION: _l("场"),
        CostUnit.COURSE: _l("期"),
        CostUnit.HOUR: _l("小时"),
        CostUnit.MONTH: _l("月"),
        CostUnit.YEAR: _l("年"),
        CostUnit.PROJECT: _l("项目"),
        CostUnit.PLACE_YEAR: _l("居民区/年"),
        CostUnit.ITEM: _l("件"),
    },
}

SENTENCES = {
    "service_title_missing": _l("请填写服务名称。"),
    "service_description_missing": _l("请写明服务怎么做、做到什么程度。"),
    "service_terms_too_many": _l("服务类别和服务对象加起来最多选 %(most)s 个，请留下最贴切的。"),
    "term_unknown": _l("没有代码为“%(code)s”的类别，请从列表中选择。"),
    "service_areas_too_many": _l("服务区域最多选 %(most)s 个。全区都服务时，只选“全区”就可以。"),
    "prices_too_many": _l("价格最多写 %(most)s 种。"),
    "capacities_too_many": _l("服务量最多写 %(most)s 种。"),
    "price_negative": _l("价格不能小于 0，请填写如 1200 的数字；不定价就留空，会显示“面议”。"),
    "price_wrong": _l("价格“%(amount)s”不对，最多两位小数，不超过一亿元。"),
    "price_twice": _l("按“%(unit)s”的价格写了两次，请留下一个，或在说明里写清区别。"),
    "capacity_wrong": _l("一年能做多少应是大于 0 的整数。"),
    "capacity_available_wrong": _l(
        "现在还能接 %(available)s，不能超过一年能做的 %(maximum)s，也不能小于 0。"
    ),
    "capacity_twice": _l("按“%(unit)s”的服务量写了两次，请留下一个。"),
    "age_wrong": _l("年龄应在 0 到 %(most)s 岁之间。"),
    "ages_turned": _l("最大年龄不能小于最小年龄（%(minimum)s 岁）。"),
    "dates_turned": _l("结束日期不能早于开始日期。"),
    "service_code_missing": _l("请至少选一个服务类别，社区才能按类别找到您。"),
    "service_group_missing": _l("请至少选一类服务对象。"),
    "service_area_missing": _l("请至少选一个服务区域。"),
    "service_retired": _l("这项服务已下架，请先重新上架再修改。"),
    "service_not_active": _l("这项服务没有发布，不用确认。"),
}

ACTIONS = {
    "service.create": _l("写了服务草稿"),
    "service.edit": _l("修改了服务"),
    "service.publish": _l("发布了服务"),
    "service.retire": _l("下架了服务"),
    "service.restore": _l("重新上架了服务"),
    "service.confirm": _l("确认服务仍然有效"),
    "taxonomy_term.load": _l("载入了分类"),
}


def term_name(term: TaxonomyTerm) -> str:
    """A term's name in the language of the page."""
    return term.name_en if language() == "en" else term.name_zh


def unit_words(unit: CostUnit, own: str = "") -> str:
    """What is counted: the organisation's own word in Chinese, the list's in English."""
    return own if own and language() == "zh" else str(LABELS[CostUnit][unit])


def price_words(option: CostOption) -> str:
    """18元/人次, or ¥18 per visit."""
    unit = unit_words(option.unit, option.unit_words)
    return _("%(amount)s/%(unit)s", amount=money_words(option.amount), unit=unit)
