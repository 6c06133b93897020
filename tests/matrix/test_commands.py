"""Every chat command × nine roles: admitted as the by-law says, else told what to do, never silence (R25)."""

import pytest

from bot.commands import router
from bot.router import Command, allowed
from domain.actor import Role
from domain.errors import NotAllowed
from domain.permission_matrix import actor_in
from domain.permissions import could


@pytest.mark.parametrize("command", router.commands, ids=lambda command: command.name)
@pytest.mark.parametrize("role", Role)
def test_a_command_admits_whom_the_by_law_names(command: Command, role: Role) -> None:
    actor = actor_in(role)
    if could(actor, command.needs):
        allowed(command, actor)
    else:
        with pytest.raises(NotAllowed):
            allowed(command, actor)
