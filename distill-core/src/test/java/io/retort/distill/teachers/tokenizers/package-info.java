@NullMarked
package io.retort.distill.teachers.tokenizers;

import org.jspecify.annotations.NullMarked;
