using CsCheck;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Queries;
using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Risk.Tests.Queries;

public sealed class ObservationListTests
{
    [Fact]
    public void Newest_AnyOrderAndCount_KeepsTheFirstOfAllSorted() =>
        Gen.Select(Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 1]).Array[1, 3_000], Gen.Int[1, 300], Gen.Bool, Gen.Bool)
            .Sample(
                (rows, count, onlyCurrent, often) =>
                {
                    var all = rows.Select(
                            (row, i) =>
                                new RecordedObservation(
                                    new ObservationRow
                                    {
                                        Id = $"{i}",
                                        Indicator = "killings",
                                        Source = $"s{row.Item3}",
                                        Observed = row.Item1 * (onlyCurrent ? 1 : 37),
                                        Revision = row.Item2,
                                    },
                                    i,
                                    0,
                                    false
                                )
                        )
                        .ToArray();
                    var newest = new NewestObservations(count, onlyCurrent);
                    foreach (var item in all)
                    {
                        newest.Add(item);
                        if (often && item.Position % 100 == 0)
                        {
                            newest.Tighten();
                        }
                    }

                    newest.Tighten();
                    var current = all.GroupBy(item => item.Key).Select(key => key.MaxBy(item => item.Rank)!).ToHashSet();
                    var expected = Sorted(all.Where(item => !onlyCurrent || current.Contains(item))).Take(count);
                    Assert.Equal(expected.Select(item => item.Row.Id), Sorted(newest.Kept).Take(count).Select(item => item.Row.Id));
                    Assert.All(newest.Kept, item => Assert.Equal(current.Contains(item), newest.IsCurrent(item)));
                },
                iter: 100
            );

    [Fact]
    public async Task List_PageIdOrSpanOfALongRecord_ReadsFewEntries()
    {
        await using var cluster = await RiskCluster.StartAsync();
        for (var batch = 0; batch < 30; batch++)
        {
            await cluster.RecordAsync([
                .. Enumerable
                    .Range(batch * 1_000, 1_000)
                    .Select(i => Samples.Observation("killings", i % 100, Samples.Start.AddSeconds(i), $"id{i}")),
            ]);
        }

        await cluster.RecordAsync(Samples.Observation("killings", 5, Samples.Start.AddSeconds(12_345), "corrected", revision: 1));
        await AssertListedAsync(cluster, new(), 3, ["id29999", "id29998", "id29997"]);
        await AssertListedAsync(cluster, new() { ObservationId = "id12345", IncludeRevisions = true }, 4, ["id12345"]);
        await AssertListedAsync(cluster, new() { ObservationId = "id12345" }, 4, []);
        await AssertListedAsync(cluster, new() { ObservationId = "id2000", Source = "other" }, 4, []);
        await AssertListedAsync(
            cluster,
            new() { ObservedFrom = At(12_344), ObservedBefore = At(12_347) },
            4,
            ["id12346", "corrected", "id12344"]
        );

        static Timestamp At(int second) => Samples.Start.AddSeconds(second).ToTimestamp();
    }

    private static async Task AssertListedAsync(RiskCluster cluster, V1.ListObservationsRequest request, int mostEntries, string[] expected)
    {
        request.Country = "XAA";
        var before = cluster.Journals.ReadEntries("risk/XAA");
        var listed = await cluster.Country.ListObservationsAsync(new(request, 0, 3));
        Assert.Equal(expected, listed.Select(item => item.ObservationId));
        Assert.InRange(cluster.Journals.ReadEntries("risk/XAA") - before, 0, mostEntries);
    }

    private static IEnumerable<RecordedObservation> Sorted(IEnumerable<RecordedObservation> items) =>
        items.OrderByDescending(item => item.Row.Observed).ThenByDescending(item => item.Position);
}
