using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Tests.Infrastructure;
using Google.Protobuf;

namespace EarlyWarning.Risk.Tests.Countries;

public sealed class CountryGrainTests
{
    [Fact]
    public async Task Record_NewResentAndReusedIds_AnswersEachItem()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var one = Samples.Observation("killings", 10, Samples.Start, "one");
        var first = await cluster.RecordAsync(one, Samples.Observation("courts", 30, Samples.Start, "two"));
        Assert.Equal([V1.Outcome.Recorded, V1.Outcome.Recorded], first.Outcomes);
        var again = await cluster.RecordAsync(one, Samples.Observation("killings", 11, Samples.Start, "two"));
        Assert.Equal([V1.Outcome.Duplicate, V1.Outcome.Rejected], again.Outcomes);
        var problem = Assert.Single(again.Problems);
        Assert.Equal((1, "OBSERVATION_ID_REUSED", "observation_id"), (problem.Index, problem.Reason, problem.Field));

        var risk = await cluster.Country.GetRiskAsync(new(Samples.Framework));
        Assert.Equal((Samples.HalfKnown(10) + 30) / 2, risk!.Score);
        Assert.True(risk.Revision >= first.Revision);
        Assert.True(risk.Exercise);
    }

    [Fact]
    public async Task Record_ManyCallsAtOnce_ShareAppends()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 500)
                .Select(i => cluster.RecordAsync(Samples.Observation("killings", i % 100, Samples.Start.AddSeconds(i), $"id{i}")))
        );
        Assert.All(answers, answer => Assert.Equal([V1.Outcome.Recorded], answer.Outcomes));
        Assert.Equal(500, cluster.Entries.Sum(entry => entry.Observations?.Values.Count ?? 0));
        Assert.True(cluster.Entries.Count() < 400, $"{cluster.Entries.Count()} entries");
        Assert.Equal(Samples.OneOfViolence(99), (await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Score);
    }

    [Fact]
    public async Task Record_MoreThanOneAppendTakes_IsSplitAndRecordedWhole()
    {
        await using var cluster = await RiskCluster.StartAsync();
        var answer = await cluster.RecordAsync([
            .. Enumerable
                .Range(0, 21_000)
                .Select(i => Samples.Observation("killings", i % 100, Samples.Start.AddSeconds(i), new string('x', 50) + i)),
        ]);
        Assert.Equal(21_000, answer.Outcomes.Count(outcome => outcome == V1.Outcome.Recorded));
        Assert.True(cluster.Entries.Count(entry => entry.Observations is not null) > 1);
        Assert.Equal(21_000, cluster.Entries.Sum(entry => entry.Observations?.Values.Count ?? 0));
    }

    [Fact]
    public async Task Wake_WhileObservationsKeepComing_ReturnsAllTheSame()
    {
        await using var cluster = await RiskCluster.StartAsync();
        using var end = new CancellationTokenSource();
        var senders = Enumerable
            .Range(0, 4)
            .Select(sender =>
                Task.Run(async () =>
                {
                    for (var i = 0; !end.IsCancellationRequested; i++)
                    {
                        await cluster.RecordAsync(
                            Samples.Observation("killings", i % 50, Samples.Start.AddSeconds(i), source: $"s{sender}")
                        );
                    }
                })
            )
            .ToArray();
        await Eventually.HoldsAsync(() => cluster.Journals.Entries("risk/XAA").Count > 20, "observations come");
        await cluster.Country.WakeAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await end.CancelAsync();
        await Task.WhenAll(senders);
    }

    [Fact]
    public async Task Record_OverTheThreshold_PublishesTheBreach()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(90, "a");
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count > 0, "the breach is published");
        var published = Assert.Single(cluster.Publisher.Events);
        var breach = published.As<V1.Breach>();
        Assert.Equal(
            (
                "threshold-breaches",
                $"{breach.Name["breaches/".Length..]}.1.{cluster.Journals.Identity.Epoch}",
                "earlywarning.v1.breach.firing",
                "XAA"
            ),
            (published.Topic, published.Id, published.Type, published.Subject)
        );
        Assert.Equal(breach, await cluster.Register.GetAsync(breach.Name));
        Assert.Equal(breach, Assert.Single(await cluster.Register.MovedByAsync("a-courts")));

        await cluster.ObserveAsync(10, "b");
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count == 2, "the end is published");
        Assert.Contains(".2.", cluster.Publisher.Events[^1].Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_BrokerIsDown_IntakeGoesOnAndTheBreachFollows()
    {
        await using var cluster = await RiskCluster.StartAsync();
        cluster.Publisher.IsDown = true;
        await cluster.ObserveAsync(90, "a");
        await Eventually.HoldsAsync(() => cluster.Publisher.Attempts > 0, "publishing was tried");
        Assert.All((await cluster.ObserveAsync(91, "b")).Outcomes, outcome => Assert.Equal(V1.Outcome.Recorded, outcome));
        Assert.Equal(1, (await cluster.Journals.Outbox.StatusAsync(default)).Owed);
        cluster.Publisher.IsDown = false;
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count == 1, "the breach is published");
    }

    [Fact]
    public async Task Publish_ActivationEndsBefore_TheNextOnePublishesWithoutTraffic()
    {
        await using var cluster = await RiskCluster.StartAsync();
        cluster.Publisher.IsDown = true;
        await cluster.ObserveAsync(90, "a");
        await Eventually.HoldsAsync(() => cluster.Publisher.Attempts > 0, "publishing was tried");
        await cluster.DeactivateAsync();
        cluster.Publisher.IsDown = false;
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count == 1, "the breach is published");
    }

    [Fact]
    public async Task Due_NothingToCome_IsNotDue()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.ObserveAsync(90, "a");
        Assert.Null(cluster.DueTimes.Next("risk"));
        Assert.All(cluster.Entries, entry => Assert.NotNull(entry.Outcome));
    }

    [Fact]
    public async Task Due_ValidityEndsLater_IsDueThen()
    {
        await using var cluster = await RiskCluster.StartAsync(new FakeCatalogue().Put(Samples.Small(validity: TimeSpan.FromDays(10))));
        var observed = DateTimeOffset.UtcNow;
        await cluster.RecordAsync(Samples.Observation("killings", 10, observed, "a"));
        Assert.Equal((observed + TimeSpan.FromDays(10)).UtcTicks, cluster.DueTimes.Of("risk", "XAA")?.UtcTicks);
    }

    [Fact]
    public async Task Catalogue_ChangesWithoutTraffic_ReachesTheCountryByItsWakeUp()
    {
        await using var cluster = await RiskCluster.StartAsync(new FakeCatalogue().Put(Samples.Small()));
        await cluster.ObserveAsync(90, "a");
        cluster.Catalogue.Put(Samples.Above(60));
        await cluster.Country.WakeAsync();
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count == 1, "the new threshold fires");
        cluster.Catalogue.Retire("alarm");
        await cluster.Country.WakeAsync();
        await Eventually.HoldsAsync(() => cluster.Publisher.Events.Count == 2, "the breach is superseded");
        Assert.Equal("earlywarning.v1.breach.superseded", cluster.Publisher.Events[^1].Type);
    }

    [Fact]
    public async Task Fold_EntryOfANewerBuild_IsFaultyAndBlocksNobody()
    {
        await using var cluster = await RiskCluster.StartAsync();
        cluster.Journals.Put("risk/XAA", new CountryEntry { CatalogueRevision = 2, Format = 1 }.ToByteArray());
        cluster.Journals.Put("risk/XAA", new CountryEntry { Format = 99 }.ToByteArray());
        var answer = await cluster.ObserveAsync(90, "a");
        Assert.All(answer.Outcomes, outcome => Assert.Equal(V1.Outcome.Retry, outcome));
        Assert.All(answer.Problems, problem => Assert.Equal("COUNTRY_FAULTY", problem.Reason));
        Assert.True((await cluster.Country.GetRiskAsync(new(Samples.Framework)))!.Faulty);
        var other = Samples.Observation("killings", 10, Samples.Start, "a");
        Assert.Equal([V1.Outcome.Recorded], (await cluster.Of("XAB").RecordAsync(new([other], false))).Outcomes);
    }

    [Fact]
    public async Task Snapshot_AfterManyEntries_TheNextActivationHasTheSameState()
    {
        await using var cluster = await RiskCluster.StartAsync();
        for (var i = 0; i < 120; i++)
        {
            await cluster.RecordAsync(Samples.Observation("killings", i % 50, Samples.Start.AddSeconds(i), $"id{i}"));
        }

        var before = await cluster.Country.GetRiskAsync(new(Samples.Framework));
        await Eventually.HoldsAsync(
            async () => await cluster.Journals.ReadSnapshotAsync("risk/XAA", long.MaxValue, default) is not null,
            "a snapshot is kept"
        );
        await cluster.DeactivateAsync();
        var after = await cluster.Country.GetRiskAsync(new(Samples.Framework));
        Assert.Equal((before!.Score, before.ChangeTime), (after!.Score, after.ChangeTime));
        Assert.Equal(
            [V1.Outcome.Duplicate],
            (await cluster.RecordAsync(Samples.Observation("killings", 0, Samples.Start, "id0"))).Outcomes
        );
    }

    [Fact]
    public async Task Deactivate_MuchRecordedSinceTheLastSnapshot_KeepsTheStateForTheNextActivation()
    {
        await using var cluster = await RiskCluster.StartAsync();
        await cluster.RecordAsync([
            .. Enumerable.Range(0, 4_000).Select(i => Samples.Observation("killings", i % 50, Samples.Start.AddSeconds(i), $"id{i}")),
        ]);
        var before = await cluster.Country.GetRiskAsync(new(Samples.Framework));
        Assert.Null(await cluster.Journals.ReadSnapshotAsync("risk/XAA", long.MaxValue, default));

        await cluster.DeactivateAsync();

        var after = await cluster.Country.GetRiskAsync(new(Samples.Framework));
        Assert.Equal(after!.Revision, (await cluster.Journals.ReadSnapshotAsync("risk/XAA", long.MaxValue, default))!.Value.Position);
        Assert.Equal((before!.Score, before.ChangeTime, before.Revision), (after.Score, after.ChangeTime, after.Revision));
    }
}
