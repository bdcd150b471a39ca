;; Upper bounds of inner products, one row of 8-bit numbers after the other. Built into nearness-kernel.ts by
;; `node scripts/assemble-kernels.ts`. A row at `rows` takes `bytes` + 16 bytes: its numbers (a multiple of 16), then as 64-bit
;; floats their scale and the row's margin. The query is 16-bit numbers. All addresses and lengths are in bytes.
(module
  (memory (export "memory") 1)

  ;; Writes to `out` those of the row numbers from `list` to `end` (32-bit) whose inner product with the query may be `least` or
  ;; more: scale * unit * (sum of the integers' products) + margin * reach is not below it, or is no number. Answers the address
  ;; behind the last one written.
  (func (export "within") (param $rows i32) (param $bytes i32) (param $query i32) (param $list i32) (param $end i32)
    (param $out i32) (param $unit f64) (param $reach f64) (param $least f64) (result i32)
    (local $row i32) (local $at i32) (local $stop i32) (local $asked i32) (local $value v128) (local $low v128) (local $high v128)
    (if (i32.lt_u (local.get $list) (local.get $end)) (then
      (loop $next
        (local.set $row (i32.load (local.get $list)))
        (local.set $at
          (i32.add (local.get $rows) (i32.mul (local.get $row) (i32.add (local.get $bytes) (i32.const 16)))))
        (local.set $stop (i32.add (local.get $at) (local.get $bytes)))
        (local.set $asked (local.get $query))
        (local.set $low (v128.const i32x4 0 0 0 0))
        (local.set $high (v128.const i32x4 0 0 0 0))
        (loop $sixteen
          (local.set $value (v128.load (local.get $at)))
          (local.set $low
            (i32x4.add (local.get $low)
              (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $value)) (v128.load (local.get $asked)))))
          (local.set $high
            (i32x4.add (local.get $high)
              (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $value)) (v128.load offset=16 (local.get $asked)))))
          (local.set $asked (i32.add (local.get $asked) (i32.const 32)))
          (br_if $sixteen (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $stop))))
        (local.set $low (i32x4.add (local.get $low) (local.get $high)))
        (local.set $low
          (i32x4.add (local.get $low) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $low) (local.get $low))))
        (i32.store (local.get $out) (local.get $row))
        ;; The next one takes its place where this one is too far.
        (local.set $out
          (i32.add (local.get $out)
            (i32.shl
              (i32.eqz
                (f64.lt
                  (f64.add
                    (f64.mul
                      (f64.mul
                        (f64.convert_i32_s
                          (i32.add (i32x4.extract_lane 0 (local.get $low)) (i32x4.extract_lane 1 (local.get $low))))
                        (local.get $unit))
                      (f64.load (local.get $stop)))
                    (f64.mul (f64.load offset=8 (local.get $stop)) (local.get $reach)))
                  (local.get $least)))
              (i32.const 2))))
        (br_if $next
          (i32.lt_u (local.tee $list (i32.add (local.get $list) (i32.const 4))) (local.get $end))))))
    (local.get $out)))
