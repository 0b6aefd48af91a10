"""One file per kind of blank, reader and writer together; nothing here knows a plan."""
