"""groups below the committee that raise needs"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('need_raiser',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('building', 'lane', 'owners', 'residents', name='raiserkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('covers', sa.String(length=200), nullable=False),
    sa.Column('households', sa.Integer(), nullable=True),
    sa.Column('brought', sa.Boolean(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_need_raiser_name')),
    sa.CheckConstraint('households BETWEEN 2 AND 20000', name=op.f('ck_need_raiser_households')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_raiser_need_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need_raiser'))
    )
    with op.batch_alter_table('need_raiser', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_raiser_need_id'), ['need_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('need_raiser', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_raiser_need_id'))

    op.drop_table('need_raiser')
