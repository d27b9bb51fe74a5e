"""How does a query that every request asks cost less?"""

from portal.queries.prepared import Prepared

__all__ = ["Prepared"]
