;; All arithmetic of the beat network (beat-network.ts). Built into beat-network-kernel.ts by `node scripts/assemble-kernels.ts`.
;; Numbers are 32-bit floats; addresses and sizes in bytes where named so.
(module
  (memory (export "memory") 1)

  ;; Log-mel frames of 72 bands -> [frame][band][level, rise], four bands at once: (mel - 1.3) / 0.8, and twice the rise over the
  ;; loudest of the band and its neighbours a frame before. A frame must lie before `mel`.
  (func (export "features") (param $mel i32) (param $out i32) (param $frames i32)
    (local $stop i32) (local $before i32) (local $now v128) (local $level v128) (local $rise v128)
    (loop $frame
      (local.set $stop (i32.add (local.get $mel) (i32.const 288)))
      (loop $four
        (local.set $before (i32.sub (local.get $mel) (i32.const 292)))
        (local.set $now (v128.load (local.get $mel)))
        (local.set $level
          (f32x4.mul (f32x4.sub (local.get $now) (v128.const f32x4 1.3 1.3 1.3 1.3)) (v128.const f32x4 1.25 1.25 1.25 1.25)))
        (local.set $rise
          (f32x4.sub (local.get $now)
            (f32x4.max (v128.load offset=4 (local.get $before))
              (f32x4.max (v128.load (local.get $before)) (v128.load offset=8 (local.get $before))))))
        (local.set $rise (f32x4.max (v128.const f32x4 0 0 0 0) (f32x4.add (local.get $rise) (local.get $rise))))
        (v128.store (local.get $out)
          (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $level) (local.get $rise)))
        (v128.store offset=16 (local.get $out)
          (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $level) (local.get $rise)))
        (local.set $out (i32.add (local.get $out) (i32.const 32)))
        (br_if $four (i32.lt_u (local.tee $mel (i32.add (local.get $mel) (i32.const 16))) (local.get $stop))))
      ;; The lowest and the highest band have one neighbour.
      (f32.store offset=4 (i32.sub (local.get $out) (i32.const 576))
        (call $edge
          (f32.load (i32.sub (local.get $mel) (i32.const 288)))
          (f32.load (i32.sub (local.get $mel) (i32.const 576)))
          (f32.load (i32.sub (local.get $mel) (i32.const 572)))))
      (f32.store (i32.sub (local.get $out) (i32.const 4))
        (call $edge
          (f32.load (i32.sub (local.get $mel) (i32.const 4)))
          (f32.load (i32.sub (local.get $mel) (i32.const 292)))
          (f32.load (i32.sub (local.get $mel) (i32.const 296)))))
      (br_if $frame (local.tee $frames (i32.sub (local.get $frames) (i32.const 1))))))

  (func $edge (param $now f32) (param $one f32) (param $other f32) (result f32)
    (f32.max (f32.const 0)
      (f32.mul (f32.const 2) (f32.sub (local.get $now) (f32.max (local.get $one) (local.get $other))))))

  ;; One convolution over time:
  ;;   out[t][g][o] = bias[o] + sum over k, i of x[t + (k - taps/2) * dilation][g][i] * weight[k][i][o]
  ;; then a rectifier if asked for, then out += add[t][g][o] if `add` is not 0. Frames outside 0..frames are silence, read at
  ;; `zeros` (as many as a group's inputs). Four frames and eight outputs are worked on at once, which keeps eight sums in
  ;; registers: up to three frames behind the last are written, too. `outputs` is a multiple of 8.
  (func (export "layer")
    (param $x i32) (param $weight i32) (param $bias i32) (param $out i32) (param $add i32) (param $zeros i32)
    (param $frames i32) (param $taps i32) (param $dilation i32)
    (param $groups i32) (param $inputs i32) (param $outputs i32) (param $rectify i32)
    (local $t i32) (local $g i32) (local $o i32) (local $k i32) (local $at i32)
    (local $end i32) (local $w i32) (local $place i32)
    (local $from0 i32) (local $from1 i32) (local $from2 i32) (local $from3 i32)
    (local $inBytes i32) (local $outBytes i32) (local $frameBytes i32)
    (local $value v128) (local $left v128) (local $right v128)
    (local $low0 v128) (local $low1 v128) (local $low2 v128) (local $low3 v128)
    (local $high0 v128) (local $high1 v128) (local $high2 v128) (local $high3 v128)
    (local.set $inBytes (i32.shl (local.get $inputs) (i32.const 2)))
    (local.set $outBytes (i32.shl (local.get $outputs) (i32.const 2)))
    (local.set $frameBytes (i32.mul (local.get $inBytes) (local.get $groups)))
    (loop $frame
      (local.set $g (i32.const 0))
      (loop $group
        (local.set $o (i32.const 0))
        (loop $eight
          (local.set $low0 (v128.load (i32.add (local.get $bias) (local.get $o))))
          (local.set $high0 (v128.load offset=16 (i32.add (local.get $bias) (local.get $o))))
          (local.set $low1 (v128.load (i32.add (local.get $bias) (local.get $o))))
          (local.set $high1 (v128.load offset=16 (i32.add (local.get $bias) (local.get $o))))
          (local.set $low2 (v128.load (i32.add (local.get $bias) (local.get $o))))
          (local.set $high2 (v128.load offset=16 (i32.add (local.get $bias) (local.get $o))))
          (local.set $low3 (v128.load (i32.add (local.get $bias) (local.get $o))))
          (local.set $high3 (v128.load offset=16 (i32.add (local.get $bias) (local.get $o))))
          (local.set $k (i32.const 0))
          (loop $tap
            (local.set $at
              (i32.add (local.get $t)
                (i32.mul (i32.sub (local.get $k) (i32.shr_u (local.get $taps) (i32.const 1))) (local.get $dilation))))
            (local.set $from0
              (select
                (i32.add (local.get $x)
                  (i32.add (i32.mul (local.get $at) (local.get $frameBytes)) (i32.mul (local.get $g) (local.get $inBytes))))
                (local.get $zeros)
                (i32.lt_u (local.get $at) (local.get $frames))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (local.set $from1
              (select
                (i32.add (local.get $x)
                  (i32.add (i32.mul (local.get $at) (local.get $frameBytes)) (i32.mul (local.get $g) (local.get $inBytes))))
                (local.get $zeros)
                (i32.lt_u (local.get $at) (local.get $frames))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (local.set $from2
              (select
                (i32.add (local.get $x)
                  (i32.add (i32.mul (local.get $at) (local.get $frameBytes)) (i32.mul (local.get $g) (local.get $inBytes))))
                (local.get $zeros)
                (i32.lt_u (local.get $at) (local.get $frames))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (local.set $from3
              (select
                (i32.add (local.get $x)
                  (i32.add (i32.mul (local.get $at) (local.get $frameBytes)) (i32.mul (local.get $g) (local.get $inBytes))))
                (local.get $zeros)
                (i32.lt_u (local.get $at) (local.get $frames))))
            (local.set $end (i32.add (local.get $from0) (local.get $inBytes)))
            (local.set $w
              (i32.add (i32.add (local.get $weight) (local.get $o))
                (i32.mul (i32.mul (local.get $k) (local.get $inputs)) (local.get $outBytes))))
            (loop $input
              (local.set $left (v128.load (local.get $w)))
              (local.set $right (v128.load offset=16 (local.get $w)))
              (local.set $value (v128.load32_splat (local.get $from0)))
              (local.set $low0 (f32x4.add (local.get $low0) (f32x4.mul (local.get $value) (local.get $left))))
              (local.set $high0 (f32x4.add (local.get $high0) (f32x4.mul (local.get $value) (local.get $right))))
              (local.set $value (v128.load32_splat (local.get $from1)))
              (local.set $low1 (f32x4.add (local.get $low1) (f32x4.mul (local.get $value) (local.get $left))))
              (local.set $high1 (f32x4.add (local.get $high1) (f32x4.mul (local.get $value) (local.get $right))))
              (local.set $from1 (i32.add (local.get $from1) (i32.const 4)))
              (local.set $value (v128.load32_splat (local.get $from2)))
              (local.set $low2 (f32x4.add (local.get $low2) (f32x4.mul (local.get $value) (local.get $left))))
              (local.set $high2 (f32x4.add (local.get $high2) (f32x4.mul (local.get $value) (local.get $right))))
              (local.set $from2 (i32.add (local.get $from2) (i32.const 4)))
              (local.set $value (v128.load32_splat (local.get $from3)))
              (local.set $low3 (f32x4.add (local.get $low3) (f32x4.mul (local.get $value) (local.get $left))))
              (local.set $high3 (f32x4.add (local.get $high3) (f32x4.mul (local.get $value) (local.get $right))))
              (local.set $from3 (i32.add (local.get $from3) (i32.const 4)))
              (local.set $w (i32.add (local.get $w) (local.get $outBytes)))
              (br_if $input (i32.lt_u (local.tee $from0 (i32.add (local.get $from0) (i32.const 4))) (local.get $end))))
            (br_if $tap (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (local.get $taps))))
          (if (local.get $rectify)
            (then
              (local.set $low0 (f32x4.max (local.get $low0) (v128.const f32x4 0 0 0 0)))
              (local.set $high0 (f32x4.max (local.get $high0) (v128.const f32x4 0 0 0 0)))
              (local.set $low1 (f32x4.max (local.get $low1) (v128.const f32x4 0 0 0 0)))
              (local.set $high1 (f32x4.max (local.get $high1) (v128.const f32x4 0 0 0 0)))
              (local.set $low2 (f32x4.max (local.get $low2) (v128.const f32x4 0 0 0 0)))
              (local.set $high2 (f32x4.max (local.get $high2) (v128.const f32x4 0 0 0 0)))
              (local.set $low3 (f32x4.max (local.get $low3) (v128.const f32x4 0 0 0 0)))
              (local.set $high3 (f32x4.max (local.get $high3) (v128.const f32x4 0 0 0 0)))))
          (local.set $place
            (i32.add (i32.mul (i32.add (i32.mul (local.get $t) (local.get $groups)) (local.get $g)) (local.get $outBytes)) (local.get $o)))
          (if (local.get $add)
            (then
              (local.set $low0 (f32x4.add (local.get $low0) (v128.load (i32.add (local.get $add) (local.get $place)))))
              (local.set $high0 (f32x4.add (local.get $high0) (v128.load offset=16 (i32.add (local.get $add) (local.get $place)))))))
          (v128.store (i32.add (local.get $out) (local.get $place)) (local.get $low0))
          (v128.store offset=16 (i32.add (local.get $out) (local.get $place)) (local.get $high0))
          (local.set $place (i32.add (local.get $place) (i32.mul (local.get $groups) (local.get $outBytes))))
          (if (local.get $add)
            (then
              (local.set $low1 (f32x4.add (local.get $low1) (v128.load (i32.add (local.get $add) (local.get $place)))))
              (local.set $high1 (f32x4.add (local.get $high1) (v128.load offset=16 (i32.add (local.get $add) (local.get $place)))))))
          (v128.store (i32.add (local.get $out) (local.get $place)) (local.get $low1))
          (v128.store offset=16 (i32.add (local.get $out) (local.get $place)) (local.get $high1))
          (local.set $place (i32.add (local.get $place) (i32.mul (local.get $groups) (local.get $outBytes))))
          (if (local.get $add)
            (then
              (local.set $low2 (f32x4.add (local.get $low2) (v128.load (i32.add (local.get $add) (local.get $place)))))
              (local.set $high2 (f32x4.add (local.get $high2) (v128.load offset=16 (i32.add (local.get $add) (local.get $place)))))))
          (v128.store (i32.add (local.get $out) (local.get $place)) (local.get $low2))
          (v128.store offset=16 (i32.add (local.get $out) (local.get $place)) (local.get $high2))
          (local.set $place (i32.add (local.get $place) (i32.mul (local.get $groups) (local.get $outBytes))))
          (if (local.get $add)
            (then
              (local.set $low3 (f32x4.add (local.get $low3) (v128.load (i32.add (local.get $add) (local.get $place)))))
              (local.set $high3 (f32x4.add (local.get $high3) (v128.load offset=16 (i32.add (local.get $add) (local.get $place)))))))
          (v128.store (i32.add (local.get $out) (local.get $place)) (local.get $low3))
          (v128.store offset=16 (i32.add (local.get $out) (local.get $place)) (local.get $high3))
          (br_if $eight (i32.lt_u (local.tee $o (i32.add (local.get $o) (i32.const 32))) (local.get $outBytes))))
        (br_if $group (i32.lt_u (local.tee $g (i32.add (local.get $g) (i32.const 1))) (local.get $groups))))
      (br_if $frame (i32.lt_u (local.tee $t (i32.add (local.get $t) (i32.const 4))) (local.get $frames))))))
