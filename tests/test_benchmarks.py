"""The benchmarks run, and measure what they say; how long anything takes is no test."""

from benchmarks.one_letter import measure, report


def test_the_cost_of_a_letter_is_measured_step_by_step() -> None:
    ratios = report(measure(1))

    assert list(ratios) == [
        "compose",
        "HTML",
        "text",
        "record",
        "PDF, bare",
        "PDF, mended",
        "PDF, mended, with attachments",
        "proof, 400 authorities",
    ]
    assert ratios["PDF, bare"] == 1
    assert all(ratio > 0 for ratio in ratios.values())
