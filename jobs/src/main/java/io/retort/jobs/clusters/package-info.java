/**
 * Many experts of one mixed corpus: documents grouped by their words, an expert a group, and how well those that a router
 * chooses predict texts of which it has seen the beginning alone.
 */
@NullMarked
package io.retort.jobs.clusters;

import org.jspecify.annotations.NullMarked;
