"""The texts of one screen and the places that show them, shown anew when the language changes."""

from collections.abc import Callable
from typing import Protocol

from embassy_desk.texts import Text, Words

Setter = Callable[[str], object]
"""Shows a sentence somewhere, such as `label.setText`."""


class Speaking(Protocol):
    """A screen that can change its language while it is shown."""

    def retranslate(self, words: Words) -> None:
        """Show every text in the language of these words."""


class Phrases:
    """Keeps the texts of a screen beside their places; lives as long as the screen."""

    def __init__(self, words: Words) -> None:
        """Begin without texts, in the language of these words."""
        self.words = words
        self._texts: dict[Setter, Text | str] = {}
        self._screens: list[Speaking] = []

    def show(self, place: Setter, text: Text | str) -> None:
        """Show a text in a place, now and after every change of language.

        A later text for the same place takes the place of the earlier one.
        """
        self._texts[place] = text
        place(self.words(text))

    def include(self, screen: Speaking) -> None:
        """Let a part of the screen follow every change of language."""
        self._screens.append(screen)

    def leave_out(self, screen: Speaking) -> None:
        """Let go of a part that is no longer shown."""
        if screen in self._screens:
            self._screens.remove(screen)

    def guests(self) -> Callable[[], None]:
        """Let others show texts and include screens here for a while.

        Returns:
            A function that forgets all that came since, once their widgets go.
        """
        texts, screens = frozenset(self._texts), tuple(self._screens)

        def leave() -> None:
            self._texts = {place: self._texts[place] for place in self._texts if place in texts}
            self._screens = [each for each in self._screens if each in screens]

        return leave

    def retranslate(self, words: Words) -> None:
        """Show every text in another language."""
        self.words = words
        for place, text in self._texts.items():
            place(words(text))
        for screen in self._screens:
            screen.retranslate(words)
