"""What is asked of somebody in danger, of an exit that one answers, of a line, of a plan."""
