package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

class CodeTest {
    @ParameterizedTest
    @CsvSource({
        "-1, ICONST_M1",
        "0, ICONST_0",
        "5, ICONST_5",
        "6, BIPUSH 6",
        "-2, BIPUSH -2",
        "127, BIPUSH 127",
        "128, SIPUSH 128",
        "-129, SIPUSH -129",
        "32767, SIPUSH 32767",
        "32768, LDC 32768",
    })
    void constantTakesTheShortestInstruction(int value, String insn) {
        assertThat(listing(new Code().push(value))).containsExactly(insn);
    }

    @Test
    void argumentsAreLoadedFromTheirSlots() {
        assertThat(listing(new Code().loadArguments(Opcodes.ACC_PUBLIC, "(JZLjava/lang/String;F[ID)V")))
                .containsExactly("ALOAD 0", "LLOAD 1", "ILOAD 3", "ALOAD 4", "FLOAD 5", "ALOAD 6", "DLOAD 7");
        assertThat(listing(new Code().loadArguments(Opcodes.ACC_STATIC, "(I)V")))
                .containsExactly("ILOAD 0");
    }

    @Test
    void everyReferenceIsAnObjectAlready() {
        assertThat(listing(new Code().cast("java/lang/Object"))).isEmpty();
        assertThat(listing(new Code().cast("[J"))).containsExactly("CHECKCAST [J");
    }

    @ParameterizedTest
    @CsvSource({
        "V, RETURN, ",
        "Z, ICONST_0, IRETURN",
        "J, LCONST_0, LRETURN",
        "F, FCONST_0, FRETURN",
        "D, DCONST_0, DRETURN",
        "[I, ACONST_NULL, ARETURN",
    })
    void dummyResultIsOfTheTypeThatIsReturned(String type, String first, String second) {
        assertThat(listing(new Code().returnDefault(Type.getType(type))))
                .isEqualTo(second == null ? List.of(first) : List.of(first, second));
    }

    private static List<String> listing(Code code) {
        MethodNode method = new MethodNode();
        method.instructions = code;
        return Listing.of(method);
    }
}
