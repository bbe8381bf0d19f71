"""Reports of an area: a page, a workbook, a paper."""
