package dev.weft.io;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message that came as one piece.
 *
 * @param data its bytes, none if it is empty; nobody else uses the array
 * @param sender where it came from; {@link DatagramEndpoint#sendTo} answers there
 */
public record Datagram(byte[] data, InetSocketAddress sender) {
    /** The bytes as text in UTF-8. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Whether both have the same bytes and the same sender. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Datagram datagram
                && Arrays.equals(data, datagram.data)
                && sender.equals(datagram.sender);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(data) + sender.hashCode();
    }

    @Override
    public String toString() {
        return "<Datagram " + data.length + " bytes from " + sender + ">";
    }
}
