"""the form of taking part: a person on post, and what a tender takes over from its needs"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = ('activity', 'project', 'entrusted')
AFTER = (*BEFORE, 'on_post')


def upgrade() -> None:
    _change(BEFORE, AFTER)
    with op.batch_alter_table('tender', schema=None) as batch_op:
        batch_op.add_column(sa.Column('engagement', _forms(AFTER), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('tender', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_tender_engagement'), type_='check')
        batch_op.drop_column('engagement')
    need = sa.table('need', sa.column('engagement', sa.String))
    op.execute(need.update().where(need.c.engagement == 'on_post').values(engagement=None))
    _change(AFTER, BEFORE)


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.alter_column('engagement', existing_type=_forms(before), type_=_forms(after), existing_nullable=True)


def _forms(members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name='engagement', native_enum=False, create_constraint=True, length=40)
