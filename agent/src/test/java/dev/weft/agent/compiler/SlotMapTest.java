package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;

class SlotMapTest {
    private static final SlotMap BEHIND_TWO = new SlotMap(2, 1, List.of(Opcodes.TOP, Opcodes.TOP, "Own"));
    private static final SlotMap IN_FRONT = new SlotMap(0, 2, List.of("Own", "Other"));

    @Test
    void keptSlotsStayAndTheOthersMove() {
        assertThat(BEHIND_TWO.slot(0)).isZero();
        assertThat(BEHIND_TWO.slot(1)).isEqualTo(1);
        assertThat(BEHIND_TWO.slot(2)).isEqualTo(3);
        assertThat(IN_FRONT.slot(0)).isEqualTo(2);
    }

    @Test
    void ownLocalsStandBetweenThoseOfTheOriginal() {
        assertThat(BEHIND_TWO.frameLocals(List.of("A", Opcodes.INTEGER, "C")))
                .containsExactly("A", Opcodes.INTEGER, "Own", "C");
        assertThat(IN_FRONT.frameLocals(List.of("A"))).containsExactly("Own", "Other", "A");
    }

    @Test
    void ownLocalsAreThereWithoutOthers() {
        assertThat(BEHIND_TWO.frameLocals(List.of("A"))).containsExactly("A", Opcodes.TOP, "Own");
        assertThat(IN_FRONT.frameLocals(List.of())).containsExactly("Own", "Other");
    }

    @Test
    void longsTakeOneEntryOfAStackMap() {
        assertThat(BEHIND_TWO.frameLocals(List.of(Opcodes.LONG, Opcodes.TOP, Opcodes.DOUBLE, Opcodes.TOP, "C")))
                .containsExactly(Opcodes.LONG, "Own", Opcodes.DOUBLE, "C");
    }

    @Test
    void stackMapsAreCopiedWithTheirLabels() {
        LabelNode allocation = new LabelNode();
        LabelNode copied = new LabelNode();
        Object[] locals = {Opcodes.LONG, allocation};
        Object[] stack = {allocation, Opcodes.INTEGER};

        FrameNode frame =
                BEHIND_TWO.frame(new FrameNode(Opcodes.F_NEW, 2, locals, 2, stack), Map.of(allocation, copied));

        assertThat(frame.type).isEqualTo(Opcodes.F_NEW);
        assertThat(frame.local).isEqualTo(List.of(Opcodes.LONG, "Own", copied));
        assertThat(frame.stack).isEqualTo(List.of(copied, Opcodes.INTEGER));
    }
}
