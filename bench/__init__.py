"""Benchmarks, run by hand or by `make bench`; never a timed test."""
