using CsCheck;
using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Scoring.Engine.Evaluation.Replay;
using EarlyWarning.Scoring.Engine.Models;
using EarlyWarning.Scoring.Engine.States;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Thresholds;

/// <summary>A threshold that is played over history warns as it would have warned live.</summary>
public sealed class ReplayTests
{
    private static readonly string[] s_indicators = ["killings", "threats", "courts"];

    [Fact]
    public void Replay_OfWhatCameLive_RaisesTheSameWarnings()
    {
        var warnings = 0;
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var threshold = Threshold(random);
                    var moments = Moments(random);
                    var live = Live(threshold, moments);
                    Interlocked.Add(ref warnings, live.Count);
                    Assert.Equal(live, Replayed(threshold, moments));
                },
                iter: 100
            );
        Assert.InRange(warnings, 100, int.MaxValue);
    }

    private static V1.Threshold Threshold(Random random) => Samples.Above(random.Next(20, 81), change: threshold =>
        {
            threshold.Condition = (V1.Condition)random.Next(1, 5);
            if (threshold.Condition == V1.Condition.Level)
            {
                threshold.Level = random.Next(2) == 0 ? "medium" : "high";
            }
            else if (threshold.Condition == V1.Condition.Rise)
            {
                (threshold.Value, threshold.Window) = (random.Next(5, 30), Duration.FromTimeSpan(TimeSpan.FromHours(random.Next(1, 90))));
            }
            else if (random.Next(2) == 0)
            {
                threshold.ClearingValue = threshold.Value + (random.Next(20) * (threshold.Condition == V1.Condition.Below ? 1 : -1));
            }

            if (random.Next(2) == 0)
            {
                threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(random.Next(1, 30)));
            }

            if (random.Next(3) == 0)
            {
                threshold.MinimumProbability = 0.5 + (0.45 * random.NextDouble());
            }

            if (random.Next(3) == 0)
            {
                threshold.MinimumCoverage = random.NextDouble();
            }
        });

    /// <summary>When what was observed; the first moments know little.</summary>
    private static (DateTimeOffset Time, (int Leaf, double Value)[] Values)[] Moments(Random random)
    {
        var (time, known) = (Samples.Start, random.Next(1, 4));
        return
        [
            .. Enumerable
                .Range(0, 25)
                .Select(i =>
                {
                    time = time.AddHours(random.Next(1, 20));
                    return (time, Values(random, i < 5 ? known : 3));
                }),
        ];
    }

    private static (int Leaf, double Value)[] Values(Random random, int leaves) =>
        [.. Enumerable.Range(0, leaves).Where(_ => random.Next(3) > 0).DefaultIfEmpty(0).Select(leaf => (leaf, (double)random.Next(101)))];

    private static List<(DateTime Start, DateTime? End)> Live(
        V1.Threshold threshold,
        (DateTimeOffset Time, (int Leaf, double Value)[] Values)[] moments
    )
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()).Put(threshold));
        foreach (var (time, values) in moments)
        {
            country.Pass(time - country.Now);
            country.Record([.. values.Select(value => Observation(value.Leaf, value.Value, time))]);
        }

        country.Pass(TimeSpan.FromDays(30));
        return
        [
            .. country
                .Decided.GroupBy(breach => (breach.Name, breach.FireTime))
                .Select(changes => (changes.Key.FireTime.ToDateTime(), changes.Last().EndTime?.ToDateTime())),
        ];
    }

    private static List<(DateTime Start, DateTime? End)> Replayed(
        V1.Threshold threshold,
        (DateTimeOffset Time, (int Leaf, double Value)[] Values)[] moments
    )
    {
        var framework = Samples.Small().Compiled;
        var state = new ScoreState(framework, new ReferenceUnit("XAA"));
        var states = new List<ScoreState>();
        foreach (var (_, values) in moments)
        {
            foreach (var (leaf, value) in values)
            {
                Assert.True(framework.TryGetLeaf(s_indicators[leaf], out var number));
                state.Set(number, value, Error(value));
            }

            state.Update();
            var now = new ScoreState(framework, new ReferenceUnit("XAA"));
            now.CopyFrom(state);
            states.Add(now);
        }

        DateTimeOffset[] times = [.. moments.Select(moment => moment.Time)];
        var history = new ScoreHistory("XAA", [.. states.Select((one, i) => new ScorePoint(times[i], one.Score ?? double.NaN))]);
        var watch = new ReplayedThreshold(threshold, new(framework.Root, -1), times, states);
        return
        [
            .. WatchReplay
                .Play(history, watch, times[^1].AddDays(30))
                .Select(warning => (warning.Start.UtcDateTime, warning.End?.UtcDateTime)),
        ];
    }

    private static V1.Observation Observation(int leaf, double value, DateTimeOffset time)
    {
        var observation = Samples.Observation(s_indicators[leaf], value, time);
        observation.StandardError = Error(value);
        return observation;
    }

    private static double Error(double value) => 1 + (value % 17);
}
