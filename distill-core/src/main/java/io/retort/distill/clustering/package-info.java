/**
 * Domains found in a corpus and not named by a person: documents as hashed and projected word features, a k-means whose
 * clusters are all of about one size, and the choice of clusters for a text that has only begun. After c-BTM ("Scaling
 * Expert Language Models with Unsupervised Domain Discovery", Gururangan et al. 2023). All sums over documents are
 * mergeable totals, so that whoever holds the documents need only add.
 */
@NullMarked
package io.retort.distill.clustering;

import org.jspecify.annotations.NullMarked;
