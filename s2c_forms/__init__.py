"""One rubric, every form people use, and one reader for whatever comes back."""

__all__ = ["__version__"]

__version__ = "0.1.0"
