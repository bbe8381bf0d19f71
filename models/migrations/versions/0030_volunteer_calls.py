"""calls for volunteers"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

REFERENCES = {
    'need_id': 'need.id',
    'contract_id': 'contract.id',
    'organisation_id': 'organisation.id',
    'area_code': 'administrative_unit.code',
    'posted_by': 'person.id',
}


def upgrade() -> None:
    op.create_table('volunteer_call',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('need_id', sa.Uuid(), nullable=True),
    sa.Column('contract_id', sa.Uuid(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('area_code', sa.String(length=12), nullable=False),
    sa.Column('posted_by', sa.Uuid(), nullable=True),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=600), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=100), nullable=False),
    sa.Column('hours', sa.String(length=100), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('telephone', sa.String(length=40), nullable=False),
    sa.Column('office_hours', sa.String(length=100), nullable=False),
    sa.Column('came_forward', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(need_id IS NULL) <> (contract_id IS NULL)', name=op.f('ck_volunteer_call_for_one_thing')),
    sa.CheckConstraint('(organisation_id IS NULL) = (contract_id IS NULL)', name=op.f('ck_volunteer_call_poster')),
    sa.CheckConstraint('people BETWEEN 1 AND 999', name=op.f('ck_volunteer_call_people')),
    sa.CheckConstraint('came_forward BETWEEN 0 AND 9999', name=op.f('ck_volunteer_call_came_forward')),
    sa.CheckConstraint('closed_at IS NULL OR came_forward IS NOT NULL', name=op.f('ck_volunteer_call_closed_with_number')),
    *(sa.ForeignKeyConstraint([column], [target], name=op.f(f'fk_volunteer_call_{column}')) for column, target in REFERENCES.items()),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_volunteer_call')),
    sa.UniqueConstraint('reference', name=op.f('uq_volunteer_call_reference')),
    )
    for column in ('need_id', 'contract_id', 'organisation_id', 'area_code'):
        op.create_index(op.f(f'ix_volunteer_call_{column}'), 'volunteer_call', [column])
    op.create_index('ix_volunteer_call_open', 'volunteer_call', ['closed_at', 'ends_on'])


def downgrade() -> None:
    op.drop_table('volunteer_call')
