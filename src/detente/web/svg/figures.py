"""What templates draw: the charts by name."""

from detente.web.svg.spark import spark

__all__ = ["spark"]
