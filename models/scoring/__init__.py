"""The arithmetic of evaluation, pure and exact: sheets, surveys, agreement; a file in, a file out."""
