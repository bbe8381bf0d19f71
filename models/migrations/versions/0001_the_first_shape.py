"""the first shape"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('administrative_unit',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.Enum('city', 'district', 'street', 'neighbourhood', name='unitkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=True),
    sa.Column('parent_code', sa.String(length=12), nullable=True),
    sa.Column('community_type', sa.Enum('C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', name='communitytype', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('households', sa.Integer(), nullable=True),
    sa.Column('population', sa.Integer(), nullable=True),
    sa.CheckConstraint("community_type IS NULL OR kind = 'neighbourhood'", name=op.f('ck_administrative_unit_community_type')),
    sa.CheckConstraint('parent_code IS NULL OR substr(code, 1, length(parent_code)) = parent_code', name=op.f('ck_administrative_unit_prefix')),
    sa.ForeignKeyConstraint(['parent_code'], ['administrative_unit.code'], name=op.f('fk_administrative_unit_parent_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_administrative_unit'))
    )
    with op.batch_alter_table('administrative_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_administrative_unit_parent_code'), ['parent_code'], unique=False)

    op.create_table('audit_event',
    sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('role', sa.Enum('city_official', 'district_official', 'street_official', 'community_worker', 'organisation_staff', 'hub', 'panel_member', 'evaluator', 'auditor', 'administrator', 'system', name='role', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('request_id', sa.String(length=64), nullable=False),
    sa.Column('action', sa.String(length=80), nullable=False),
    sa.Column('subject_type', sa.String(length=60), nullable=False),
    sa.Column('subject_id', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index('ix_audit_event_subject', ['subject_type', 'subject_id'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('counter',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counter'))
    )
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('login', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('locale', sa.String(length=10), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('login', name=op.f('uq_person_login'))
    )
    op.create_table('sign_in_failure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failure'))
    )
    with op.batch_alter_table('sign_in_failure', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_failure_key', ['key', 'at'], unique=False)

    op.create_table('taxonomy_term',
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('taxonomy', sa.Enum('domain', 'service', 'beneficiary', 'community_type', 'route', 'directory_field', name='taxonomy', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name_zh', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('parent_code', sa.String(length=10), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['parent_code'], ['taxonomy_term.code'], name=op.f('fk_taxonomy_term_parent_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_taxonomy_term'))
    )
    with op.batch_alter_table('taxonomy_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_taxonomy_term_taxonomy'), ['taxonomy'], unique=False)

    op.create_table('crosswalk',
    sa.Column('term_code', sa.String(length=10), nullable=False),
    sa.Column('field_code', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['field_code'], ['taxonomy_term.code'], name=op.f('fk_crosswalk_field_code')),
    sa.ForeignKeyConstraint(['term_code'], ['taxonomy_term.code'], name=op.f('fk_crosswalk_term_code')),
    sa.PrimaryKeyConstraint('term_code', 'field_code', name=op.f('pk_crosswalk'))
    )
    op.create_table('import_batch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('needs', 'services', 'organisations', name='sheetkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('uploaded_by', sa.Uuid(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('imported', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['uploaded_by'], ['person.id'], name=op.f('fk_import_batch_uploaded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_batch_uploaded_by'), ['uploaded_by'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('subject_type', sa.String(length=60), nullable=False),
    sa.Column('subject_id', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_message_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_inbox', ['person_id', 'created_at'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=True),
    sa.Column('type', sa.Enum('association', 'service_organisation', 'foundation', name='organisationtype', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('registered_place', sa.String(length=12), nullable=False),
    sa.Column('established_on', sa.Date(), nullable=True),
    sa.Column('description', sa.String(length=4000), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=True),
    sa.Column('grade', sa.Enum('5A', '4A', '3A', '2A', '1A', name='grade', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('grade_issued_on', sa.Date(), nullable=True),
    sa.Column('grade_expires_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint('(grade IS NULL) = (grade_issued_on IS NULL)', name=op.f('ck_organisation_grade_issued')),
    sa.CheckConstraint('grade_expires_on IS NULL OR grade_expires_on > grade_issued_on', name=op.f('ck_organisation_grade_period')),
    sa.CheckConstraint('length(credit_code) = 18', name=op.f('ck_organisation_credit_code')),
    sa.ForeignKeyConstraint(['registered_place'], ['administrative_unit.code'], name=op.f('fk_organisation_registered_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('credit_code', name=op.f('uq_organisation_credit_code'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_registered_place'), ['registered_place'], unique=False)

    op.create_table('population_stratum',
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('stratum', sa.String(length=40), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_population_stratum_people')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_population_stratum_unit_code')),
    sa.PrimaryKeyConstraint('unit_code', 'stratum', name=op.f('pk_population_stratum'))
    )
    op.create_table('stored_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_by', sa.Uuid(), nullable=True),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('size > 0', name=op.f('ck_stored_file_size')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['person.id'], name=op.f('fk_stored_file_uploaded_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file'))
    )
    op.create_table('annual_report',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('result', sa.Enum('passed', 'basically_passed', 'failed', 'not_filed', name='reportresult', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_annual_report_organisation_id')),
    sa.PrimaryKeyConstraint('organisation_id', 'year', name=op.f('pk_annual_report'))
    )
    op.create_table('assessment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('summary', sa.String(length=4000), nullable=False),
    sa.Column('assessor_id', sa.Uuid(), nullable=True),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_assessment_period')),
    sa.ForeignKeyConstraint(['assessor_id'], ['organisation.id'], name=op.f('fk_assessment_assessor_id')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_assessment_created_by')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_assessment_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('reference', name=op.f('uq_assessment_reference'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_unit_code'), ['unit_code'], unique=False)

    op.create_table('board_member',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('is_resident', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_board_member_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_member'))
    )
    with op.batch_alter_table('board_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_member_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('list_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('flag', sa.Enum('abnormal', 'dishonest', name='listflag', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('listed_on', sa.Date(), nullable=False),
    sa.Column('removed_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint('removed_on IS NULL OR removed_on >= listed_on', name=op.f('ck_list_entry_period')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_list_entry_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_entry'))
    )
    with op.batch_alter_table('list_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_list_entry_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('city_official', 'district_official', 'street_official', 'community_worker', 'organisation_staff', 'hub', 'panel_member', 'evaluator', 'auditor', 'administrator', 'system', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role <> 'system'", name=op.f('ck_membership_no_system')),
    sa.CheckConstraint('(unit_code IS NULL) <> (organisation_id IS NULL)', name=op.f('ck_membership_one_scope')),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= started_at', name=op.f('ck_membership_period')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_membership_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index('ix_membership_organisation', ['organisation_id'], unique=False)
        batch_op.create_index('ix_membership_person', ['person_id'], unique=False)
        batch_op.create_index('ix_membership_unit', ['unit_code', 'role'], unique=False)

    op.create_table('service',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('description', sa.String(length=4000), nullable=False),
    sa.Column('eligibility_description', sa.String(length=4000), nullable=False),
    sa.Column('minimum_age', sa.Integer(), nullable=True),
    sa.Column('maximum_age', sa.Integer(), nullable=True),
    sa.Column('schedule_description', sa.String(length=200), nullable=False),
    sa.Column('licences', sa.String(length=200), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint('maximum_age IS NULL OR minimum_age IS NULL OR maximum_age >= minimum_age', name=op.f('ck_service_ages')),
    sa.CheckConstraint('minimum_age IS NULL OR minimum_age >= 0', name=op.f('ck_service_minimum_age')),
    sa.CheckConstraint('retired_at IS NULL OR published_at IS NOT NULL', name=op.f('ck_service_retired_after_published')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_service_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service')),
    sa.UniqueConstraint('reference', name=op.f('uq_service_reference'))
    )
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.create_index('ix_service_active', ['published_at', 'retired_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_service_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('staff_member',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('certificate', sa.Enum('assistant', 'social_worker', 'senior', name='certificate', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('full_time', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_staff_member_organisation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_member'))
    )
    with op.batch_alter_table('staff_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_member_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('assessment_file',
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_file_assessment_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_assessment_file_file_id')),
    sa.PrimaryKeyConstraint('assessment_id', 'file_id', name=op.f('pk_assessment_file'))
    )
    op.create_table('assessment_finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('problem', sa.String(length=200), nullable=False),
    sa.Column('term_code', sa.String(length=10), nullable=True),
    sa.Column('share', sa.Double(), nullable=True),
    sa.CheckConstraint('share IS NULL OR (share >= 0 AND share <= 1)', name=op.f('ck_assessment_finding_share')),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_finding_assessment_id')),
    sa.ForeignKeyConstraint(['term_code'], ['taxonomy_term.code'], name=op.f('fk_assessment_finding_term_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_finding'))
    )
    with op.batch_alter_table('assessment_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_finding_assessment_id'), ['assessment_id'], unique=False)

    op.create_table('assessment_method',
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('method', sa.Enum('questionnaire', 'household_visit', 'hearing', 'focus_group', 'walk_through', 'hotline_data', 'stock_list', name='assessmentmethod', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('participants', sa.Integer(), nullable=False),
    sa.CheckConstraint('participants >= 0', name=op.f('ck_assessment_method_participants')),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_method_assessment_id')),
    sa.PrimaryKeyConstraint('assessment_id', 'method', name=op.f('pk_assessment_method'))
    )
    op.create_table('cost_option',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('unit', sa.Enum('person_time', 'person_month', 'person_year', 'person_course', 'household', 'household_month', 'household_year', 'session', 'course', 'hour', 'month', 'year', 'project', 'place_year', 'item', name='costunit', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('unit_words', sa.String(length=40), nullable=False),
    sa.Column('description', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_cost_option_amount')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_cost_option_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cost_option'))
    )
    with op.batch_alter_table('cost_option', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cost_option_service_id'), ['service_id'], unique=False)

    op.create_table('need',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('description', sa.String(length=4000), nullable=False),
    sa.Column('existing_supply', sa.String(length=4000), nullable=False),
    sa.Column('affected_people', sa.Integer(), nullable=True),
    sa.Column('severity', sa.Integer(), nullable=True),
    sa.Column('urgency', sa.Integer(), nullable=True),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('budget', sa.BigInteger(), nullable=True),
    sa.Column('engagement', sa.Enum('activity', 'project', 'entrusted', name='engagement', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('suitable', sa.Boolean(), nullable=True),
    sa.Column('route_code', sa.String(length=10), nullable=True),
    sa.Column('assessment_id', sa.Uuid(), nullable=True),
    sa.Column('merged_into_id', sa.Uuid(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('return_reason', sa.Enum('unclear', 'evidence_missing', 'numbers_missing', 'duplicate', 'deliberate_first', name='returnreason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('return_words', sa.String(length=1000), nullable=True),
    sa.Column('deliberating_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('standardised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('standardised_words', sa.String(length=1000), nullable=True),
    sa.Column('matched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unmet_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_reason', sa.Enum('withdrawn', 'merged', 'routed', 'settled', name='closedreason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('closed_words', sa.String(length=1000), nullable=True),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_reason IS NULL)', name=op.f('ck_need_closed_reason')),
    sa.CheckConstraint('affected_people IS NULL OR affected_people > 0', name=op.f('ck_need_affected_people')),
    sa.CheckConstraint('budget IS NULL OR budget >= 0', name=op.f('ck_need_budget')),
    sa.CheckConstraint('ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on', name=op.f('ck_need_period')),
    sa.CheckConstraint('merged_into_id IS NULL OR merged_into_id <> id', name=op.f('ck_need_not_into_itself')),
    sa.CheckConstraint('severity IS NULL OR severity BETWEEN 0 AND 4', name=op.f('ck_need_severity')),
    sa.CheckConstraint('urgency IS NULL OR urgency BETWEEN 0 AND 4', name=op.f('ck_need_urgency')),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_need_assessment_id')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_need_created_by')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['need.id'], name=op.f('fk_need_merged_into_id')),
    sa.ForeignKeyConstraint(['route_code'], ['taxonomy_term.code'], name=op.f('fk_need_route_code')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_need_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need')),
    sa.UniqueConstraint('reference', name=op.f('uq_need_reference'))
    )
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_assessment_id'), ['assessment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index('ix_need_phase', ['closed_at', 'standardised_at', 'submitted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_unit_code'), ['unit_code'], unique=False)

    op.create_table('respondent_stratum',
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('stratum', sa.String(length=40), nullable=False),
    sa.Column('respondents', sa.Integer(), nullable=False),
    sa.CheckConstraint('respondents >= 0', name=op.f('ck_respondent_stratum_respondents')),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_respondent_stratum_assessment_id')),
    sa.PrimaryKeyConstraint('assessment_id', 'stratum', name=op.f('pk_respondent_stratum'))
    )
    op.create_table('service_area',
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_area_service_id')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_service_area_unit_code')),
    sa.PrimaryKeyConstraint('service_id', 'unit_code', name=op.f('pk_service_area'))
    )
    with op.batch_alter_table('service_area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_area_unit_code'), ['unit_code'], unique=False)

    op.create_table('service_capacity',
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('unit', sa.Enum('person_time', 'person_month', 'person_year', 'person_course', 'household', 'household_month', 'household_year', 'session', 'course', 'hour', 'month', 'year', 'project', 'place_year', 'item', name='costunit', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('unit_words', sa.String(length=40), nullable=False),
    sa.Column('maximum', sa.Integer(), nullable=False),
    sa.Column('available', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('available >= 0 AND available <= maximum', name=op.f('ck_service_capacity_available')),
    sa.CheckConstraint('maximum > 0', name=op.f('ck_service_capacity_maximum')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_capacity_service_id')),
    sa.PrimaryKeyConstraint('service_id', 'unit', name=op.f('pk_service_capacity'))
    )
    op.create_table('service_term',
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('term_code', sa.String(length=10), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_service_term_service_id')),
    sa.ForeignKeyConstraint(['term_code'], ['taxonomy_term.code'], name=op.f('fk_service_term_term_code')),
    sa.PrimaryKeyConstraint('service_id', 'term_code', name=op.f('pk_service_term'))
    )
    with op.batch_alter_table('service_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_service_term_term_code'), ['term_code'], unique=False)

    op.create_table('sign_in',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_sign_in_membership_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_sign_in'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_person', ['person_id'], unique=False)

    op.create_table('deliberation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_type', sa.Enum('hearing', 'coordination', 'review', 'council', 'residents', name='meetingtype', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('agenda', sa.String(length=4000), nullable=False),
    sa.Column('scheduled_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('announced_by', sa.Uuid(), nullable=True),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancel_words', sa.String(length=1000), nullable=True),
    sa.Column('outcome', sa.Enum('supported', 'supported_with_changes', 'not_supported', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('conclusion', sa.String(length=4000), nullable=False),
    sa.Column('present', sa.Integer(), nullable=True),
    sa.Column('votes_for', sa.Integer(), nullable=False),
    sa.Column('votes_against', sa.Integer(), nullable=False),
    sa.Column('votes_abstain', sa.Integer(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=True),
    sa.Column('priority_words', sa.String(length=1000), nullable=False),
    sa.Column('promise', sa.String(length=200), nullable=False),
    sa.Column('promise_owner', sa.String(length=200), nullable=False),
    sa.Column('promise_due_on', sa.Date(), nullable=True),
    sa.Column('promise_kept_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(priority IS NULL) = (priority_words = '')", name=op.f('ck_deliberation_priority_words')),
    sa.CheckConstraint("(promise = '') = (promise_due_on IS NULL)", name=op.f('ck_deliberation_promise_due')),
    sa.CheckConstraint('held_at IS NULL OR (outcome IS NOT NULL AND coalesce(present, 0) > 0)', name=op.f('ck_deliberation_held_with_outcome')),
    sa.CheckConstraint('priority IS NULL OR priority BETWEEN 0 AND 100', name=op.f('ck_deliberation_priority')),
    sa.CheckConstraint('votes_for + votes_against + votes_abstain <= coalesce(present, 0)', name=op.f('ck_deliberation_votes_within_present')),
    sa.CheckConstraint('votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0', name=op.f('ck_deliberation_votes')),
    sa.ForeignKeyConstraint(['announced_by'], ['person.id'], name=op.f('fk_deliberation_announced_by')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_deliberation_need_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliberation'))
    )
    with op.batch_alter_table('deliberation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deliberation_need_id'), ['need_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deliberation_scheduled_at'), ['scheduled_at'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('survey', 'hotline', 'visit', 'meeting', 'grid', 'waiting_list', 'photo', 'report', name='evidencekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('count', sa.Integer(), nullable=True),
    sa.Column('seen_on', sa.Date(), nullable=True),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('count IS NULL OR count >= 0', name=op.f('ck_evidence_count')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_evidence_file_id')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_evidence_need_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_need_id'), ['need_id'], unique=False)

    op.create_table('match_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('requested_by', sa.Uuid(), nullable=True),
    sa.Column('model_version', sa.String(length=40), nullable=False),
    sa.Column('catalogue_hash', sa.String(length=64), nullable=False),
    sa.Column('catalogue_size', sa.Integer(), nullable=False),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_match_run_need_id')),
    sa.ForeignKeyConstraint(['requested_by'], ['person.id'], name=op.f('fk_match_run_requested_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_run'))
    )
    with op.batch_alter_table('match_run', schema=None) as batch_op:
        batch_op.create_index('ix_match_run_need', ['need_id', 'at'], unique=False)

    op.create_table('need_funding',
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('source', sa.Enum('street_budget', 'community_budget', 'welfare_lottery', 'community_foundation', 'donation', 'self_raised', 'unknown', name='fundingsource', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('amount IS NULL OR amount >= 0', name=op.f('ck_need_funding_amount')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_funding_need_id')),
    sa.PrimaryKeyConstraint('need_id', 'source', name=op.f('pk_need_funding'))
    )
    op.create_table('need_indicator',
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Enum('N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N10', 'N12', name='indicatorcode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('value BETWEEN 0 AND 4', name=op.f('ck_need_indicator_value')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_indicator_need_id')),
    sa.PrimaryKeyConstraint('need_id', 'code', name=op.f('pk_need_indicator'))
    )
    op.create_table('need_resource',
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('venue', 'volunteers', 'skills', 'equipment', 'money', name='resourcekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_resource_need_id')),
    sa.PrimaryKeyConstraint('need_id', 'kind', name=op.f('pk_need_resource'))
    )
    op.create_table('need_term',
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('term_code', sa.String(length=10), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_need_term_need_id')),
    sa.ForeignKeyConstraint(['term_code'], ['taxonomy_term.code'], name=op.f('fk_need_term_term_code')),
    sa.PrimaryKeyConstraint('need_id', 'term_code', name=op.f('pk_need_term'))
    )
    with op.batch_alter_table('need_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_term_term_code'), ['term_code'], unique=False)

    op.create_table('attendance',
    sa.Column('deliberation_id', sa.Uuid(), nullable=False),
    sa.Column('stratum', sa.String(length=40), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_attendance_people')),
    sa.ForeignKeyConstraint(['deliberation_id'], ['deliberation.id'], name=op.f('fk_attendance_deliberation_id')),
    sa.PrimaryKeyConstraint('deliberation_id', 'stratum', name=op.f('pk_attendance'))
    )
    op.create_table('gap_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=True),
    sa.Column('unit_code', sa.String(length=12), nullable=False),
    sa.Column('term_code', sa.String(length=10), nullable=True),
    sa.Column('cause', sa.Enum('no_supplier', 'not_here', 'no_capacity', 'too_expensive', 'not_good_enough', name='gapcause', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('remedy', sa.Enum('incubate', 'invite', 'consortium', 'raise_budget', 'other', name='gapremedy', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by', sa.Uuid(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_gap_entry_need_id')),
    sa.ForeignKeyConstraint(['opened_by'], ['person.id'], name=op.f('fk_gap_entry_opened_by')),
    sa.ForeignKeyConstraint(['run_id'], ['match_run.id'], name=op.f('fk_gap_entry_run_id')),
    sa.ForeignKeyConstraint(['term_code'], ['taxonomy_term.code'], name=op.f('fk_gap_entry_term_code')),
    sa.ForeignKeyConstraint(['unit_code'], ['administrative_unit.code'], name=op.f('fk_gap_entry_unit_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gap_entry'))
    )
    with op.batch_alter_table('gap_entry', schema=None) as batch_op:
        batch_op.create_index('ix_gap_entry_place', ['unit_code', 'term_code'], unique=False)
        batch_op.create_index('uq_gap_entry_open', ['need_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('match',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('verdict', sa.Enum('eligible', 'unknown', 'refused', name='verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('contributions', sa.JSON(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('refusals', sa.JSON(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.CheckConstraint('rank >= 1', name=op.f('ck_match_rank')),
    sa.CheckConstraint('score >= 0 AND score <= 1', name=op.f('ck_match_score')),
    sa.ForeignKeyConstraint(['run_id'], ['match_run.id'], name=op.f('fk_match_run_id')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_match_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match')),
    sa.UniqueConstraint('run_id', 'service_id', name=op.f('uq_match_run_id_service_id'))
    )
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.create_index('ix_match_service', ['service_id'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('match_id', sa.Uuid(), nullable=False),
    sa.Column('decision', sa.Enum('accept', 'shortlist', 'reject', name='decision', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Enum('wrong_service', 'wrong_group', 'too_far', 'too_expensive', 'too_small', 'record', 'conflict', 'other', name='rejectreason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('reviewer_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(decision = 'reject') = (reason IS NOT NULL)", name=op.f('ck_review_reason')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_review_match_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['person.id'], name=op.f('fk_review_reviewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_match_id'), ['match_id'], unique=False)
        batch_op.create_index('uq_review_live', ['match_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index('uq_review_live', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_review_match_id'))

    op.drop_table('review')
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_index('ix_match_service')

    op.drop_table('match')
    with op.batch_alter_table('gap_entry', schema=None) as batch_op:
        batch_op.drop_index('uq_gap_entry_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index('ix_gap_entry_place')

    op.drop_table('gap_entry')
    op.drop_table('attendance')
    with op.batch_alter_table('need_term', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_term_term_code'))

    op.drop_table('need_term')
    op.drop_table('need_resource')
    op.drop_table('need_indicator')
    op.drop_table('need_funding')
    with op.batch_alter_table('match_run', schema=None) as batch_op:
        batch_op.drop_index('ix_match_run_need')

    op.drop_table('match_run')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_need_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('deliberation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deliberation_scheduled_at'))
        batch_op.drop_index(batch_op.f('ix_deliberation_need_id'))

    op.drop_table('deliberation')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_person')

    op.drop_table('sign_in')
    with op.batch_alter_table('service_term', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_term_term_code'))

    op.drop_table('service_term')
    op.drop_table('service_capacity')
    with op.batch_alter_table('service_area', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_area_unit_code'))

    op.drop_table('service_area')
    op.drop_table('respondent_stratum')
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_unit_code'))
        batch_op.drop_index('ix_need_phase')
        batch_op.drop_index(batch_op.f('ix_need_merged_into_id'))
        batch_op.drop_index(batch_op.f('ix_need_assessment_id'))

    op.drop_table('need')
    with op.batch_alter_table('cost_option', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cost_option_service_id'))

    op.drop_table('cost_option')
    op.drop_table('assessment_method')
    with op.batch_alter_table('assessment_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_finding_assessment_id'))

    op.drop_table('assessment_finding')
    op.drop_table('assessment_file')
    with op.batch_alter_table('staff_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_member_organisation_id'))

    op.drop_table('staff_member')
    with op.batch_alter_table('service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_service_organisation_id'))
        batch_op.drop_index('ix_service_active')

    op.drop_table('service')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('ix_membership_unit')
        batch_op.drop_index('ix_membership_person')
        batch_op.drop_index('ix_membership_organisation')

    op.drop_table('membership')
    with op.batch_alter_table('list_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_list_entry_organisation_id'))

    op.drop_table('list_entry')
    with op.batch_alter_table('board_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_board_member_organisation_id'))

    op.drop_table('board_member')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_unit_code'))

    op.drop_table('assessment')
    op.drop_table('annual_report')
    op.drop_table('stored_file')
    op.drop_table('population_stratum')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_registered_place'))
        batch_op.drop_index(batch_op.f('ix_organisation_name'))

    op.drop_table('organisation')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_inbox')

    op.drop_table('message')
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batch_uploaded_by'))

    op.drop_table('import_batch')
    op.drop_table('crosswalk')
    with op.batch_alter_table('taxonomy_term', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_taxonomy_term_taxonomy'))

    op.drop_table('taxonomy_term')
    with op.batch_alter_table('sign_in_failure', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_failure_key')

    op.drop_table('sign_in_failure')
    op.drop_table('person')
    op.drop_table('counter')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_event_subject')

    op.drop_table('audit_event')
    with op.batch_alter_table('administrative_unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_administrative_unit_parent_code'))

    op.drop_table('administrative_unit')
