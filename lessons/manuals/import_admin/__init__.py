"""How does an author bring a manual in the admin?

A file is brought, the task worker reads it, the author looks at what was found and what was not, and only then the
worker makes the drafts. Each import is a row that belongs to whoever brought it; nobody else sees it.
"""
