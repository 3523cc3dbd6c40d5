"""What Retort's DAGs share: where they run, their parameters, how a job is submitted, and who hears of trouble."""
