/**
 * Trains the embedded teacher from nothing, by a recipe that ships with its weights. The package exists so that the
 * teacher is a reproducible artefact: the same recipe gives the same stream of documents, the same batches and, on the
 * same engine and machine, the same weights, however often the run was interrupted.
 */
@NullMarked
package io.retort.distill.teachers.training;

import org.jspecify.annotations.NullMarked;
