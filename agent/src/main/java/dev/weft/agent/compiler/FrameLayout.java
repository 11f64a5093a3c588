package dev.weft.agent.compiler;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/**
 * Which field of its frame each value of a method is saved in: the same at every suspension point, and shared by values
 * that are never needed at the same point.
 */
final class FrameLayout {
    /** A value to save: the local at slot {@code index}, or the operand that many above the bottom of the stack. */
    record Variable(boolean isOperand, int index, ValueKind kind) {}

    private final List<List<Variable>> saved = new ArrayList<>(); // by state
    private final Map<Variable, Integer> fields = new LinkedHashMap<>();
    final FrameShape shape;

    FrameLayout(List<SuspensionPoint> points) {
        Map<Variable, Set<Variable>> conflicts = new LinkedHashMap<>();
        for (SuspensionPoint point : points) {
            List<Variable> variables = variables(point);
            saved.add(variables);
            for (Variable variable : variables) {
                conflicts.computeIfAbsent(variable, key -> new HashSet<>()).addAll(variables);
            }
        }
        conflicts.forEach(this::assign);
        shape = FrameShape.atLeast(count(Bank.REFERENCES), count(Bank.INTS), count(Bank.LONGS));
    }

    /** What is saved at a suspension point: live locals, then operands from the bottom that are no copies of these. */
    List<Variable> saved(SuspensionPoint point) {
        return saved.get(point.state());
    }

    /** Writes down what a frame holds at a suspension point, and where. */
    void describe(SuspensionPoint point, StringBuilder text) {
        text.append(shape.className());
        for (Variable variable : saved(point)) {
            Object type = variable.isOperand()
                    ? point.rest().get(variable.index())
                    : point.locals().get(variable.index());
            text.append(variable.isOperand())
                    .append(variable.index())
                    .append(type)
                    .append(field(variable));
        }
        text.append(point.copied());
    }

    /** The fields for references that hold nothing at this suspension point, but may at others. */
    List<Integer> unusedReferences(SuspensionPoint point) {
        Set<Integer> used = new HashSet<>();
        saved(point).stream().filter(v -> v.kind() == ValueKind.REFERENCE).forEach(v -> used.add(field(v)));
        List<Integer> unused = new ArrayList<>();
        for (int field = 0; field < count(Bank.REFERENCES); field++) {
            if (!used.contains(field)) {
                unused.add(field);
            }
        }
        return unused;
    }

    // Shape frame = new Shape(); or, with arrays: frame.references = new Object[n]; frame.primitives = new long[m];
    void create(Code code, int frameSlot) {
        code.newObject(shape.className()).insn(Opcodes.DUP);
        if (shape.hasArrays()) {
            code.push(shape.references()).push(primitives());
            code.invoke(Opcodes.INVOKESPECIAL, shape.className(), "<init>", "(II)V", false);
        } else {
            code.invoke(Opcodes.INVOKESPECIAL, shape.className(), "<init>", "()V", false);
        }
        code.astore(frameSlot);
    }

    // frame.r2 = slot
    void save(Code code, Variable variable, int frameSlot, int slot) {
        code.aload(frameSlot);
        int field = field(variable);
        if (variable.kind() == ValueKind.REFERENCE) {
            storeReference(code, field, () -> code.aload(slot));
        } else if (shape.hasArrays()) {
            code.getField(shape.className(), "primitives", "[J").push(primitiveIndex(variable));
            code.load(variable.kind(), slot);
            toLong(code, variable.kind());
            code.insn(Opcodes.LASTORE);
        } else {
            code.load(variable.kind(), slot);
            toField(code, variable.kind());
            code.putField(shape.className(), fieldName(variable), Bank.of(variable.kind()).descriptor);
        }
    }

    // frame.r2 = null
    void clear(Code code, int referenceField, int frameSlot) {
        code.aload(frameSlot);
        storeReference(code, referenceField, () -> code.insn(Opcodes.ACONST_NULL));
    }

    void clear(Code code, Variable variable, int frameSlot) {
        clear(code, field(variable), frameSlot);
    }

    // push (type) frame.r2
    void restore(Code code, Variable variable, Object type, int frameSlot) {
        code.aload(frameSlot);
        int field = field(variable);
        if (variable.kind() == ValueKind.REFERENCE) {
            if (shape.hasArrays()) {
                code.getField(shape.className(), "references", "[Ljava/lang/Object;")
                        .push(field)
                        .insn(Opcodes.AALOAD);
            } else {
                code.getField(shape.className(), fieldName(variable), Bank.REFERENCES.descriptor);
            }
            code.cast((String) type);
        } else if (shape.hasArrays()) {
            code.getField(shape.className(), "primitives", "[J")
                    .push(primitiveIndex(variable))
                    .insn(Opcodes.LALOAD);
            fromLong(code, variable.kind());
        } else {
            code.getField(shape.className(), fieldName(variable), Bank.of(variable.kind()).descriptor);
            fromField(code, variable.kind());
        }
    }

    private int field(Variable variable) {
        return requireNonNull(fields.get(variable));
    }

    private void storeReference(Code code, int field, Runnable pushValue) {
        if (shape.hasArrays()) {
            code.getField(shape.className(), "references", "[Ljava/lang/Object;")
                    .push(field);
            pushValue.run();
            code.insn(Opcodes.AASTORE);
        } else {
            pushValue.run();
            code.putField(shape.className(), Bank.REFERENCES.fieldPrefix + field, Bank.REFERENCES.descriptor);
        }
    }

    private void assign(Variable variable, Collection<Variable> conflicts) {
        Bank bank = Bank.of(variable.kind());
        Set<Integer> taken = new HashSet<>();
        for (Variable other : conflicts) {
            if (Bank.of(other.kind()) == bank && fields.containsKey(other)) {
                taken.add(field(other));
            }
        }
        int field = 0;
        while (taken.contains(field)) {
            field++;
        }
        fields.put(variable, field);
    }

    private int count(Bank bank) {
        return fields.entrySet().stream()
                .filter(entry -> Bank.of(entry.getKey().kind()) == bank)
                .mapToInt(entry -> entry.getValue() + 1)
                .max()
                .orElse(0);
    }

    private int primitives() {
        return shape.ints() + shape.longs();
    }

    private int primitiveIndex(Variable variable) {
        int field = field(variable);
        return Bank.of(variable.kind()) == Bank.LONGS ? shape.ints() + field : field;
    }

    private String fieldName(Variable variable) {
        return Bank.of(variable.kind()).fieldPrefix + field(variable);
    }

    private static List<Variable> variables(SuspensionPoint point) {
        List<Variable> variables = new ArrayList<>();
        for (int slot = 0; slot < point.locals().size(); slot++) {
            Object type = point.locals().get(slot);
            if (point.live().get(slot)) {
                add(variables, false, slot, type);
            }
        }
        for (int i = 0; i < point.rest().size(); i++) {
            if (!point.isCopy(i)) {
                add(variables, true, i, point.rest().get(i));
            }
        }
        return variables;
    }

    private static void add(List<Variable> variables, boolean isOperand, int index, Object type) {
        ValueKind kind = ValueKind.ofFrameType(type);
        if (kind != null && !type.equals(Opcodes.NULL)) { // a null needs no room
            variables.add(new Variable(isOperand, index, kind));
        }
    }

    private static void toField(Code code, ValueKind kind) {
        if (kind == ValueKind.FLOAT) {
            code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
        } else if (kind == ValueKind.DOUBLE) {
            code.invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
        }
    }

    private static void fromField(Code code, ValueKind kind) {
        if (kind == ValueKind.FLOAT) {
            code.invokeStatic("java/lang/Float", "intBitsToFloat", "(I)F");
        } else if (kind == ValueKind.DOUBLE) {
            code.invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
        }
    }

    private static void toLong(Code code, ValueKind kind) {
        toField(code, kind);
        if (Bank.of(kind) == Bank.INTS) {
            code.insn(Opcodes.I2L);
        }
    }

    private static void fromLong(Code code, ValueKind kind) {
        if (Bank.of(kind) == Bank.INTS) {
            code.insn(Opcodes.L2I);
        }
        fromField(code, kind);
    }

    private enum Bank {
        REFERENCES(FrameShape.REFERENCE_FIELD, "Ljava/lang/Object;"),
        INTS(FrameShape.INT_FIELD, "I"),
        LONGS(FrameShape.LONG_FIELD, "J");

        final String fieldPrefix;
        final String descriptor;

        Bank(String fieldPrefix, String descriptor) {
            this.fieldPrefix = fieldPrefix;
            this.descriptor = descriptor;
        }

        static Bank of(ValueKind kind) {
            return switch (kind) {
                case REFERENCE -> REFERENCES;
                case INT, FLOAT -> INTS;
                case LONG, DOUBLE -> LONGS;
            };
        }
    }
}
