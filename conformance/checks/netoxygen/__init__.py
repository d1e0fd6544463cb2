"""NetOxygen: a file for each part of its document."""
