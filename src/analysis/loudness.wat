;; The true peak of loudness.ts. Built into loudness-kernel.ts by `node scripts/assemble-kernels.ts`. Samples are 32-bit floats.
(module
  (memory (export "memory") 1)

  ;; The largest of `peak` and of all magnitudes from `at` on, read at every sample and at three points after it: four places of
  ;; twelve samples at once, up to `end` (a multiple of 16 bytes further). The sixth sample is the place. `rows` has the filters,
  ;; [tap][point], each number four times. Where both samples around are under near * peak, nothing is computed.
  (func (export "peak") (param $at i32) (param $end i32) (param $rows i32) (param $peak f32) (param $near f32) (result f32)
    (local $limit v128) (local $most v128) (local $x i32) (local $row i32) (local $stop i32) (local $value v128)
    (local $a v128) (local $b v128) (local $c v128)
    (local.set $stop (i32.add (local.get $rows) (i32.const 576)))
    (local.set $limit (f32x4.splat (f32.mul (local.get $peak) (local.get $near))))
    (loop $four
      (local.set $most (f32x4.abs (v128.load offset=20 (local.get $at))))
      (if
        (v128.any_true
          (f32x4.gt
            (f32x4.max (local.get $most) (f32x4.abs (v128.load offset=24 (local.get $at))))
            (local.get $limit)))
        (then
          (local.set $a (v128.const f32x4 0 0 0 0))
          (local.set $b (v128.const f32x4 0 0 0 0))
          (local.set $c (v128.const f32x4 0 0 0 0))
          (local.set $x (local.get $at))
          (local.set $row (local.get $rows))
          (loop $tap
            (local.set $value (v128.load (local.get $x)))
            (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $value) (v128.load (local.get $row)))))
            (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $value) (v128.load offset=16 (local.get $row)))))
            (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $value) (v128.load offset=32 (local.get $row)))))
            (local.set $x (i32.add (local.get $x) (i32.const 4)))
            (br_if $tap (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 48))) (local.get $stop))))
          (local.set $most
            (f32x4.max
              (f32x4.max (local.get $most) (f32x4.abs (local.get $a)))
              (f32x4.max (f32x4.abs (local.get $b)) (f32x4.abs (local.get $c)))))
          (local.set $most
            (f32x4.max (local.get $most)
              (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $most) (local.get $most))))
          (local.set $peak
            (f32.max (local.get $peak)
              (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))))
          (local.set $limit (f32x4.splat (f32.mul (local.get $peak) (local.get $near))))))
      (br_if $four (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
    (local.get $peak)))
