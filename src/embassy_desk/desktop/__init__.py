"""What a person sees. The only Qt."""

from embassy_desk.desktop.display import display_problem

__all__ = ["display_problem"]
