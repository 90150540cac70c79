"""What the acceptance of the workbook needs: books, formulas, the grammar of the parts, LibreOffice."""
