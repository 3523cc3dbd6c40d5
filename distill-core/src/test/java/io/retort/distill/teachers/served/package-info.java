@NullMarked
package io.retort.distill.teachers.served;

import org.jspecify.annotations.NullMarked;
