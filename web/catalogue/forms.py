"""The form of a catalogue entry: sections of one page, most of it picked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from models.catalogue.entry import MOST_CAPACITIES, MOST_PRICES, Capacity, Entry, Price
from models.catalogue.queries import terms_of
from models.catalogue.service import CostUnit, Service
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.parties.unit import AdministrativeUnit, UnitKind
from web.form import Amount, Day, Form, Required, WholeNumber, tidy
from web.labels import label
from web.labels.catalogue import term_name
from web.labels.parties import unit_name

PRICES, CAPACITIES = MOST_PRICES, MOST_CAPACITIES
LEAST_ROWS = 2
USUAL = CostUnit.PERSON_TIME.value
Row = tuple[Field, Field, Field]
Group = tuple[str | None, list[str]]


def ticks(words: Any, help_: Any = "") -> SelectMultipleField:
    """Many to choose from, each with its own box."""
    return SelectMultipleField(
        words, description=help_, widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=True
    )


class ServiceForm(Form):
    """A service as its organisation describes it."""

    id = HiddenField()
    revision = HiddenField()
    title = StringField(
        _l("服务名称"),
        [Required(_l("请填写服务名称。"))],
        filters=[tidy],
        description=_l("一句话说清做什么，如“行动不便老人午餐送餐上门”。"),
    )
    description = TextAreaField(
        _l("怎么做"),
        [Required(_l("请写明服务怎么做、做到什么程度。"))],
        filters=[tidy],
        description=_l("像跟社区同事介绍一样写：流程、频次、人员、效果。匹配时会读这一段。"),
    )
    service_codes = ticks(_l("服务类别"), _l("选最贴切的一到三个。"))
    groups = ticks(_l("服务对象"), _l("主要为谁做。"))
    areas = ticks(_l("服务区域"), _l("选了全区，就不用再选街道。"))
    eligibility_description = TextAreaField(
        _l("对象条件"),
        [Optional()],
        filters=[tidy],
        description=_l("如“本街道户籍，重残或失能评估三级以上”。"),
    )
    minimum_age = WholeNumber(_l("最小年龄"), [Optional()])
    maximum_age = WholeNumber(_l("最大年龄"), [Optional()])
    schedule_description = StringField(
        _l("服务时间"), [Optional()], filters=[tidy], description=_l("如“周一至周六，上午十点到下午一点”。")
    )
    available_from = Day(
        _l("从哪天起提供"), [Optional()], description=_l("一直有就留空；暑托班这样的，写开始那天。")
    )
    available_to = Day(_l("提供到哪天"), [Optional()])
    licences = StringField(
        _l("许可和资质"), [Optional()], filters=[tidy], description=_l("如“食品经营许可证”。没有就留空。")
    )

    amount_1, amount_2, amount_3, amount_4, amount_5, amount_6 = (
        Amount(_l("价格（元）"), [Optional()]) for _row in range(PRICES)
    )
    unit_1, unit_2, unit_3, unit_4, unit_5, unit_6 = (
        SelectField(_l("按什么计价"), default=USUAL) for _row in range(PRICES)
    )
    note_1, note_2, note_3, note_4, note_5, note_6 = (
        StringField(_l("价格说明"), [Optional()], filters=[tidy]) for _row in range(PRICES)
    )
    maximum_1, maximum_2, maximum_3 = (
        WholeNumber(_l("一年能做多少"), [Optional()]) for _row in range(CAPACITIES)
    )
    available_1, available_2, available_3 = (
        WholeNumber(_l("现在还能接多少"), [Optional()]) for _row in range(CAPACITIES)
    )
    capacity_unit_1, capacity_unit_2, capacity_unit_3 = (
        SelectField(_l("按什么计量"), default=USUAL) for _row in range(CAPACITIES)
    )

    def __init__(
        self,
        terms: Iterable[TaxonomyTerm],
        units: Iterable[AdministrativeUnit],
        service: Service | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data=filled(service) if service else None, **options)
        names = [(term, term_name(term)) for term in terms]
        self.service_codes.choices = [(t.code, name) for t, name in names if t.taxonomy == Taxonomy.SERVICE]
        self.groups.choices = [(t.code, name) for t, name in names if t.taxonomy == Taxonomy.BENEFICIARY]
        self.areas.choices = [(unit.code, unit_name(unit)) for unit in units]
        measures = [(unit.value, label(unit)) for unit in CostUnit]
        for row in [*self.price_rows(), *self.capacity_rows()]:
            row[1].choices = measures
        self._service = service

    @property
    def prices(self) -> Field:
        """Where a refusal of the prices is shown."""
        return self.amount_1

    @property
    def capacities(self) -> Field:
        """Where a refusal of the capacities is shown."""
        return self.maximum_1

    def price_rows(self) -> list[Row]:
        """Amount, unit and note of each price."""
        return [(self[f"amount_{n}"], self[f"unit_{n}"], self[f"note_{n}"]) for n in range(1, PRICES + 1)]

    def capacity_rows(self) -> list[Row]:
        """Maximum, unit and available of each capacity."""
        numbers = range(1, CAPACITIES + 1)
        return [(self[f"maximum_{n}"], self[f"capacity_unit_{n}"], self[f"available_{n}"]) for n in numbers]

    def entry(self) -> Entry:
        """What was filled in, as plain values."""
        held = dict(self._unit_words())
        return Entry(
            title=self.title.data,
            description=self.description.data,
            terms=[*self.service_codes.data, *self.groups.data],
            areas=self.areas.data,
            prices=[
                Price(amount.data, CostUnit(unit.data), held.get(unit.data, ""), note.data or "")
                for amount, unit, note in self.price_rows()
                if amount.data is not None
            ],
            capacities=[
                Capacity(CostUnit(unit.data), most.data, free.data, held.get(unit.data, ""))
                for most, unit, free in self.capacity_rows()
                if most.data is not None
            ],
            eligibility_description=self.eligibility_description.data or "",
            minimum_age=self.minimum_age.data,
            maximum_age=self.maximum_age.data,
            schedule_description=self.schedule_description.data or "",
            licences=self.licences.data or "",
            available_from=self.available_from.data,
            available_to=self.available_to.data,
        )

    def _unit_words(self) -> Iterator[tuple[str, str]]:
        """An organisation's own words for a unit, brought in from a sheet, outlive an edit of the form."""
        if self._service is not None:
            for part in (*self._service.cost_options, *self._service.capacities):
                yield part.unit.value, part.unit_words


def shown(rows: list[Row]) -> list[Row]:
    """The rows that say something, and one more to write in."""
    said = [n for n, row in enumerate(rows, 1) if row[0].data is not None or row[0].errors]
    return rows[: max(LEAST_ROWS, max(said, default=0) + 1)]


def code_groups(domains: Iterable[TaxonomyTerm], codes: Sequence[TaxonomyTerm]) -> list[Group]:
    """Service codes by their domain."""
    return [(term_name(d), [code.code for code in codes if code.parent_code == d.code]) for d in domains]


def area_groups(units: Sequence[AdministrativeUnit]) -> list[Group]:
    """Whole cities and districts first; streets and neighbourhoods by district; other districts last."""
    inner = [unit for unit in units if unit.kind not in {UnitKind.CITY, UnitKind.DISTRICT}]
    whole, others, groups = [], [], []
    for unit in units:
        if unit in inner:
            continue
        parts = [each.code for each in inner if each.code.startswith(unit.code)]
        if unit.kind == UnitKind.DISTRICT and parts:
            said = _("%(district)s的街道（镇）")
            words = Markup(said) % {"district": unit_name(unit)}  # noqa: S704  # our own words; % escapes
            groups.append((words, parts))
        (whole if parts else others).append(unit.code)
    last = [(_("其他区"), others)] if others else []
    return [(None, whole), *groups, *last]


def filled(service: Service) -> dict[str, Any]:
    """The fields as the entry has them."""
    plain = ("title", "description", "eligibility_description", "minimum_age", "maximum_age")
    values: dict[str, Any] = {name: getattr(service, name) for name in plain}
    more = ("schedule_description", "licences", "available_from", "available_to", "revision")
    values |= {name: getattr(service, name) for name in more}
    values["service_codes"] = [term.code for term in terms_of(service, Taxonomy.SERVICE)]
    values["groups"] = [term.code for term in terms_of(service, Taxonomy.BENEFICIARY)]
    values["areas"] = [area.unit_code for area in service.areas]
    for n, price in enumerate(service.cost_options[:PRICES], 1):
        values |= {f"amount_{n}": price.amount, f"unit_{n}": price.unit.value, f"note_{n}": price.description}
    for n, capacity in enumerate(service.capacities[:CAPACITIES], 1):
        values |= {f"maximum_{n}": capacity.maximum, f"available_{n}": capacity.available}
        values[f"capacity_unit_{n}"] = capacity.unit.value
    return values
