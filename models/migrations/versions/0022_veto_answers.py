"""answers to vetoes"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('veto_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('veto_words', sa.String(length=4000), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.Column('reply_words', sa.String(length=4000), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replied_by', sa.Uuid(), nullable=True),
    sa.Column('upheld', sa.Boolean(), nullable=True),
    sa.CheckConstraint("(replied_at IS NULL) = (upheld IS NULL)", name=op.f('ck_veto_answer_upheld')),
    sa.CheckConstraint("replied_at IS NULL OR reply_words <> ''", name=op.f('ck_veto_answer_reply')),
    sa.CheckConstraint("words <> '' AND veto_words <> ''", name=op.f('ck_veto_answer_words')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_veto_answer_evaluation_id')),
    sa.ForeignKeyConstraint(['given_by'], ['person.id'], name=op.f('fk_veto_answer_given_by')),
    sa.ForeignKeyConstraint(['replied_by'], ['person.id'], name=op.f('fk_veto_answer_replied_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_veto_answer')),
    sa.UniqueConstraint('evaluation_id', 'code', name=op.f('uq_veto_answer_evaluation_id_code'))
    )


def downgrade() -> None:
    op.drop_table('veto_answer')
