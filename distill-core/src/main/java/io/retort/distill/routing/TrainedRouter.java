package io.retort.distill.routing;

import io.retort.inference.routing.Router;

/** A router and what is known of it. */
public record TrainedRouter(Router router, RouterReport report) {}
