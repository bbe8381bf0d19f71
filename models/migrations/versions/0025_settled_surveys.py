"""surveys that the clock settles and publishes"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BEFORE = (
    'tender_new', 'tender_closes_soon', 'tender_closes_next', 'tender_result', 'opening_due', 'decision_due',
    'notice_due', 'signing_due', 'publication_due', 'filing_due', 'challenge_reply_due', 'payment_due',
    'evaluation_due', 'evaluation_overdue', 'evaluation_undrawn', 'answer_due', 'answer_over', 'rescore_waits',
    'survey_closes', 'suspension_appeal_waits', 'findings_due', 'plan_due', 'mending_due', 'recheck_due',
    'rating_open',
)
ADDED = ('survey_unpublished',)


def upgrade() -> None:
    """A survey that was closed, published or withdrawn by somebody was settled then."""
    op.add_column('survey', sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE survey SET settled_at = coalesce(closed_at, published_at, withdrawn_at)')
    _change(BEFORE, (*BEFORE, *ADDED))


def downgrade() -> None:
    reminder = sa.table('reminder', sa.column('kind', sa.String))
    op.execute(reminder.delete().where(reminder.c.kind.in_(ADDED)))
    _change((*BEFORE, *ADDED), BEFORE)
    op.drop_column('survey', 'settled_at')


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.alter_column('kind', existing_type=_kinds(before), type_=_kinds(after), existing_nullable=False)


def _kinds(members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name='reminderkind', native_enum=False, create_constraint=True, length=40)
