using CsCheck;
using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.States;

/// <summary>How a sequence is cut into batches changes neither what it warns of nor what it is folded to.</summary>
public sealed class SequenceCutTests
{
    private static readonly string[] s_indicators = ["killings", "threats", "courts"];

    [Fact]
    public void Record_SortedSequenceCutBetweenMoments_WarnsTheSameAtTheSameMoments() =>
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var moments = Moments(random);
                    var whole = Warnings(moments, _ => false);
                    Assert.Equal(whole, Warnings(moments, _ => random.Next(3) == 0));
                    Assert.Equal(whole, Warnings(moments, _ => true));
                },
                iter: 60
            );

    [Fact]
    public void Record_SortedSequenceCutBetweenMoments_IsFoldedAsItWasDecided() =>
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var country = Play(Moments(random), _ => random.Next(5) == 0);
                    var live = Convert.ToHexString(country.State.Write());
                    Assert.Equal(live, Convert.ToHexString(country.Fold().Write()));

                    // A crash came after any of the entries: what follows is decided as it was.
                    var last = random.Next(country.Entries.Count);
                    var state = country.NewState();
                    country.Entries.Take(last + 1).ToList().ForEach(state.Fold);
                    while (state.Undecided)
                    {
                        state.Decide();
                    }

                    var restored = country.NewState();
                    Assert.True(restored.TryRead(state.Write()));
                    country.Entries.Skip(last + 1).ToList().ForEach(restored.Fold);
                    while (restored.Undecided)
                    {
                        restored.Decide();
                    }

                    Assert.Equal(live, Convert.ToHexString(restored.Write()));
                },
                iter: 60
            );

    private static V1.Observation[][] Moments(Random random)
    {
        var time = Samples.Start;
        return
        [
            .. Enumerable
                .Range(0, 30)
                .Select(_ =>
                {
                    time = time.AddHours(random.Next(1, 20));
                    return s_indicators
                        .Take(random.Next(1, 4))
                        .Select(indicator =>
                        {
                            var observation = Samples.Observation(
                                indicator,
                                random.Next(101),
                                time,
                                horizon: random.Next(8) == 0 ? TimeSpan.FromDays(1) : null
                            );
                            observation.StandardError = random.Next(1, 20);
                            return observation;
                        })
                        .ToArray();
                }),
        ];
    }

    /// <summary>
    /// Receives what was observed as soon as the last of it was, cut between moments; nobody can wait for what is still to come.
    /// </summary>
    private static CountryDriver Play(V1.Observation[][] moments, Func<int, bool> cut)
    {
        var country = new CountryDriver(Catalogue());
        var waiting = new List<V1.Observation>();
        for (var i = 0; i < moments.Length; i++)
        {
            var span = moments[i][0].ObservedAt.ToDateTimeOffset() - country.Now;
            if (waiting.Count == 0)
            {
                country.Pass(span);
            }
            else
            {
                country.Sleep(span);
            }

            waiting.AddRange(moments[i]);
            if (i == moments.Length - 1 || cut(i))
            {
                country.Record([.. waiting]);
                waiting.Clear();
            }
        }

        return country;
    }

    private static List<string> Warnings(V1.Observation[][] moments, Func<int, bool> cut) =>
        [
            .. Play(moments, cut)
                .Decided.GroupBy(breach => (breach.Threshold.Name, breach.FireTime))
                .Select(changes => $"{changes.Key} to {changes.Last().EndTime}: {First(changes)}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What it was when it fired, apart from names, positions and how it was told.</summary>
    private static string First(IEnumerable<V1.Breach> changes)
    {
        var breach = changes.First();
        return $"{breach.Score} {breach.Level} {breach.Probability} "
            + $"{(breach.FireSentence.Length > 0 ? breach.FireSentence : breach.Sentence)}";
    }

    private static FakeCatalogue Catalogue() =>
        new FakeCatalogue()
            .Put(Samples.Small(validity: TimeSpan.FromDays(2)))
            .Put(Samples.Above(60, change: threshold => threshold.ClearingValue = 40))
            .Put(
                Samples.Above(60, change: threshold =>
                    (threshold.Name, threshold.For) = ("thresholds/waits", Duration.FromTimeSpan(TimeSpan.FromHours(9)))
                )
            )
            .Put(Samples.Above(55, change: threshold => (threshold.Name, threshold.MinimumProbability) = ("thresholds/sure", 0.8)))
            .Put(
                Samples.Above(0, change: threshold =>
                    (threshold.Name, threshold.Condition, threshold.Level) = ("thresholds/level", V1.Condition.Level, "high")
                )
            )
            .Put(
                Samples.Above(25, change: threshold =>
                    (threshold.Name, threshold.Condition, threshold.Window, threshold.For) = (
                        "thresholds/rise",
                        V1.Condition.Rise,
                        Duration.FromTimeSpan(TimeSpan.FromDays(3)),
                        Duration.FromTimeSpan(TimeSpan.FromHours(5))
                    )
                )
            );
}
