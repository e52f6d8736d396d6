"""Jobs: outcome, errors, cancel and death of a function in its own process."""

import os
import time

import pytest

from app import jobs
from app.model.errors import Cancelled, InputError
from app.model.messages import message


def add(a, b, progress):
    progress(0.5, message("half of {a}", a=a))
    return a + b


def refuse(progress):
    raise InputError(message("no such site {uid}", uid="x1"), uids=["x1"])


def break_down(progress):
    return {}["missing"]


def count_forever(progress):
    while True:
        progress(0.1)
        time.sleep(0.01)


def sleep_deaf(progress):
    time.sleep(60)


def die(progress):
    os._exit(7)


def unpicklable(progress):
    return lambda: None


def remark(progress):
    """Write past Python, as a solver does."""
    return os.write(1, b"tmpSolver.run()\n") and 3


def test_outcome_is_what_the_function_returned():
    assert jobs.run(add, 2, b=3) == 5


def test_what_libraries_write_on_stdout_goes_to_the_log(capfd):
    assert jobs.run(remark) == 3
    out, err = capfd.readouterr()
    assert out == "" and "tmpSolver.run()" in err


def test_large_arguments_and_results_cross_whole():
    data = os.urandom(5_000_000)
    assert jobs.run(add, data, b=b"x") == data + b"x"


def test_an_expected_error_keeps_its_message_and_uids():
    with pytest.raises(InputError, match="no such site x1") as caught:
        jobs.run(refuse)
    assert caught.value.uids == ("x1",)


def test_a_bug_is_told_with_its_traceback():
    with pytest.raises(jobs.JobFailed, match="KeyError") as caught:
        jobs.run(break_down)
    assert "break_down" in caught.value.trace


def test_cancel_stops_a_reporting_function():
    job = jobs.start(count_forever)
    while job.poll().fraction == 0:
        time.sleep(0.02)
    job.cancel()
    with pytest.raises(Cancelled):
        job.outcome()


def test_a_deaf_function_is_ended_soon_after_a_cancel():
    job = jobs.start(sleep_deaf)
    job.cancel()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        job.outcome()
    assert time.monotonic() - started < 20


def test_a_worker_that_dies_is_told():
    with pytest.raises(jobs.JobFailed, match="exit code 7"):
        jobs.run(die)


def test_a_result_that_cannot_be_sent_is_told():
    with pytest.raises(jobs.JobFailed, match="cannot be sent"):
        jobs.run(unpicklable)


def test_the_report_can_cancel():
    def stop(fraction, text):
        raise Cancelled

    with pytest.raises(Cancelled):
        jobs.run(count_forever, report=stop)
