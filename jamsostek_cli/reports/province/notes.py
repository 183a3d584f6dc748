"""What every answer over a province says of itself: whose figures these are, and what is not shown."""

from collections.abc import Sequence

from jamsostek_cli.messages import figures
from jamsostek_cli.reports.province.control import HandedProvince
from jamsostek_cli.tables.table import Note


def about(province: HandedProvince, *, exact: bool, withheld: int) -> Sequence[Note]:
    """Return the notes on cities without this day, cities of counts alone, and cells that are left empty."""
    notes = [
        Note(key="province_cities", facts={"cities": named(province, [c.city for c in province.cities])})
    ]
    if province.away:
        notes.append(Note(key="province_away", facts={"cities": ", ".join(province.away)}))
    if province.counts:
        notes.append(Note(key="province_counts", facts={"cities": named(province, province.counts)}))
    if exact:
        notes.append(Note(key="province_exact"))
    elif withheld:
        notes.append(Note(key="province_withheld", facts={"cells": figures.count(withheld)}))
    return notes


def named(province: HandedProvince, cities: Sequence[str]) -> str:
    """Return cities by name and code."""
    return ", ".join(
        city if province.name(city) == city else f"{province.name(city)} ({city})" for city in cities
    )
