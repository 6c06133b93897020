"""示范单位: a whole bureau with two weeks of life behind it, the same for the same seed (F60, X15)."""

from operations.bureau.founding import SEED, Found, found
from operations.bureau.phones import ASKER, ask, bind

__all__ = ["ASKER", "SEED", "Found", "ask", "bind", "found"]
