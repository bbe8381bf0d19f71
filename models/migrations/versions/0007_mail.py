"""mail and reminders"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KINDS = (
    'tender_new', 'tender_closes_soon', 'tender_closes_next', 'tender_result', 'opening_due', 'decision_due',
    'notice_due', 'signing_due', 'publication_due', 'filing_due', 'challenge_reply_due', 'payment_due',
)


def upgrade() -> None:
    op.add_column('person', sa.Column('email', sa.String(length=254), nullable=True))
    op.add_column('person', sa.Column('wants_mail', sa.Boolean(), nullable=False, server_default=sa.true()))

    op.create_table('mail',
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.String(length=200), nullable=False),
    sa.CheckConstraint('attempts > 0', name=op.f('ck_mail_attempts')),
    sa.CheckConstraint('sent_at IS NULL OR failed_at IS NULL', name=op.f('ck_mail_ends_once')),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_mail_message_id')),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_mail'))
    )
    op.create_index('ix_mail_due', 'mail', ['due_at'], unique=False)

    op.create_table('reminder',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='reminderkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('subject_id', sa.String(length=60), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('kind', 'subject_id', 'due_at', 'person_id', name=op.f('uq_reminder_kind_subject_id_due_at_person_id'))
    )
    op.create_index(op.f('ix_reminder_person_id'), 'reminder', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_reminder_person_id'), table_name='reminder')
    op.drop_table('reminder')
    op.drop_index('ix_mail_due', table_name='mail')
    op.drop_table('mail')
    op.drop_column('person', 'wants_mail')
    op.drop_column('person', 'email')
