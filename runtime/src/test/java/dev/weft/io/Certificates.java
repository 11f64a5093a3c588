package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
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
    private static final String PASSWORD = "changeit";
    private static final List<String> LOCALHOST = List.of("-ext", "SAN=dns:localhost,ip:127.0.0.1");

    static final Certificates SERVER = new Certificates("localhost", LOCALHOST, false);
    static final Certificates CLIENT = new Certificates("client", List.of(), false);

    /** Trust does not help: somebody else has signed it, for days that are over. */
    static final Certificates EXPIRED = new Certificates("localhost", LOCALHOST, true);

    private final String name;
    private final List<String> options;
    private final boolean expired;
    private KeyStore store;
    private Path folder;

    private Certificates(String name, List<String> options, boolean expired) {
        this.name = name;
        this.options = options;
        this.expired = expired;
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
            KeyStore one = KeyStore.getInstance("PKCS12"); // without the authority's
            one.load(null, null);
            one.setKeyEntry(
                    "key", own.key(), PASSWORD.toCharArray(), own.store().getCertificateChain("key"));
            factory.init(one, PASSWORD.toCharArray());
            keys = factory.getKeyManagers();
        }
        TrustManager[] trust = null;
        if (trusted != null) {
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry(
                    "trusted", trusted.store().getCertificate(trusted.expired ? "authority" : "key"));
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
        return pem("key.pem", "PRIVATE KEY", key().getEncoded());
    }

    private Key key() throws IOException, GeneralSecurityException {
        return store().getKey("key", PASSWORD.toCharArray());
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
            for (String made : List.of("key.pem", "certificate.pem", "keys.p12", "request", "reply")) {
                folder.resolve(made).toFile().deleteOnExit(); // files go before the folder that was named first
            }
            store = loaded;
        }
        return store;
    }

    private void generate(Path file) throws IOException {
        List<String> signed = new ArrayList<>(List.of("-genkeypair", "-alias", "key", "-dname", "CN=" + name));
        signed.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "5"));
        signed.addAll(options);
        keytool(file, signed);
        if (expired) {
            keytool(
                    file,
                    List.of(
                            "-genkeypair",
                            "-alias",
                            "authority",
                            "-dname",
                            "CN=authority",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            "5",
                            "-ext",
                            "bc:c"));
            String request = folder.resolve("request").toString();
            String reply = folder.resolve("reply").toString();
            keytool(file, List.of("-certreq", "-alias", "key", "-file", request));
            List<String> past = new ArrayList<>(List.of("-gencert", "-alias", "authority", "-infile", request));
            past.addAll(List.of("-outfile", reply, "-startdate", "-10d", "-validity", "5"));
            past.addAll(options);
            keytool(file, past);
            keytool(file, List.of("-importcert", "-alias", "key", "-file", reply, "-noprompt"));
        }
    }

    private static void keytool(Path store, List<String> arguments) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-J-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
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
