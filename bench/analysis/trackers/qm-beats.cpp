// Beats and downbeats by the QM DSP library, set up as its bar and beat tracker plugin is. Reads mono 32-bit float PCM at 44.1 kHz.
#include <cstdio>
#include <fstream>
#include <vector>
#include "dsp/onsets/DetectionFunction.h"
#include "dsp/tempotracking/DownBeat.h"
#include "dsp/tempotracking/TempoTrackV2.h"

int main(int, char **argv) {
  const float rate = 44100;
  const size_t step = 512;
  const size_t decimation = 16;
  std::ifstream file(argv[1], std::ios::binary | std::ios::ate);
  std::vector<float> samples(static_cast<size_t>(file.tellg()) / sizeof(float));
  file.seekg(0);
  file.read(reinterpret_cast<char *>(samples.data()), samples.size() * sizeof(float));

  DFConfig config;
  config.DFType = DF_COMPLEXSD;
  config.stepSize = step;
  config.frameLength = 2 * step;
  config.dbRise = 3;
  config.adaptiveWhitening = false;
  config.whiteningRelaxCoeff = -1;
  config.whiteningFloor = -1;
  DetectionFunction function(config);
  DownBeat bars(rate, decimation, step);
  bars.setBeatsPerBar(4);

  std::vector<double> onsets;
  std::vector<double> frame(config.frameLength);
  for (size_t at = 0; at + config.frameLength <= samples.size(); at += step) {
    for (size_t i = 0; i < config.frameLength; i++) frame[i] = samples[at + i];
    onsets.push_back(function.processTimeDomain(frame.data()));
    bars.pushAudioBlock(&samples[at]);
  }
  // As the plugin does: the first values are the window filling up, and trailing zeros hold no beats.
  std::vector<double> curve;
  std::vector<double> periods;
  size_t last = onsets.size();
  while (last > 0 && onsets[last - 1] <= 0) last--;
  for (size_t i = 2; i < last; i++) {
    curve.push_back(onsets[i]);
    periods.push_back(0);
  }
  if (curve.empty()) return 0;
  TempoTrackV2 tracker(rate, step);
  std::vector<double> tempi;
  tracker.calculateBeatPeriod(curve, periods, tempi);
  std::vector<double> beats;
  tracker.calculateBeats(curve, periods, beats);
  for (double &beat : beats) beat += 2;
  std::vector<int> downbeats;
  size_t length = 0;
  const float *decimated = bars.getBufferedAudio(length);
  bars.findDownBeats(decimated, length, beats, downbeats);
  // A value belongs to the middle of its window.
  const double middle = config.frameLength / 2.0;
  for (double beat : beats) std::printf("beat %.4f\n", (beat * step + middle) / rate);
  for (int i : downbeats) std::printf("downbeat %.4f\n", (beats[i] * step + middle) / rate);
}
