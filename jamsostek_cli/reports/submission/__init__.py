"""The workbook in which people are handed to BPJS: its columns as data, and the file."""
