/** Where things lie: the layout of a workspace, the ids that name what is in it, and the manifests that finish it. */
@NullMarked
package io.retort.jobs.workspaces;

import org.jspecify.annotations.NullMarked;
