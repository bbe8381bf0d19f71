"""from which day to which a service is offered"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by making the table anew, as batch mode would: other tables point at its rows.
    op.execute("ALTER TABLE service ADD COLUMN available_from DATE")
    op.execute(
        "ALTER TABLE service ADD COLUMN available_to DATE"
        " CONSTRAINT ck_service_available_period CHECK (available_to >= available_from)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE service DROP COLUMN available_to")
    op.execute("ALTER TABLE service DROP COLUMN available_from")
