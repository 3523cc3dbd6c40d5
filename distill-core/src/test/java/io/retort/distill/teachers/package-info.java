@NullMarked
package io.retort.distill.teachers;

import org.jspecify.annotations.NullMarked;
