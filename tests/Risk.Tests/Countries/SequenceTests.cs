using CsCheck;
using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Countries;

/// <summary>What is received together is decided upon moment by moment, as if it had come alone.</summary>
public sealed class SequenceTests
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
                    var desk = Play(Moments(random), _ => random.Next(5) == 0);
                    var live = Convert.ToHexString(desk.State.Write());
                    Assert.Equal(live, Convert.ToHexString(desk.Fold().Write()));

                    // A crash came after any of the entries: what follows is decided as it was.
                    var last = random.Next(desk.Entries.Count);
                    var state = desk.NewState();
                    desk.Entries.Take(last + 1).ToList().ForEach(state.Fold);
                    while (state.Undecided)
                    {
                        state.Decide();
                    }

                    var restored = desk.NewState();
                    Assert.True(restored.TryRead(state.Write()));
                    desk.Entries.Skip(last + 1).ToList().ForEach(restored.Fold);
                    while (restored.Undecided)
                    {
                        restored.Decide();
                    }

                    Assert.Equal(live, Convert.ToHexString(restored.Write()));
                },
                iter: 60
            );

    [Fact]
    public void Record_UnsortedInOneCall_IsDecidedInTheOrderOfWhatWasObserved()
    {
        var desk = Alarm();
        desk.Record(Values((3, 10), (1, 10), (2, 90), (4, 95)));
        Assert.Equal(["Resolved", "Firing"], desk.Story);
        Assert.Equal([2.0, 4.0], desk.Decided.Select(breach => Hours(breach.FireTime)));
    }

    [Fact]
    public void Record_FiredAndClearedInOneCall_IsOneResolvedBreachWithBothTimes()
    {
        var desk = Alarm();
        desk.Record(Values((1, 90), (2, 10)));
        var breach = Assert.Single(desk.Decided);
        Assert.Equal((V1.Breach.Types.State.Resolved, 1L, true), (breach.State, breach.Sequence, breach.Late));
        Assert.Equal((1, 2, 9, 9), (Hours(breach.FireTime), Hours(breach.EndTime), Hours(breach.DecideTime), Hours(breach.EndDecideTime)));
        Assert.Contains(
            "was past the line from 1 January 2030 01:00 UTC to 1 January 2030 02:00 UTC, received late",
            breach.Sentence,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            breach.FireSentence[breach.FireSentence.IndexOf(':', StringComparison.Ordinal)..],
            breach.Sentence,
            StringComparison.Ordinal
        );
        Assert.Contains("90 of 100", breach.FireSentence, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexString(desk.State.Write()), Convert.ToHexString(desk.Fold().Write()));
    }

    [Fact]
    public void Record_FiredAndClearedTwiceInOneCall_IsTwoBreaches()
    {
        var desk = Alarm();
        desk.Record(Values((1, 90), (2, 10), (3, 90), (4, 10)));
        Assert.Equal(["Resolved", "Resolved"], desk.Story);
        Assert.Equal(2, desk.Decided.Select(breach => breach.Name).Distinct().Count());
    }

    [Fact]
    public void Record_FiredEarlierAndClearedNow_IsTheFirstBreachResolved()
    {
        var desk = Alarm();
        desk.Record(Values((1, 90)));
        desk.Record(Values((2, 10), (3, 90)));
        Assert.Equal(["Firing", "Resolved", "Firing"], desk.Story);
        Assert.Equal([(1L, false), (2L, false), (1L, false)], desk.Decided.Select(breach => (breach.Sequence, breach.Late)));
    }

    [Fact]
    public void Record_OlderThanTheNewestOfItsSeries_IsLateAndDecidesNothing()
    {
        var desk = Alarm();
        desk.Record(Values((5, 10)));
        var before = desk.State.Clock;
        Assert.Equal([0, 1, 2], desk.Send(Values((4, 99))).Late);
        Assert.Empty(desk.Decided);
        Assert.Equal((10.0, before), (desk.Score, desk.State.Clock));
    }

    [Fact]
    public void Record_ObservedBeforeTheLastDecision_CountsFromThatDecision()
    {
        var desk = Alarm();
        desk.Record([.. Values((5, 50)).Where(observation => observation.Indicator != "threats")]);
        desk.Record(Samples.Observation("threats", 100, Samples.Start.AddHours(3)));
        Assert.Equal(5, Hours(Assert.Single(desk.Decided).FireTime));
    }

    [Fact]
    public void Record_ObservedAfterNow_CountsFromNow()
    {
        var desk = Alarm();
        desk.Record(Values((10, 90)));
        Assert.Equal(9, Hours(Assert.Single(desk.Decided).FireTime));
    }

    [Fact]
    public void For_OfWhatIsReceivedLate_CountsFromWhatWasObserved()
    {
        var desk = Alarm(threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(3)));
        desk.Record(Values((1, 90), (2, 95)));
        desk.Wake();
        Assert.Equal(4, Hours(Assert.Single(desk.Decided).FireTime));
    }

    [Fact]
    public void For_LostWithinWhatIsReceivedLate_DoesNotFire()
    {
        var desk = Alarm(threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(3)));
        desk.Record(Values((1, 90), (3, 10), (4, 90), (6, 10)));
        desk.Wake();
        Assert.Empty(desk.Decided);
    }

    [Fact]
    public void For_EndsBetweenTwoMomentsReceivedTogether_FiresAtItsOwnMoment()
    {
        var desk = Alarm(threshold => threshold.For = Duration.FromTimeSpan(TimeSpan.FromHours(3)));
        desk.Record(Values((1, 90), (6, 10)));
        var breach = Assert.Single(desk.Decided);
        Assert.Equal((4, 6, true), (Hours(breach.FireTime), Hours(breach.EndTime), breach.Late));
    }

    [Fact]
    public void Hysteresis_WithinWhatIsReceivedTogether_HoldsBetweenItsValues()
    {
        var desk = Alarm(threshold => threshold.ClearingValue = 40);
        desk.Record(Values((1, 90), (2, 50), (3, 70), (4, 30), (5, 50)));
        var breach = Assert.Single(desk.Decided);
        Assert.Equal((1, 4), (Hours(breach.FireTime), Hours(breach.EndTime)));
    }

    [Fact]
    public void Rise_WithinWhatIsReceivedTogether_IsSeen()
    {
        var desk = Alarm(threshold =>
            (threshold.Condition, threshold.Value, threshold.Window) = (V1.Condition.Rise, 30, Duration.FromTimeSpan(TimeSpan.FromHours(2)))
        );
        desk.Record(Values((1, 10), (2, 50), (3, 55), (7, 60)));
        var breach = Assert.Single(desk.Decided);
        Assert.Equal((2, 7), (Hours(breach.FireTime), Hours(breach.EndTime)));
    }

    [Fact]
    public void Backfill_OfASequence_WarnsOfNothingAndSetsNoDecisionBeforeIt()
    {
        var desk = Alarm();
        desk.Record(Values((1, 10), (2, 90), (3, 95)), backfill: true);
        Assert.Empty(desk.Decided);
        desk.Record(Values((4, 96)));
        Assert.Equal(4, Hours(Assert.Single(desk.Decided).FireTime));
    }

    private static V1.Observation[] Values(params (int Hour, double Value)[] values) =>
        [
            .. values.SelectMany(pair =>
                s_indicators.Select(indicator => Samples.Observation(indicator, pair.Value, Samples.Start.AddHours(pair.Hour)))
            ),
        ];

    private static double Hours(Timestamp time) => (time.ToDateTimeOffset() - Samples.Start).TotalHours;

    /// <summary>A desk nine hours later, with one threshold at 60.</summary>
    private static Desk Alarm(Action<V1.Threshold>? change = null)
    {
        var desk = new Desk(new FakeCatalogue().Put(Samples.Small()).Put(Samples.Above(60, change: change)));
        desk.Sleep(TimeSpan.FromHours(9));
        return desk;
    }

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
    private static Desk Play(V1.Observation[][] moments, Func<int, bool> cut)
    {
        var desk = new Desk(Catalogue());
        var waiting = new List<V1.Observation>();
        for (var i = 0; i < moments.Length; i++)
        {
            var span = moments[i][0].ObservedAt.ToDateTimeOffset() - desk.Now;
            if (waiting.Count == 0)
            {
                desk.Pass(span);
            }
            else
            {
                desk.Sleep(span);
            }

            waiting.AddRange(moments[i]);
            if (i == moments.Length - 1 || cut(i))
            {
                desk.Record([.. waiting]);
                waiting.Clear();
            }
        }

        return desk;
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
