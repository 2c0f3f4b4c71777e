using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Tests.Infrastructure;

namespace EarlyWarning.Risk.Tests.Countries;

/// <summary>A commit that fails, or of which nobody knows, loses nothing and does nothing twice.</summary>
public sealed class FailedCommitTests
{
    [Fact]
    public async Task Record_AnotherWriterTookOver_AnswersRetryThenGoesOn()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");
        await cluster.Journals.OpenAsync("risk/XAA", default);
        Assert.All((await cluster.ObserveAsync(20, "b")).Outcomes, outcome => Assert.Equal(V1.Outcome.Retry, outcome));
        Assert.All((await cluster.ObserveAsync(20, "b")).Outcomes, outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
        Assert.Equal(20, (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Score);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Record_MoreBreachesThanAnEntryHolds_DecidesAndPublishesEachOnce(bool storeFailsInTheMiddle)
    {
        const int Many = 300;
        var catalogue = new FakeCatalogue().Put(Samples.Small());
        for (var n = 0; n < Many; n++)
        {
            catalogue.Put(
                Samples.Above(60, change: threshold =>
                    (threshold.Name, threshold.DisplayName) = ($"thresholds/t{n}", new string('t', 4_000))
                )
            );
        }

        await using var cluster = await RiskCluster.StartAsync(catalogue);
        await cluster.ObserveAsync(10, "a");
        var decided = 0;
        cluster.Journals.Fate = (journal, payload) =>
            storeFailsInTheMiddle && journal == "risk/XAA" && EntryReader.Parse(payload).Outcome?.Transitions.Count > 0 && ++decided == 2
                ? Fate.FailsBefore
                : Fate.Appends;

        var items = new[] { "killings", "threats", "courts" }
            .Select(indicator => Samples.Observation(indicator, 90, DateTimeOffset.UtcNow, $"b-{indicator}"))
            .ToArray();
        var expected = storeFailsInTheMiddle ? V1.Outcome.Retry : V1.Outcome.Recorded;
        Assert.All((await cluster.RecordAsync(items)).Outcomes, outcome => Assert.Equal(expected, outcome));
        Assert.All((await cluster.RecordAsync(items)).Outcomes, outcome => Assert.Equal(V1.Outcome.Duplicate, outcome));

        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count >= Many, "all are published");
        Assert.Equal(Many, cluster.Publisher.Events.Select(published => published.As<V1.Breach>().Threshold.Name).Distinct().Count());
        Assert.Equal(Many, cluster.Publisher.Events.Count);
        Assert.InRange(cluster.Entries.Count(entry => entry.Outcome?.Transitions.Count > 0), 3, 10);
    }

    [Fact]
    public async Task Record_StoreFailsBeforeTheAppend_AnswersRetryAndTakesTheResend()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(10, "a");
        cluster.Journals.Fate = (journal, _) => journal == "risk/XAA" ? Fate.FailsBefore : Fate.Appends;
        var failed = await cluster.ObserveAsync(90, "b");
        Assert.All(failed.Outcomes, outcome => Assert.Equal(V1.Outcome.Retry, outcome));
        Assert.All(failed.Problems, problem => Assert.Equal("STORE_UNAVAILABLE", problem.Reason));
        cluster.Journals.Fate = (_, _) => Fate.Appends;
        Assert.Equal(10, (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Score);
    }

    [Fact]
    public async Task Record_AppendHappenedButWasNotConfirmed_RecognisesTheResend()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var item = Samples.Observation("killings", 90, Samples.Start, "one");
        var armed = true;
        cluster.Journals.Fate = (journal, payload) =>
            armed && journal == "risk/XAA" && EntryReader.Parse(payload).Observations is not null ? Disarm() : Fate.Appends;
        Assert.Equal([V1.Outcome.Retry], (await cluster.RecordAsync(item)).Outcomes);
        Assert.Equal([V1.Outcome.Duplicate], (await cluster.RecordAsync(item)).Outcomes);
        Assert.Equal(1, cluster.Entries.Sum(entry => entry.Observations?.Values.Count ?? 0));
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count == 1, "the breach is published once");

        Fate Disarm()
        {
            armed = false;
            return Fate.FailsAfter;
        }
    }

    [Fact]
    public async Task Record_OutcomeIsNotConfirmed_DecidesOnceUnderOneId()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var armed = true;
        cluster.Journals.Fate = (journal, payload) =>
        {
            if (!armed || journal != "risk/XAA" || EntryReader.Parse(payload).Outcome is not { Transitions.Count: > 0 })
            {
                return Fate.Appends;
            }

            armed = false;
            return Fate.FailsBefore;
        };
        Assert.All((await cluster.ObserveAsync(90, "a")).Outcomes, outcome => Assert.Equal(V1.Outcome.Retry, outcome));
        Assert.All((await cluster.ObserveAsync(90, "b")).Outcomes, outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count > 0, "the breach is published");
        Assert.Single(cluster.Entries.SelectMany(entry => entry.Outcome?.Transitions ?? []));
        Assert.Single(cluster.Publisher.Events.Select(published => published.Id).Distinct());
    }

    [Fact]
    public async Task Record_AnotherActivationHasTakenOver_NothingHappensTwice()
    {
        await using var cluster = await RiskCluster.StartAsync(
            new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))).Put(Samples.Above(60))
        );
        await cluster.ObserveAsync(10, "a");
        var due = cluster.DueTimes.Of("risk", "XAA");

        // Two activations take turns: each takes the journal from the other, and what it decides under a stale epoch leaves nothing behind.
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal(10, (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Score);
            _ = await cluster.Journals.OpenAsync("risk/XAA", CancellationToken.None);
            var refused = await cluster.ObserveAsync(90, "b");
            Assert.All(refused.Outcomes, outcome => Assert.Equal(V1.Outcome.Retry, outcome));
            Assert.Equal(0, (await cluster.Journals.Outbox.StatusAsync(default)).Owed);
            Assert.Equal(due, cluster.DueTimes.Of("risk", "XAA"));
        }

        Assert.All((await cluster.ObserveAsync(90, "b")).Outcomes, outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count > 0, "the breach is published");
        Assert.Single(cluster.Entries.SelectMany(entry => entry.Outcome?.Transitions ?? []));
        Assert.Single((await cluster.Register.ListAsync(new(), null, 10)).Items);
        Assert.Single(cluster.Publisher.Events);
    }
}
