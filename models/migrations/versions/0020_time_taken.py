"""how long tasks take"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TASKS = ('post_need', 'standardise', 'write_tender', 'bid', 'fill_sheet', 'answer_draft')
UNFINISHED = '(finished_on IS NULL) = '


def upgrade() -> None:
    op.create_table(
        'time_taken',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column(
            'task',
            sa.Enum(*TASKS, name='task', native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column('unit_code', sa.String(length=12), nullable=False),
        sa.Column('seconds', sa.Integer(), nullable=False),
        sa.Column('subject_id', sa.Uuid(), nullable=True),
        sa.Column('touched_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('finished_on', sa.Date(), nullable=True),
        sa.CheckConstraint('seconds >= 0', name=op.f('ck_time_taken_seconds')),
        sa.CheckConstraint(f'{UNFINISHED}(subject_id IS NOT NULL)', name=op.f('ck_time_taken_subject_forgotten')),
        sa.CheckConstraint(f'{UNFINISHED}(touched_at IS NOT NULL)', name=op.f('ck_time_taken_hour_forgotten')),
        sa.ForeignKeyConstraint(
            ['unit_code'], ['administrative_unit.code'], name=op.f('fk_time_taken_unit_code')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_time_taken')),
        sa.UniqueConstraint('task', 'subject_id', name=op.f('uq_time_taken_task_subject_id')),
    )
    op.create_index('ix_time_taken_finished_on', 'time_taken', ['finished_on'])


def downgrade() -> None:
    op.drop_index('ix_time_taken_finished_on', table_name='time_taken')
    op.drop_table('time_taken')
