"""what organisations state of their independence"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('independence_statement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('government_share', sa.Integer(), nullable=False),
    sa.Column('founded_by_government', sa.Boolean(), nullable=False),
    sa.Column('founder', sa.String(length=200), nullable=False),
    sa.Column('stated_by', sa.Uuid(), nullable=True),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("founded_by_government = (founder <> '')", name=op.f('ck_independence_statement_founder')),
    sa.CheckConstraint('government_share BETWEEN 0 AND 100', name=op.f('ck_independence_statement_government_share')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_independence_statement_organisation_id')),
    sa.ForeignKeyConstraint(['stated_by'], ['person.id'], name=op.f('fk_independence_statement_stated_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_independence_statement'))
    )
    with op.batch_alter_table('independence_statement', schema=None) as batch_op:
        batch_op.create_index('ix_independence_statement_newest', ['organisation_id', 'stated_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('independence_statement', schema=None) as batch_op:
        batch_op.drop_index('ix_independence_statement_newest')

    op.drop_table('independence_statement')
