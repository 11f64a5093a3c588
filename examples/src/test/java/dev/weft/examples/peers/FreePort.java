package dev.weft.examples.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For servers that cannot choose a port themselves. */
final class FreePort {
    private FreePort() {}

    static int any() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
