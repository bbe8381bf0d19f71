"""trainings in the background: asked for, and done later"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


CHECK = 'trained_at IS NOT NULL OR (adopted_at IS NULL AND discarded_at IS NULL)'


def upgrade() -> None:
    op.add_column('learning_run', sa.Column('trained_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE learning_run SET trained_at = made_at')
    with op.batch_alter_table('learning_run', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_learning_run_trained_before_decided'), CHECK)


def downgrade() -> None:
    op.execute('DELETE FROM learning_run WHERE trained_at IS NULL')
    with op.batch_alter_table('learning_run', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_learning_run_trained_before_decided'), type_='check')
        batch_op.drop_column('trained_at')
