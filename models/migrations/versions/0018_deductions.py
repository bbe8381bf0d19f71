"""reductions that are taken off a payment"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ADDED = {
    'contract_milestone': {
        'ck_contract_milestone_paid_amount': 'CHECK (paid_at IS NULL OR paid_amount IS NOT NULL)',
        'ck_contract_milestone_paid_at_most': 'CHECK (paid_amount >= 0 AND paid_amount <= amount)',
    },
    'consequence': {
        'ck_consequence_milestone_of_reduction': 'CHECK (milestone_id IS NULL OR amount IS NOT NULL)',
        'ck_consequence_appealed_in_time': 'CHECK (appealed_at < appeal_ends_at)',
        'fk_consequence_milestone_id': 'FOREIGN KEY(milestone_id) REFERENCES contract_milestone (id)',
    },
}


def upgrade() -> None:
    """What was paid before was paid whole. A decision made before can be appealed without an end."""
    op.add_column('contract_milestone', sa.Column('paid_amount', sa.BigInteger(), nullable=True))
    op.execute('UPDATE contract_milestone SET paid_amount = amount WHERE paid_at IS NOT NULL')
    op.add_column('consequence', sa.Column('milestone_id', sa.Uuid(), nullable=True))
    op.add_column('consequence', sa.Column('appeal_ends_at', sa.DateTime(timezone=True), nullable=True))
    for table, clauses in ADDED.items():
        if _is_sqlite():
            _remake(table, '\n)', f'{_lines(clauses)}\n)')
            continue
        for name, clause in clauses.items():
            op.execute(f'ALTER TABLE {table} ADD CONSTRAINT {name} {clause}')


def downgrade() -> None:
    for table, clauses in ADDED.items():
        if _is_sqlite():
            _remake(table, f'{_lines(clauses)}\n)', '\n)')
            continue
        for name in clauses:
            op.execute(f'ALTER TABLE {table} DROP CONSTRAINT {name}')
    op.drop_column('consequence', 'appeal_ends_at')
    op.drop_column('consequence', 'milestone_id')
    op.drop_column('contract_milestone', 'paid_amount')


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def _lines(clauses: dict[str, str]) -> str:
    return ''.join(f', \n\tCONSTRAINT {name} {clause}' for name, clause in clauses.items())


def _remake(table: str, end: str, new_end: str) -> None:
    """SQLite changes no constraint of a table that stands: its rows move to one made anew, and its indexes."""
    bind = op.get_bind()
    kept = "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql IS NOT NULL"
    shape = bind.execute(sa.text(kept), {'table': table, 'type': 'table'}).scalar_one()
    indexes = bind.execute(sa.text(kept), {'table': table, 'type': 'index'}).scalars().all()
    if not shape.endswith(end):
        raise ValueError(f'{table} is not as expected')
    bind.exec_driver_sql(f'CREATE TABLE made_anew {shape[shape.index("("):].removesuffix(end)}{new_end}')
    bind.exec_driver_sql(f'INSERT INTO made_anew SELECT * FROM {table}')
    bind.exec_driver_sql(f'DROP TABLE {table}')
    bind.exec_driver_sql(f'ALTER TABLE made_anew RENAME TO {table}')
    for index in indexes:
        bind.exec_driver_sql(index)
