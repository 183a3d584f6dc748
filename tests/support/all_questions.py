"""Every question of a province, asked in one session of an engine, its rows as lines of JSON.

`python -m tests.support.all_questions DROP,… duckdb|spark [MASTER] [KEY=VALUE…]`, by the Python that has the
engine: a session of Spark takes longer than all of its questions. The answers are those of `jcli province`,
to the letter; at the end each drop but the last by itself, and what is said of one that is not there.
"""

import json
import sys
from dataclasses import replace
from functools import partial

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.province import questions
from jamsostek_cli.operations.province.questions import EngineName, Over
from jamsostek_cli.operations.reporting import report_file
from jamsostek_cli.reports.province import claims, control, coverage, overlaps, totals

LIGHT = (
    "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "spark.sql.shuffle.partitions=2",
)
"""With these Spark starts sooner on a little data; they are not for much of it."""
YEAR = Span(Month(2025, 1), Month(2025, 12))
QUESTIONS = (
    partial(coverage.coverage, by=("city",), exact=True),
    partial(coverage.coverage, by=("kelurahan",), exact=True),
    partial(coverage.coverage, by=("age",), exact=False),
    partial(claims.claims, exact=True),
    partial(totals.totals, exact=True),
)
"""What every drop can be asked; `overlaps` asks persons alone."""


def main(drops: str, engine: str, master: str | None = None, *settings: str) -> None:
    over = Over(
        drops=drops.split(","),
        engine=EngineName(engine),
        master=master,
        memory="1g",
        settings=dict(setting.split("=", 1) for setting in settings),
    )
    with questions.opened(over) as (asked, cities):
        answers: list[object] = [report_file.as_data(question(asked, cities)) for question in QUESTIONS]
        answers.append(report_file.as_data(overlaps.overlaps(asked, cities, YEAR, exact=True)))
        answers.append(overlaps.returned(asked, cities, YEAR, cities.persons[0]))
        raw = ("coverage", "once", "control", "told", "areas")
        answers += [asked.rows(control.question_of(name), month=cities.as_of[:7]) for name in raw]
    for drop in over.drops[:-1]:
        answers.append(report_file.as_data(questions.report(replace(over, drops=[drop]), QUESTIONS[0])[0]))
    try:
        questions.report(replace(over, drops=[drop, f"{drop}-tiada"]), QUESTIONS[0])
    except JcliError as error:
        answers.append([error.code, str(error.facts["path"]).rpartition("/")[2]])
    sys.stdout.writelines(f"{json.dumps(answer, default=str)}\n" for answer in answers)


if __name__ == "__main__":
    main(*sys.argv[1:])
