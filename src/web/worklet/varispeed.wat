;; Reads a line of sound between its samples, for varispeed.ts. Built into varispeed-kernel.ts by `node scripts/assemble-kernels.ts`.
(module
  (memory (export "memory") 1)

  ;; Samples from `from` on (of the line, 0 and more), each `speed` farther than the one before, to `out` until `end`. The line's length is a
  ;; power of two, `mask` is one less, and its first 16 samples follow its last one again. The table has a row of 16 taps for each of
  ;; 512 places between two samples, and one for the second of them.
  (func (export "read")
    (param $line i32) (param $mask i32) (param $table i32) (param $out i32) (param $end i32) (param $from f64) (param $speed f64)
    (local $at f64) (local $whole f64) (local $first i32) (local $row i32) (local $frame f64) (local $sum v128)
    (loop $each
      (local.set $at (f64.add (local.get $from) (f64.mul (local.get $frame) (local.get $speed))))
      (local.set $whole (f64.floor (local.get $at)))
      (local.set $row
        (i32.add
          (local.get $table)
          (i32.shl
            (i32.trunc_f64_u
              (f64.nearest (f64.mul (f64.sub (local.get $at) (local.get $whole)) (f64.const 512))))
            (i32.const 6))))
      (local.set $first
        (i32.add
          (local.get $line)
          (i32.shl (i32.and (i32.trunc_f64_u (local.get $whole)) (local.get $mask)) (i32.const 2))))
      (local.set $sum
        (f32x4.add
          (f32x4.add
            (f32x4.mul (v128.load (local.get $first)) (v128.load (local.get $row)))
            (f32x4.mul (v128.load offset=16 (local.get $first)) (v128.load offset=16 (local.get $row))))
          (f32x4.add
            (f32x4.mul (v128.load offset=32 (local.get $first)) (v128.load offset=32 (local.get $row)))
            (f32x4.mul (v128.load offset=48 (local.get $first)) (v128.load offset=48 (local.get $row))))))
      (f32.store
        (local.get $out)
        (f32.add
          (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
          (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))
      (local.set $frame (f64.add (local.get $frame) (f64.const 1)))
      (br_if $each
        (i32.lt_u
          (local.tee $out (i32.add (local.get $out) (i32.const 4)))
          (local.get $end))))))
