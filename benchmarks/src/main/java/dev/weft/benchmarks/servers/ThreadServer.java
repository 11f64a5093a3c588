package dev.weft.benchmarks.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.benchmarks.compare.VirtualThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A virtual thread for each connection, on one carrier: straight-line code on sockets that seem to block. */
public final class ThreadServer {
    private ThreadServer() {}

    public static void main(String[] args) throws InterruptedException {
        Load.Mode mode = Load.Mode.valueOf(args[0]);
        VirtualThreads.start(() -> accept(mode)).join();
    }

    private static void accept(Load.Mode mode) {
        try (ServerSocket listener = new ServerSocket(0, Peer.BACKLOG, InetAddress.getLoopbackAddress())) {
            Peer.announce(listener.getLocalPort());
            while (true) {
                Socket socket = listener.accept();
                VirtualThreads.start(() -> serve(mode, socket));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(Load.Mode mode, Socket accepted) {
        try (Socket socket = accepted) {
            socket.setTcpNoDelay(true);
            if (mode == Load.Mode.LINE) {
                echo(socket);
            } else {
                greet(socket);
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static void echo(Socket socket) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        OutputStream out = socket.getOutputStream();
        String line;
        while ((line = reader.readLine()) != null) {
            out.write((line + "\n").getBytes(UTF_8));
        }
    }

    private static void greet(Socket socket) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        String line;
        while ((line = reader.readLine()) != null) {
            HttpRequest request = new HttpRequest(line);
            while ((line = reader.readLine()) != null && !line.isEmpty()) {
                request.add(line);
            }
            out.write(request.response());
            if (!request.keepsAlive()) {
                return;
            }
        }
    }
}
