"""plans of an area"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('plan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('follows_id', sa.Uuid(), nullable=True),
    sa.Column('fair', sa.Boolean(), nullable=False),
    sa.Column('newcomer_percent', sa.Integer(), nullable=True),
    sa.Column('cap_percent', sa.Integer(), nullable=True),
    sa.Column('street_budgets', sa.Boolean(), nullable=False),
    sa.Column('catalogue_hash', sa.String(length=64), nullable=False),
    sa.Column('proof', sa.Enum('optimal', 'within_gap', 'best_found', name='proof', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('objective', sa.Double(), nullable=False),
    sa.Column('bound', sa.Double(), nullable=False),
    sa.Column('gap', sa.Double(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('worst', sa.Double(), nullable=True),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('placed', sa.Integer(), nullable=False),
    sa.Column('adopted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('cap_percent IS NULL OR cap_percent BETWEEN 1 AND 100', name=op.f('ck_plan_cap')),
    sa.CheckConstraint('follows_id IS NULL OR follows_id <> id', name=op.f('ck_plan_follows_another')),
    sa.CheckConstraint('newcomer_percent IS NULL OR newcomer_percent BETWEEN 0 AND 100', name=op.f('ck_plan_newcomers')),
    sa.CheckConstraint('placed >= 0 AND placed <= asked', name=op.f('ck_plan_placed')),
    sa.CheckConstraint('superseded_at IS NULL OR adopted_at IS NOT NULL', name=op.f('ck_plan_superseded_after_adopted')),
    sa.ForeignKeyConstraint(['follows_id'], ['plan.id'], name=op.f('fk_plan_follows_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_plan_made_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_plan_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan')),
    sa.UniqueConstraint('reference', name=op.f('uq_plan_reference'))
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_follows_id'), ['follows_id'], unique=False)
        batch_op.create_index('ix_plan_place', ['unit_code', 'made_at'], unique=False)
        batch_op.create_index('uq_plan_in_force', ['unit_code'], unique=True, sqlite_where=sa.text('adopted_at IS NOT NULL AND superseded_at IS NULL'), postgresql_where=sa.text('adopted_at IS NOT NULL AND superseded_at IS NULL'))

    op.create_table('plan_budget',
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_plan_budget_amount')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_budget_plan_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_plan_budget_unit_code')),
    sa.PrimaryKeyConstraint('plan_id', 'unit_code', name=op.f('pk_plan_budget'))
    )
    op.create_table('plan_edit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('force', 'forbid', name='editkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=False),
    sa.Column('edited_by', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('carried', sa.Boolean(), nullable=False),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_plan_edit_reason')),
    sa.ForeignKeyConstraint(['edited_by'], ['person.id'], name=op.f('fk_plan_edit_edited_by')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_plan_edit_need_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_edit_plan_id')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_plan_edit_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_edit'))
    )
    with op.batch_alter_table('plan_edit', schema=None) as batch_op:
        batch_op.create_index('uq_plan_edit_force', ['plan_id', 'need_id'], unique=True, sqlite_where=sa.text("dropped_at IS NULL AND kind = 'force'"), postgresql_where=sa.text("dropped_at IS NULL AND kind = 'force'"))
        batch_op.create_index('uq_plan_edit_pair', ['plan_id', 'need_id', 'service_id'], unique=True, sqlite_where=sa.text('dropped_at IS NULL'), postgresql_where=sa.text('dropped_at IS NULL'))

    op.create_table('plan_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('plan_id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=True),
    sa.Column('units', sa.Integer(), nullable=True),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('cost', sa.BigInteger(), nullable=True),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.Enum('accepted', 'already_accepted', 'need_moved_on', 'not_listed', 'other_accepted', 'rejected', 'service_not_offered', 'organisation_dishonest', 'refused_needs_words', name='adoptoutcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.CheckConstraint('(service_id IS NULL) = (score IS NULL)', name=op.f('ck_plan_line_scored')),
    sa.CheckConstraint('(service_id IS NULL) = (units IS NULL)', name=op.f('ck_plan_line_counted')),
    sa.CheckConstraint('cost IS NULL OR service_id IS NOT NULL', name=op.f('ck_plan_line_cost')),
    sa.CheckConstraint('outcome IS NULL OR service_id IS NOT NULL', name=op.f('ck_plan_line_outcome')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_plan_line_need_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_line_plan_id')),
    sa.ForeignKeyConstraint(['run_id'], ['match_run.id'], name=op.f('fk_plan_line_run_id')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_plan_line_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_line')),
    sa.UniqueConstraint('plan_id', 'need_id', name=op.f('uq_plan_line_plan_id_need_id'))
    )
    with op.batch_alter_table('plan_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_line_need_id'), ['need_id'], unique=False)

    op.create_table('plan_alternate',
    sa.Column('line_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['plan_line.id'], name=op.f('fk_plan_alternate_line_id')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_plan_alternate_service_id')),
    sa.PrimaryKeyConstraint('line_id', 'position', name=op.f('pk_plan_alternate'))
    )


def downgrade() -> None:
    op.drop_table('plan_alternate')
    with op.batch_alter_table('plan_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_line_need_id'))

    op.drop_table('plan_line')
    with op.batch_alter_table('plan_edit', schema=None) as batch_op:
        batch_op.drop_index('uq_plan_edit_pair', sqlite_where=sa.text('dropped_at IS NULL'), postgresql_where=sa.text('dropped_at IS NULL'))
        batch_op.drop_index('uq_plan_edit_force', sqlite_where=sa.text("dropped_at IS NULL AND kind = 'force'"), postgresql_where=sa.text("dropped_at IS NULL AND kind = 'force'"))

    op.drop_table('plan_edit')
    op.drop_table('plan_budget')
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.drop_index('uq_plan_in_force', sqlite_where=sa.text('adopted_at IS NOT NULL AND superseded_at IS NULL'), postgresql_where=sa.text('adopted_at IS NOT NULL AND superseded_at IS NULL'))
        batch_op.drop_index('ix_plan_place')
        batch_op.drop_index(batch_op.f('ix_plan_follows_id'))

    op.drop_table('plan')
