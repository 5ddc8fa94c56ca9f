"""The demo mission: everything in it is fictitious, made from a seed and told up to a day."""

from embassy_desk.application.demo.filling import fill_demo

__all__ = ["fill_demo"]
