"""from which day to which a service is offered"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("service") as service:
        service.add_column(sa.Column("available_from", sa.Date(), nullable=True))
        service.add_column(sa.Column("available_to", sa.Date(), nullable=True))
        service.create_check_constraint(op.f("ck_service_available_period"), "available_to >= available_from")


def downgrade() -> None:
    with op.batch_alter_table("service") as service:
        service.drop_constraint(op.f("ck_service_available_period"), type_="check")
        service.drop_column("available_to")
        service.drop_column("available_from")
