;; The sums of resample.ts, eight products at a time. Built into resample-kernel.ts by `node scripts/assemble-kernels.ts`. Samples are
;; 32-bit floats, positions 64-bit ones; addresses and lengths in bytes where named so.
(module
  (memory (export "memory") 1)

  ;; `count` outputs from number `first` on (at least one) to `out`. Output n lies at n * step of the input, whose sample number
  ;; `origin` lies half a kernel's length before the middle of what is at `input`. `table` has phases + 1 rows of `rowBytes`, a
  ;; multiple of 32.
  (func (export "resample")
    (param $input i32) (param $origin f64) (param $table i32) (param $rowBytes i32) (param $phases f64) (param $step f64)
    (param $first f64) (param $count i32) (param $out i32)
    (local $at f64) (local $base f64) (local $x i32) (local $row i32) (local $end i32) (local $a v128) (local $b v128)
    (loop $output
      (local.set $at (f64.mul (local.get $first) (local.get $step)))
      (local.set $base (f64.floor (local.get $at)))
      (local.set $row
        (i32.add (local.get $table)
          (i32.mul (local.get $rowBytes)
            (i32.trunc_f64_u
              (f64.add (f64.mul (f64.sub (local.get $at) (local.get $base)) (local.get $phases)) (f64.const 0.5))))))
      (local.set $end (i32.add (local.get $row) (local.get $rowBytes)))
      (local.set $x
        (i32.add (local.get $input)
          (i32.shl (i32.trunc_f64_s (f64.sub (local.get $base) (local.get $origin))) (i32.const 2))))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (loop $tap
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (v128.load (local.get $x)) (v128.load (local.get $row)))))
        (local.set $b
          (f32x4.add (local.get $b) (f32x4.mul (v128.load offset=16 (local.get $x)) (v128.load offset=16 (local.get $row)))))
        (local.set $x (i32.add (local.get $x) (i32.const 32)))
        (br_if $tap (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 32))) (local.get $end))))
      (local.set $a (f32x4.add (local.get $a) (local.get $b)))
      (local.set $a
        (f32x4.add (local.get $a) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $a) (local.get $a))))
      (f32.store (local.get $out)
        (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a))))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (local.set $first (f64.add (local.get $first) (f64.const 1)))
      (br_if $output (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Sums of `factor` neighbours each, from `input` up to `end` (a whole number of groups, at least one), times `scale`, to `out`.
  (func (export "thin") (param $input i32) (param $end i32) (param $factor i32) (param $scale f32) (param $out i32)
    (local $left i32) (local $sum f32)
    (loop $group
      (local.set $left (local.get $factor))
      (local.set $sum (f32.const 0))
      (loop $sample
        (local.set $sum (f32.add (local.get $sum) (f32.load (local.get $input))))
        (local.set $input (i32.add (local.get $input) (i32.const 4)))
        (br_if $sample (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (f32.store (local.get $out) (f32.mul (local.get $sum) (local.get $scale)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (br_if $group (i32.lt_u (local.get $input) (local.get $end))))))
