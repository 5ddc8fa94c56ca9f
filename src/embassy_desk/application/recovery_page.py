"""The page with the recovery code, for printing and the safe: one HTML file that needs nothing."""

import html
from datetime import date
from pathlib import Path

from embassy_desk.application.profile import Profile
from embassy_desk.settings.files import write_whole
from embassy_desk.texts import N_, Words

_SHORT_IDENTITY = 8
"""Signs of the identity of a store that tell it from others."""

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 25mm 20mm; }}
body {{ font: 12pt/1.5 "Liberation Serif", "Times New Roman", serif; max-width: 170mm; }}
h1 {{ font-size: 18pt; margin: 0 0 2mm; }}
.code {{ font: bold 20pt/1.6 "Liberation Mono", "Courier New", monospace; border: 1pt solid #000;
  padding: 6mm; margin: 8mm 0; text-align: center; }}
li {{ margin: 2mm 0; }}
</style>
<h1>{title}</h1>
<p>{whose}</p>
<p class="code">{code}</p>
<ol>
{steps}
</ol>
</html>
"""

_STEPS = (
    N_("Print this page, put it in a sealed envelope into the safe of the mission, and delete the "
       "file."),
    N_("Whoever holds this code and the computer can read everything. Never keep it with the "
       "computer, never photograph it, never send it."),
    N_("If the passphrase is forgotten: choose “Forgotten passphrase” on the page that asks for "
       "it, or run “embassy-desk recovery use”; type the code and a new passphrase."),
    N_("The code works once. The program then shows a new one for a new page; destroy this one."),
    N_("Try it out once a year with “embassy-desk recovery drill”; a drill changes nothing."),
)  # fmt: skip


def recovery_page(words: Words, code: str, *, mission: str, store: str, made_on: date) -> str:
    """Return the page as HTML.

    Args:
        words: The language of the page.
        code: The recovery code as printed, in groups.
        mission: Code of the mission.
        store: What tells this store from others: the first signs of its identity.
        made_on: The day.
    """
    whose = N_("Mission {mission}, store {store}, {day}", mission=mission, store=store, day=made_on)
    steps = "\n".join(f"<li>{html.escape(words(each))}</li>" for each in _STEPS)
    return _PAGE.format(
        language=words.language,
        title=html.escape(words(N_("Recovery code of Embassy Desk"))),
        whose=html.escape(words(whose)),
        code=html.escape(code),
        steps=steps,
    )


def page_of(profile: Profile, words: Words, code: str, made_on: date) -> str:
    """Return the page of a code of an open profile, which says whose it is."""
    identity = profile.store.identity
    short = identity.store_id.hex[:_SHORT_IDENTITY]
    return recovery_page(words, code, mission=identity.mission, store=short, made_on=made_on)


def save_recovery_page(target: Path, page: str) -> None:
    """Write the page for its owner only.

    Raises:
        StoreError: It cannot be written.
    """
    write_whole(target, page.encode())
