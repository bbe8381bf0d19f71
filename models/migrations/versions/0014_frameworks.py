"""framework agreements and what is called off from them"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('framework_agreement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('lot_id', sa.Uuid(), nullable=False),
    sa.Column('ranking_id', sa.Uuid(), nullable=False),
    sa.Column('uniform', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_words', sa.String(length=4000), nullable=True),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_framework_agreement_period')),
    sa.CheckConstraint('ended_at IS NULL OR ended_words IS NOT NULL', name=op.f('ck_framework_agreement_ended_words')),
    sa.ForeignKeyConstraint(['lot_id'], ['lot.id'], name=op.f('fk_framework_agreement_lot_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_framework_agreement_made_by')),
    sa.ForeignKeyConstraint(['ranking_id'], ['ranking.id'], name=op.f('fk_framework_agreement_ranking_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_framework_agreement')),
    sa.UniqueConstraint('reference', name=op.f('uq_framework_agreement_reference'))
    )
    with op.batch_alter_table('framework_agreement', schema=None) as batch_op:
        batch_op.create_index('uq_framework_stands', ['lot_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('framework_supplier',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('agreement_id', sa.Uuid(), nullable=False),
    sa.Column('bid_id', sa.Uuid(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('rank > 0', name=op.f('ck_framework_supplier_rank')),
    sa.CheckConstraint('unit_price > 0', name=op.f('ck_framework_supplier_unit_price')),
    sa.ForeignKeyConstraint(['agreement_id'], ['framework_agreement.id'], name=op.f('fk_framework_supplier_agreement_id')),
    sa.ForeignKeyConstraint(['bid_id'], ['opened_bid.bid_id'], name=op.f('fk_framework_supplier_bid_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_framework_supplier')),
    sa.UniqueConstraint('agreement_id', 'bid_id', name=op.f('uq_framework_supplier_agreement_id_bid_id'))
    )
    op.create_table('call_off',
    sa.Column('award_id', sa.Uuid(), nullable=False),
    sa.Column('supplier_id', sa.Uuid(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('unit_price', sa.BigInteger(), nullable=False),
    sa.Column('chosen_by', sa.Enum('users', 'purchaser', name='chosenby', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_call_off_quantity')),
    sa.CheckConstraint('unit_price > 0', name=op.f('ck_call_off_unit_price')),
    sa.CheckConstraint("words <> ''", name=op.f('ck_call_off_words')),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_call_off_award_id')),
    sa.ForeignKeyConstraint(['supplier_id'], ['framework_supplier.id'], name=op.f('fk_call_off_supplier_id')),
    sa.PrimaryKeyConstraint('award_id', name=op.f('pk_call_off'))
    )
    with op.batch_alter_table('call_off', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_off_supplier_id'), ['supplier_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('call_off', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_off_supplier_id'))

    op.drop_table('call_off')
    op.drop_table('framework_supplier')
    with op.batch_alter_table('framework_agreement', schema=None) as batch_op:
        batch_op.drop_index('uq_framework_stands')

    op.drop_table('framework_agreement')
