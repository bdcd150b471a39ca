;; The passes of relaxation.ts, two tracks in each vector. Built into passes-kernel.ts by `node scripts/assemble-kernels.ts`. Sums are
;; made in the order of the formula, so that every cost is the same, to the bit, as one found by trying start after start.
;;
;; Tracks lie in lanes, grouped by key (an even number of lanes each, in the order that decides ties). A lane keeps the least cost of
;; its starts so far (its floor) and where that was: only where this promises something better and has left the lane's window
;; is the window looked through. All addresses and lengths are in bytes, boundaries and keys are numbers.
(module
  (memory (export "memory") 1)
  (global $cells (mut i32) (i32.const 0))
  (global $width (mut i32) (i32.const 0))
  (global $groups (mut i32) (i32.const 0))
  (global $groupsEnd (mut i32) (i32.const 0))
  (global $costs (mut i32) (i32.const 0))
  (global $earliest (mut i32) (i32.const 0))
  (global $latest (mut i32) (i32.const 0))
  (global $firstEnd (mut i32) (i32.const 0))
  (global $prices (mut i32) (i32.const 0))
  (global $tracks (mut i32) (i32.const 0))
  (global $floors (mut i32) (i32.const 0))
  (global $places (mut i32) (i32.const 0))
  (global $row (mut i32) (i32.const 0))
  (global $clash (mut f64) (f64.const 0))

  ;; Says where a problem lies. `width`: lanes * 8. `groups`: for each key in use its number and the end of its lanes (32-bit, lane * 8).
  ;; `costs`: running costs, [boundary][lane]; `earliest`: [lane][boundary], 16-bit; `latest` and
  ;; `firstEnd`: [boundary], 32-bit; `tracks`: 32-bit; `prices`, `floors` (64-bit floats) and `places` (64-bit integers): a lane each; `row`: room
  ;; for 26 floats; `clash`: the most by which one change is dearer than another.
  (func (export "lay") (param $cells i32) (param $width i32) (param $groups i32) (param $groupsEnd i32) (param $costs i32)
    (param $earliest i32) (param $latest i32) (param $firstEnd i32) (param $prices i32) (param $tracks i32) (param $floors i32)
    (param $places i32) (param $row i32) (param $clash f64)
    (global.set $cells (local.get $cells))
    (global.set $width (local.get $width))
    (global.set $groups (local.get $groups))
    (global.set $groupsEnd (local.get $groupsEnd))
    (global.set $costs (local.get $costs))
    (global.set $earliest (local.get $earliest))
    (global.set $latest (local.get $latest))
    (global.set $firstEnd (local.get $firstEnd))
    (global.set $prices (local.get $prices))
    (global.set $tracks (local.get $tracks))
    (global.set $floors (local.get $floors))
    (global.set $places (local.get $places))
    (global.set $row (local.get $row))
    (global.set $clash (local.get $clash)))

  ;; Lays the running costs of two tracks, at `first` and `second`, into two lanes; `to` is the place of boundary 0.
  (func (export "pair") (param $first i32) (param $second i32) (param $to i32)
    (local $left i32)
    (local.set $left (i32.add (global.get $cells) (i32.const 1)))
    (loop $next
      (v128.store (local.get $to)
        (v128.load64_lane 1 (local.get $second) (v128.load64_zero (local.get $first))))
      (local.set $first (i32.add (local.get $first) (i32.const 8)))
      (local.set $second (i32.add (local.get $second) (i32.const 8)))
      (local.set $to (i32.add (local.get $to) (global.get $width)))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))

  ;; Where the running costs of a boundary begin.
  (func $costsAt (param $boundary i32) (result i32)
    (i32.add (global.get $costs) (i32.mul (local.get $boundary) (global.get $width))))

  ;; The first start a lane may have for an end.
  (func $earliestAt (param $lane i32) (param $end i32) (result i32)
    (i32.load16_s
      (i32.add (global.get $earliest)
        (i32.shl
          (i32.add (i32.mul (i32.shr_u (local.get $lane) (i32.const 3)) (i32.add (global.get $cells) (i32.const 1))) (local.get $end))
          (i32.const 1)))))

  (func $latestAt (param $end i32) (result i32)
    (i32.load (i32.add (global.get $latest) (i32.shl (local.get $end) (i32.const 2)))))

  ;; Lanes forget their floors.
  (func $forget
    (local $lane i32)
    (loop $next
      (v128.store (i32.add (global.get $floors) (local.get $lane)) (v128.const f64x2 inf inf))
      (v128.store (i32.add (global.get $places) (local.get $lane)) (v128.const i64x2 0 0))
      (br_if $next
        (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 16))) (global.get $width)))))

  ;; Makes a lane's floor that of its starts for `end` alone, if it is not yet. `entering`: the row of its key.
  (func $lookBack (param $lane i32) (param $end i32) (param $entering i32)
    (local $start i32) (local $last i32) (local $cost f64) (local $floor f64) (local $place i32) (local $at i32)
    (local.set $start (call $earliestAt (local.get $lane) (local.get $end)))
    (if (i32.ge_s (i32.load (i32.add (global.get $places) (local.get $lane))) (local.get $start)) (then (return)))
    (local.set $last (call $latestAt (local.get $end)))
    (local.set $floor (f64.const inf))
    (local.set $place (local.get $start))
    (local.set $at (i32.add (call $costsAt (local.get $start)) (local.get $lane)))
    (block $done
      (loop $next
        (br_if $done (i32.gt_s (local.get $start) (local.get $last)))
        (local.set $cost
          (f64.sub
            (f64.load (i32.add (local.get $entering) (i32.shl (local.get $start) (i32.const 3))))
            (f64.load (local.get $at))))
        (if (f64.le (local.get $cost) (local.get $floor))
          (then
            (local.set $floor (local.get $cost))
            (local.set $place (local.get $start))))
        (local.set $at (i32.add (local.get $at) (global.get $width)))
        (local.set $start (i32.add (local.get $start) (i32.const 1)))
        (br $next)))
    (f64.store (i32.add (global.get $floors) (local.get $lane)) (local.get $floor))
    (i64.store (i32.add (global.get $places) (local.get $lane)) (i64.extend_i32_s (local.get $place))))

  ;; Takes the starts from `fresh` to `last` into the floors of two lanes; answers the floors.
  (func $freshStarts (param $lane i32) (param $fresh i32) (param $last i32) (param $entering i32) (result v128)
    (local $floor v128) (local $place v128) (local $cost v128)
    (local.set $floor (v128.load (i32.add (global.get $floors) (local.get $lane))))
    (if (i32.gt_s (local.get $fresh) (local.get $last)) (then (return (local.get $floor))))
    (local.set $place (v128.load (i32.add (global.get $places) (local.get $lane))))
    (loop $next
      (local.set $cost
        (f64x2.sub
          (v128.load64_splat (i32.add (local.get $entering) (i32.shl (local.get $fresh) (i32.const 3))))
          (v128.load (i32.add (call $costsAt (local.get $fresh)) (local.get $lane)))))
      (local.set $place
        (v128.bitselect
          (i64x2.splat (i64.extend_i32_s (local.get $fresh)))
          (local.get $place)
          (f64x2.le (local.get $cost) (local.get $floor))))
      (local.set $floor (f64x2.pmin (local.get $floor) (local.get $cost)))
      (br_if $next (i32.le_s (local.tee $fresh (i32.add (local.get $fresh) (i32.const 1))) (local.get $last))))
    (v128.store (i32.add (global.get $floors) (local.get $lane)) (local.get $floor))
    (v128.store (i32.add (global.get $places) (local.get $lane)) (local.get $place))
    (local.get $floor))

  ;; Into `row` the cheapest way over one change: the least of from[k] + change[k][key], k in 0..25; both 25 or 26 floats wide as they lie.
  (func $change (param $from i32) (param $changes i32)
    (local $at i32) (local $k i32) (local $cost f64) (local $most f64) (local $cheapest f64) (local $here v128)
    (local.set $cheapest (f64.const inf))
    (loop $next
      (local.set $cheapest
        (f64.min (local.get $cheapest) (f64.load (i32.add (local.get $from) (i32.shl (local.get $k) (i32.const 3))))))
      (br_if $next (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (i32.const 25))))
    (loop $clear
      (v128.store (i32.add (global.get $row) (local.get $at)) (v128.const f64x2 inf inf))
      (br_if $clear (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 208))))
    ;; From the cheapest key even a clash is better than anything dearer than this.
    (local.set $most (f64.add (local.get $cheapest) (global.get $clash)))
    (local.set $k (i32.const 0))
    (loop $next
      (local.set $cost (f64.load (i32.add (local.get $from) (i32.shl (local.get $k) (i32.const 3)))))
      (if (i32.and
            (f64.le (local.get $cost) (local.get $most))
            (f64.lt (local.get $cost) (f64.const inf)))
        (then
          (local.set $here (f64x2.splat (local.get $cost)))
          (local.set $at (i32.const 0))
          (loop $keys
            (v128.store (i32.add (global.get $row) (local.get $at))
              (f64x2.pmin
                (v128.load (i32.add (global.get $row) (local.get $at)))
                (f64x2.add (local.get $here) (v128.load (i32.add (local.get $changes) (local.get $at))))))
            (br_if $keys (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (i32.const 208))))))
      (local.set $changes (i32.add (local.get $changes) (i32.const 208)))
      (br_if $next (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (i32.const 25)))))

  ;; Writes `row` to a boundary of rows that lie key by key.
  (func $scatter (param $to i32) (param $boundary i32)
    (local $at i32)
    (local.set $to (i32.add (local.get $to) (i32.shl (local.get $boundary) (i32.const 3))))
    (loop $next
      (f64.store (local.get $to) (f64.load (i32.add (global.get $row) (local.get $at))))
      (local.set $to (i32.add (local.get $to) (i32.shl (i32.add (global.get $cells) (i32.const 1)) (i32.const 3))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 200)))))

  ;; Ends a lane's track at `end` if that is cheaper than what is known.
  (func $arrive (param $lane i32) (param $end i32) (param $entering i32) (param $best i32) (param $track i32)
    (local $cost f64)
    (call $lookBack (local.get $lane) (local.get $end) (local.get $entering))
    (local.set $cost
      (f64.add
        (f64.add
          (f64.load (i32.add (global.get $floors) (local.get $lane)))
          (f64.load (i32.add (call $costsAt (local.get $end)) (local.get $lane))))
        (f64.load (i32.add (global.get $prices) (local.get $lane)))))
    (if (f64.lt (local.get $cost) (f64.load (local.get $best)))
      (then
        (f64.store (local.get $best) (local.get $cost))
        (i32.store (local.get $track)
          (i32.load (i32.add (global.get $tracks) (i32.shr_u (local.get $lane) (i32.const 1))))))))

  ;; Fills entering[key][boundary] from boundary 1 on, and arrived[boundary][key] (which holds infinity) with the tracks. The 26 numbers
  ;; of changes[key] are the costs of changing from a key.
  (func (export "forward") (param $entering i32) (param $arrived i32) (param $arrivedTrack i32) (param $changes i32)
    (local $end i32) (local $fresh i32) (local $last i32) (local $group i32) (local $lane i32) (local $laneEnd i32) (local $state i32)
    (local $from i32) (local $best i32) (local $track i32) (local $costs i32) (local $hits i32)
    (call $forget)
    (local.set $end (i32.const 1))
    (loop $ends
      (local.set $last (call $latestAt (local.get $end)))
      (local.set $costs (call $costsAt (local.get $end)))
      (local.set $lane (i32.const 0))
      (local.set $group (global.get $groups))
      (loop $keys
        (local.set $laneEnd (i32.load offset=4 (local.get $group)))
        (local.set $state (i32.load (local.get $group)))
        (local.set $from
          (i32.add (local.get $entering)
            (i32.shl (i32.mul (local.get $state) (i32.add (global.get $cells) (i32.const 1))) (i32.const 3))))
        (local.set $state (i32.add (i32.mul (local.get $end) (i32.const 25)) (local.get $state)))
        (local.set $best (i32.add (local.get $arrived) (i32.shl (local.get $state) (i32.const 3))))
        (local.set $track (i32.add (local.get $arrivedTrack) (i32.shl (local.get $state) (i32.const 2))))
        (loop $lanes
          (local.set $hits
            (i64x2.bitmask
              (f64x2.lt
                (f64x2.add
                  (f64x2.add
                    (call $freshStarts (local.get $lane) (local.get $fresh) (local.get $last) (local.get $from))
                    (v128.load (i32.add (local.get $costs) (local.get $lane))))
                  (v128.load (i32.add (global.get $prices) (local.get $lane))))
                (v128.load64_splat (local.get $best)))))
          (if (local.get $hits)
            (then
              (if (i32.and (local.get $hits) (i32.const 1))
                (then
                  (call $arrive (local.get $lane) (local.get $end) (local.get $from) (local.get $best) (local.get $track))))
              (if (i32.and (local.get $hits) (i32.const 2))
                (then
                  (call $arrive
                    (i32.add (local.get $lane) (i32.const 8))
                    (local.get $end) (local.get $from) (local.get $best) (local.get $track))))))
          (br_if $lanes
            (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 16))) (local.get $laneEnd))))
        (br_if $keys
          (i32.lt_u (local.tee $group (i32.add (local.get $group) (i32.const 8))) (global.get $groupsEnd))))
      (if (i32.ge_s (local.get $last) (local.get $fresh))
        (then (local.set $fresh (i32.add (local.get $last) (i32.const 1)))))
      (call $change
        (i32.add (local.get $arrived) (i32.mul (local.get $end) (i32.const 200)))
        (local.get $changes))
      (call $scatter (local.get $entering) (local.get $end))
      (br_if $ends (i32.le_u (local.tee $end (i32.add (local.get $end) (i32.const 1))) (global.get $cells)))))

  ;; The same as lookBack for the ends of a lane's track from `start`. `onward`: the row of its key.
  (func $lookAhead (param $lane i32) (param $start i32) (param $onward i32)
    (local $end i32) (local $cost f64) (local $floor f64) (local $place i32) (local $price f64)
    (local.set $place (i32.load (i32.add (global.get $places) (local.get $lane))))
    (if (i32.le_s (call $earliestAt (local.get $lane) (local.get $place)) (local.get $start)) (then (return)))
    (local.set $price (f64.load (i32.add (global.get $prices) (local.get $lane))))
    (local.set $end (i32.load (i32.add (global.get $firstEnd) (i32.shl (local.get $start) (i32.const 2)))))
    (local.set $place (i32.const 0))
    (local.set $floor (f64.const inf))
    (block $done
      (loop $next
        (br_if $done (i32.gt_s (local.get $end) (global.get $cells)))
        (br_if $done (i32.gt_s (call $earliestAt (local.get $lane) (local.get $end)) (local.get $start)))
        (local.set $cost
          (f64.add
            (f64.add
              (f64.load (i32.add (local.get $onward) (i32.shl (local.get $end) (i32.const 3))))
              (f64.load (i32.add (call $costsAt (local.get $end)) (local.get $lane))))
            (local.get $price)))
        (if (f64.lt (local.get $cost) (local.get $floor))
          (then
            (local.set $floor (local.get $cost))
            (local.set $place (local.get $end))))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (br $next)))
    (f64.store (i32.add (global.get $floors) (local.get $lane)) (local.get $floor))
    (i64.store (i32.add (global.get $places) (local.get $lane)) (i64.extend_i32_s (local.get $place))))

  ;; The same as freshStarts for the ends from `last` down to `first`.
  (func $freshEnds (param $lane i32) (param $first i32) (param $last i32) (param $onward i32) (result v128)
    (local $floor v128) (local $place v128) (local $cost v128)
    (local.set $floor (v128.load (i32.add (global.get $floors) (local.get $lane))))
    (if (i32.gt_s (local.get $first) (local.get $last)) (then (return (local.get $floor))))
    (local.set $place (v128.load (i32.add (global.get $places) (local.get $lane))))
    (loop $next
      (local.set $cost
        (f64x2.add
          (f64x2.add
            (v128.load64_splat (i32.add (local.get $onward) (i32.shl (local.get $last) (i32.const 3))))
            (v128.load (i32.add (call $costsAt (local.get $last)) (local.get $lane))))
          (v128.load (i32.add (global.get $prices) (local.get $lane)))))
      (local.set $place
        (v128.bitselect
          (i64x2.splat (i64.extend_i32_s (local.get $last)))
          (local.get $place)
          (f64x2.le (local.get $cost) (local.get $floor))))
      (local.set $floor (f64x2.pmin (local.get $floor) (local.get $cost)))
      (br_if $next (i32.ge_s (local.tee $last (i32.sub (local.get $last) (i32.const 1))) (local.get $first))))
    (v128.store (i32.add (global.get $floors) (local.get $lane)) (local.get $floor))
    (v128.store (i32.add (global.get $places) (local.get $lane)) (local.get $place))
    (local.get $floor))

  ;; Starts a lane's track at `start` if that is cheaper than what is known.
  (func $leave (param $lane i32) (param $start i32) (param $onward i32) (param $best i32)
    (local $cost f64)
    (call $lookAhead (local.get $lane) (local.get $start) (local.get $onward))
    (local.set $cost
      (f64.sub
        (f64.load (i32.add (global.get $floors) (local.get $lane)))
        (f64.load (i32.add (call $costsAt (local.get $start)) (local.get $lane)))))
    (if (f64.lt (local.get $cost) (f64.load (local.get $best)))
      (then (f64.store (local.get $best) (local.get $cost)))))

  ;; Fills onward[key][boundary] from the last boundary but one back. The 26 numbers of changes[key] are the costs of changing to a key;
  ;; `starting`: room for 26 floats.
  (func (export "backward") (param $onward i32) (param $starting i32) (param $changes i32)
    (local $start i32) (local $first i32) (local $known i32) (local $group i32) (local $lane i32) (local $laneEnd i32)
    (local $from i32) (local $best i32) (local $costs i32) (local $hits i32) (local $key i32)
    (call $forget)
    (local.set $known (i32.add (global.get $cells) (i32.const 1)))
    (local.set $start (i32.sub (global.get $cells) (i32.const 1)))
    (loop $starts
      (local.set $first (i32.load (i32.add (global.get $firstEnd) (i32.shl (local.get $start) (i32.const 2)))))
      (local.set $costs (call $costsAt (local.get $start)))
      (local.set $lane (i32.const 0))
      (loop $clear
        (v128.store (i32.add (local.get $starting) (local.get $lane)) (v128.const f64x2 inf inf))
        (br_if $clear (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 16))) (i32.const 208))))
      (local.set $lane (i32.const 0))
      (local.set $group (global.get $groups))
      (loop $keys
        (local.set $laneEnd (i32.load offset=4 (local.get $group)))
        (local.set $key (i32.load (local.get $group)))
        (local.set $from
          (i32.add (local.get $onward)
            (i32.shl (i32.mul (local.get $key) (i32.add (global.get $cells) (i32.const 1))) (i32.const 3))))
        (local.set $best (i32.add (local.get $starting) (i32.shl (local.get $key) (i32.const 3))))
        (loop $lanes
          (local.set $hits
            (i64x2.bitmask
              (f64x2.lt
                (f64x2.sub
                  (call $freshEnds
                    (local.get $lane)
                    (local.get $first)
                    (i32.sub (local.get $known) (i32.const 1))
                    (local.get $from))
                  (v128.load (i32.add (local.get $costs) (local.get $lane))))
                (v128.load64_splat (local.get $best)))))
          (if (local.get $hits)
            (then
              (if (i32.and (local.get $hits) (i32.const 1))
                (then (call $leave (local.get $lane) (local.get $start) (local.get $from) (local.get $best))))
              (if (i32.and (local.get $hits) (i32.const 2))
                (then
                  (call $leave
                    (i32.add (local.get $lane) (i32.const 8))
                    (local.get $start) (local.get $from) (local.get $best))))))
          (br_if $lanes
            (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 16))) (local.get $laneEnd))))
        (br_if $keys
          (i32.lt_u (local.tee $group (i32.add (local.get $group) (i32.const 8))) (global.get $groupsEnd))))
      (if (i32.lt_s (local.get $first) (local.get $known)) (then (local.set $known (local.get $first))))
      (call $change (local.get $starting) (local.get $changes))
      (call $scatter (local.get $onward) (local.get $start))
      (br_if $starts (i32.ge_s (local.tee $start (i32.sub (local.get $start) (i32.const 1))) (i32.const 0)))))

  ;; Takes a lane's cheapest path over an end into through[lane].
  (func $pass (param $lane i32) (param $end i32) (param $entering i32) (param $on f64) (param $through i32)
    (local $cost f64)
    (call $lookBack (local.get $lane) (local.get $end) (local.get $entering))
    (local.set $cost
      (f64.add
        (f64.add
          (f64.load (i32.add (global.get $floors) (local.get $lane)))
          (f64.load (i32.add (call $costsAt (local.get $end)) (local.get $lane))))
        (local.get $on)))
    (local.set $through (i32.add (local.get $through) (local.get $lane)))
    (if (f64.lt (local.get $cost) (f64.load (local.get $through)))
      (then (f64.store (local.get $through) (local.get $cost)))))

  ;; Fills through[lane] (which holds infinity): the least of entering + running cost + onward over all its starts and ends.
  (func (export "over") (param $entering i32) (param $onward i32) (param $through i32)
    (local $end i32) (local $fresh i32) (local $last i32) (local $group i32) (local $lane i32) (local $laneEnd i32) (local $keyRow i32)
    (local $from i32) (local $on i32) (local $costs i32) (local $hits i32)
    (call $forget)
    (local.set $end (i32.const 1))
    (loop $ends
      (local.set $last (call $latestAt (local.get $end)))
      (local.set $costs (call $costsAt (local.get $end)))
      (local.set $lane (i32.const 0))
      (local.set $group (global.get $groups))
      (loop $keys
        (local.set $laneEnd (i32.load offset=4 (local.get $group)))
        (local.set $keyRow
          (i32.shl (i32.mul (i32.load (local.get $group)) (i32.add (global.get $cells) (i32.const 1))) (i32.const 3)))
        (local.set $from (i32.add (local.get $entering) (local.get $keyRow)))
        (local.set $on
          (i32.add (i32.add (local.get $onward) (local.get $keyRow)) (i32.shl (local.get $end) (i32.const 3))))
        (loop $lanes
          (local.set $hits
            (i64x2.bitmask
              (f64x2.lt
                (f64x2.add
                  (f64x2.add
                    (call $freshStarts (local.get $lane) (local.get $fresh) (local.get $last) (local.get $from))
                    (v128.load (i32.add (local.get $costs) (local.get $lane))))
                  (v128.load64_splat (local.get $on)))
                (v128.load (i32.add (local.get $through) (local.get $lane))))))
          (if (local.get $hits)
            (then
              (if (i32.and (local.get $hits) (i32.const 1))
                (then
                  (call $pass
                    (local.get $lane) (local.get $end) (local.get $from) (f64.load (local.get $on)) (local.get $through))))
              (if (i32.and (local.get $hits) (i32.const 2))
                (then
                  (call $pass
                    (i32.add (local.get $lane) (i32.const 8))
                    (local.get $end) (local.get $from) (f64.load (local.get $on)) (local.get $through))))))
          (br_if $lanes
            (i32.lt_u (local.tee $lane (i32.add (local.get $lane) (i32.const 16))) (local.get $laneEnd))))
        (br_if $keys
          (i32.lt_u (local.tee $group (i32.add (local.get $group) (i32.const 8))) (global.get $groupsEnd))))
      (if (i32.ge_s (local.get $last) (local.get $fresh))
        (then (local.set $fresh (i32.add (local.get $last) (i32.const 1)))))
      (br_if $ends (i32.le_u (local.tee $end (i32.add (local.get $end) (i32.const 1))) (global.get $cells))))))
