using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Tests.Infrastructure;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Risk.Tests.Lookup;

public sealed class LateObservationTests
{
    private const int Batch = 2_000;
    private static readonly DateTimeOffset s_start = Samples.Start;

    [Fact]
    public async Task Record_LateAmongTwoHundredThousand_IsLookedUpInFewEntries()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await FillAsync(cluster, 100);
        var correction = Of(70_000, value: 99, revision: 1, id: "correction");
        Assert.Equal([V1.Outcome.Recorded], (await cluster.RecordAsync(correction)).Outcomes);
        await AssertLateAsync(cluster);

        await cluster.DeactivateAsync();
        Assert.NotNull(await cluster.Country.GetRiskAsync(new(Samples.Framework)));
        await AssertLateAsync(cluster);
    }

    [Fact]
    public async Task Record_LateValueThatIsNew_ReadsHardlyAnyEntry()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await FillAsync(cluster, 20);
        var before = cluster.Journals.ReadEntries("risk/XAA");
        var late = Enumerable
            .Range(0, 200)
            .Select(i => Samples.Observation("killings", 1, s_start.AddSeconds(i * 100).AddTicks(1), $"late{i}"))
            .ToArray();
        var answer = await cluster.RecordAsync(late);
        Assert.All(answer.Outcomes, outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
        Assert.Equal(200, answer.Late.Count);

        // 0.06 % of 200 ids and as many keys in 20 filters, those that are tried until one hits: four entries in the mean.
        Assert.InRange(cluster.Journals.ReadEntries("risk/XAA") - before, 0, 15);
    }

    [Fact]
    public async Task Record_EntriesOfOneObservation_ShareBlocksAlsoOverActivations()
    {
        await using var cluster = await RiskCluster.StartAsync();
        for (var i = 0; i < 1_100; i++)
        {
            Assert.Equal([V1.Outcome.Recorded], (await cluster.RecordAsync(Of(i))).Outcomes);
            if (i % 400 == 399)
            {
                await cluster.DeactivateAsync();
            }
        }

        var blocks = await BlocksAsync(cluster);
        Assert.Equal(
            [BlockBuilder.SharedItems, BlockBuilder.SharedItems, 1_100 - (2 * BlockBuilder.SharedItems)],
            blocks.Select(block => block.Items)
        );
        Assert.True(blocks.Zip(blocks.Skip(1)).All(pair => pair.First.Last < pair.Second.First));
    }

    [Theory]
    [InlineData(Fate.FailsBefore)]
    [InlineData(Fate.FailsAfter)]
    public async Task Record_AppendFailsOrIsUnclear_TheBlocksAreThoseOfTheJournal(Fate fate)
    {
        await using var cluster = await RiskCluster.StartAsync();
        await FillAsync(cluster, 2);
        var armed = true;
        cluster.Journals.Fate = (journal, _) =>
        {
            var failing = armed && journal == "risk/XAA";
            armed &= !failing;
            return failing ? fate : Fate.Appends;
        };
        var items = Batches(2).Single().ToArray();
        Assert.All((await cluster.RecordAsync(items)).Outcomes, outcome => Assert.Equal(V1.Outcome.Retry, outcome));
        await FillAsync(cluster, 12, from: 3);

        // Beyond the window by now; what was not appended is recorded now, each once.
        var expected = fate == Fate.FailsAfter ? V1.Outcome.Duplicate : V1.Outcome.Recorded;
        Assert.All((await cluster.RecordAsync(items)).Outcomes, outcome => Assert.Equal(expected, outcome));
        Assert.Equal(
            cluster.Entries.Sum(entry => entry.Observations?.Values.Count ?? 0),
            (await BlocksAsync(cluster)).Sum(block => block.Items)
        );
    }

    [Fact]
    public async Task Open_JournalFromBeforeThereWereBlocks_IsReadThroughOnce()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await FillAsync(cluster, 12);
        await cluster.DeactivateAsync();
        var kept = await BlocksAsync(cluster);
        await cluster.Journals.CommitAsync(new Unit().Add("delete from risk_block"), default);

        Assert.Equal([V1.Outcome.Duplicate], (await cluster.RecordAsync(Of(5))).Outcomes);
        var made = await BlocksAsync(cluster);
        Assert.Equal(
            kept.Select(block => (block.First, block.Last, block.Items)),
            made.Select(block => (block.First, block.Last, block.Items))
        );
    }

    private static async Task AssertLateAsync(RiskCluster cluster)
    {
        var before = cluster.Journals.ReadEntries("risk/XAA");
        var answer = await cluster.RecordAsync(
            Of(5),
            Of(100_001),
            Of(50_000, value: 77),
            Of(70_000),
            Of(70_000, value: 99, revision: 1, id: "correction"),
            Of(5)
        );
        Assert.Equal(
            [
                V1.Outcome.Duplicate,
                V1.Outcome.Duplicate,
                V1.Outcome.Rejected,
                V1.Outcome.Superseded,
                V1.Outcome.Duplicate,
                V1.Outcome.Duplicate,
            ],
            answer.Outcomes
        );
        var problem = Assert.Single(answer.Problems);
        Assert.Equal((2, "OBSERVATION_ID_REUSED"), (problem.Index, problem.Reason));
        Assert.Contains("value 50, not 77", problem.Message, StringComparison.Ordinal);

        // Five entries hold what was sought; the others are wrong guesses of the filters.
        Assert.InRange(cluster.Journals.ReadEntries("risk/XAA") - before, 5, 12);
    }

    private static async Task FillAsync(RiskCluster cluster, int batches, int from = 0)
    {
        foreach (var items in Batches(from, batches))
        {
            var answer = await cluster.RecordAsync(items);
            Assert.All(answer.Outcomes, outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
        }
    }

    private static IEnumerable<V1.Observation[]> Batches(int from, int count = 1) =>
        Enumerable.Range(from, count).Select(batch => Enumerable.Range(batch * Batch, Batch).Select(i => Of(i)).ToArray());

    private static V1.Observation Of(int i, double? value = null, long revision = 0, string? id = null) =>
        Samples.Observation(
            "killings",
            value ?? i % 100 + (i == 50_000 ? 50 : 0),
            s_start.AddSeconds(i),
            id ?? $"id{i}",
            revision: revision
        );

    private static async Task<IReadOnlyList<Block>> BlocksAsync(RiskCluster cluster)
    {
        List<Block> blocks = [];
        await foreach (var page in cluster.Journals.BlocksAsync("XAA", default))
        {
            blocks.AddRange(page);
        }

        return blocks;
    }
}
