using EarlyWarning.Escalation.Rows;
using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.CaseEntry.Types;

namespace EarlyWarning.Escalation.Tests.Grains;

public sealed partial class CaseGrainTests
{
    [Fact]
    public async Task RecordBreach_DeliveredAgain_OpensOneCaseAndPublishesItsStepOnce()
    {
        await using var cluster = await CaseCluster.StartAsync();
        for (var delivery = 0; delivery < 3; delivery++)
        {
            await cluster.BreachAsync(Some.Breach("a"));
        }

        var only = await cluster.OpenAsync();
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count > 0, "the step is published");
        var published = Assert.Single(cluster.Publisher.Events);
        Assert.Equal($"{only.Name["cases/".Length..]}-climb-1-step-1-1-{cluster.Store.Identity.Epoch}", published.Id);
        Assert.Equal(CaseRows.StepReached, published.Type);
        var told = published.As<V1.Escalation>();
        Assert.Equal((1, 1, "breaches/XAB-a", V1.Role.FocalPoint), (told.Climb, told.Step, told.Breach, told.Asked.Role));
        Assert.Equal(Some.Start.AddMinutes(10), cluster.Store.Of(CaseRows.Queue, Some.Country));
        Assert.Equal(
            ["escalation"],
            await cluster.Store.ReadAsync(
                new("select consumer from consumed where event = $1", "breaches/XAB-a/1"),
                row => row.GetString(0),
                default
            )
        );
    }

    [Fact]
    public async Task RecordBreach_OlderSequence_ChangesNothingAndIsConfirmed()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Ended(Some.Breach("a")));
        var before = await cluster.OpenAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        Assert.Equal(before, await cluster.OpenAsync());
        Assert.Single(
            await cluster.Store.ReadAsync(
                new("select event from consumed where event = $1", "breaches/XAB-a/1"),
                row => row.GetString(0),
                default
            )
        );
    }

    [Fact]
    public async Task RecordBreach_OneDeterioratingCountry_IsOneCase()
    {
        await using var cluster = await CaseCluster.StartAsync();
        for (var n = 0; n < 5; n++)
        {
            await cluster.BreachAsync(Some.Breach($"b{n}", cause: $"composite/n{n}"));
        }

        var only = await cluster.OpenAsync();
        Assert.Equal(5, only.Causes.Count);
        Assert.Single(only.Climbs);
        Assert.Equal(1, (await cluster.Register.ListAsync(new(), null, 10)).Total);
    }

    [Fact]
    public async Task RecordBreach_CaseWithMuchBehindIt_IsWholeWhereAskedForAlone()
    {
        await using var cluster = await CaseCluster.StartAsync();
        for (var n = 0; n < 50; n++)
        {
            await cluster.BreachAsync(Some.Breach($"b{n}"));
        }

        var listed = await cluster.OpenAsync();
        var whole = (await cluster.Register.GetAsync(listed.Name))!;
        Assert.Equal((CaseReader.Newest, 50), (listed.Breaches.Count, whole.Breaches.Count));
        Assert.Equal((CaseReader.Newest, listed.EntryCount), (listed.Entries.Count, whole.Entries.Count));
        Assert.Equal(Enumerable.Range(1, whole.EntryCount), whole.Entries.Select(entry => entry.Number));
        Assert.Equal(whole, await cluster.Register.OfBreachAsync("breaches/XAB-b7"));
    }

    [Fact]
    public async Task RecordBreach_OfManyCountries_CostsLittleOnTheDisk()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("first"));
        var before = await BytesAsync(cluster);
        for (var n = 0; n < 100; n++)
        {
            await cluster.BreachAsync(Some.Breach($"b{n}"));
        }

        var each = (await BytesAsync(cluster) - before) / 100;
        Assert.InRange(each, 1, 1_500);
    }

    [Fact]
    public async Task Record_WhatComesToAClosedCase_LeavesTheOpenOnesDueTimeAlone()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        await cluster
            .Writer()
            .StandDownAsync(
                new()
                {
                    Name = (await cluster.OpenAsync()).Name,
                    Recipient = Some.Operator.Name,
                    Reason = "Over.",
                    AlthoughFiring = true,
                },
                Some.Actor
            );
        Assert.Null(cluster.Store.Of(CaseRows.Queue, Some.Country));
        await cluster.BreachAsync(Some.Breach("b"));
        var due = cluster.Store.Of(CaseRows.Queue, Some.Country);
        Assert.NotNull(due);

        await cluster.BreachAsync(Some.Ended(Some.Breach("a")));
        await cluster
            .Writer()
            .RecordNotificationAsync(Some.Notification("n1", Some.Breach("a"), V1.Notification.Types.State.Delivered), "n1-delivered");

        Assert.Equal(due, cluster.Store.Of(CaseRows.Queue, Some.Country));
    }

    [Fact]
    public async Task Publish_BrokerDown_HoldsNothingUpAndGoesOn()
    {
        await using var cluster = await CaseCluster.StartAsync();
        cluster.Publisher.IsDown = true;
        await cluster.BreachAsync(Some.Breach("a"));
        await cluster.UntilAsync(() => cluster.Publisher.Attempts > 1, "a second attempt");
        await cluster.OpenAsync();
        cluster.Publisher.IsDown = false;
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count == 1, "the step is published");
    }

    [Fact]
    public async Task RecordNotification_BeforeItsBreach_WaitsForItAndIsRecordedOnce()
    {
        await using var cluster = await CaseCluster.StartAsync();
        var told = Some.Notification("n1", Some.Breach("a"), V1.Notification.Types.State.Delivered);
        await cluster.Writer().RecordNotificationAsync(told, "n1-delivered");
        await cluster.BreachAsync(Some.Breach("a"));
        await cluster.Writer().RecordNotificationAsync(told, "n1-delivered-again");
        Assert.Single((await cluster.OpenAsync()).Entries, entry => entry.Kind == Kind.Told);
    }

    [Fact]
    public async Task RecordNotification_OfAStep_CountsThere()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var name = (await cluster.OpenAsync()).Name;
        await cluster.Writer().RecordNotificationAsync(Of("n1", V1.Notification.Types.State.Delivered), "e1");
        await cluster.Writer().RecordNotificationAsync(Of("n2", V1.Notification.Types.State.GivenUp), "e2");
        await cluster.Writer().RecordNotificationAsync(new(Of("n3", V1.Notification.Types.State.Delivered)) { AnswerDueTime = null }, "e3");
        var step = (await cluster.OpenAsync()).Climbs[0].Steps[0];
        Assert.Equal((1, 1), (step.Told, step.NotTold));

        V1.Notification Of(string id, V1.Notification.Types.State state)
        {
            var one = Some.Notification(id, Some.Breach("a"), state);
            (one.Case, one.Step, one.Climb) = (name, 1, 1);
            one.AnswerDueTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Some.Start);
            return one;
        }
    }

    private static V1.Breach Of(
        string country,
        V1.Severity severity = V1.Severity.Warning,
        string cause = "composite/index",
        string threshold = "a"
    )
    {
        var breach = Some.Breach(threshold, severity, cause: cause);
        (breach.Country, breach.Name) = (country, $"breaches/{country}-{threshold}");
        return breach;
    }

    private static async Task<long> BytesAsync(CaseCluster cluster) =>
        (
            await cluster.Store.ReadAsync(
                new("select (select page_count from pragma_page_count) * (select page_size from pragma_page_size)"),
                row => row.GetInt64(0),
                default
            )
        )[0];
}
