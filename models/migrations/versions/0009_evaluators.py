"""evaluation agencies, their ties, draws and suspensions"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rescore_sample',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('half', sa.Integer(), nullable=False),
    sa.Column('share', sa.BigInteger(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('begun_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('half IN (1, 2)', name=op.f('ck_rescore_sample_half')),
    sa.CheckConstraint('share > 0 AND share <= 10000', name=op.f('ck_rescore_sample_share')),
    sa.ForeignKeyConstraint(['begun_by'], ['person.id'], name=op.f('fk_rescore_sample_begun_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_rescore_sample_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rescore_sample')),
    sa.UniqueConstraint('unit_code', 'year', 'half', name=op.f('uq_rescore_sample_unit_code_year_half'))
    )
    op.create_table('rotation_rule',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('most_consecutive', sa.Integer(), nullable=False),
    sa.Column('most_years_in_street', sa.Integer(), nullable=False),
    sa.Column('rescore_share', sa.BigInteger(), nullable=False),
    sa.Column('rescore_gap', sa.BigInteger(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('most_consecutive > 0', name=op.f('ck_rotation_rule_most_consecutive')),
    sa.CheckConstraint('most_years_in_street > 0', name=op.f('ck_rotation_rule_most_years_in_street')),
    sa.CheckConstraint('rescore_gap > 0 AND rescore_gap <= 10000', name=op.f('ck_rotation_rule_rescore_gap')),
    sa.CheckConstraint('rescore_share > 0 AND rescore_share <= 10000', name=op.f('ck_rotation_rule_rescore_share')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_rotation_rule_made_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_rotation_rule_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rotation_rule'))
    )
    op.create_index('ix_rotation_rule_place', 'rotation_rule', ['unit_code', 'effective_on'], unique=False)
    op.create_table('agency',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.CheckConstraint('left_on IS NULL OR left_on >= joined_on', name=op.f('ck_agency_period')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_agency_organisation_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_agency_unit_code')),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_agency'))
    )
    op.create_index(op.f('ix_agency_unit_code'), 'agency', ['unit_code'], unique=False)
    op.create_table('agency_qualification',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('legal_body', 'staff', 'internal_control', 'clean_record', 'experience', name='qualificationkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noted_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint("words <> ''", name=op.f('ck_agency_qualification_words')),
    sa.CheckConstraint('expires_on IS NULL OR expires_on > issued_on', name=op.f('ck_agency_qualification_period')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.organisation_id'], name=op.f('fk_agency_qualification_agency_id')),
    sa.ForeignKeyConstraint(['noted_by'], ['person.id'], name=op.f('fk_agency_qualification_noted_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_qualification'))
    )
    op.create_index(op.f('ix_agency_qualification_agency_id'), 'agency_qualification', ['agency_id'], unique=False)
    op.create_table('agency_suspension',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('reasons', sa.String(length=4000), nullable=False),
    sa.Column('from_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.Column('appealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appealed_by', sa.Uuid(), nullable=True),
    sa.Column('appeal_words', sa.String(length=4000), nullable=False),
    sa.Column('upheld_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by', sa.Uuid(), nullable=True),
    sa.Column('review_words', sa.String(length=4000), nullable=False),
    sa.CheckConstraint("(upheld_at IS NULL AND lifted_at IS NULL) OR review_words <> ''", name=op.f('ck_agency_suspension_review_words')),
    sa.CheckConstraint("appealed_at IS NULL OR appeal_words <> ''", name=op.f('ck_agency_suspension_appeal_words')),
    sa.CheckConstraint("reasons <> ''", name=op.f('ck_agency_suspension_reasons')),
    sa.CheckConstraint('appealed_at IS NULL OR reviewed_by IS NULL OR made_by IS NULL OR reviewed_by <> made_by', name=op.f('ck_agency_suspension_reviewed_by_another')),
    sa.CheckConstraint('until_at > from_at', name=op.f('ck_agency_suspension_period')),
    sa.CheckConstraint('upheld_at IS NULL OR appealed_at IS NOT NULL', name=op.f('ck_agency_suspension_appealed_first')),
    sa.CheckConstraint('upheld_at IS NULL OR lifted_at IS NULL', name=op.f('ck_agency_suspension_decided_once')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.organisation_id'], name=op.f('fk_agency_suspension_agency_id')),
    sa.ForeignKeyConstraint(['appealed_by'], ['person.id'], name=op.f('fk_agency_suspension_appealed_by')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_agency_suspension_made_by')),
    sa.ForeignKeyConstraint(['reviewed_by'], ['person.id'], name=op.f('fk_agency_suspension_reviewed_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_suspension'))
    )
    op.create_index(op.f('ix_agency_suspension_agency_id'), 'agency_suspension', ['agency_id'], unique=False)
    op.create_table('agency_tie',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('paid_work', 'needs_assessment', 'incubation', 'supervision', 'employment', 'board', 'control', 'kinship', 'other_interest', 'party', 'dealing', 'consecutive', 'street', 'suspended', 'on_list', 'unqualified', 'unreachable', 'assigned', name='ground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('paid_work', 'needs_assessment', 'incubation', 'supervision', 'employment', 'board', 'control', 'kinship', 'other_interest')", name=op.f('ck_agency_tie_asked')),
    sa.CheckConstraint('agency_id <> organisation_id', name=op.f('ck_agency_tie_two')),
    sa.CheckConstraint('ended_on IS NULL OR began_on IS NULL OR ended_on >= began_on', name=op.f('ck_agency_tie_period')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.organisation_id'], name=op.f('fk_agency_tie_agency_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_agency_tie_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_tie'))
    )
    op.create_index(op.f('ix_agency_tie_agency_id'), 'agency_tie', ['agency_id'], unique=False)
    op.create_index(op.f('ix_agency_tie_organisation_id'), 'agency_tie', ['organisation_id'], unique=False)
    op.create_table('agency_draw',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('primary', 'rescore', name='assignmentkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('pool_digest', sa.String(length=64), nullable=False),
    sa.Column('pool', sa.JSON(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drawn_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_agency_draw_contract_id')),
    sa.ForeignKeyConstraint(['drawn_by'], ['person.id'], name=op.f('fk_agency_draw_drawn_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_draw')),
    sa.UniqueConstraint('contract_id', 'kind', name=op.f('uq_agency_draw_contract_id_kind'))
    )
    op.create_table('rescore_sample_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sample_id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_chosen', sa.Boolean(), nullable=False),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('missed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('missed_at IS NULL OR is_chosen', name=op.f('ck_rescore_sample_entry_missed')),
    sa.CheckConstraint('position >= 0', name=op.f('ck_rescore_sample_entry_position')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_rescore_sample_entry_contract_id')),
    sa.ForeignKeyConstraint(['sample_id'], ['rescore_sample.id'], name=op.f('fk_rescore_sample_entry_sample_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rescore_sample_entry')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_rescore_sample_entry_contract_id')),
    sa.UniqueConstraint('sample_id', 'position', name=op.f('uq_rescore_sample_entry_sample_id_position'))
    )
    op.create_table('agency_barred',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draw_id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('paid_work', 'needs_assessment', 'incubation', 'supervision', 'employment', 'board', 'control', 'kinship', 'other_interest', 'party', 'dealing', 'consecutive', 'street', 'suspended', 'on_list', 'unqualified', 'unreachable', 'assigned', name='ground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_passed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.organisation_id'], name=op.f('fk_agency_barred_agency_id')),
    sa.ForeignKeyConstraint(['draw_id'], ['agency_draw.id'], name=op.f('fk_agency_barred_draw_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency_barred')),
    sa.UniqueConstraint('draw_id', 'agency_id', 'kind', 'source', 'at', name=op.f('uq_agency_barred_draw_id_agency_id_kind_source_at'))
    )
    op.create_index(op.f('ix_agency_barred_agency_id'), 'agency_barred', ['agency_id'], unique=False)
    op.create_table('assignment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draw_id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('agency_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('primary', 'rescore', name='assignmentkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declared_by', sa.Uuid(), nullable=True),
    sa.Column('recused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recused_words', sa.String(length=4000), nullable=True),
    sa.CheckConstraint('(recused_at IS NULL) = (recused_words IS NULL)', name=op.f('ck_assignment_recused_words')),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.organisation_id'], name=op.f('fk_assignment_agency_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_assignment_contract_id')),
    sa.ForeignKeyConstraint(['declared_by'], ['person.id'], name=op.f('fk_assignment_declared_by')),
    sa.ForeignKeyConstraint(['draw_id'], ['agency_draw.id'], name=op.f('fk_assignment_draw_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('draw_id', 'agency_id', name=op.f('uq_assignment_draw_id_agency_id'))
    )
    op.create_index(op.f('ix_assignment_agency_id'), 'assignment', ['agency_id'], unique=False)
    op.create_index(op.f('ix_assignment_contract_id'), 'assignment', ['contract_id'], unique=False)
    op.create_index('uq_assignment_live', 'assignment', ['contract_id', 'kind'], unique=True, sqlite_where=sa.text('recused_at IS NULL'), postgresql_where=sa.text('recused_at IS NULL'))
    op.create_table('assignment_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('ground', sa.Enum('paid_work', 'needs_assessment', 'incubation', 'supervision', 'employment', 'board', 'control', 'kinship', 'other_interest', 'party', 'dealing', 'consecutive', 'street', 'suspended', 'on_list', 'unqualified', 'unreachable', 'assigned', name='ground', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_yes', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.CheckConstraint("NOT is_yes OR words <> ''", name=op.f('ck_assignment_answer_yes_with_words')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_assignment_answer_assignment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment_answer')),
    sa.UniqueConstraint('assignment_id', 'ground', name=op.f('uq_assignment_answer_assignment_id_ground'))
    )
    op.create_table('engagement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('fee', sa.BigInteger(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('fee > 0', name=op.f('ck_engagement_fee')),
    sa.CheckConstraint('paid_on IS NULL OR paid_on >= agreed_on', name=op.f('ck_engagement_paid_after')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_engagement_assignment_id')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_engagement_made_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_engagement')),
    sa.UniqueConstraint('assignment_id', name=op.f('uq_engagement_assignment_id'))
    )


def downgrade() -> None:
    op.drop_table('engagement')
    op.drop_table('assignment_answer')
    op.drop_index('uq_assignment_live', table_name='assignment', sqlite_where=sa.text('recused_at IS NULL'), postgresql_where=sa.text('recused_at IS NULL'))
    op.drop_index(op.f('ix_assignment_contract_id'), table_name='assignment')
    op.drop_index(op.f('ix_assignment_agency_id'), table_name='assignment')
    op.drop_table('assignment')
    op.drop_index(op.f('ix_agency_barred_agency_id'), table_name='agency_barred')
    op.drop_table('agency_barred')
    op.drop_table('rescore_sample_entry')
    op.drop_table('agency_draw')
    op.drop_index(op.f('ix_agency_tie_organisation_id'), table_name='agency_tie')
    op.drop_index(op.f('ix_agency_tie_agency_id'), table_name='agency_tie')
    op.drop_table('agency_tie')
    op.drop_index(op.f('ix_agency_suspension_agency_id'), table_name='agency_suspension')
    op.drop_table('agency_suspension')
    op.drop_index(op.f('ix_agency_qualification_agency_id'), table_name='agency_qualification')
    op.drop_table('agency_qualification')
    op.drop_index(op.f('ix_agency_unit_code'), table_name='agency')
    op.drop_table('agency')
    op.drop_index('ix_rotation_rule_place', table_name='rotation_rule')
    op.drop_table('rotation_rule')
    op.drop_table('rescore_sample')
