"""The sheet on which one sees how it goes: figures, a heat map, and charts of Excel's own."""

from s2c_forms.master.overview.draw import draw_overview
from s2c_forms.master.overview.plan import Overview, overview_of

__all__ = ["Overview", "draw_overview", "overview_of"]
