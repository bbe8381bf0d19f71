"""what a hub recommends"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recommendation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('relation', sa.Enum('none', 'member', 'incubated', 'founded', name='hubrelation', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_recommendation_reason')),
    sa.CheckConstraint('withdrawn_at IS NULL OR withdrawn_at >= at', name=op.f('ck_recommendation_withdrawn_at')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_recommendation_by_id')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_recommendation_need_id')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_recommendation_service_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_recommendation_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation'))
    )
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_service_id'), ['service_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recommendation_unit_code'), ['unit_code'], unique=False)
        batch_op.create_index('uq_recommendation_live', ['need_id', 'service_id', 'unit_code'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))


def downgrade() -> None:
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.drop_index('uq_recommendation_live', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_recommendation_unit_code'))
        batch_op.drop_index(batch_op.f('ix_recommendation_service_id'))

    op.drop_table('recommendation')
