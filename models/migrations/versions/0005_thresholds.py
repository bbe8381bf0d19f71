"""thresholds of procurement"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('procurement_threshold',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.Enum('procurement_limit', 'open_tender', name='thresholdkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_procurement_threshold_amount')),
    sa.CheckConstraint("source <> ''", name=op.f('ck_procurement_threshold_source')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_procurement_threshold_entered_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_procurement_threshold_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procurement_threshold'))
    )
    with op.batch_alter_table('procurement_threshold', schema=None) as batch_op:
        batch_op.create_index('ix_procurement_threshold_place', ['unit_code', 'kind', 'valid_from'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('procurement_threshold', schema=None) as batch_op:
        batch_op.drop_index('ix_procurement_threshold_place')

    op.drop_table('procurement_threshold')
