"""Who may sign in; nothing else."""
