"""needs that ask for what another one got"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'need_model',
        sa.Column('need_id', sa.Uuid(), nullable=False),
        sa.Column('model_id', sa.Uuid(), nullable=False),
        sa.CheckConstraint('need_id <> model_id', name=op.f('ck_need_model_not_itself')),
        sa.ForeignKeyConstraint(['model_id'], ['need.id'], name=op.f('fk_need_model_model_id')),
        sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_model_need_id')),
        sa.PrimaryKeyConstraint('need_id', name=op.f('pk_need_model')),
    )
    op.create_index('ix_need_model_model_id', 'need_model', ['model_id'])


def downgrade() -> None:
    op.drop_index('ix_need_model_model_id', table_name='need_model')
    op.drop_table('need_model')
