using EarlyWarning.Escalation.Grains;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Escalation.Tests.Infrastructure;
using EarlyWarning.Store;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Due;
using EarlyWarning.Store.Requests;
using Grpc.Core;
using static EarlyWarning.V1.CaseEntry.Types;
using State = EarlyWarning.V1.Case.Types.State;

namespace EarlyWarning.Escalation.Tests.Grains;

public sealed class CaseGrainTests
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
    public async Task Wake_WhenADeadlineIsDue_ReachesAndPublishesTheNextStep()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        cluster.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(await cluster.ReadDueTimesAsync());
        cluster.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await cluster.ReadDueTimesAsync());
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count > 1, "the next step is published");
        Assert.Equal([1, 2], cluster.Publisher.Events.Select(e => e.As<V1.Escalation>().Step));
        Assert.Equal(Some.Start.AddMinutes(20), cluster.Store.Next(CaseRows.Queue));
    }

    [Fact]
    public async Task Wake_AgainAndByAnotherActivation_ClimbsOnce()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        await cluster.Writer().WakeAsync();
        await cluster.ForgetAsync();
        await cluster.Writer().WakeAsync();
        Assert.Equal(2, (await cluster.OpenAsync()).Climbs[0].CurrentStep);
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

    [Fact]
    public async Task Review_DirectoryNamesSomebodyForAStepThatHadNobody_IsAskedOnce()
    {
        await using var cluster = await CaseCluster.StartAsync();
        cluster.Directory.Recipients = [];
        await cluster.BreachAsync(Some.Breach("a"));
        Assert.Equal(State.Exhausted, (await cluster.OpenAsync()).State);
        var review = cluster.Review(cluster.Store.Store);
        await review.LookAsync(default);
        Assert.Equal(State.Exhausted, (await cluster.OpenAsync()).State);

        cluster.Directory.Recipients = [Some.Authority];
        await review.LookAsync(default);
        await review.LookAsync(default);
        var asked = await cluster.OpenAsync();
        Assert.Equal((State.AwaitingAcknowledgement, 2), (asked.State, asked.Climbs[0].CurrentStep));
        await cluster.UntilAsync(() => cluster.Publisher.Events.Count == 1, "the step is published");
    }

    [Fact]
    public async Task Review_OneCountrysCaseCannotBeRead_TheOthersAreLookedAt()
    {
        await using var cluster = await CaseCluster.StartAsync();
        cluster.Directory.Recipients = [];
        foreach (var country in new[] { "XAA", "XAB", "XAC" })
        {
            await cluster.Writer(country).RecordBreachAsync(Of(country), country);
        }

        await cluster.Store.CommitAsync(
            new Store.Committing.Unit().Add("update escalation_case set record = $1 where country = 'XAA'", new byte[] { 8, 99 }),
            default
        );
        cluster.Directory.Recipients =
        [
            new()
            {
                Name = "recipients/all",
                DisplayName = "The authority of all",
                Role = V1.Role.CompetentAuthority,
            },
        ];
        await cluster.Review(cluster.Store.Store).LookAsync(default);

        Assert.Equal(State.AwaitingAcknowledgement, (await cluster.OpenAsync("XAB")).State);
        Assert.Equal(State.AwaitingAcknowledgement, (await cluster.OpenAsync("XAC")).State);
    }

    [Fact]
    public async Task Review_ClockWasAYearAhead_TheDeadlineIsSetRight()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        await cluster.Store.CommitAsync(
            new Store.Committing.Unit().Add("update escalation_case set asked = $1", Some.Start.AddYears(1).UtcTicks),
            default
        );
        Assert.Equal([Some.Country], await cluster.Reader.ToReviewAsync(Some.Start, false, default));
    }

    // Two activations at once, as when a silo is taken for dead: what the other has set in between stands.
    [Fact]
    public async Task Wake_CountryHadNoCaseAndOneIsOpenedInBetween_IsStillDue()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.Store.SetAsync(CaseRows.Queue, Some.Country, Some.Start, default);
        var due = Some.Start.AddMinutes(10);
        cluster.Store.BeforeNextCommit = () => cluster.Store.SetAsync(CaseRows.Queue, Some.Country, due, default);

        await cluster.Writer().WakeAsync();

        Assert.Equal(due, cluster.Store.Of(CaseRows.Queue, Some.Country));
        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        await cluster.Writer().WakeAsync();
        Assert.Null(cluster.Store.Of(CaseRows.Queue, Some.Country));
    }

    [Fact]
    public async Task Wake_CaseIsChangedInBetween_SetsNoDueTimeOfBefore()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var due = Some.Start.AddMinutes(1);
        cluster.Store.BeforeNextCommit = () =>
            cluster.Store.CommitAsync(
                new Store.Committing.Unit()
                    .Add("update escalation_case set sequence = sequence + 1")
                    .SetDue(CaseRows.Queue, Some.Country, due),
                default
            );

        await Assert.ThrowsAsync<StoreConflictException>(() => cluster.Writer().WakeAsync());

        Assert.Equal(due, cluster.Store.Of(CaseRows.Queue, Some.Country));
    }

    [Fact]
    public async Task Acknowledge_CommitThatIsNotConfirmed_IsUnavailableAndRecognisedWhenSentAgain()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await RequestAsync(cluster);
        cluster.Store.LoseNextCommit = true;
        Assert.Equal(StatusCode.Unavailable, (await cluster.Writer().AcknowledgeAsync(request, Some.Actor)).Fault?.Code);
        var again = await cluster.Writer().AcknowledgeAsync(request, Some.Actor);
        Assert.Null(again.Fault);
        Assert.Single(again.Case!.Entries, entry => entry.Kind == Kind.Acknowledged);
    }

    [Fact]
    public async Task Decide_UnderAMark_KeepsItsAnswerWithItAndIsNotRecordedTwice()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var answer = await RequestAsync(cluster);
        await cluster.Writer().AcknowledgeAsync(answer, Some.Actor);
        var decision = new V1.DecideCaseRequest
        {
            Name = answer.Name,
            Recipient = answer.Recipient,
            Decision = V1.Decision.PreventiveAction,
            Rationale = "Because.",
        };
        const string Entry = """{"id":"1","time":"2026-03-01T00:00:00Z","caller":"ada","method":"m","code":"OK"}""";
        const string Mark = $"caller\nact-1\n/method\ncontent\n{Entry}";
        var decided = await cluster.Writer().DecideAsync(decision, Some.Actor, Mark);
        await cluster.ForgetAsync();

        await Assert.ThrowsAsync<StoreConflictException>(() => cluster.Writer().DecideAsync(decision, Some.Actor, Mark));

        Assert.Single((await cluster.OpenAsync()).Entries, entry => entry.Kind == Kind.Decided);
        var kept = await new RequestTable(cluster.Store, TimeProvider.System).FindAsync("caller", "act-1", default);
        Assert.Equal(decided.Case, V1.DecideCaseResponse.Parser.ParseFrom(kept!.Answer).Case);
        Assert.Equal(Entry, Assert.Single(await new AuditChain(cluster.Store).ListAsync(new(), long.MaxValue, 10, default)).Text);
    }

    [Fact]
    public async Task Acknowledge_ByAKnownRecipient_RecordsTheActorAndWhetherItIsVerified()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await RequestAsync(cluster);
        var checkedOnly = await cluster.Writer().AcknowledgeAsync(new(request) { ValidateOnly = true }, Some.Actor);
        Assert.Equal(State.AwaitingDecision, checkedOnly.Case!.State);
        Assert.Equal(State.AwaitingAcknowledgement, (await cluster.OpenAsync()).State);
        var answer = await cluster.Writer().AcknowledgeAsync(request, new CaseActor("A. Person", true, V1.AccessRole.Operator));
        var entry = answer.Case!.Entries[^1];
        Assert.Equal(("A. Person", true, V1.AccessRole.Operator), (entry.Actor, entry.ActorVerified, entry.ActorRole));
        Assert.Equal("The focal", answer.Case.Climbs[0].Steps[0].AcknowledgedBy);
    }

    [Fact]
    public async Task Acts_UnknownCaseOrRecipient_AreNotFound()
    {
        await using var cluster = await CaseCluster.StartAsync();
        await cluster.BreachAsync(Some.Breach("a"));
        var request = await RequestAsync(cluster);
        Assert.Equal("name", (await cluster.Writer().AcknowledgeAsync(new(request) { Name = "cases/none" }, Some.Actor)).Fault?.Field);
        Assert.Equal(
            "recipient",
            (await cluster.Writer().AcknowledgeAsync(new(request) { Recipient = "recipients/none" }, Some.Actor)).Fault?.Field
        );
    }

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

    private static async Task<V1.AcknowledgeCaseRequest> RequestAsync(CaseCluster cluster) =>
        new() { Name = (await cluster.OpenAsync()).Name, Recipient = Some.FocalPoint.Name };

    private static async Task<long> BytesAsync(CaseCluster cluster) =>
        (
            await cluster.Store.ReadAsync(
                new("select (select page_count from pragma_page_count) * (select page_size from pragma_page_size)"),
                row => row.GetInt64(0),
                default
            )
        )[0];
}
