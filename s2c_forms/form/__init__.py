"""WHAT IS ASKED: the rubric, its fields, and the form made of them. Pure data."""
