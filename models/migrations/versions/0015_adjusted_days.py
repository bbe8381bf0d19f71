"""working days of a year, entered by hand"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('adjusted_year',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('year BETWEEN 2004 AND 2099', name=op.f('ck_adjusted_year_year')),
    sa.CheckConstraint("source <> ''", name=op.f('ck_adjusted_year_source')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_adjusted_year_entered_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adjusted_year'))
    )
    with op.batch_alter_table('adjusted_year', schema=None) as batch_op:
        batch_op.create_index('ix_adjusted_year_year', ['year', 'entered_at'], unique=False)

    op.create_table('adjusted_day',
    sa.Column('year_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('works', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['year_id'], ['adjusted_year.id'], name=op.f('fk_adjusted_day_year_id')),
    sa.PrimaryKeyConstraint('year_id', 'day', name=op.f('pk_adjusted_day'))
    )


def downgrade() -> None:
    op.drop_table('adjusted_day')
    with op.batch_alter_table('adjusted_year', schema=None) as batch_op:
        batch_op.drop_index('ix_adjusted_year_year')

    op.drop_table('adjusted_year')
