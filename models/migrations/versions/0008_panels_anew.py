"""a panel anew, approvals of two bidders, dealings"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STEPS = ('qualification', 'marking', 'low_price', 'ranking')
TIES = ('employment', 'board', 'control', 'kinship', 'other_interest')
CHOICES = (
    ('challenge', 'replay_from', 'replaystep', STEPS, (*STEPS, 'panel')),
    ('expert_tie', 'kind', 'tiekind', TIES, (*TIES, 'dealing')),
    ('interest', 'kind', 'tiekind', TIES, (*TIES, 'dealing')),
)
ONE_PANEL = 'CONSTRAINT uq_panel_tender_id UNIQUE (tender_id)'
CURRENT = sa.text('superseded_at IS NULL')


def upgrade() -> None:
    for table, column, name, before, after in CHOICES:
        _allow(table, column, name, before, after)
    op.add_column('panel', sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True))
    if _is_sqlite():
        _remake('panel', {f', \n\t{ONE_PANEL}': ''})
    else:
        op.drop_constraint(op.f('uq_panel_tender_id'), 'panel', type_='unique')
    op.create_index(op.f('ix_panel_tender_id'), 'panel', ['tender_id'], unique=False)
    op.create_index('uq_panel_current', 'panel', ['tender_id'], unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)

    op.create_table('approval',
    sa.Column('tender_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(length=200), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint("number <> ''", name=op.f('ck_approval_number')),
    sa.ForeignKeyConstraint(['recorded_by'], ['person.id'], name=op.f('fk_approval_recorded_by')),
    sa.ForeignKeyConstraint(['tender_id'], ['tender.id'], name=op.f('fk_approval_tender_id')),
    sa.PrimaryKeyConstraint('tender_id', name=op.f('pk_approval'))
    )
    op.create_table('dealing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('other_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('consortium', 'subcontract', name='dealingkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= began_on', name=op.f('ck_dealing_period')),
    sa.CheckConstraint('organisation_id <> other_id', name=op.f('ck_dealing_two')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_dealing_organisation_id')),
    sa.ForeignKeyConstraint(['other_id'], ['organisation.id'], name=op.f('fk_dealing_other_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dealing')),
    sa.UniqueConstraint('organisation_id', 'other_id', 'kind', 'source', name=op.f('uq_dealing_organisation_id_other_id_kind_source'))
    )
    op.create_index(op.f('ix_dealing_other_id'), 'dealing', ['other_id'], unique=False)
    op.create_index(op.f('ix_dealing_source'), 'dealing', ['source'], unique=False)


def downgrade() -> None:
    # The older shape has no place for a second panel, a replay from it, or a tie by dealing: with one of
    # them the database refuses, and nothing is lost.
    op.drop_table('dealing')
    op.drop_table('approval')
    op.drop_index('uq_panel_current', table_name='panel')
    op.drop_index(op.f('ix_panel_tender_id'), table_name='panel')
    if _is_sqlite():
        _remake('panel', {'\n\tCONSTRAINT ck_panel_odd ': f'\n\t{ONE_PANEL}, \n\tCONSTRAINT ck_panel_odd '})
    else:
        op.create_unique_constraint(op.f('uq_panel_tender_id'), 'panel', ['tender_id'])
    op.drop_column('panel', 'superseded_at')
    for table, column, name, before, after in CHOICES:
        _allow(table, column, name, after, before)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def _allow(table: str, column: str, name: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Let a column hold other codes than before."""
    was, now = (f"{column} IN ({', '.join(map(repr, codes))})" for codes in (before, after))
    if _is_sqlite():
        _remake(table, {f'CHECK ({was})': f'CHECK ({now})'})
        return
    op.drop_constraint(op.f(f'ck_{table}_{name}'), table, type_='check')
    op.create_check_constraint(op.f(f'ck_{table}_{name}'), table, now)


def _remake(table: str, changes: Mapping[str, str]) -> None:
    """SQLite changes no constraint of a table that stands: its rows move to one made anew, and its indexes."""
    bind = op.get_bind()
    kept = "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL"
    shape = bind.execute(sa.text(kept), {'table': table, 'type': 'table'}).scalar_one()
    indexes = bind.execute(sa.text(kept), {'table': table, 'type': 'index'}).scalars().all()
    shape = f'CREATE TABLE made_anew {shape[shape.index("("):]}'
    for old, new in changes.items():
        if old not in shape:
            raise ValueError(f'{table} is not as expected: {old} is missing')
        shape = shape.replace(old, new)
    bind.exec_driver_sql(shape)
    bind.exec_driver_sql(f'INSERT INTO made_anew SELECT * FROM {table}')
    bind.exec_driver_sql(f'DROP TABLE {table}')
    bind.exec_driver_sql(f'ALTER TABLE made_anew RENAME TO {table}')
    for index in indexes:
        bind.exec_driver_sql(index)
