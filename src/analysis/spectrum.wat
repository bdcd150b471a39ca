;; Spectra of four frames of real samples at once, a frame in each lane of a vector. Built into spectrum-kernel.ts by
;; `node scripts/assemble-kernels.ts`. All numbers are 32-bit floats, all addresses and lengths in bytes. A complex number takes
;; 32 bytes: four real parts, then four imaginary ones. `count` is half the frame's samples.
(module
  (memory (export "memory") 1)

  ;; Windows the frames that start at `samples`, `hop` apart, into complex numbers at `z`: even samples real, odd ones
  ;; imaginary, in the order of the 32-bit numbers at `order` (bit-reversed).
  (func $load (param $samples i32) (param $hop i32) (param $window i32) (param $order i32) (param $z i32) (param $count i32)
    (local $at i32) (local $end i32) (local $w v128) (local $low v128) (local $high v128)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (local.set $at (i32.shl (i32.load (local.get $order)) (i32.const 3)))
      (local.set $w (v128.load64_splat (i32.add (local.get $window) (local.get $at))))
      (local.set $at (i32.add (local.get $samples) (local.get $at)))
      (local.set $low (v128.load64_zero (local.get $at)))
      (local.set $at (i32.add (local.get $at) (local.get $hop)))
      (local.set $low (v128.load64_lane 1 (local.get $at) (local.get $low)))
      (local.set $at (i32.add (local.get $at) (local.get $hop)))
      (local.set $high (v128.load64_zero (local.get $at)))
      (local.set $at (i32.add (local.get $at) (local.get $hop)))
      (local.set $high (v128.load64_lane 1 (local.get $at) (local.get $high)))
      (local.set $low (f32x4.mul (local.get $low) (local.get $w)))
      (local.set $high (f32x4.mul (local.get $high) (local.get $w)))
      (v128.store (local.get $z)
        (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $low) (local.get $high)))
      (v128.store offset=16 (local.get $z)
        (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $low) (local.get $high)))
      (local.set $z (i32.add (local.get $z) (i32.const 32)))
      (br_if $next (i32.lt_u (local.tee $order (i32.add (local.get $order) (i32.const 4))) (local.get $end)))))

  ;; The first stage alone, for counts that are no power of four: sums and differences of neighbours.
  (func $pairs (param $z i32) (param $end i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $next
      (local.set $a (v128.load (local.get $z)))
      (local.set $b (v128.load offset=16 (local.get $z)))
      (local.set $c (v128.load offset=32 (local.get $z)))
      (local.set $d (v128.load offset=48 (local.get $z)))
      (v128.store (local.get $z) (f32x4.add (local.get $a) (local.get $c)))
      (v128.store offset=16 (local.get $z) (f32x4.add (local.get $b) (local.get $d)))
      (v128.store offset=32 (local.get $z) (f32x4.sub (local.get $a) (local.get $c)))
      (v128.store offset=48 (local.get $z) (f32x4.sub (local.get $b) (local.get $d)))
      (br_if $next (i32.lt_u (local.tee $z (i32.add (local.get $z) (i32.const 64))) (local.get $end)))))

  ;; Two stages in one (radix 4): blocks of four runs, `run` bytes each. For each place in a run, `twiddles` has the cosines
  ;; and sines of its angle, twice and three times it (six numbers). Returns the address behind the twiddles it used.
  (func $fours (param $z i32) (param $end i32) (param $run i32) (param $twiddles i32) (result i32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $stop i32) (local $t i32)
    (local $cos v128) (local $sin v128) (local $re v128) (local $im v128)
    (local $bRe v128) (local $bIm v128) (local $cRe v128) (local $cIm v128) (local $dRe v128) (local $dIm v128)
    (local $sumRe v128) (local $sumIm v128) (local $difRe v128) (local $difIm v128)
    (loop $block
      (local.set $a (local.get $z))
      (local.set $t (local.get $twiddles))
      (local.set $stop (i32.add (local.get $z) (local.get $run)))
      (loop $place
        (local.set $b (i32.add (local.get $a) (local.get $run)))
        (local.set $c (i32.add (local.get $b) (local.get $run)))
        (local.set $d (i32.add (local.get $c) (local.get $run)))
        ;; c by the angle, b by twice and d by three times the angle.
        (local.set $cos (v128.load32_splat (local.get $t)))
        (local.set $sin (v128.load32_splat offset=4 (local.get $t)))
        (local.set $re (v128.load (local.get $c)))
        (local.set $im (v128.load offset=16 (local.get $c)))
        (local.set $cRe (f32x4.add (f32x4.mul (local.get $re) (local.get $cos)) (f32x4.mul (local.get $im) (local.get $sin))))
        (local.set $cIm (f32x4.sub (f32x4.mul (local.get $im) (local.get $cos)) (f32x4.mul (local.get $re) (local.get $sin))))
        (local.set $cos (v128.load32_splat offset=8 (local.get $t)))
        (local.set $sin (v128.load32_splat offset=12 (local.get $t)))
        (local.set $re (v128.load (local.get $b)))
        (local.set $im (v128.load offset=16 (local.get $b)))
        (local.set $bRe (f32x4.add (f32x4.mul (local.get $re) (local.get $cos)) (f32x4.mul (local.get $im) (local.get $sin))))
        (local.set $bIm (f32x4.sub (f32x4.mul (local.get $im) (local.get $cos)) (f32x4.mul (local.get $re) (local.get $sin))))
        (local.set $cos (v128.load32_splat offset=16 (local.get $t)))
        (local.set $sin (v128.load32_splat offset=20 (local.get $t)))
        (local.set $re (v128.load (local.get $d)))
        (local.set $im (v128.load offset=16 (local.get $d)))
        (local.set $dRe (f32x4.add (f32x4.mul (local.get $re) (local.get $cos)) (f32x4.mul (local.get $im) (local.get $sin))))
        (local.set $dIm (f32x4.sub (f32x4.mul (local.get $im) (local.get $cos)) (f32x4.mul (local.get $re) (local.get $sin))))
        (local.set $re (v128.load (local.get $a)))
        (local.set $im (v128.load offset=16 (local.get $a)))
        (local.set $sumRe (f32x4.add (local.get $re) (local.get $bRe)))
        (local.set $sumIm (f32x4.add (local.get $im) (local.get $bIm)))
        (local.set $difRe (f32x4.sub (local.get $re) (local.get $bRe)))
        (local.set $difIm (f32x4.sub (local.get $im) (local.get $bIm)))
        (local.set $re (f32x4.add (local.get $cRe) (local.get $dRe)))
        (local.set $im (f32x4.add (local.get $cIm) (local.get $dIm)))
        (local.set $cRe (f32x4.sub (local.get $cRe) (local.get $dRe)))
        (local.set $cIm (f32x4.sub (local.get $cIm) (local.get $dIm)))
        (v128.store (local.get $a) (f32x4.add (local.get $sumRe) (local.get $re)))
        (v128.store offset=16 (local.get $a) (f32x4.add (local.get $sumIm) (local.get $im)))
        (v128.store (local.get $c) (f32x4.sub (local.get $sumRe) (local.get $re)))
        (v128.store offset=16 (local.get $c) (f32x4.sub (local.get $sumIm) (local.get $im)))
        (v128.store (local.get $b) (f32x4.add (local.get $difRe) (local.get $cIm)))
        (v128.store offset=16 (local.get $b) (f32x4.sub (local.get $difIm) (local.get $cRe)))
        (v128.store (local.get $d) (f32x4.sub (local.get $difRe) (local.get $cIm)))
        (v128.store offset=16 (local.get $d) (f32x4.add (local.get $difIm) (local.get $cRe)))
        (local.set $t (i32.add (local.get $t) (i32.const 24)))
        (br_if $place (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 32))) (local.get $stop))))
      (br_if $block
        (i32.lt_u (local.tee $z (i32.add (local.get $z) (i32.shl (local.get $run) (i32.const 2)))) (local.get $end))))
    (local.get $t))

  ;; Complex spectra at `z` -> power of the real frames at `power`, four numbers for each of count + 1 bins.
  ;; `turns` has the cosine and sine of each bin up to the middle one.
  (func $unfold (param $z i32) (param $power i32) (param $turns i32) (param $count i32)
    (local $a i32) (local $b i32) (local $from i32) (local $to i32)
    (local $aRe v128) (local $aIm v128) (local $bRe v128) (local $bIm v128) (local $half v128)
    (local $oddRe v128) (local $oddIm v128) (local $cos v128) (local $sin v128) (local $x v128) (local $y v128)
    (local.set $half (v128.const f32x4 0.5 0.5 0.5 0.5))
    (local.set $a (local.get $z))
    (local.set $b (local.get $z))
    (local.set $from (local.get $power))
    (local.set $to (i32.add (local.get $power) (i32.shl (local.get $count) (i32.const 4))))
    (loop $next
      (local.set $aRe (f32x4.mul (local.get $half) (v128.load (local.get $a))))
      (local.set $aIm (f32x4.mul (local.get $half) (v128.load offset=16 (local.get $a))))
      (local.set $bRe (f32x4.mul (local.get $half) (v128.load (local.get $b))))
      (local.set $bIm (f32x4.mul (local.get $half) (v128.load offset=16 (local.get $b))))
      (local.set $oddRe (f32x4.add (local.get $aIm) (local.get $bIm)))
      (local.set $oddIm (f32x4.sub (local.get $bRe) (local.get $aRe)))
      (local.set $aRe (f32x4.add (local.get $aRe) (local.get $bRe)))
      (local.set $aIm (f32x4.sub (local.get $aIm) (local.get $bIm)))
      (local.set $cos (v128.load32_splat (local.get $turns)))
      (local.set $sin (v128.load32_splat offset=4 (local.get $turns)))
      (local.set $bRe (f32x4.add (f32x4.mul (local.get $oddRe) (local.get $cos)) (f32x4.mul (local.get $oddIm) (local.get $sin))))
      (local.set $bIm (f32x4.sub (f32x4.mul (local.get $oddIm) (local.get $cos)) (f32x4.mul (local.get $oddRe) (local.get $sin))))
      (local.set $x (f32x4.add (local.get $aRe) (local.get $bRe)))
      (local.set $y (f32x4.add (local.get $aIm) (local.get $bIm)))
      (v128.store (local.get $from) (f32x4.add (f32x4.mul (local.get $x) (local.get $x)) (f32x4.mul (local.get $y) (local.get $y))))
      (local.set $x (f32x4.sub (local.get $aRe) (local.get $bRe)))
      (local.set $y (f32x4.sub (local.get $aIm) (local.get $bIm)))
      (v128.store (local.get $to) (f32x4.add (f32x4.mul (local.get $x) (local.get $x)) (f32x4.mul (local.get $y) (local.get $y))))
      (local.set $turns (i32.add (local.get $turns) (i32.const 8)))
      (local.set $a (i32.add (local.get $a) (i32.const 32)))
      (local.set $b (i32.sub (i32.add (local.get $z) (i32.shl (local.get $count) (i32.const 5))) (i32.sub (local.get $a) (local.get $z))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.sub (local.get $to) (i32.const 16)))
      (br_if $next (i32.le_u (local.get $from) (local.get $to)))))

  ;; Power spectra of the four frames. `stages`: twiddles of all stages, then the turns.
  (func (export "spectra")
    (param $samples i32) (param $hop i32) (param $window i32) (param $order i32) (param $stages i32)
    (param $z i32) (param $power i32) (param $count i32)
    (local $end i32) (local $run i32)
    (call $load
      (local.get $samples) (local.get $hop) (local.get $window) (local.get $order) (local.get $z) (local.get $count))
    (local.set $end (i32.add (local.get $z) (i32.shl (local.get $count) (i32.const 5))))
    (local.set $run (i32.const 32))
    (if (i32.and (i32.ctz (local.get $count)) (i32.const 1))
      (then
        (call $pairs (local.get $z) (local.get $end))
        (local.set $run (i32.const 64))))
    (loop $stage
      (local.set $stages (call $fours (local.get $z) (local.get $end) (local.get $run) (local.get $stages)))
      (local.set $run (i32.shl (local.get $run) (i32.const 2)))
      (br_if $stage (i32.lt_u (local.get $run) (i32.sub (local.get $end) (local.get $z)))))
    (call $unfold (local.get $z) (local.get $power) (local.get $stages) (local.get $count)))

  ;; Power -> magnitude, in place; adds to the four numbers at `rise` how much ln(1 + scale * magnitude) of the bins from 1 on
  ;; grew since the frame before; `before` keeps those logarithms of the last four frames. The logarithm is read from the
  ;; bits of the number (exponent, and a parabola through the mantissa): within 0.004.
  (func (export "rises") (param $power i32) (param $before i32) (param $count i32) (param $scale f32) (param $rise i32)
    (local $end i32) (local $value v128) (local $mantissa v128) (local $sum v128) (local $bits v128)
    (local.set $end (i32.add (local.get $power) (i32.shl (local.get $count) (i32.const 4))))
    (v128.store (local.get $power) (f32x4.sqrt (v128.load (local.get $power))))
    (loop $next
      (local.set $power (i32.add (local.get $power) (i32.const 16)))
      (local.set $before (i32.add (local.get $before) (i32.const 16)))
      (local.set $value (f32x4.sqrt (v128.load (local.get $power))))
      (v128.store (local.get $power) (local.get $value))
      (local.set $bits
        (f32x4.add (f32x4.mul (local.get $value) (f32x4.splat (local.get $scale))) (v128.const f32x4 1 1 1 1)))
      (local.set $mantissa
        (v128.or
          (v128.and (local.get $bits) (v128.const i32x4 0x7fffff 0x7fffff 0x7fffff 0x7fffff))
          (v128.const f32x4 1 1 1 1)))
      (local.set $value
        (f32x4.mul (v128.const f32x4 0.6931472 0.6931472 0.6931472 0.6931472)
          (f32x4.add
            (f32x4.convert_i32x4_s
              (i32x4.sub (i32x4.shr_u (local.get $bits) (i32.const 23)) (v128.const i32x4 127 127 127 127)))
            (f32x4.sub
              (f32x4.mul (local.get $mantissa)
                (f32x4.sub (v128.const f32x4 2.024658 2.024658 2.024658 2.024658)
                  (f32x4.mul (local.get $mantissa) (v128.const f32x4 0.344845 0.344845 0.344845 0.344845))))
              (v128.const f32x4 1.674873 1.674873 1.674873 1.674873)))))
      (local.set $sum
        (f32x4.add (local.get $sum)
          (f32x4.max (v128.const f32x4 0 0 0 0)
            (f32x4.sub (local.get $value)
              (i8x16.shuffle 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27
                (v128.load (local.get $before)) (local.get $value))))))
      (v128.store (local.get $before) (local.get $value))
      (br_if $next (i32.lt_u (local.get $power) (local.get $end))))
    (v128.store (local.get $rise) (local.get $sum)))

  ;; Weighted sums of neighbouring bins: for each of `bands`, `table` has the first bin and the number of bins (32-bit), and its
  ;; weights follow those of the band before at `weights`. Four numbers each at `out`.
  (func (export "bands") (param $power i32) (param $table i32) (param $bands i32) (param $weights i32) (param $out i32)
    (local $at i32) (local $stop i32) (local $sum v128)
    (loop $band
      (local.set $at (i32.add (local.get $power) (i32.shl (i32.load (local.get $table)) (i32.const 4))))
      (local.set $stop (i32.add (local.get $weights) (i32.shl (i32.load offset=4 (local.get $table)) (i32.const 2))))
      (local.set $sum (v128.const f32x4 0 0 0 0))
      (loop $bin
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (v128.load32_splat (local.get $weights)) (v128.load (local.get $at)))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $bin (i32.lt_u (local.tee $weights (i32.add (local.get $weights) (i32.const 4))) (local.get $stop))))
      (v128.store (local.get $out) (local.get $sum))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $table (i32.add (local.get $table) (i32.const 8)))
      (br_if $band (local.tee $bands (i32.sub (local.get $bands) (i32.const 1)))))))
