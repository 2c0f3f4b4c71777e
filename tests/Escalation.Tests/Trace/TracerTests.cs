using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Escalation.Tests.Infrastructure;
using EarlyWarning.Ledger.Trace;
using EarlyWarning.ServiceDefaults.Hosting;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Escalation.Tests.Trace;

public sealed class TracerTests : IAsyncDisposable
{
    public ValueTask DisposeAsync() => _journals.DisposeAsync();

    private readonly V1.Breach _breach = Some.Breach("a");
    private readonly V1.Observation _observation = new()
    {
        ObservationId = "obs-1",
        Country = Some.Country,
        Indicator = "RF1.I1",
        Value = 7,
        Source = "partner",
        Current = true,
        ObservedAt = Some.Start.AddHours(-1).ToTimestamp(),
        RecordedAt = Some.Start.AddMinutes(-1).ToTimestamp(),
    };

    private readonly V1.Notification _notification;
    private readonly V1.Case _case;
    private readonly TestStore _journals = new(new FakeTimeProvider(Some.Start));
    private readonly GrainFakes _grains = new();

    public TracerTests()
    {
        _breach.Movements.Add(new V1.Movement { Indicator = "RF1.I1", ObservationIds = { "obs-1" } });
        _case = new Timeline()
            .Breach(at: 0, _breach)
            .Acknowledges(at: 5, Some.FocalPoint)
            .Decides(at: 6, Some.DecisionMaker, V1.Decision.PreventiveAction)
            .Expect(1, 0)
            .Run(until: 10)
            .Case;
        _notification = Some.Notification("n1", _breach, V1.Notification.Types.State.Delivered);
        (_notification.Case, _notification.Step, _notification.DeliverTime) = (_case.Name, 1, Some.Start.AddMinutes(1).ToTimestamp());
        _grains
            .Tell<IBreachRegisterGrain, V1.Breach?>("GetAsync", (_, a) => Equals(a[0], _breach.Name) ? _breach : null)
            .Tell<IBreachRegisterGrain, IReadOnlyList<V1.Breach>>("MovedByAsync", (_, a) => Equals(a[0], "obs-1") ? [_breach] : [])
            .Tell<INotificationRegisterGrain, V1.Notification?>("GetAsync", (_, a) =>
                Equals(a[0], _notification.Name) ? _notification : null
            )
            .Tell<INotificationRegisterGrain, IReadOnlyList<V1.Notification>>("ListAsync", (_, a) =>
                a[0] is V1.ListNotificationsRequest filter && (filter.Breach == _breach.Name || filter.Case == _case.Name)
                    ? [_notification]
                    : []
            )
            .Tell<ICaseRegisterGrain, V1.Case?>("GetAsync", (_, a) => Equals(a[0], _case.Name) ? _case : null)
            .Tell<ICaseRegisterGrain, V1.Case?>("OfBreachAsync", (_, a) => Equals(a[0], _breach.Name) ? _case : null)
            .Tell<ICountryGrain, IReadOnlyList<V1.Observation>>("ListObservationsAsync", (key, a) =>
                key == Some.Country && ((ObservationQuery)a[0]!).Request.ObservationId == _observation.ObservationId ? [_observation] : []
            );
    }

    [Theory]
    [InlineData("obs-1")]
    [InlineData("breaches/XAB-a")]
    [InlineData("XAB-a")]
    [InlineData("notifications/n1")]
    [InlineData("n1")]
    [InlineData("case")]
    [InlineData("bare case")]
    public async Task Trace_AnyIdOfTheWay_WalksTheWholeWay(string id)
    {
        var way = await TraceAsync(
            id == "case" ? _case.Name
            : id == "bare case" ? _case.Name["cases/".Length..]
            : id
        );
        Assert.NotNull(way);
        Assert.Equal([_observation], way.Observations);
        Assert.Equal([_breach], way.Breaches);
        Assert.Equal([_notification], way.Notifications);
        Assert.Equal([_case], way.Cases);
        var told = string.Join('\n', way.Sentences);
        string[] inOrder =
        [
            "partner reported RF1.I1 = 7",
            "“Threshold a” fired",
            "was told by inbox",
            "acknowledged step 1",
            "decided: preventive action",
        ];
        Assert.All(inOrder, part => Assert.Contains(part, told, StringComparison.Ordinal));
        Assert.Equal(
            inOrder.Order(
                Comparer<string>.Create((a, b) => told.IndexOf(a, StringComparison.Ordinal) - told.IndexOf(b, StringComparison.Ordinal))
            ),
            inOrder
        );
        Assert.Contains("as declared, not verified", told, StringComparison.Ordinal);
        Assert.Contains("Step 2 of", told, StringComparison.Ordinal);
        Assert.Contains("was not asked: a decision came before.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_UnknownId_IsNothing() => Assert.Null(await TraceAsync("nothing-has-this"));

    [Fact]
    public async Task Trace_ObservationWithoutBreachOrCountry_IsLookedForInEveryJournalAndSaysWhyNoBreach()
    {
        _observation.ObservationId = "quiet";
        _observation.Backfill = true;
        foreach (var code in new[] { "XAA", Some.Country, "XAC" })
        {
            _journals.Put($"risk/{code}", new byte[] { 1 });
        }

        var way = await TraceAsync("quiet");
        Assert.Equal([_observation], way?.Observations);
        Assert.Contains(way!.Sentences, line => line.Contains("a backfill", StringComparison.Ordinal));
        Assert.Contains("ICountryGrain.ListObservationsAsync(XAC)", _grains.Calls);
    }

    [Fact]
    public async Task Trace_ObservationWithItsCountry_AsksThatCountryOnly()
    {
        _observation.ObservationId = "quiet";
        _journals.Put("risk/XAC", new byte[] { 1 });
        var way = await TraceAsync("quiet", Some.Country);
        Assert.Contains(way!.Sentences, line => line.Contains("no threshold's condition was met", StringComparison.Ordinal));
        Assert.DoesNotContain("ICountryGrain.ListObservationsAsync(XAC)", _grains.Calls);
    }

    [Theory]
    [InlineData("obs-1")]
    [InlineData("breaches/XAB-a")]
    [InlineData("notifications/n1")]
    public async Task Trace_OfAnotherCountry_IsNothing(string id)
    {
        Assert.Null(await TraceAsync(id, "XAC"));
        Assert.NotNull(await TraceAsync(id, "XAC", Some.Country));
    }

    [Fact]
    public async Task Trace_DecisionOfTheStateAlone_SaysWhichStepsItHolds()
    {
        var climb = _case.Climbs[0];
        (climb.State, climb.StateDecision) = (V1.Case.Types.State.AwaitingDecision, new() { Decision = V1.Decision.PreventiveAction });
        var told = (await TraceAsync("XAB-a"))!.Sentences;
        Assert.Contains(told, line =>
            line.Contains("(Competent authorities) was not asked: the State concerned has decided.", StringComparison.Ordinal)
        );
        Assert.Contains(told, line =>
            line.Contains("(Regional organisations) was not asked: its time has not come.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Trace_NobodyInTheDirectoryForAStep_SaysSo()
    {
        var step = _case.Climbs[0].Steps[0];
        (step.Unaddressed, step.AskTime, step.AcknowledgeTime) = ("The directory names nobody in this role for XAB.", null, null);
        var way = await TraceAsync("XAB-a");
        Assert.Contains(way!.Sentences, line =>
            line.Contains("had nobody to ask. The directory names nobody in this role for XAB.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Trace_NotYetDeliveredOrMissing_SaysSo()
    {
        _notification.State = V1.Notification.Types.State.Pending;
        _notification.DeliverTime = null;
        _breach.Movements[0].ObservationIds.Add("gone");
        var told = string.Join('\n', (await TraceAsync("XAB-a"))!.Sentences);
        Assert.Contains("has not been told yet: no attempt was made so far", told, StringComparison.Ordinal);
        Assert.Contains("The observation gone of XAB", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_BreachThatNothingMoved_DoesNotSayThatTimeDid()
    {
        _breach.Movements.Clear();
        var told = string.Join('\n', (await TraceAsync("XAB-a"))!.Sentences);
        Assert.Contains("nothing of what it watches moved just then", told, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "time",
            told[told.IndexOf("No observation is named", StringComparison.Ordinal)..].Split('\n')[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Trace_BreachByTheEndOfAValidity_NamesTheValueThatEnded()
    {
        _breach.Movements.Clear();
        _breach.Movements.Add(
            new V1.Movement
            {
                DisplayName = "Access for humanitarian work",
                ValueBefore = 3,
                Amount = 5,
            }
        );
        var told = string.Join('\n', (await TraceAsync("XAB-a"))!.Sentences);
        Assert.Contains("the validity of Access for humanitarian work ended, and that moved the score", told, StringComparison.Ordinal);
    }

    private Task<V1.TraceResponse?> TraceAsync(string id, params string[] countries) =>
        new Tracer(_grains.Factory, _journals, new Suite(true, "")).TraceAsync(id, countries, CancellationToken.None);
}
