"""From a workbook to typed cells with addresses, to columns, to checked rows with findings."""
