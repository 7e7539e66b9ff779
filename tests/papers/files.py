"""Spreadsheets that the doors hand out, as tests read them."""

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook


def rows_of_workbook(data, sheet=0):
    """The cells of a sheet as values, row by row."""
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).worksheets[sheet]]


def rows_of_text(data):
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))
