"""How do the few queries that are asked all the time cost less?"""

from portal.queries.prepared import Prepared
from portal.queries.writing import Writing

__all__ = ["Prepared", "Writing"]
