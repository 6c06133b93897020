"""The flows of the house, one file each; FLOWS is the list that docs/flows.md is drawn from."""

from domain.flow import Flow
from domain.flows.campaigns import CAMPAIGNS
from domain.flows.extensions import EXTENSIONS
from domain.flows.plates import PLATES
from domain.flows.pledges import PLEDGES
from domain.flows.rectifications import RECTIFICATIONS
from domain.flows.todos import TODOS

FLOWS: tuple[Flow, ...] = (PLEDGES, RECTIFICATIONS, PLATES, CAMPAIGNS, TODOS, EXTENSIONS)
