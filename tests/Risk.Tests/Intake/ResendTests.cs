using CsCheck;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Intake;

public sealed class ResendTests
{
    private static readonly string[] s_indicators = ["killings", "threats", "courts"];
    private static readonly string[] s_sources = ["desk", "press"];

    /// <summary>
    /// Distinct observations on few indicators, sources, moments, revisions and horizons, so that they meet each other often.
    /// </summary>
    private static readonly Gen<V1.Observation[]> s_observations = Gen.Select(
            Gen.Int[0, 2],
            Gen.Int[0, 1],
            Gen.Int[0, 5],
            Gen.Int[0, 2],
            Gen.Int[0, 1],
            Gen.Int[0, 100],
            (indicator, source, moment, revision, horizon, value) =>
                Samples.Observation(
                    s_indicators[indicator],
                    value,
                    Samples.Start.AddMinutes(moment - 10),
                    $"{indicator}-{source}-{moment}-{revision}-{horizon}",
                    s_sources[source],
                    revision,
                    TimeSpan.FromDays(horizon)
                )
        )
        .Array[1, 60]
        .Select(observations => observations.DistinctBy(observation => observation.ObservationId).ToArray());

    [Fact]
    public void Record_AnyInterleavingOfResends_FoldsToTheSamePresent()
    {
        Gen.Select(s_observations, Gen.Int[1, 8], Gen.Int[0, int.MaxValue], Gen.Int[1, 40])
            .Sample(
                (observations, window, seed, batch) =>
                {
                    var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), window);
                    var random = new Random(seed);
                    var sent = Enumerable.Range(0, 3).SelectMany(_ => observations).ToArray();
                    random.Shuffle(sent);
                    var recorded = 0;
                    foreach (var items in sent.Chunk(batch))
                    {
                        recorded += country.Record(items).Count(outcome => outcome == V1.Outcome.Recorded);
                    }

                    AssertPresent(observations, country.State);
                    AssertPresent(observations, country.Fold());

                    // What the window has forgotten is looked up in history: nothing is recorded twice.
                    Assert.Equal(observations.Length, recorded);
                },
                iter: 300
            );
    }

    [Fact]
    public void Record_WindowLargeEnough_RecordsEachIdOnce() =>
        s_observations.Sample(
            observations =>
            {
                var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()));
                Assert.All(country.Record(observations), outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
                Assert.All(country.Record([.. observations.Reverse()]), outcome =>
                    Assert.True(outcome is V1.Outcome.Duplicate or V1.Outcome.Superseded)
                );
            },
            iter: 100
        );

    [Fact]
    public void Record_OldValueComesLateBeyondTheWindow_DoesNotUndoTheRevision()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), resendWindow: 1);
        var old = Samples.Observation("killings", 10, Samples.Start, "old");
        country.Record(old);
        country.Record(Samples.Observation("killings", 20, Samples.Start, "corrected", revision: 1));
        country.Record(Samples.Observation("killings", 30, Samples.Start.AddMinutes(1), "newer"));
        Assert.Equal([V1.Outcome.Superseded], country.Record(old));
        Assert.Equal(Samples.OneOfViolence(30), country.Score);
    }

    [Fact]
    public void Record_SameIdOtherContent_IsRejected()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()));
        country.Record(Samples.Observation("killings", 10, Samples.Start, "one"));
        Assert.Equal([V1.Outcome.Rejected], country.Record(Samples.Observation("killings", 11, Samples.Start, "one")));
        Assert.Equal(
            [V1.Outcome.Recorded, V1.Outcome.Duplicate, V1.Outcome.Rejected],
            country.Record(
                Samples.Observation("courts", 1, Samples.Start, "two"),
                Samples.Observation("courts", 1, Samples.Start, "two"),
                Samples.Observation("courts", 2, Samples.Start, "two")
            )
        );
        Assert.Equal(10, country.State.Series.Get("killings", "desk", 0).Value);
    }

    [Fact]
    public void Window_OverItsCapacity_ForgetsTheOldest() =>
        Gen.Int[1, 300]
            .Sample(
                capacity =>
                {
                    var window = new ResendWindow(capacity);
                    for (var i = 0; i < capacity * 3; i++)
                    {
                        window.Add((UInt128)(i * 7919), (ulong)i, outdated: false);
                    }

                    Assert.Equal(capacity, window.Count);
                    for (var i = 0; i < capacity * 3; i++)
                    {
                        Assert.Equal(i >= capacity * 2, window.TryFind((UInt128)(i * 7919), out var content, out _));
                        Assert.True(i < capacity * 2 || content == (ulong)i);
                    }

                    Assert.Equal(
                        Enumerable.Range(capacity * 2, capacity).Select(i => (ulong)i),
                        window.Oldest().Select(pair => pair.Content)
                    );
                },
                iter: 50
            );

    /// <summary>The independent fold: sort everything and take what is newest.</summary>
    private static void AssertPresent(V1.Observation[] observations, CountryState state)
    {
        foreach (var group in observations.GroupBy(o => (o.Indicator, o.Source, o.Horizon.ToTimeSpan())))
        {
            var newest = group.OrderBy(o => o.ObservedAt.ToDateTimeOffset()).ThenBy(o => o.Revision).Last();
            var series = state.Series.Get(group.Key.Indicator, group.Key.Source, group.Key.Item3.Ticks);
            Assert.Equal((newest.ObservationId, newest.Value), (series.Id, series.Value));
        }

        foreach (var group in observations.Where(o => o.Horizon.ToTimeSpan() == TimeSpan.Zero).GroupBy(o => o.Indicator))
        {
            var used = group
                .OrderByDescending(o => o.ObservedAt.ToDateTimeOffset())
                .ThenBy(o => o.Source, StringComparer.Ordinal)
                .ThenByDescending(o => o.Revision)
                .First();
            Assert.True(state.Framework(Samples.Framework)!.Compiled.TryGetLeaf(group.Key, out var leaf));
            Assert.Equal(used.Value, state.Framework(Samples.Framework)!.Present.LeafValue(leaf));
        }
    }
}
