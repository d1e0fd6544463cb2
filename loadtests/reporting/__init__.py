"""What a run came to: figures, verdict, progress, pages."""
