package dev.weft.benchmarks.startup;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A Jetty server and one request. */
final class JettyStart {
    private JettyStart() {}

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(true, StandardCharsets.UTF_8.encode("hello"), callback);
                return true;
            }
        });
        server.start();
        try (InputStream in = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/")
                .toURL()
                .openStream()) {
            if (in.readAllBytes().length != 5) {
                throw new IllegalStateException("no answer");
            }
        } finally {
            server.stop();
        }
        Ending.print();
    }
}
