"""The whole job on made-up people: make forms, fill them in, read them back, merge."""

from s2c_forms.demo.run import Demo, run

__all__ = ["Demo", "run"]
