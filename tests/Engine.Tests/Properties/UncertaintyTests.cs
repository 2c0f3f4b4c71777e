using EarlyWarning.Engine.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Engine.Tests.Properties;

/// <summary>What holds for every interval.</summary>
public class UncertaintyTests
{
    [Fact]
    public void Interval_AnyState_HoldsTheScoreAndGrowsWithConfidence() => Generators.Cases(Generators.Any).Sample(
        play =>
        {
            var state = play.Play();
            if (state.Score is not { } score)
            {
                Assert.Null(state.Interval(0.9));
                Assert.Null(state.ProbabilityAtLeast(0));
                return;
            }

            var (narrow, wide) = (state.Interval(0.5)!.Value, state.Interval(0.95)!.Value);
            var tolerance = 1e-9 * play.Model.Ceiling;
            double[] rising = [wide.Low, narrow.Low, score, narrow.High, wide.High];
            for (var i = 1; i < rising.Length; i++) Assert.True(rising[i] >= rising[i - 1] - tolerance, $"{wide} {narrow} {score:R}");
            var range = play.Compiled.NodeRange(play.Compiled.Root);
            Assert.InRange(wide.Low, range.Low, range.High);
            Assert.InRange(wide.High, range.Low, range.High);
            Assert.False(double.IsNaN(wide.StandardError));
        },
        iter: 2_000);

    [Fact]
    public void Probability_EndOfTheInterval_IsTheTailBeyondIt() => Generators.Cases(Generators.Any).Sample(
        play =>
        {
            var state = play.Play();
            if (state.Interval(0.8) is not { StandardError: > 1e-6 } interval) return;
            var (low, high) = play.Compiled.NodeRange(play.Compiled.Root);

            // Nearer to an end of the scale a double no longer tells how far the log-odds go.
            if (interval.Low > low + 1e-6) AssertTail(0.9, state.ProbabilityAtLeast(interval.Low)!.Value);
            if (interval.High < high - 1e-6) AssertTail(0.1, state.ProbabilityAtLeast(interval.High)!.Value);

            // Where a calibration is level, a score reaches a value as soon as it reaches the level's start.
            void AssertTail(double expected, double actual) => Assert.InRange(actual, expected - 1e-6, HasLevels(play.Model) ? 1 : expected + 1e-6);
        },
        iter: 2_000);

    [Fact]
    public void Clear_ArithmeticTree_NeverNarrowsTheStandardError() => Generators.Cases(Generators.Arithmetic).Sample(
        play =>
        {
            var state = play.Play();
            for (var leaf = 0; leaf < play.Compiled.LeafCount; leaf++)
            {
                var before = state.Interval(0.9)?.StandardError;
                state.Clear(leaf);
                state.Update();
                if (before is { } narrower && state.Interval(0.9)?.StandardError is { } wider)
                    Assert.True(wider >= narrower - 1e-9, $"{wider:R} after, {narrower:R} before.");
            }
        },
        iter: 2_000);

    private static bool HasLevels(Framework model) => model is LogisticFramework { Calibration: IsotonicCalibration } or EnsembleFramework { Calibration: IsotonicCalibration };
}
