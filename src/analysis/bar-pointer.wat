;; The search of bar-pointer.ts, two intervals in each vector. Built into bar-pointer-kernel.ts by
;; `node scripts/assemble-kernels.ts`. Scores are 64-bit floats and are added in the order of the formula, so that a path is the same
;; on every machine. All addresses and lengths are in bytes unless named otherwise.
(module
  (memory (export "memory") 1)

  ;; For each frame t of 0..frames and each of `count` intervals i (shortest + i frames; `count` is even):
  ;;   arriving[i] = best[start][i] + beatSum[beatEnd] - beatSum[start] + restSum[t] - restSum[beatEnd] + prior[i],
  ;;     start = t - i - shortest, beatEnd = start + beatFrames[i]; `never` where start lies before the music;
  ;;   best[t][i] = the highest of arriving[i + k - reach] + change[k][i], k in 0..changes, and of restSum[t] as long as nothing
  ;;     can have arrived; step[t][i] = k - reach of the first that is as high, or -128.
  ;; `best` keeps the last `rows` frames, one after the other in a ring. `arriving` has `reach` numbers of room on both sides, which
  ;; hold `never`.
  (func (export "search")
    (param $frames i32) (param $shortest i32) (param $count i32) (param $rows i32) (param $changes i32) (param $never f64)
    (param $beatSum i32) (param $restSum i32) (param $beatFrames i32) (param $prior i32) (param $change i32)
    (param $arriving i32) (param $best i32) (param $step i32)
    (local $t i32) (local $i i32) (local $k i32) (local $start i32) (local $row i32) (local $width i32) (local $ring i32)
    (local $at i32) (local $cost i32) (local $reach i32) (local $room i32) (local $beatEnd i32) (local $out i32)
    (local $highest v128) (local $chosen v128) (local $score v128) (local $place v128)
    (local.set $width (i32.shl (local.get $count) (i32.const 3)))
    (local.set $ring (i32.mul (local.get $rows) (local.get $width)))
    (local.set $reach (i32.shr_u (local.get $changes) (i32.const 1)))
    (local.set $room (i32.add (local.get $arriving) (i32.shl (local.get $reach) (i32.const 3))))
    (local.set $out (local.get $best))
    (loop $frame
      (local.set $i (i32.const 0))
      (local.set $start (i32.sub (local.get $t) (local.get $shortest)))
      ;; Where best[start][i] lies in the ring; a row back for each i.
      (local.set $row
        (i32.sub (local.get $out) (i32.mul (local.get $shortest) (local.get $width))))
      (if (i32.lt_s (local.get $row) (local.get $best))
        (then (local.set $row (i32.add (local.get $row) (local.get $ring)))))
      (loop $from
        (local.set $at (i32.add (local.get $room) (i32.shl (local.get $i) (i32.const 3))))
        (if (i32.lt_s (local.get $start) (i32.const 0))
          (then (f64.store (local.get $at) (local.get $never)))
          (else
            (local.set $beatEnd
              (i32.shl
                (i32.add (local.get $start)
                  (i32.load (i32.add (local.get $beatFrames) (i32.shl (local.get $i) (i32.const 2)))))
                (i32.const 3)))
            (f64.store (local.get $at)
              (f64.add
                (f64.add
                  (f64.load (i32.add (local.get $row) (i32.shl (local.get $i) (i32.const 3))))
                  (f64.sub
                    (f64.add
                      (f64.sub
                        (f64.load (i32.add (local.get $beatSum) (local.get $beatEnd)))
                        (f64.load (i32.add (local.get $beatSum) (i32.shl (local.get $start) (i32.const 3)))))
                      (f64.load (i32.add (local.get $restSum) (i32.shl (local.get $t) (i32.const 3)))))
                    (f64.load (i32.add (local.get $restSum) (local.get $beatEnd)))))
                (f64.load (i32.add (local.get $prior) (i32.shl (local.get $i) (i32.const 3))))))))
        (local.set $start (i32.sub (local.get $start) (i32.const 1)))
        (local.set $row (i32.sub (local.get $row) (local.get $width)))
        (if (i32.lt_s (local.get $row) (local.get $best))
          (then (local.set $row (i32.add (local.get $row) (local.get $ring)))))
        (br_if $from (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
      (local.set $i (i32.const 0))
      (loop $pair
        (local.set $at (i32.add (local.get $arriving) (i32.shl (local.get $i) (i32.const 3))))
        (local.set $cost (i32.add (local.get $change) (i32.shl (local.get $i) (i32.const 3))))
        (local.set $highest (f64x2.splat (local.get $never)))
        (local.set $score (v128.load64_splat (i32.add (local.get $restSum) (i32.shl (local.get $t) (i32.const 3)))))
        (local.set $k (i32.sub (local.get $t) (i32.add (local.get $i) (local.get $shortest))))
        (if (i32.lt_s (local.get $k) (i32.const 0))
          (then (local.set $highest (f64x2.replace_lane 0 (local.get $highest) (f64x2.extract_lane 0 (local.get $score))))))
        (if (i32.lt_s (local.get $k) (i32.const 1))
          (then (local.set $highest (f64x2.replace_lane 1 (local.get $highest) (f64x2.extract_lane 0 (local.get $score))))))
        (local.set $chosen (v128.const i64x2 -128 -128))
        (local.set $place (i64x2.splat (i64.extend_i32_s (i32.sub (i32.const 0) (local.get $reach)))))
        (local.set $k (local.get $changes))
        (loop $from
          (local.set $score (f64x2.add (v128.load (local.get $at)) (v128.load (local.get $cost))))
          (local.set $chosen
            (v128.bitselect (local.get $place) (local.get $chosen) (f64x2.gt (local.get $score) (local.get $highest))))
          (local.set $highest (f64x2.pmax (local.get $highest) (local.get $score)))
          (local.set $place (i64x2.add (local.get $place) (v128.const i64x2 1 1)))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (local.set $cost (i32.add (local.get $cost) (local.get $width)))
          (br_if $from (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
        (v128.store (i32.add (local.get $out) (i32.shl (local.get $i) (i32.const 3))) (local.get $highest))
        (i32.store8 (local.get $step) (i32.wrap_i64 (i64x2.extract_lane 0 (local.get $chosen))))
        (i32.store8 offset=1 (local.get $step) (i32.wrap_i64 (i64x2.extract_lane 1 (local.get $chosen))))
        (local.set $step (i32.add (local.get $step) (i32.const 2)))
        (br_if $pair (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (local.get $count))))
      (local.set $out (i32.add (local.get $out) (local.get $width)))
      (if (i32.ge_u (local.get $out) (i32.add (local.get $best) (local.get $ring)))
        (then (local.set $out (local.get $best))))
      (br_if $frame (i32.le_u (local.tee $t (i32.add (local.get $t) (i32.const 1))) (local.get $frames))))))
