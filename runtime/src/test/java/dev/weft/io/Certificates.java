package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates for one run of the tests, made by the JDK's keytool. */
final class Certificates {
    static final Certificates SERVER = new Certificates("localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
    static final Certificates CLIENT = new Certificates("client");
    static final Certificates EXPIRED =
            new Certificates("localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-startdate", "-10d");

    private static final String PASSWORD = "changeit";

    private final String name;
    private final List<String> options;
    private KeyStore store;
    private Path folder;

    private Certificates(String name, String... options) {
        this.name = name;
        this.options = List.of(options);
    }

    /** A context with the server's key, that trusts nobody. */
    static SSLContext server() throws Exception {
        return context(SERVER, null);
    }

    /** A context without a key, that trusts the server. */
    static SSLContext client() throws Exception {
        return context(null, SERVER);
    }

    static SSLContext context(Certificates own, Certificates trusted) throws Exception {
        KeyManager[] keys = null;
        if (own != null) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own.store(), PASSWORD.toCharArray());
            keys = factory.getKeyManagers();
        }
        TrustManager[] trust = null;
        if (trusted != null) {
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry("trusted", trusted.store().getCertificate("key"));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(certificates);
            trust = factory.getTrustManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    /** The certificate in a file, for other programs. */
    Path certificateFile() throws Exception {
        byte[] certificate = store().getCertificate("key").getEncoded();
        return pem("certificate.pem", "CERTIFICATE", certificate);
    }

    /** The key in a file, for other programs. */
    Path keyFile() throws Exception {
        byte[] key = store().getKey("key", PASSWORD.toCharArray()).getEncoded();
        return pem("key.pem", "PRIVATE KEY", key);
    }

    private Path pem(String file, String title, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(file), "-----BEGIN " + title + "-----\n" + text + "\n-----END " + title + "-----\n");
    }

    private synchronized KeyStore store() throws IOException, GeneralSecurityException {
        if (store == null) {
            folder = Files.createTempDirectory("weft-tls");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve("keys.p12");
            generate(file);
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                loaded.load(in, PASSWORD.toCharArray());
            }
            for (String made : List.of("key.pem", "certificate.pem", "keys.p12")) {
                folder.resolve(made).toFile().deleteOnExit(); // files go before the folder that was named first
            }
            store = loaded;
        }
        return store;
    }

    private void generate(Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "5",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        assertThat(process.exitValue()).as(output).isZero();
    }
}
