"""The flows of the house, one file each; FLOWS is the list that docs/flows.md is drawn from."""

from domain.flow import Flow
from domain.flows.amendments import AMENDMENTS, COMMITTEE_AMENDMENTS
from domain.flows.batches import BATCHES
from domain.flows.bindings import BINDINGS
from domain.flows.campaigns import CAMPAIGNS
from domain.flows.cause_releases import CAUSE_RELEASES
from domain.flows.extensions import EXTENSIONS
from domain.flows.flags import FLAGS
from domain.flows.objections import OBJECTIONS
from domain.flows.plates import PLATES
from domain.flows.pledges import COMMITTEE_PLEDGES, PLEDGES
from domain.flows.print_jobs import PRINT_JOBS
from domain.flows.publicity import PUBLICITY
from domain.flows.rectifications import RECTIFICATIONS
from domain.flows.seats import SEATS
from domain.flows.text_checks import TEXT_CHECKS
from domain.flows.todos import TODOS
from domain.flows.works import WORKS

FLOWS: tuple[Flow, ...] = (
    PLEDGES,
    COMMITTEE_PLEDGES,
    AMENDMENTS,
    COMMITTEE_AMENDMENTS,
    BATCHES,
    CAUSE_RELEASES,
    RECTIFICATIONS,
    FLAGS,
    PLATES,
    PRINT_JOBS,
    PUBLICITY,
    CAMPAIGNS,
    TODOS,
    EXTENSIONS,
    OBJECTIONS,
    TEXT_CHECKS,
    WORKS,
    BINDINGS,
    SEATS,
)
