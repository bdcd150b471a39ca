;; Logarithms of many numbers at once, for mel.ts. Built into mel-kernel.ts by `node scripts/assemble-kernels.ts`.
(module
  (memory (export "memory") 1)

  ;; log10(1 + scale * x) in place, for 32-bit floats x of 0 and more from `at` up to `end`, four at a time: the exponent, and a polynomial
  ;; through the logarithm of the mantissa (Moshier's Cephes, logf), within 1e-7.
  (func (export "logs") (param $at i32) (param $end i32) (param $scale f32)
    (local $bits v128) (local $exponent v128) (local $x v128) (local $high v128) (local $square v128)
    (loop $four
      (local.set $bits
        (f32x4.add (v128.const f32x4 1 1 1 1) (f32x4.mul (v128.load (local.get $at)) (f32x4.splat (local.get $scale)))))
      (local.set $exponent
        (i32x4.sub (i32x4.shr_u (local.get $bits) (i32.const 23)) (v128.const i32x4 127 127 127 127)))
      (local.set $x
        (v128.or
          (v128.and (local.get $bits) (v128.const i32x4 0x7fffff 0x7fffff 0x7fffff 0x7fffff))
          (v128.const f32x4 1 1 1 1)))
      ;; The mantissa comes to lie between the roots of 1/2 and 2.
      (local.set $high (f32x4.gt (local.get $x) (v128.const f32x4 1.4142135 1.4142135 1.4142135 1.4142135)))
      (local.set $exponent (i32x4.sub (local.get $exponent) (local.get $high)))
      (local.set $x
        (f32x4.sub
          (v128.bitselect (f32x4.mul (local.get $x) (v128.const f32x4 0.5 0.5 0.5 0.5)) (local.get $x) (local.get $high))
          (v128.const f32x4 1 1 1 1)))
      (local.set $square (f32x4.mul (local.get $x) (local.get $x)))
      (local.set $high (v128.const f32x4 7.0376836e-2 7.0376836e-2 7.0376836e-2 7.0376836e-2))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 -1.1514610e-1 -1.1514610e-1 -1.1514610e-1 -1.1514610e-1)))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 1.1676999e-1 1.1676999e-1 1.1676999e-1 1.1676999e-1)))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 -1.2420141e-1 -1.2420141e-1 -1.2420141e-1 -1.2420141e-1)))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 1.4249323e-1 1.4249323e-1 1.4249323e-1 1.4249323e-1)))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 -1.6668058e-1 -1.6668058e-1 -1.6668058e-1 -1.6668058e-1)))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 2.0000715e-1 2.0000715e-1 2.0000715e-1 2.0000715e-1)))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 -2.4999994e-1 -2.4999994e-1 -2.4999994e-1 -2.4999994e-1)))
      (local.set $high (f32x4.add (f32x4.mul (local.get $high) (local.get $x)) (v128.const f32x4 3.3333331e-1 3.3333331e-1 3.3333331e-1 3.3333331e-1)))
      ;; x - x^2 / 2 + x^3 * polynomial, and what the exponent adds.
      (local.set $high (f32x4.mul (local.get $high) (f32x4.mul (local.get $x) (local.get $square))))
      (local.set $high (f32x4.sub (local.get $high) (f32x4.mul (local.get $square) (v128.const f32x4 0.5 0.5 0.5 0.5))))
      (v128.store (local.get $at)
        (f32x4.add
          (f32x4.mul (f32x4.add (local.get $x) (local.get $high))
            (v128.const f32x4 0.43429448 0.43429448 0.43429448 0.43429448))
          (f32x4.mul (f32x4.convert_i32x4_s (local.get $exponent))
            (v128.const f32x4 0.30103 0.30103 0.30103 0.30103))))
      (br_if $four (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))))
