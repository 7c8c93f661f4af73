"""The book as data for research: tables of variables, written for SPSS, R, Python and Excel."""

from s2c_forms.export.dataset import dataset_of
from s2c_forms.export.files import FORMATS, write_file
from s2c_forms.export.folder import write_folder
from s2c_forms.export.model import Dataset, Table, Variable

__all__ = [
    "FORMATS",
    "Dataset",
    "Table",
    "Variable",
    "dataset_of",
    "write_file",
    "write_folder",
]
