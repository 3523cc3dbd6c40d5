@NullMarked
package io.retort.distill.teachers.nano;

import org.jspecify.annotations.NullMarked;
