/**
 * RISC-V privileged-architecture encodings, as pure functions: no memory is touched here.
 *
 * <p>Mirrors the "Supervisor-Level ISA" chapter of the RISC-V privileged specification: {@link
 * dev.shootdown.riscv.SatpMode} the translation schemes Sv39, Sv48 and Sv57, {@link
 * dev.shootdown.riscv.VirtualAddress} how they split an address, {@link dev.shootdown.riscv.Pte} what an entry says.
 *
 * <p>Vocabulary. A table <em>level</em> is counted as the specification counts it: 0 is the last level, {@code levels - 1}
 * the root. {@link dev.shootdown.riscv.TableLevel} gives each number its Linux name. A <em>PPN</em> is a physical page
 * number, a physical address without its page offset.
 *
 * <p>What differs from hardware, on purpose: {@link dev.shootdown.riscv.TableShape#COMPACT} shrinks a table to eight
 * entries, one cache line, so that a page offset has 6 bits and an index 3. Everything else is the same code. Not
 * modelled: Svpbmt and Svnapot (their bits are reserved here, as on a machine without them), two-stage translation, Sv32.
 */
@NullMarked
package dev.shootdown.riscv;

import org.jspecify.annotations.NullMarked;
