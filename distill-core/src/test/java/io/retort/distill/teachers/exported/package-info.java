@NullMarked
package io.retort.distill.teachers.exported;

import org.jspecify.annotations.NullMarked;
