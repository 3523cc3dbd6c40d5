/**
 * Runs and versions in MLflow. Exists so that teams who look at everything there see Retort's runs beside their own. MLflow is
 * told what a run's record says, never the other way round: without a server all works the same, and what it could not be
 * told waits in an outbox.
 */
@NullMarked
package io.retort.jobs.mlflow;

import org.jspecify.annotations.NullMarked;
