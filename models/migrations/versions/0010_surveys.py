"""surveys of residents"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The register, surveys with their invitations, answers apart from them, opinions of review meetings."""
    op.create_table('assembly_opinion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('deliberation_id', sa.Uuid(), nullable=False),
    sa.Column('satisfied', sa.Integer(), nullable=False),
    sa.Column('fair', sa.Integer(), nullable=False),
    sa.Column('dissatisfied', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('satisfied + fair + dissatisfied > 0', name=op.f('ck_assembly_opinion_somebody')),
    sa.CheckConstraint('satisfied >= 0 AND fair >= 0 AND dissatisfied >= 0', name=op.f('ck_assembly_opinion_counts')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_assembly_opinion_contract_id')),
    sa.ForeignKeyConstraint(['deliberation_id'], ['deliberation.id'], name=op.f('fk_assembly_opinion_deliberation_id')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_assembly_opinion_entered_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assembly_opinion')),
    sa.UniqueConstraint('contract_id', 'deliberation_id', name=op.f('uq_assembly_opinion_contract_id_deliberation_id'))
    )
    with op.batch_alter_table('assembly_opinion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assembly_opinion_deliberation_id'), ['deliberation_id'], unique=False)

    op.create_table('served_person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('stratum', sa.String(length=10), nullable=False),
    sa.Column('age_band', sa.String(length=40), nullable=True),
    sa.Column('added_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.CheckConstraint('left_on IS NULL OR left_on >= added_on', name=op.f('ck_served_person_period')),
    sa.CheckConstraint('number > 0', name=op.f('ck_served_person_number')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_served_person_contract_id')),
    sa.ForeignKeyConstraint(['stratum'], ['taxonomy_term.code'], name=op.f('fk_served_person_stratum')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_served_person')),
    sa.UniqueConstraint('contract_id', 'number', name=op.f('uq_served_person_contract_id_number'))
    )
    op.create_table('survey',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('stage', sa.Enum('start', 'midterm', 'final', 'follow_up', name='stage', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('pool', sa.JSON(), nullable=False),
    sa.Column('pool_digest', sa.String(length=64), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drawn_by', sa.Uuid(), nullable=True),
    sa.Column('telephone', sa.String(length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_words', sa.String(length=4000), nullable=True),
    sa.CheckConstraint("withdrawn_at IS NULL OR withdrawn_words IS NOT NULL", name=op.f('ck_survey_withdrawn_words')),
    sa.CheckConstraint('opened_at IS NULL OR closes_at IS NOT NULL', name=op.f('ck_survey_closes')),
    sa.CheckConstraint("opened_at IS NULL OR telephone <> ''", name=op.f('ck_survey_telephone')),
    sa.CheckConstraint('closed_at IS NULL OR opened_at IS NOT NULL', name=op.f('ck_survey_opened_first')),
    sa.CheckConstraint('population > 0 AND size > 0 AND size <= population', name=op.f('ck_survey_size')),
    sa.CheckConstraint('published_at IS NULL OR opened_at IS NOT NULL', name=op.f('ck_survey_opened_before_published')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_survey_contract_id')),
    sa.ForeignKeyConstraint(['drawn_by'], ['person.id'], name=op.f('fk_survey_drawn_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('reference', name=op.f('uq_survey_reference'))
    )
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index('uq_survey_stands', ['contract_id', 'stage'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('survey_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('stratum', sa.String(length=10), nullable=True),
    sa.Column('channel', sa.Enum('online', 'paper', 'telephone', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('entered_by', sa.Uuid(), nullable=True),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.CheckConstraint("(channel = 'online') = (entered_by IS NULL)", name=op.f('ck_survey_answer_entered_by')),
    sa.ForeignKeyConstraint(['entered_by'], ['person.id'], name=op.f('fk_survey_answer_entered_by')),
    sa.ForeignKeyConstraint(['stratum'], ['taxonomy_term.code'], name=op.f('fk_survey_answer_stratum')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_answer_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_answer')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_answer_survey_id'), ['survey_id'], unique=False)

    op.create_table('survey_invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('survey_id', sa.Uuid(), nullable=False),
    sa.Column('served_person_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('stratum', sa.String(length=10), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_words', sa.String(length=4000), nullable=False),
    sa.CheckConstraint("withdrawn_on IS NULL OR withdrawn_words <> ''", name=op.f('ck_survey_invitation_withdrawn_words')),
    sa.CheckConstraint('answered_on IS NULL OR withdrawn_on IS NULL', name=op.f('ck_survey_invitation_ends_once')),
    sa.CheckConstraint('number > 0', name=op.f('ck_survey_invitation_number')),
    sa.ForeignKeyConstraint(['served_person_id'], ['served_person.id'], name=op.f('fk_survey_invitation_served_person_id')),
    sa.ForeignKeyConstraint(['stratum'], ['taxonomy_term.code'], name=op.f('fk_survey_invitation_stratum')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_invitation_survey_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_invitation')),
    sa.UniqueConstraint('survey_id', 'number', name=op.f('uq_survey_invitation_survey_id_number')),
    sa.UniqueConstraint('survey_id', 'served_person_id', name=op.f('uq_survey_invitation_survey_id_served_person_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_survey_invitation_token_hash'))
    )
    with op.batch_alter_table('survey_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_invitation_served_person_id'), ['served_person_id'], unique=False)

    op.create_table('survey_answer_item',
    sa.Column('answer_id', sa.Uuid(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('value', sa.Integer(), nullable=True),
    sa.CheckConstraint('value BETWEEN 1 AND 5', name=op.f('ck_survey_answer_item_value')),
    sa.ForeignKeyConstraint(['answer_id'], ['survey_answer.id'], name=op.f('fk_survey_answer_item_answer_id')),
    sa.PrimaryKeyConstraint('answer_id', 'item', name=op.f('pk_survey_answer_item')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table('survey_answer_item')
    with op.batch_alter_table('survey_invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_invitation_served_person_id'))

    op.drop_table('survey_invitation')
    with op.batch_alter_table('survey_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_answer_survey_id'))

    op.drop_table('survey_answer')
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.drop_index('uq_survey_stands', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_survey_contract_id'))

    op.drop_table('survey')
    op.drop_table('served_person')
    with op.batch_alter_table('assembly_opinion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assembly_opinion_deliberation_id'))

    op.drop_table('assembly_opinion')
