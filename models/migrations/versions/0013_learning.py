"""learning runs and an area's rules of matching"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('learning_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('model_version', sa.String(length=40), nullable=False),
    sa.Column('data_hash', sa.String(length=64), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('needs', sa.Integer(), nullable=False),
    sa.Column('reviews', sa.Integer(), nullable=False),
    sa.Column('learned', sa.Boolean(), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('weights', sa.JSON(), nullable=False),
    sa.Column('metrics', sa.JSON(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('adopted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('discarded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('adopted_at IS NULL OR discarded_at IS NULL', name=op.f('ck_learning_run_decided_once')),
    sa.CheckConstraint('adopted_at IS NULL OR learned', name=op.f('ck_learning_run_learned_before_adopted')),
    sa.CheckConstraint('needs >= 0 AND reviews >= 0', name=op.f('ck_learning_run_counts')),
    sa.CheckConstraint('withdrawn_at IS NULL OR adopted_at IS NOT NULL', name=op.f('ck_learning_run_adopted_before_withdrawn')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_learning_run_made_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_learning_run_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_run'))
    )
    op.create_index('ix_learning_run_place', 'learning_run', ['unit_code', 'made_at'], unique=False)
    op.create_table('matching_rule',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('counts_records', sa.Boolean(), nullable=False),
    sa.Column('counts_learning', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.CheckConstraint("words <> ''", name=op.f('ck_matching_rule_words')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_matching_rule_made_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_matching_rule_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matching_rule'))
    )
    op.create_index('ix_matching_rule_place', 'matching_rule', ['unit_code', 'made_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_matching_rule_place', table_name='matching_rule')
    op.drop_table('matching_rule')
    op.drop_index('ix_learning_run_place', table_name='learning_run')
    op.drop_table('learning_run')
