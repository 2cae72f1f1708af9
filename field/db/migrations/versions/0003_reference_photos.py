"""Reference photos of questionnaires' versions"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reference_photo',
    sa.Column('version_id', sa.String(length=36), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('image', sa.LargeBinary(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['questionnaire_version.id'], name=op.f('fk_reference_photo_version_id_questionnaire_version')),
    sa.PrimaryKeyConstraint('version_id', 'sha256', name=op.f('pk_reference_photo'))
    )


def downgrade() -> None:
    op.drop_table('reference_photo')
