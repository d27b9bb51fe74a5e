"""How is a page answered without being made again?

The HTML of a page is the same for everybody who is admitted to the same audiences, in one language, on one surface.
It is made once and kept, with the tags of all that it shows ("page:12", "children:12"). Changing something drops its
tags; a kept page with a tag that was dropped after its making began is not used again.
"""

from portal.base.page_cache.facts import remember
from portal.base.page_cache.tags import collecting, depends, drop

__all__ = ["collecting", "depends", "drop", "remember"]
