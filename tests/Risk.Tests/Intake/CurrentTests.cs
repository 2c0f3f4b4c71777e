using CsCheck;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Queries;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Intake;

public sealed class CurrentTests
{
    private static readonly string[] s_sources = ["desk", "press"];

    /// <summary>Few keys and revisions and many values, so that observations take each other's place often.</summary>
    private static readonly Gen<V1.Observation[]> s_observations = Gen.Select(
            Gen.Int[0, 1],
            Gen.Int[0, 3],
            Gen.Int[0, 2],
            Gen.Int[0, 9],
            (source, moment, revision, value) =>
                Samples.Observation("killings", value, Samples.Start.AddMinutes(moment - 10), source: s_sources[source], revision: revision)
        )
        .Array[1, 40]
        .Select(observations => observations.DistinctBy(observation => observation.ObservationId).ToArray());

    [Fact]
    public void Record_AnyInterleavingOfResends_AnswersWhatIsCurrentAndKeepsIt() =>
        Gen.Select(s_observations, Gen.Int[1, 8], Gen.Int[0, int.MaxValue], Gen.Int[1, 20], Gen.Bool)
            .Sample(
                (observations, window, seed, size, backfill) =>
                {
                    var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), window);
                    var current = new Dictionary<object, V1.Observation>();
                    var recorded = new HashSet<string>();
                    var sent = Enumerable.Range(0, 3).SelectMany(_ => observations).ToArray();
                    new Random(seed).Shuffle(sent);
                    foreach (var items in sent.Chunk(size))
                    {
                        var isNew = items.Select(item => recorded.Add(item.ObservationId)).ToArray();
                        foreach (var item in items.Where((_, index) => isNew[index]))
                        {
                            if (!current.TryGetValue(KeyOf(item), out var held) || item.Revision >= held.Revision)
                            {
                                current[KeyOf(item)] = item;
                            }
                        }

                        AssertAnswers(country.Send(items, backfill), items, isNew, item =>
                            current[KeyOf(item)].ObservationId == item.ObservationId
                        );
                    }

                    AssertPresent(current.Values, country.State);
                    AssertPresent(current.Values, country.Fold());
                    AssertViewsAgree(current.Values, observations.Length, country);
                },
                iter: 300
            );

    [Fact]
    public void Record_OldValueAgainAfterItsCorrection_IsSupersededAndUndoesNothing()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()));
        var old = Samples.Observation("killings", 10, Samples.Start, "old");
        country.Record(old);
        country.Record(Samples.Observation("killings", 20, Samples.Start, "corrected", revision: 1));
        Assert.Equal([V1.Outcome.Superseded], country.Record(old));
        Assert.Equal(Samples.OneOfViolence(20), country.Score);

        var below = country.Send([Samples.Observation("killings", 30, Samples.Start, "below")]);
        Assert.Equal([V1.Outcome.Recorded], below.Outcomes);
        Assert.Equal([0], below.NotCurrent);
        Assert.Equal(Samples.OneOfViolence(20), country.Score);
    }

    [Fact]
    public void Record_SameRevisionWithAnotherValueLater_TheLaterIsCurrent()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()));
        var first = Samples.Observation("killings", 10, Samples.Start, "first");
        country.Record(first);
        Assert.Empty(country.Send([Samples.Observation("killings", 30, Samples.Start, "second")]).NotCurrent);
        Assert.Equal(Samples.OneOfViolence(30), country.Score);
        Assert.Equal([V1.Outcome.Superseded], country.Record(first));
    }

    [Fact]
    public void Record_OlderThanTheNewestOfItsSeries_IsLateAndDecidesNothing()
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()).Put(Samples.Above(60)));
        country.Record(Samples.Observation("killings", 10, Samples.Start.AddMinutes(-1)));
        var answer = country.Send([
            Samples.Observation("killings", 90, Samples.Start.AddMinutes(-2)),
            Samples.Observation("killings", 20, Samples.Start),
            Samples.Observation("courts", 20, Samples.Start.AddMinutes(-9)),
        ]);
        Assert.Equal([0], answer.Late);
        Assert.Empty(country.Decided);
        Assert.Equal((Samples.HalfKnown(20) + 20) / 2, country.Score);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ResendWindow.Capacity)]
    public void Record_IdWithOtherContent_SaysWhatDiffers(int window)
    {
        var country = new CountryDriver(new FakeCatalogue().Put(Samples.Small()), window);
        country.Record(Samples.Observation("killings", 10, Samples.Start, "one"));
        country.Record(Samples.Observation("killings", 10, Samples.Start.AddMinutes(2), "two"));
        var again = Samples.Observation("killings", 11, Samples.Start.AddMinutes(1), "one", revision: 2);
        again.StandardError = 3;
        var problem = Assert.Single(country.Send([again]).Problems);
        Assert.Equal(("OBSERVATION_ID_REUSED", "observation_id"), (problem.Reason, problem.Field));
        Assert.Contains(
            "observed_at 2030-01-01T00:00:00Z, not 2030-01-01T00:01:00Z; revision 0, not 2; value 10, not 11; standard_error none, not 3",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    private static void AssertAnswers(IntakeAnswer answer, V1.Observation[] items, bool[] isNew, Func<V1.Observation, bool> isCurrent)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var expected =
                isNew[i] ? V1.Outcome.Recorded
                : isCurrent(items[i]) ? V1.Outcome.Duplicate
                : V1.Outcome.Superseded;
            Assert.Equal(expected, answer.Outcomes[i]);
            Assert.Equal(isNew[i] && !isCurrent(items[i]), answer.NotCurrent.Contains(i));
        }
    }

    private static void AssertPresent(IEnumerable<V1.Observation> current, CountryState state)
    {
        foreach (var series in current.GroupBy(item => item.Source))
        {
            Assert.Equal(
                series.MaxBy(item => item.ObservedAt.ToDateTimeOffset())!.ObservationId,
                state.Series.Get("killings", series.Key, 0).Id
            );
        }
    }

    /// <summary>What is listed as current, what counts at each moment, and what was answered, are one.</summary>
    private static void AssertViewsAgree(IReadOnlyCollection<V1.Observation> current, int all, CountryDriver country)
    {
        var listed = ObservationList
            .ReadAsync(
                country.Journals(),
                null,
                "XAA",
                new(new() { Country = "XAA", IncludeRevisions = true }, 0, 1_000),
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();
        Assert.Equal(all, listed.Count);
        Assert.Equal(
            current.Select(item => item.ObservationId).Order(StringComparer.Ordinal),
            listed.Where(item => item.Current).Select(item => item.ObservationId).Order(StringComparer.Ordinal)
        );

        var times = current.Select(item => item.ObservedAt.ToDateTimeOffset()).Distinct().Order().ToArray();
        var values = ValueTable
            .ReadAsync(country.Journals(), "XAA", country.Catalogue.Current, new([new("killings", null)], times), CancellationToken.None)
            .GetAwaiter()
            .GetResult()
            .Values;
        Assert.Equal(
            times.Select(time =>
                current.Where(item => item.ObservedAt.ToDateTimeOffset() == time).MinBy(item => item.Source, StringComparer.Ordinal)!.Value
            ),
            values
        );
    }

    private static object KeyOf(V1.Observation item) => (item.Source, item.ObservedAt);
}
