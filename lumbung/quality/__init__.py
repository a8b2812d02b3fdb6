"""`make quality`: how well the warehouse tells good from bad, against samples whose answers are known."""

from lumbung.quality.intake import measure_intake

__all__ = ["measure_intake"]
