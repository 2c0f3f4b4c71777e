using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Store.Archive;

namespace EarlyWarning.Risk.Tests.Queries;

/// <summary>Whatever is asked of a country, it is answered the same whether its journal was moved into the archive or not.</summary>
public sealed class ArchivedHistoryTests
{
    private static readonly DateTimeOffset s_start = Samples.Start;

    [Fact]
    public async Task Archive_OldEntries_ChangesNoAnswer()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var asOf = await FillAsync(cluster);
        var before = await AnswersAsync(cluster, asOf);
        var count = cluster.Entries.Count();
        await ArchiveAsync(cluster);
        Assert.True(cluster.Entries.Count() <= count - 50, $"{cluster.Entries.Count()} of {count} entries are left in the store");

        Assert.Equal(before, await AnswersAsync(cluster, asOf));
        await cluster.DeactivateAsync();
        Assert.Equal(before, await AnswersAsync(cluster, asOf));
    }

    [Fact]
    public async Task Record_LateOfWhatIsArchived_IsDecidedAsBefore()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await FillAsync(cluster);
        await ArchiveAsync(cluster);
        await cluster.DeactivateAsync();

        // Item 3 is in the archive: corrected, sent again with another value under its own id, and superseded from then on.
        var answer = await cluster.RecordAsync(Of(3, 99, revision: 1, id: "correction"), Of(4, 98, revision: -1, id: "older"), Of(120));
        Assert.Equal([V1.Outcome.Recorded, V1.Outcome.Recorded, V1.Outcome.Recorded], answer.Outcomes);
        Assert.Equal([0, 1], answer.Late);
        Assert.Equal([1], answer.NotCurrent);
    }

    [Fact]
    public async Task Record_FileIsMissing_TakesAllButWhatItMayHold()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var asOf = await FillAsync(cluster);
        await ArchiveAsync(cluster);
        Directory.Move(cluster.Journals.ArchivePath, cluster.Journals.ArchivePath + ".away");

        var correction = Of(3, 99, revision: 1, id: "correction");
        var answer = await cluster.RecordAsync(
            Of(120),
            correction,
            Samples.Observation("killings", 1, s_start.AddSeconds(3).AddTicks(1), "late and new"),
            Of(121)
        );
        Assert.Equal([V1.Outcome.Recorded, V1.Outcome.Retry, V1.Outcome.Recorded, V1.Outcome.Recorded], answer.Outcomes);
        var problem = Assert.Single(answer.Problems);
        Assert.Equal((1, "ARCHIVE_UNAVAILABLE"), (problem.Index, problem.Reason));
        Assert.Contains("is missing", problem.Message, StringComparison.Ordinal);

        // The present is answered, the past is not, and never as if there were none.
        Assert.NotNull(await cluster.Country.GetRiskAsync(new(Samples.Framework)));
        await Assert.ThrowsAsync<ArchiveException>(() => cluster.Country.GetRiskAsync(new(Samples.Framework, AsOf: asOf)));
        await Assert.ThrowsAsync<ArchiveException>(() => cluster.Country.HistoryAsync(Samples.Framework, null, null, 0, 10));
        await Assert.ThrowsAsync<ArchiveException>(() =>
            cluster.Country.ListObservationsAsync(new(new() { ObservationId = "id3" }, 0, 10))
        );

        // Also after a restart, which needs no more than the snapshots.
        await cluster.DeactivateAsync();
        Assert.NotNull(await cluster.Country.GetRiskAsync(new(Samples.Framework)));

        Directory.Move(cluster.Journals.ArchivePath + ".away", cluster.Journals.ArchivePath);
        Assert.Equal([V1.Outcome.Recorded], (await cluster.RecordAsync(correction)).Outcomes);
        Assert.NotNull(await cluster.Country.GetRiskAsync(new(Samples.Framework, AsOf: asOf)));
    }

    /// <summary>Records 120 observations one by one, and gives a moment between the tenth and the eleventh.</summary>
    private static async Task<DateTimeOffset> FillAsync(RiskCluster cluster)
    {
        var asOf = DateTimeOffset.MinValue;
        for (var i = 0; i < 120; i++)
        {
            Assert.Equal([V1.Outcome.Recorded], (await cluster.RecordAsync(Of(i))).Outcomes);
            asOf = i == 9 ? DateTimeOffset.UtcNow : asOf;
        }

        return asOf;
    }

    private static async Task ArchiveAsync(RiskCluster cluster)
    {
        var archive = await cluster.Journals.ArchiveAsync("risk/");
        Assert.Equal("", archive.Fault);
        Assert.True(archive.Entries >= 50, $"{archive}");
    }

    private static async Task<IReadOnlyList<object?>> AnswersAsync(RiskCluster cluster, DateTimeOffset asOf)
    {
        var values = await cluster.Country.ValuesAsync(new([new("killings", null)], [s_start.AddSeconds(5), s_start.AddSeconds(115)]));
        var known = await cluster.Country.ValuesAsync(new([new("killings", null)], [s_start.AddDays(1)], AsOf: asOf));
        return
        [
            (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Score,
            await cluster.Country.GetRiskAsync(new(Samples.Framework, At: s_start.AddDays(1), AsOf: asOf)),
            await cluster.Country.ExplainAsync(new(Samples.Framework, At: s_start.AddDays(1), AsOf: asOf)),
            .. await cluster.Country.HistoryAsync(Samples.Framework, null, null, 0, 1_000),
            .. await cluster.Country.ListObservationsAsync(new(new(), 0, 1_000)),
            .. await cluster.Country.ListObservationsAsync(new(new() { ObservationId = "id3" }, 0, 10)),
            .. values.Values.Cast<object>(),
            .. known.Values.Cast<object>(),
        ];
    }

    private static V1.Observation Of(int i, double? value = null, long revision = 0, string? id = null) =>
        Samples.Observation("killings", value ?? i % 100, s_start.AddSeconds(i), id ?? $"id{i}", revision: revision);
}
