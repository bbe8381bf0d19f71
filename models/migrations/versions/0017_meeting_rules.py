"""rules of meetings that a unit publishes"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_rule_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=12), nullable=False),
        sa.Column(
            "meeting_type",
            sa.Enum(
                "hearing",
                "coordination",
                "review",
                "council",
                "residents",
                name="meetingtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("times_a_year", sa.Integer(), nullable=True),
        sa.Column("least_present", sa.Integer(), nullable=False),
        sa.Column("invited", sa.String(length=1000), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_meeting_rule_version_reason")),
        sa.CheckConstraint(
            "times_a_year IS NOT NULL OR meeting_type NOT IN ('review', 'residents')",
            name=op.f("ck_meeting_rule_version_yearly"),
        ),
        sa.CheckConstraint(
            "least_present BETWEEN 1 AND 10000", name=op.f("ck_meeting_rule_version_least_present")
        ),
        sa.CheckConstraint("notice_days BETWEEN 1 AND 60", name=op.f("ck_meeting_rule_version_notice_days")),
        sa.CheckConstraint(
            "times_a_year BETWEEN 1 AND 52", name=op.f("ck_meeting_rule_version_times_a_year")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_meeting_rule_version_entered_by")
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["administrative_unit.code"], name=op.f("fk_meeting_rule_version_unit_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_rule_version")),
    )
    with op.batch_alter_table("meeting_rule_version", schema=None) as batch_op:
        batch_op.create_index(
            "ix_meeting_rule_version_place", ["unit_code", "meeting_type", "valid_from"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("meeting_rule_version", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_rule_version_place")

    op.drop_table("meeting_rule_version")
