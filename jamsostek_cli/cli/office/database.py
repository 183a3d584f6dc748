"""`jcli init` and `jcli db`."""

from typing import Annotated

import typer

from jamsostek_cli import operating_system
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import OptionalReason, meant
from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.frame.upgrade import announce
from jamsostek_cli.cli.office import backup, calendar, proven
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.store.file.settings import FREE, Switch, allowed, meaning
from jamsostek_cli.store.file.steps import SCHEMA_VERSION
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.table import Coded, Column, Table
from jamsostek_cli.tables.wording import word

app = group("help.db")
_SETTING = Column("name", of=lambda item: item[0])
_VALUE = Column("value", of=lambda item: Coded(item[1], _said(*item)))
_ALLOWED = Column("allowed", of=lambda item: Coded(allowed(item[0], str), allowed(item[0])))
_MEANING = Column("meaning", of=lambda item: meaning(item[0]))
app.command("backup", help=text("help.db_backup"))(backup.backup)
app.command("restore", help=text("help.db_restore"))(backup.restore)
app.command("workday", help=text("help.db_workday"))(calendar.workday)
app.command("calendar", help=text("help.db_calendar"))(calendar.calendar)


def init(
    ctx: typer.Context,
    area: Annotated[str, typer.Option("--area", metavar="64.74", help=text("opt.area"))] = "64.74",
) -> None:
    """Create the office's database."""
    from jamsostek_cli.operations.office import database

    current = session(ctx)
    made = database.init(current.place(), current.act(), area=area)
    show(
        current,
        Answer(
            data={"path": str(made.path), "area": made.area.code, "city": made.area.name},
            lines=[text("say.created", path=made.path, city=made.area.name)],
            hints=[
                *([text("unprotected.share")] if operating_system.on_a_share(made.path) else []),
                text("next.label", step=text("next.import")),
            ],
        ),
    )


@app.command("path", help=text("help.db_path"))
def path(ctx: typer.Context) -> None:
    """Say where the database stands."""
    current = session(ctx)
    place = current.place()
    data = {"path": str(place), "exists": place.exists()}
    show(current, Answer(data=data, lines=[str(place)]))


@app.command("check", help=text("help.db_check"))
def check(ctx: typer.Context) -> None:
    """Check the file, its links and the audit chain; exit 1 when something is wrong."""
    from jamsostek_cli.operations.office import database

    current = session(ctx)
    health = database.check(current.database())
    unprotected = operating_system.unprotected()
    unprotected += ["share"] if operating_system.on_a_share(current.place()) else []
    encrypted = operating_system.disk_encrypted(current.place())
    show(
        current,
        Answer(
            data=proven.as_json(health)
            | {
                "problems": health.faults,
                "unprotected": unprotected,
                "disk_encrypted": {True: "yes", False: "no", None: "unknown"}[encrypted],
                "audit_rows": health.chain.rows,
                "audit_head": health.chain.head,
            },
            lines=proven.lines(health)
            or [text("say.healthy", rows=figures.count(health.chain.rows), head=health.chain.head[:16])],
            tables=proven.tables(health),
            hints=[
                *proven.hints(health),
                *(text(f"unprotected.{one}") for one in unprotected),
                *(
                    []
                    if encrypted
                    else [text("hint.disk_unknown" if encrypted is None else "hint.disk_open")]
                ),
            ],
        ),
    )
    if health.faults:
        raise typer.Exit(1)


@app.command("migrate", help=text("help.db_migrate"))
def migrate(ctx: typer.Context) -> None:
    """Bring the file of an older jcli to this one's schema: copied first, then changed and checked."""
    from jamsostek_cli.operations.office import database, second_count

    current = session(ctx)
    place = current.database_as_it_is()
    if place.is_older() and not current.quiet:
        announce(place)
    migrated = database.migrate(place, current.act())
    if migrated is None:
        recounted = second_count.count_anew(place, current.act())
        data: dict[str, object] = {"path": str(place.path), "from": SCHEMA_VERSION, "to": SCHEMA_VERSION}
        lines = [text("say.migrated_before", path=place.path, new=SCHEMA_VERSION)]
        if recounted:
            lines.append(text("say.recounted", counts=", ".join(recounted)))
        show(current, Answer(data={**data, "copy": None, "recounted": list(recounted)}, lines=lines))
        return
    data = {"path": str(place.path), "from": migrated.old, "to": migrated.new, "copy": str(migrated.copy)}
    line = text("say.migrated", path=place.path, new=migrated.new, copy=migrated.copy.name)
    show(current, Answer(data={**data, "recounted": []}, lines=[line]))


@app.command("setting", help=text("help.db_setting"))
def setting(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="SETTING", help=text("opt.setting"))] = None,
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help=text("opt.setting_value"))] = None,
    *,
    reason: OptionalReason = None,
) -> None:
    """Change a setting of the office (the audit trail keeps who and why), or show one or all of them."""
    from jamsostek_cli.operations.office import database

    current = session(ctx)
    if value is None and reason is None:
        _show_settings(current, name)
        return
    if name is None:  # a value cannot stand without the name before it
        raise JcliError("E002", problem=text("usage.setting"))
    if value is None or reason is None:
        raise JcliError("E002", problem=text("usage.setting"))
    said = " ".join(harmless(value).split())
    if name not in FREE:
        said = meant(said, lambda spoken: typed.member(spoken, Switch, whole=True)) or said
    changed = database.change_setting(current.database(), current.act(), name=name, value=said, reason=reason)
    old, new = _said(name, changed.old), _said(name, changed.new)
    line = text("say.setting", name=name, old=old, new=new)
    show(current, Answer(data={"name": name, "old": changed.old, "new": changed.new}, lines=[line]))


def _show_settings(current: Session, name: str | None) -> None:
    """Show one setting, or all, with what each is for and may be."""
    from jamsostek_cli.operations.office import database

    if name is not None:
        database.demand_setting(name)
    known = database.all_settings(current.database())
    chosen = known if name is None else {name: known[name]}
    table = Table.of("settings", chosen.items(), (_SETTING, _VALUE, _ALLOWED, _MEANING))
    hint = text("next.setting", name=name or text("meta.SETTING"))
    hints = [text("next.label", step=hint)]
    if name is None:
        show(current, Answer(part="list", data=known, tables=[table], hints=hints))
    else:
        data = {"name": name, "value": known[name], "allowed": allowed(name, str), "meaning": meaning(name)}
        show(current, Answer(part="show", data=data, tables=[table], hints=hints))


def _said(name: str, value: str) -> str:
    """Return the value of a setting as people read it: yes and no for a switch."""
    return word(Switch(value)) if name not in FREE and value in set(Switch) else value
