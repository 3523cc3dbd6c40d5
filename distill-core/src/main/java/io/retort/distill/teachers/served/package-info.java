/**
 * Teachers behind HTTP. {@link io.retort.distill.teachers.served.ServedTeacher} tokenises on this side, sends ids and
 * reads back each position's most likely tokens; a {@link io.retort.distill.teachers.served.ServerProtocol} knows one
 * kind of server's requests and answers; {@link io.retort.distill.teachers.served.ServerConnection} sends them, bounded,
 * retried and cancellable. What a server is, is asked before work starts, and a server that is not what the work needs
 * is refused by name.
 */
@NullMarked
package io.retort.distill.teachers.served;

import org.jspecify.annotations.NullMarked;
