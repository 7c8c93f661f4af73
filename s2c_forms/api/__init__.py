"""The program in a few sentences: what a command does is one of these."""

from s2c_forms.api.calibrating import Calibrated, calibrate
from s2c_forms.api.checking import Checked, check, rubric_at, usable_rubric
from s2c_forms.api.clusters import cluster
from s2c_forms.api.contract import strays_of, told_fields, told_file
from s2c_forms.api.explaining import Explained, Said, Settled, explain
from s2c_forms.api.exporting import Exported, Wish, export
from s2c_forms.api.files import files_in
from s2c_forms.api.forgetting import Forgotten, forget
from s2c_forms.api.generating import Made, Order, generate
from s2c_forms.api.key_file import KeyFile
from s2c_forms.api.merge_report import MergedFile, MergeReport
from s2c_forms.api.merging import Besides, merge
from s2c_forms.api.paper import Reading, read_files, without_overlays
from s2c_forms.api.reading import FileOutcome, read_file, shelf_at_hand
from s2c_forms.api.reporting import Reported, report
from s2c_forms.api.roster import read_roster
from s2c_forms.media import MEDIA
from s2c_forms.places import Server, server_at

__all__ = [
    "MEDIA",
    "Besides",
    "Calibrated",
    "Checked",
    "Explained",
    "Exported",
    "FileOutcome",
    "Forgotten",
    "KeyFile",
    "Made",
    "MergeReport",
    "MergedFile",
    "Order",
    "Reading",
    "Reported",
    "Said",
    "Server",
    "Settled",
    "Wish",
    "calibrate",
    "check",
    "cluster",
    "explain",
    "export",
    "files_in",
    "forget",
    "generate",
    "merge",
    "read_file",
    "read_files",
    "read_roster",
    "report",
    "rubric_at",
    "server_at",
    "shelf_at_hand",
    "strays_of",
    "told_fields",
    "told_file",
    "usable_rubric",
    "without_overlays",
]
