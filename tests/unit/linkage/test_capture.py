"""Which system each figure comes from, who enters it, how it is merged; how complete it came (S4-47)."""

from joinedup.foundations.agencies.models import Agency
from joinedup.intelligence.linkage.models import Delivery
from joinedup.intelligence.linkage.presenters.capture import FIGURES, capture_map, loaded_share
from joinedup.pipeline.contracts.identity import CONTRACTS


def test_each_delivery_feeds_a_figure_and_each_figure_names_deliveries_there_are() -> None:
    fed = {code for each in FIGURES for code in each.contracts}
    assert fed == {each.code for each in CONTRACTS}
    assert all(each.system and each.who and each.merged for each in FIGURES)


def test_the_map_tells_the_least_complete_file_and_what_was_never_delivered() -> None:
    assert loaded_share(0, 0) == 1
    sent = [
        Delivery(pk=n, contract=code, agency=Agency(code=code, name=code), sent=100, loaded=loaded)
        for n, (code, loaded) in enumerate((("gp_registrations", 99), ("police_nominals", 90)), 1)
    ]
    shown = str(capture_map(sent))
    assert "90 of 100 rows" in shown
    assert "4 of 6 not delivered yet" in shown
    assert "Nothing delivered yet" in str(capture_map([]))
    assert "Entered at source" in shown
