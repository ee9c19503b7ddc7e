"""Events and the arms transfers of the same text in, events that do not contradict them out."""

from msgspec.structs import replace

from detente.coding.merging import touch
from detente.coding.parties import roots
from detente.coding.windows import root
from detente.ontology import intensity
from detente.types import Event, Transfer

GIVES = frozenset({"AID", "COOPERATE"})


def agreeing(events: list[Event], transfers: list[Transfer]) -> list[Event]:
    """Arms that the same words say were delivered, by the same parties, are no plan.

    The network takes "to sell tanks" for a purpose; the reader of transfers sees that "in recent years" it was done.
    """
    done = [transfer for transfer in transfers if transfer.stage == "delivered"]
    return [_occurred(event) if any(_same(event, transfer) for transfer in done) else event for event in events]


def _same(event: Event, done: Transfer) -> bool:
    words, told = event.evidence.trigger, done.evidence.trigger
    if event.status != "planned" or event.type not in GIVES or words is None or told is None:
        return False
    parties = {root(one) for one in done.supplier}, {root(one) for one in done.recipient}
    return touch(words, told) and parties == (roots(event.source), roots(event.target))


def _occurred(event: Event) -> Event:
    return replace(event, status="occurred", intensity=intensity(event.type, event.mode, "occurred"))
