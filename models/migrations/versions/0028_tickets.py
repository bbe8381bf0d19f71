"""tickets of the hotline and the grid, each number once"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


BEFORE = ('needs', 'services', 'organisations')
AFTER = (*BEFORE, 'tickets')


def upgrade() -> None:
    _change(BEFORE, AFTER)
    op.create_table('ticket',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.Enum('survey', 'hotline', 'visit', 'meeting', 'grid', 'waiting_list', 'photo', 'report', name='evidencekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('category', sa.String(length=200), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('brought_by', sa.Uuid(), nullable=True),
    sa.Column('brought_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=True),
    sa.Column('aside_words', sa.String(length=200), nullable=True),
    sa.Column('settled_by', sa.Uuid(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("channel IN ('hotline', 'grid')", name=op.f('ck_ticket_channel_of_calls')),
    sa.CheckConstraint('(settled_at IS NULL) = (need_id IS NULL AND aside_words IS NULL)', name=op.f('ck_ticket_settled_with_reason')),
    sa.CheckConstraint('need_id IS NULL OR aside_words IS NULL', name=op.f('ck_ticket_settled_once')),
    sa.ForeignKeyConstraint(['brought_by'], ['person.id'], name=op.f('fk_ticket_brought_by')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_ticket_need_id')),
    sa.ForeignKeyConstraint(['settled_by'], ['person.id'], name=op.f('fk_ticket_settled_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_ticket_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('channel', 'number', name=op.f('uq_ticket_channel_number'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_need_id'), ['need_id'], unique=False)
        batch_op.create_index('ix_ticket_waiting', ['unit_code', 'settled_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index('ix_ticket_waiting')
        batch_op.drop_index(batch_op.f('ix_ticket_need_id'))

    op.drop_table('ticket')
    batch = sa.table('import_batch', sa.column('kind', sa.String))
    op.execute(batch.delete().where(batch.c.kind == 'tickets'))
    _change(AFTER, BEFORE)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.alter_column('kind', existing_type=_kinds(before), type_=_kinds(after), existing_nullable=False)


def _kinds(members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name='sheetkind', native_enum=False, create_constraint=True, length=40)
