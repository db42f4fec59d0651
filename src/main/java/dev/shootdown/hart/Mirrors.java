package dev.shootdown.hart;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the kernel function, firmware call or specification step whose protocol the annotated method follows. Timelines
 * label steps with it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface Mirrors {
    /** {@return the mirrored name, such as {@code tlb_flush_mmu_tlbonly}} */
    String value();
}
