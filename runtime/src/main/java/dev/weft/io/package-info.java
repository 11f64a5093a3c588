/**
 * Connections and servers for coroutines: byte streams over TCP and Unix-domain sockets. Besides, datagrams
 * ({@link dev.weft.io.DatagramEndpoint}), files ({@link dev.weft.io.AsyncFile}), names ({@link dev.weft.io.Dns}), and operations on
 * channels of one's own ({@link dev.weft.io.AsyncChannels}).
 *
 * <pre>{@code
 * try (Connection connection = Connection.open("example.org", 80)) {
 *     connection.writer().write("HEAD / HTTP/1.0\r\nHost: example.org\r\n\r\n");
 *     for (String line : connection.reader().lines()) {
 *         System.out.println(line);
 *     }
 * }
 *
 * try (Server server = Server.listen("localhost", 7000, Example::echo)) {
 *     server.serveForever();
 * }
 * }</pre>
 *
 * <p>What may have to wait is {@link dev.weft.Async} and suspends the calling task; nothing here blocks a thread. All of it
 * belongs to the loop in which it was made, and is used on that loop's thread only.
 *
 * <p>What goes wrong in the network is a {@link java.io.IOException}. As a checked exception it arrives as it is in the
 * coroutine that calls, and across tasks as the cause of a {@link java.util.concurrent.CompletionException}.
 */
@NullMarked
package dev.weft.io;

import org.jspecify.annotations.NullMarked;
