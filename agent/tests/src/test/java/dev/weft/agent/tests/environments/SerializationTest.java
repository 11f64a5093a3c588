package dev.weft.agent.tests.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.agent.tests.corpus.Compiler;
import dev.weft.agent.tests.corpus.CorpusLoader;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects of rewritten classes and of the same classes as they were are exchanged as bytes, in both directions. */
class SerializationTest {
    private static final String OBJECTS =
            "letter sealed 5, heir 4 own, RED BLUE, Address[street=Main, number=7], greeter";

    private static Class<?> untouched;
    private static Class<?> rewritten;

    @BeforeAll
    static void compile() throws ClassNotFoundException {
        Map<String, byte[]> classFiles = Compiler.compile("Parcel", """
                import dev.weft.*;
                import static dev.weft.Asyncio.*;
                import java.io.*;
                import java.time.Duration;
                import java.util.*;

                public class Parcel {
                    static class Letter implements Serializable {
                        private final String text;
                        protected int pages = 5;
                        transient Object lock = new Object();
                        Letter(String text) { this.text = text; }
                        @Async String read() { sleep(Duration.ZERO); return "letter " + text + " " + pages; }
                        @Async private static void helper() { }
                        public String toString() { return "letter " + text + " " + pages; }
                    }
                    static abstract class Base implements Serializable {
                        int number = 4;
                        @Async abstract String kind();
                        @Async String describe() { sleep(Duration.ZERO); return kind() + number; }
                    }
                    static class Heir extends Base {
                        private String own = "own";
                        String kind() { sleep(Duration.ZERO); return own; }
                        public String toString() { return "heir " + number + " " + own; }
                    }
                    enum Stamp {
                        RED { String colour() { sleep(Duration.ZERO); return "r"; } },
                        BLUE { String colour() { return "b"; } };
                        @Async abstract String colour();
                    }
                    record Address(String street, int number) implements Serializable {
                        @Async String full() { sleep(Duration.ZERO); return street + number; }
                    }
                    interface Greeting extends Serializable {
                        @Async String greet();
                        @Async default String twice() { return greet() + greet(); }
                    }
                    static class Greeter implements Greeting {
                        public String greet() { sleep(Duration.ZERO); return "greeter"; }
                        public String toString() { return "greeter"; }
                    }

                    public static byte[] pack() throws IOException {
                        return bytes(new ArrayList<Object>(List.of(new Letter("sealed"), new Heir(), Stamp.RED, Stamp.BLUE,
                                new Address("Main", 7), new Greeter())));
                    }
                    public static String unpack(byte[] bytes) throws Exception {
                        List<?> all = (List<?>) object(bytes);
                        return all.get(0) + ", " + all.get(1) + ", " + all.get(2) + " " + all.get(3) + ", " + all.get(4) + ", "
                                + all.get(5);
                    }
                    public static String use(byte[] bytes) throws Exception {
                        List<?> all = (List<?>) object(bytes);
                        return run(() -> ((Letter) all.get(0)).read() + ((Base) all.get(1)).describe()
                                + ((Stamp) all.get(2)).colour() + ((Address) all.get(4)).full()
                                + ((Greeting) all.get(5)).twice());
                    }
                    public static byte[] packLambda() throws IOException {
                        String captured = "captured";
                        Greeting lambda = () -> { sleep(Duration.ZERO); return captured; };
                        return bytes(lambda);
                    }
                    public static String useLambda(byte[] bytes) throws Exception {
                        Greeting lambda = (Greeting) object(bytes);
                        return run(() -> lambda.twice());
                    }

                    private static byte[] bytes(Object object) throws IOException {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                            out.writeObject(object);
                        }
                        return bytes.toByteArray();
                    }
                    private static Object object(byte[] bytes) throws Exception {
                        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
                            protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException, IOException {
                                return type.getName().startsWith("Parcel")
                                        ? Class.forName(type.getName(), false, Parcel.class.getClassLoader())
                                        : super.resolveClass(type);
                            }
                        }) {
                            return in.readObject();
                        }
                    }
                }
                """);
        untouched = CorpusLoader.untouched(classFiles).loadClass("Parcel");
        rewritten = CorpusLoader.rewritten(classFiles).loadClass("Parcel");
    }

    @Test
    void bytesOfTheClassesAsTheyWere() throws Throwable {
        byte[] bytes = (byte[]) call(untouched, "pack");

        assertThat(call(untouched, "unpack", bytes)).isEqualTo(OBJECTS);
        assertThat(call(rewritten, "unpack", bytes)).isEqualTo(OBJECTS);
        assertThat(call(rewritten, "use", bytes)).isEqualTo("letter sealed 5own4rMain7greetergreeter");
    }

    @Test
    void bytesOfRewrittenClasses() throws Throwable {
        byte[] bytes = (byte[]) call(rewritten, "pack");

        assertThat(bytes).isEqualTo(call(untouched, "pack"));
        assertThat(call(untouched, "unpack", bytes)).isEqualTo(OBJECTS);
    }

    @Test
    void aLambdaOfTheClassAsItWas() throws Throwable {
        byte[] bytes = (byte[]) call(untouched, "packLambda");

        assertThat(call(rewritten, "useLambda", bytes)).isEqualTo("capturedcaptured");
    }

    /** It names what only rewritten code has. */
    @Test
    void aLambdaOfARewrittenClassIsReadByRewrittenClassesAlone() throws Throwable {
        byte[] bytes = (byte[]) call(rewritten, "packLambda");

        assertThat(call(rewritten, "useLambda", bytes)).isEqualTo("capturedcaptured");
        assertThatThrownBy(() -> call(untouched, "useLambda", bytes))
                .rootCause()
                .hasMessageContaining("lambda");
    }

    private static Object call(Class<?> type, String method, byte[]... argument) throws ReflectiveOperationException {
        return argument.length == 0
                ? type.getMethod(method).invoke(null)
                : type.getMethod(method, byte[].class).invoke(null, argument[0]);
    }
}
