@NullMarked
package io.retort.distill.teachers.checkpoints;

import org.jspecify.annotations.NullMarked;
