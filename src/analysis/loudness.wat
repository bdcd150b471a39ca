;; K-weighting and true peak of loudness.ts. Built into loudness-kernel.ts by `node scripts/assemble-kernels.ts`. Samples are 32-bit floats.
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
    (local.get $peak))

  ;; The power of the samples from `at` up to `end` (a whole number of fours, at least one) behind a filter of four 64-bit states at
  ;; `state`. Four samples and the states make four outputs and the next states: `columns` has what each of the eight adds to
  ;; each of those eight, so that nothing waits for the sample before.
  (func (export "power") (param $at i32) (param $end i32) (param $columns i32) (param $state i32) (result f64)
    (local $v v128) (local $s0 v128) (local $s2 v128) (local $n0 v128) (local $n2 v128) (local $z0 v128) (local $z2 v128)
    (local $power v128)
    (local.set $s0 (v128.load (local.get $state)))
    (local.set $s2 (v128.load offset=16 (local.get $state)))
    (loop $four
      (local.set $v (f64x2.promote_low_f32x4 (v128.load32_splat (local.get $at))))
      (local.set $z0 (f64x2.mul (local.get $v) (v128.load (local.get $columns))))
      (local.set $z2 (f64x2.mul (local.get $v) (v128.load offset=16 (local.get $columns))))
      (local.set $n0 (f64x2.mul (local.get $v) (v128.load offset=32 (local.get $columns))))
      (local.set $n2 (f64x2.mul (local.get $v) (v128.load offset=48 (local.get $columns))))
      (local.set $v (f64x2.promote_low_f32x4 (v128.load32_splat offset=4 (local.get $at))))
      (local.set $z0 (f64x2.add (local.get $z0) (f64x2.mul (local.get $v) (v128.load offset=64 (local.get $columns)))))
      (local.set $z2 (f64x2.add (local.get $z2) (f64x2.mul (local.get $v) (v128.load offset=80 (local.get $columns)))))
      (local.set $n0 (f64x2.add (local.get $n0) (f64x2.mul (local.get $v) (v128.load offset=96 (local.get $columns)))))
      (local.set $n2 (f64x2.add (local.get $n2) (f64x2.mul (local.get $v) (v128.load offset=112 (local.get $columns)))))
      (local.set $v (f64x2.promote_low_f32x4 (v128.load32_splat offset=8 (local.get $at))))
      (local.set $z0 (f64x2.add (local.get $z0) (f64x2.mul (local.get $v) (v128.load offset=128 (local.get $columns)))))
      (local.set $z2 (f64x2.add (local.get $z2) (f64x2.mul (local.get $v) (v128.load offset=144 (local.get $columns)))))
      (local.set $n0 (f64x2.add (local.get $n0) (f64x2.mul (local.get $v) (v128.load offset=160 (local.get $columns)))))
      (local.set $n2 (f64x2.add (local.get $n2) (f64x2.mul (local.get $v) (v128.load offset=176 (local.get $columns)))))
      (local.set $v (f64x2.promote_low_f32x4 (v128.load32_splat offset=12 (local.get $at))))
      (local.set $z0 (f64x2.add (local.get $z0) (f64x2.mul (local.get $v) (v128.load offset=192 (local.get $columns)))))
      (local.set $z2 (f64x2.add (local.get $z2) (f64x2.mul (local.get $v) (v128.load offset=208 (local.get $columns)))))
      (local.set $n0 (f64x2.add (local.get $n0) (f64x2.mul (local.get $v) (v128.load offset=224 (local.get $columns)))))
      (local.set $n2 (f64x2.add (local.get $n2) (f64x2.mul (local.get $v) (v128.load offset=240 (local.get $columns)))))
      (local.set $v (i8x16.shuffle 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 (local.get $s0) (local.get $s0)))
      (local.set $z0 (f64x2.add (local.get $z0) (f64x2.mul (local.get $v) (v128.load offset=256 (local.get $columns)))))
      (local.set $z2 (f64x2.add (local.get $z2) (f64x2.mul (local.get $v) (v128.load offset=272 (local.get $columns)))))
      (local.set $n0 (f64x2.add (local.get $n0) (f64x2.mul (local.get $v) (v128.load offset=288 (local.get $columns)))))
      (local.set $n2 (f64x2.add (local.get $n2) (f64x2.mul (local.get $v) (v128.load offset=304 (local.get $columns)))))
      (local.set $v (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $s0) (local.get $s0)))
      (local.set $z0 (f64x2.add (local.get $z0) (f64x2.mul (local.get $v) (v128.load offset=320 (local.get $columns)))))
      (local.set $z2 (f64x2.add (local.get $z2) (f64x2.mul (local.get $v) (v128.load offset=336 (local.get $columns)))))
      (local.set $n0 (f64x2.add (local.get $n0) (f64x2.mul (local.get $v) (v128.load offset=352 (local.get $columns)))))
      (local.set $n2 (f64x2.add (local.get $n2) (f64x2.mul (local.get $v) (v128.load offset=368 (local.get $columns)))))
      (local.set $v (i8x16.shuffle 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 (local.get $s2) (local.get $s2)))
      (local.set $z0 (f64x2.add (local.get $z0) (f64x2.mul (local.get $v) (v128.load offset=384 (local.get $columns)))))
      (local.set $z2 (f64x2.add (local.get $z2) (f64x2.mul (local.get $v) (v128.load offset=400 (local.get $columns)))))
      (local.set $n0 (f64x2.add (local.get $n0) (f64x2.mul (local.get $v) (v128.load offset=416 (local.get $columns)))))
      (local.set $n2 (f64x2.add (local.get $n2) (f64x2.mul (local.get $v) (v128.load offset=432 (local.get $columns)))))
      (local.set $v (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $s2) (local.get $s2)))
      (local.set $z0 (f64x2.add (local.get $z0) (f64x2.mul (local.get $v) (v128.load offset=448 (local.get $columns)))))
      (local.set $z2 (f64x2.add (local.get $z2) (f64x2.mul (local.get $v) (v128.load offset=464 (local.get $columns)))))
      (local.set $n0 (f64x2.add (local.get $n0) (f64x2.mul (local.get $v) (v128.load offset=480 (local.get $columns)))))
      (local.set $n2 (f64x2.add (local.get $n2) (f64x2.mul (local.get $v) (v128.load offset=496 (local.get $columns)))))
      (local.set $s0 (local.get $n0))
      (local.set $s2 (local.get $n2))
      (local.set $power
        (f64x2.add (local.get $power)
          (f64x2.add (f64x2.mul (local.get $z0) (local.get $z0)) (f64x2.mul (local.get $z2) (local.get $z2)))))
      (br_if $four (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
    (v128.store (local.get $state) (local.get $s0))
    (v128.store offset=16 (local.get $state) (local.get $s2))
    (f64.add (f64x2.extract_lane 0 (local.get $power)) (f64x2.extract_lane 1 (local.get $power)))))
