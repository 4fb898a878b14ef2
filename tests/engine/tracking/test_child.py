"""What a camera process has sent is heard, also when it has ended meanwhile."""

from multiprocessing.connection import Connection

import pytest

from engine.tracking import worker
from engine.tracking.child import Child
from engine.tracking.messages import Beat, Order, Report, Stage
from tests.engine.tracking.helpers import wait_for

LEFT = [Beat(Stage.WAITING, 0.1 * n) for n in range(3)]


def leaves_reports(orders: "Connection[object, Order]", reports: "Connection[Report, object]") -> None:
    for report in LEFT:
        reports.send(report)


def test_what_an_ended_process_has_left_is_heard_and_only_then_is_it_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "run", leaves_reports)
    child = Child()
    wait_for(lambda: child.exit_code() is not None)
    assert child.listen(0.0, take=False) == (None, True)
    assert [child.listen(0.0) for _ in range(4)] == [*((report, True) for report in LEFT), (None, False)]
    child.end()
