"""Case, chronology, assessment, plan, reviews, step up and down, personal budget."""
