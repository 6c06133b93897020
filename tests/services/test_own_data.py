"""“我” and being forgotten: the list of personal data is complete, and what it says of terms happens (R35, R36, P-table)."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select, text

from domain.actor import Actor
from domain.identity_refusals import NoSuchForm, NotBound
from domain.personal_data import ITEMS, Ends, Item, tables
from domain.ports import House
from models import migrations
from models.disclosures import Disclosure
from models.people import Contact, Person
from models.windows import Duty
from scheduler.jobs.tidy import tidy
from services import forgetting, identity, invitations, own_data
from services import people as people_table
from tests.bureau import Bureau
from tests.conftest import Clock

TABLES = migrations.whole_metadata().tables
PHONE = "13800138000"
POINTERS = {"people.id", "contacts.mark"}
"""A column that leads here is about a person."""


def everything(house: House) -> str:
    """Every row of every table, as text."""
    with house.database.reading() as db:
        names = sorted(TABLES)
        return "\n".join(str(tuple(row)) for table in names for row in db.execute(text(f'SELECT * FROM "{table}"')))


def test_every_table_that_points_at_a_person_is_in_the_list() -> None:
    about = {name for name, table in TABLES.items() for key in table.foreign_keys if key.target_fullname in POINTERS}
    assert about - tables() == set()


@pytest.mark.parametrize("item", ITEMS, ids=lambda one: one.id)
def test_every_line_of_the_list_names_real_columns_a_reason_and_a_term(item: Item) -> None:
    for place in item.places:
        table, column = place.split(".")
        assert column in TABLES[table].c
    assert item.why
    assert item.words
    assert item.term or item.ends is Ends.NEVER_PERSONAL


@pytest.fixture
def bound(bureau: Bureau, house: House) -> Bureau:
    """The clerk: bound on both accounts, with a number, a joining date, the name in public and an open code."""
    for account in ("service", "mini"):
        bureau.bind("clerk", f"o-clerk-{account}", account)
    with house.database.transaction() as db:
        person = db.get(Person, bureau.people["clerk"])
        person.joined_on, person.phone_sealed, person.phone_index = date(1998, 7, 1), house.sealer.seal(PHONE), house.pseudonyms.phone(PHONE)
        own_data.show_name(db, bureau.actor("clerk"), "full", house.now())
        own_data.show_membership(db, bureau.actor("clerk"), True, house.now())
        invitations.issue(db, bureau.actor("secretary"), person.id, house.pseudonyms.invitation, house.now())
    return bureau


def traces(house: House) -> list[bytes | str]:
    """What must not be found: the phone's keyed marks, the number's index."""
    marks = [house.pseudonyms.contact(account, f"o-clerk-{account}") for account in ("service", "mini")]
    return [*marks, str(house.pseudonyms.phone(PHONE))]


def test_after_deleting_only_the_membership_is_left(bound: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        own_data.delete(db, bound.actor("clerk"), house.now())
    kept = everything(house)
    assert [trace for trace in traces(house) if str(trace) in kept] == []
    with house.database.reading() as db:
        person = db.get(Person, bound.people["clerk"])
        assert (person.name, person.branch_id, person.public_form) == ("禾小满", bound.branch, "post")
        assert (person.phone_sealed, db.scalar(select(func.count()).select_from(Contact))) == (None, 0)


def test_thirty_days_after_unbinding_the_number_is_gone_too(bound: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        identity.unbind(db, bound.actor("clerk"), house.now())
    for days, there in ((29, True), (2, False)):
        clock.pass_(days=days)
        tidy(house)
        with house.database.reading() as db:
            assert (db.get(Person, bound.people["clerk"]).phone_index is not None) is there


def test_who_bound_again_keeps_the_number(bound: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        identity.unbind(db, bound.actor("clerk"), house.now())
    bound.bind("clerk", "o-clerk-service")
    clock.pass_(days=40)
    tidy(house)
    with house.database.reading() as db:
        assert db.get(Person, bound.people["clerk"]).phone_index is not None


def test_two_years_after_leaving_no_table_knows_the_name_and_a_second_round_changes_nothing(bound: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        db.get(Person, bound.people["clerk"]).left_on = clock.now().date()
        duty = db.scalar(select(Duty).where(Duty.person_id == bound.people["clerk"]))
        duty.to_day = clock.now().date()
        identity.release(db, bound.people["clerk"], house.now())
    clock.pass_(days=732)
    tidy(house)
    kept = everything(house)
    assert [word for word in ("禾小满", "1998", str(house.pseudonyms.phone(PHONE))) if word in kept] == []
    tidy(house)
    assert everything(house) == kept


def test_whatever_keeps_a_phones_mark_lets_go_of_it(house: House) -> None:
    """Generated from the schema: a new table with a `contact` is asked here whether forgetting knows of it."""
    keep = {name for name, table in TABLES.items() if "contact" in table.c} | {"contacts"}
    told: list[str] = []
    with house.database.transaction() as db:
        people_table.forget(db, "nobody", house.now())
        event.listen(db.connection(), "before_cursor_execute", lambda *words: told.append(words[2]))
        people_table.forget(db, "nobody", house.now())
        forgetting.erase_contacts(db, ["nobody"])
    touched = {name for name in keep if any(re.search(rf"(UPDATE|DELETE FROM) {name}\b", words) for words in told)}
    assert keep - touched == set()


def test_noise_is_left_alone(bound: Bureau, house: House, clock: Clock) -> None:
    clock.pass_(days=4000)
    tidy(house)
    assert "安可期" in everything(house)


def test_each_choice_of_the_name_is_a_consent_with_its_time_and_its_end(bound: Bureau, house: House, clock: Clock) -> None:
    clock.pass_(hours=1)
    with house.database.transaction() as db:
        assert own_data.show_name(db, bound.actor("clerk"), "surname", house.now()) == "禾同志"
    clock.pass_(hours=1)
    with house.database.transaction() as db:
        assert own_data.show_name(db, bound.actor("clerk"), "post", house.now()) == "值守人员"
    with house.database.reading() as db:
        rows = db.scalars(select(Disclosure).order_by(Disclosure.id)).all()
    assert [(row.form, row.ended_at - row.given_at) for row in rows if row.ended_at] == [
        ("full", timedelta(hours=1)),
        ("surname", timedelta(hours=1)),
    ]


def test_a_form_that_does_not_exist_and_a_person_who_is_not_bound_are_refused(bound: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        with pytest.raises(NoSuchForm):
            own_data.show_name(db, bound.actor("clerk"), "nickname", house.now())
        with pytest.raises(NotBound):
            own_data.me(db, Actor(rater="r"), None, house.now())
