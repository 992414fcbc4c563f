"""What comes in → documents: files, tables, archives and pages, one module a subject."""
