"""What the window says of headquarters: times on both clocks, and how it stands."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from embassy_desk.application.sync_state import SyncMood
from embassy_desk.desktop.exchange.courier import Standing
from embassy_desk.desktop.kit.days import time_text
from embassy_desk.texts import N_, Words

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_SIGNS = {
    SyncMood.ALONE: "○",
    SyncMood.GOOD: "●",
    SyncMood.WAITING: "◐",
    SyncMood.OFFLINE: "◌",
    SyncMood.DECISION: "▲",
    SyncMood.TROUBLE: "■",
}


def on_both_clocks(words: Words, moment: datetime, zone: tzinfo) -> str:
    """Return a point in time here, and in Hà Nội where that is another hour."""
    here = time_text(moment, zone)
    home = moment.astimezone(_HANOI)
    if home.utcoffset() == moment.astimezone(zone).utcoffset():
        return here
    is_same_day = home.date() == moment.astimezone(zone).date()
    shown = f"{home:%H:%M}" if is_same_day else time_text(moment, _HANOI)
    return words(N_("{clock} (Ha Noi {home})", clock=here, home=shown))


def moment_of_ms(at_ms: int) -> datetime:
    """Return a point in time from milliseconds since 1970."""
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def sign_of(mood: SyncMood) -> str:
    """Return the sign of a mood, so that colour is never alone."""
    return _SIGNS[mood]


def standing_text(words: Words, standing: Standing, zone: tzinfo) -> str:
    """Return how the desk and headquarters stand, in one line."""
    state = standing.state
    if standing.is_running:
        return words(N_("Exchanging with headquarters …"))
    if state.succeeded_at is None:
        return words(N_("Headquarters: {state}", state=state.sentence))
    at = on_both_clocks(words, state.succeeded_at, zone)
    return words(N_("Headquarters: {state}. Last exchange: {at}", state=state.sentence, at=at))
