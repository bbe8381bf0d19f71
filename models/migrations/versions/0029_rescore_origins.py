"""how a second sheet came about"""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

COLUMNS = (
    "origin VARCHAR(40) DEFAULT 'ordered' NOT NULL"
    " CONSTRAINT ck_rescore_rescoreorigin CHECK (origin IN ('drawn', 'ordered'))",
    "reason VARCHAR(4000) DEFAULT '' NOT NULL"
    " CONSTRAINT ck_rescore_reason CHECK (origin = 'ordered' OR reason = '')",
)
DRAWN = """
UPDATE rescore SET origin = 'drawn' WHERE evaluation_id IN (
    SELECT evaluation.id FROM evaluation
    JOIN rescore_sample_entry ON rescore_sample_entry.contract_id = evaluation.contract_id
    WHERE rescore_sample_entry.is_chosen AND rescore_sample_entry.listed_at = rescore.ordered_at
)
"""
"""A chosen entry orders its second sheet in the same act; what was ordered at another time was by hand."""


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f'ALTER TABLE rescore ADD COLUMN {column}')
    op.execute(DRAWN)


def downgrade() -> None:
    op.drop_column('rescore', 'reason')
    op.drop_column('rescore', 'origin')
