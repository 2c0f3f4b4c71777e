using EarlyWarning.Escalation.Rows;
using EarlyWarning.Escalation.Tests.Infrastructure;
using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Tests.Grains;

/// <content>Lists and changes of cases.</content>
public sealed partial class CaseGrainTests
{
    [Fact]
    public async Task List_CaseIsClosedBetweenTwoPages_NoOpenOneIsLeftOut()
    {
        await using var cluster = await CaseCluster.StartAsync();
        cluster.Directory.Recipients =
        [
            new()
            {
                Name = Some.Operator.Name,
                DisplayName = "The operator of all",
                Role = V1.Role.Operator,
            },
        ];
        foreach (var country in new[] { "XAB", "XAC", "XAD", "XAE" })
        {
            await cluster.Writer(country).RecordBreachAsync(Of(country), country);
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await cluster.Register.ListAsync(new(), null, 2);
        Assert.Equal(["XAE", "XAD"], first.Items.Select(one => one.Country));
        await cluster
            .Writer("XAE")
            .StandDownAsync(
                new()
                {
                    Name = first.Items[0].Name,
                    Recipient = Some.Operator.Name,
                    Reason = "Over.",
                    AlthoughFiring = true,
                },
                Some.Actor
            );
        var second = await cluster.Register.ListAsync(new(), CaseList.KeyOf(first.Items[1]), 10);
        Assert.Equal(["XAC", "XAB", "XAE"], second.Items.Select(one => one.Country));
        Assert.Equal(4, second.Total);
    }

    [Fact]
    public async Task List_ByEachFilter_KeepsWhatItSays()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.Writer("XAB").RecordBreachAsync(Of("XAB", V1.Severity.Emergency, "one/index", "t1"), "1");
        cluster.Time.Advance(TimeSpan.FromHours(1));
        await cluster.Writer("XAC").RecordBreachAsync(Of("XAC", V1.Severity.Advisory, "two/index", "t2"), "2");
        await KeepsAsync(new() { Countries = { "XAB" } }, "XAB");
        await KeepsAsync(new() { Countries = { "XAB", "XAC", "XAD" } }, "XAC", "XAB");
        await KeepsAsync(new() { Countries = { "XAD" } });
        await KeepsAsync(new() { MinSeverity = V1.Severity.Warning }, "XAB");
        await KeepsAsync(new() { Framework = "frameworks/two" }, "XAC");
        await KeepsAsync(new() { Threshold = "thresholds/t1" }, "XAB");
        await KeepsAsync(new() { States = { State.Exhausted, State.Decided } });
        await KeepsAsync(new() { States = { State.AwaitingAcknowledgement, State.Decided } }, "XAC", "XAB");
        await KeepsAsync(new() { OpenedFrom = Stamp(30) }, "XAC");
        await KeepsAsync(new() { OpenedBefore = Stamp(30), OpenOnly = true }, "XAB");
        await KeepsAsync(new() { OpenedFrom = Stamp(30), Framework = "frameworks/one" });

        async Task KeepsAsync(V1.ListCasesRequest filter, params string[] countries)
        {
            var page = await cluster.Register.ListAsync(filter, null, 10);
            Assert.Equal(countries, page.Items.Select(one => one.Country));
            Assert.Equal(countries.Length, page.Total);
        }

        static Google.Protobuf.WellKnownTypes.Timestamp Stamp(int minutes) =>
            Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(Some.Start.AddMinutes(minutes));
    }

    [Fact]
    public async Task Changes_FromAnyPosition_ComeOnceInOrderWithTheirEntriesAlsoAfterARestart()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var from = (await cluster.Register.ListAsync(new(), null, 1)).Position;
        var waiting = cluster.Register.ChangesAfterAsync(from, 10);
        await cluster.Writer().AcknowledgeAsync(await RequestAsync(cluster), Some.Actor);
        Assert.Equal(Kind.Acknowledged, Assert.Single((await waiting).Items).Item.Entries.Single().Kind);
        await cluster.BreachAsync(Some.Breach("b"));
        await cluster.BreachAsync(Some.Ended(Some.Breach("b")));
        await cluster.ForgetAsync();
        var seen = new List<int>();
        var position = 0L;
        while (position < 4)
        {
            var page = await cluster.Register.ChangesAfterAsync(position, 1);
            seen.AddRange(page.Items.SelectMany(change => change.Item.Entries).Select(entry => entry.Number));
            position = page.Position;
        }

        Assert.Equal(Enumerable.Range(1, (await cluster.OpenAsync()).EntryCount), seen);
    }

    [Fact]
    public async Task Changes_OlderThanRetention_AreExpired()
    {
        await using var cluster = await CaseCluster.StartAsync(watchRetention: 2);
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await cluster.BreachAsync(Some.Breach(id));
        }

        Assert.True((await cluster.Register.ChangesAfterAsync(1, 10)).Expired);
        Assert.False((await cluster.Register.ChangesAfterAsync(2, 10)).Expired);
    }
}
