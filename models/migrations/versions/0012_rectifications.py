"""findings, rectifications, consequences, ratings"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rating',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('by_side', sa.Enum('organisation', 'community', 'purchaser', 'agency', name='side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('about_side', sa.Enum('organisation', 'community', 'purchaser', 'agency', name='about_side', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('about_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('about_unit_code', sa.String(length=12), nullable=True),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint("(about_side IN ('community', 'purchaser')) = (about_unit_code IS NOT NULL)", name=op.f('ck_rating_about_unit')),
    sa.CheckConstraint("(about_side IN ('organisation', 'agency')) = (about_organisation_id IS NOT NULL)", name=op.f('ck_rating_about_organisation')),
    sa.CheckConstraint("by_side <> about_side AND by_side <> 'agency'", name=op.f('ck_rating_sides')),
    sa.ForeignKeyConstraint(['about_organisation_id'], ['organisation.id'], name=op.f('fk_rating_about_organisation_id')),
    sa.ForeignKeyConstraint(['about_unit_code'], ['administrative_unit.code'], name=op.f('fk_rating_about_unit_code')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_rating_contract_id')),
    sa.ForeignKeyConstraint(['given_by'], ['person.id'], name=op.f('fk_rating_given_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating')),
    sa.UniqueConstraint('contract_id', 'by_side', 'about_side', name=op.f('uq_rating_contract_id_by_side_about_side'))
    )
    op.create_index('ix_rating_about_organisation', 'rating', ['about_organisation_id', 'about_side'], unique=False)
    op.create_index('ix_rating_about_unit', 'rating', ['about_unit_code', 'about_side'], unique=False)
    op.create_table('rating_point',
    sa.Column('rating_id', sa.Uuid(), nullable=False),
    sa.Column('item', sa.Enum('venue', 'cooperation', 'promptness', 'payment', 'scope_changes', 'service', 'schedule', 'communication', 'task_list', 'support', 'fairness', 'care', 'burden', name='ratingitem', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('points BETWEEN 1 AND 5', name=op.f('ck_rating_point_points')),
    sa.ForeignKeyConstraint(['rating_id'], ['rating.id'], name=op.f('fk_rating_point_rating_id')),
    sa.PrimaryKeyConstraint('rating_id', 'item', name=op.f('pk_rating_point'))
    )
    op.create_table('rectification',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.Uuid(), nullable=True),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_words', sa.String(length=4000), nullable=False),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replanned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('redone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('redone_words', sa.String(length=4000), nullable=False),
    sa.Column('refailed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('passed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('concluded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('concluded_by', sa.Uuid(), nullable=True),
    sa.Column('concluded_words', sa.String(length=4000), nullable=True),
    sa.CheckConstraint('concluded_at IS NULL OR concluded_words IS NOT NULL', name=op.f('ck_rectification_concluded_words')),
    sa.CheckConstraint('done_at IS NULL OR planned_at IS NOT NULL', name=op.f('ck_rectification_planned_first')),
    sa.CheckConstraint('failed_at IS NULL OR done_at IS NOT NULL', name=op.f('ck_rectification_done_first')),
    sa.CheckConstraint('passed_at IS NULL OR concluded_at IS NULL', name=op.f('ck_rectification_ends_once')),
    sa.CheckConstraint('passed_at IS NULL OR refailed_at IS NULL', name=op.f('ck_rectification_passed_or_failed')),
    sa.CheckConstraint('redone_at IS NULL OR replanned_at IS NOT NULL', name=op.f('ck_rectification_replanned_first')),
    sa.CheckConstraint('refailed_at IS NULL OR redone_at IS NOT NULL', name=op.f('ck_rectification_redone_first')),
    sa.CheckConstraint('replanned_at IS NULL OR failed_at IS NOT NULL', name=op.f('ck_rectification_failed_first')),
    sa.ForeignKeyConstraint(['concluded_by'], ['person.id'], name=op.f('fk_rectification_concluded_by')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_rectification_evaluation_id')),
    sa.ForeignKeyConstraint(['issued_by'], ['person.id'], name=op.f('fk_rectification_issued_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rectification')),
    sa.UniqueConstraint('evaluation_id', name=op.f('uq_rectification_evaluation_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_rectification_reference'))
    )
    op.create_table('finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rectification_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('item_code', sa.String(length=20), nullable=False),
    sa.Column('severity', sa.Enum('minor', 'serious', 'grave', name='severity', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.CheckConstraint("words <> ''", name=op.f('ck_finding_words')),
    sa.CheckConstraint('number > 0', name=op.f('ck_finding_number')),
    sa.ForeignKeyConstraint(['rectification_id'], ['rectification.id'], name=op.f('fk_finding_rectification_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('rectification_id', 'number', name=op.f('uq_finding_rectification_id_number'))
    )
    op.create_table('remedy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('finding_id', sa.Uuid(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=4000), nullable=False),
    sa.Column('who', sa.String(length=200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('seen_words', sa.String(length=4000), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("(passed IS NULL) = (seen_words = '')", name=op.f('ck_remedy_seen_words')),
    sa.CheckConstraint("what <> '' AND who <> ''", name=op.f('ck_remedy_words')),
    sa.CheckConstraint('(passed IS NULL) = (file_id IS NULL)', name=op.f('ck_remedy_file')),
    sa.CheckConstraint('round IN (1, 2)', name=op.f('ck_remedy_round')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_remedy_file_id')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_remedy_finding_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remedy')),
    sa.UniqueConstraint('finding_id', 'round', name=op.f('uq_remedy_finding_id_round'))
    )
    op.create_table('consequence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('praise', 'reminder', 'interview', 'reduced_payment', 'termination', 'registrar_report', name='consequencekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reasons', sa.String(length=4000), nullable=False),
    sa.Column('terms', sa.String(length=4000), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=False),
    sa.Column('appealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appeal_words', sa.String(length=4000), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by', sa.Uuid(), nullable=True),
    sa.Column('reply', sa.String(length=4000), nullable=False),
    sa.CheckConstraint("(confirmed_at IS NULL AND lifted_at IS NULL) OR (appealed_at IS NOT NULL AND reply <> '')", name=op.f('ck_consequence_appealed_first')),
    sa.CheckConstraint("(kind = 'reduced_payment') = (amount IS NOT NULL)", name=op.f('ck_consequence_amount_of_reduction')),
    sa.CheckConstraint("amount IS NULL OR terms <> ''", name=op.f('ck_consequence_terms')),
    sa.CheckConstraint("appealed_at IS NULL OR appeal_words <> ''", name=op.f('ck_consequence_appeal_words')),
    sa.CheckConstraint("reasons <> ''", name=op.f('ck_consequence_reasons')),
    sa.CheckConstraint('amount IS NULL OR amount > 0', name=op.f('ck_consequence_amount')),
    sa.CheckConstraint('confirmed_at IS NULL OR lifted_at IS NULL', name=op.f('ck_consequence_reviewed_once')),
    sa.CheckConstraint('reviewed_by <> decided_by', name=op.f('ck_consequence_another_reviews')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_consequence_decided_by')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_consequence_evaluation_id')),
    sa.ForeignKeyConstraint(['reviewed_by'], ['person.id'], name=op.f('fk_consequence_reviewed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consequence'))
    )
    op.create_index(op.f('ix_consequence_evaluation_id'), 'consequence', ['evaluation_id'], unique=False)
    op.create_table('rectification_escalation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('evaluation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('findings', 'plan', 'mending', 'recheck', 'second_plan', 'second_mending', 'second_recheck', name='stepkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_rectification_escalation_evaluation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rectification_escalation')),
    sa.UniqueConstraint('evaluation_id', 'kind', name=op.f('uq_rectification_escalation_evaluation_id_kind'))
    )


def downgrade() -> None:
    op.drop_table('rectification_escalation')
    op.drop_index(op.f('ix_consequence_evaluation_id'), table_name='consequence')
    op.drop_table('consequence')
    op.drop_table('remedy')
    op.drop_table('finding')
    op.drop_table('rectification')
    op.drop_table('rating_point')
    op.drop_index('ix_rating_about_organisation', table_name='rating')
    op.drop_index('ix_rating_about_unit', table_name='rating')
    op.drop_table('rating')
