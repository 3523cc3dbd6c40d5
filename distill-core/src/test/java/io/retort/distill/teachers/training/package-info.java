@NullMarked
package io.retort.distill.teachers.training;

import org.jspecify.annotations.NullMarked;
