using EarlyWarning.Notification.Channels;
using EarlyWarning.Notification.Dispatching;
using EarlyWarning.Notification.Tests.Infrastructure;
using static EarlyWarning.Notification.Tests.Infrastructure.Samples;
using State = EarlyWarning.V1.Notification.Types.State;

namespace EarlyWarning.Notification.Tests.Dispatching;

public sealed class RecoveryTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;
    private TestSuite _suite = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _suite = await TestSuite.StartAsync(Recipient("desk", "operator", channels: $"[{Webhook(_receiver.Address, "hook")}]"));
    }

    public async ValueTask DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Destination_DownAndBack_IsProbedByOneThenSentTheMostSevereFirstThenTheOldest()
    {
        // More at a time, and the network decides on the order of those that are under way together.
        _suite.Options.ConcurrencyPerDestination = 1;
        _receiver.Always(503);
        V1.Severity[] severities = [V1.Severity.Advisory, V1.Severity.Warning, V1.Severity.Emergency];
        for (var i = 0; i < 12; i++)
        {
            await _suite.DeliverAsync(Breach($"XAB-{i:00}", severity: severities[i % 3]));
            _suite.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await Eventually.HoldsAsync(() => _receiver.Count == 1, "a first attempt");
        for (var probe = 2; probe <= 4; probe++)
        {
            await ProbeAsync(probe);
        }

        var down = _receiver.Count;
        _receiver.Always(200);
        await ProbeAsync(down + 1);
        var all = await Eventually.GetAsync(() => _suite.ListAsync(), all => all.All(one => one.State == State.Delivered), "all delivered");

        Assert.Equal(12 + down, _receiver.Count);
        var after = all.SelectMany(one => one.Receipts.Where(r => r.Delivered).Select(r => (one.Breach, one.Severity, r.AttemptTime)))
            .ToList();
        Assert.Equal(12, after.Count);
        var sent = _receiver.Calls.Skip(down + 1).Select(call => Severity(call)).ToList();

        Assert.Equal(sent.OrderDescending(), sent);
        Assert.Equal(V1.Health.Ok, (await _suite.StatusAsync("destinations")).Health);
    }

    [Fact]
    public async Task Destination_RefusesOneMessageAlways_TakesTheOthers()
    {
        _receiver.Answer = (context, number) =>
        {
            var call = _receiver.Calls.Single(one => one.Number == number);
            context.Response.StatusCode = call.Breach.GetProperty("name").GetString() == "breaches/XAB-0" ? 400 : 200;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 5; i++)
        {
            await _suite.DeliverAsync(Breach($"XAB-{i}"));
        }

        await Eventually.GetAsync(
            async () =>
            {
                _suite.Advance(TimeSpan.FromSeconds(1));
                return await _suite.ListAsync();
            },
            all => all.Count(one => one.State == State.Delivered) == 4,
            "four delivered"
        );
        Assert.Equal(State.Pending, (await _suite.ListAsync(new() { Breach = "breaches/XAB-0" }))[0].State);
    }

    [Fact]
    public async Task Destination_DownUntilTheTimeIsOver_GivesUpAlsoWhatItNeverTried()
    {
        _receiver.Always(503);
        for (var i = 0; i < 5; i++)
        {
            await _suite.DeliverAsync(Breach($"XAB-{i}"));
        }

        await Eventually.GetAsync(() => _suite.ListAsync(), all => all.Sum(one => one.Receipts.Count) == 1, "a first receipt");
        _suite.Advance(TimeSpan.FromDays(7));
        var all = await Eventually.GetAsync(() => _suite.ListAsync(), all => all.All(one => one.State == State.GivenUp), "all given up");

        Assert.InRange(_receiver.Count, 2, 3);
        Assert.All(all, one => Assert.Contains("503", one.Deliveries[0].Detail, StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => _suite.Broker.Events.Count == 5, "five outcomes on the topic");
        Assert.Contains("5;", (await _suite.StatusAsync("given up")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Destination_Answers_DoublesThePlacesUpToTheLimit()
    {
        var destination = new Destination(new() { ConcurrencyPerDestination = 8 });
        List<int> places = [];
        for (var i = 0; i < 6; i++)
        {
            places.Add(destination.Free(Start));
            Assert.True(destination.TryEnter(Start, out var burst));
            Leave(destination, burst, new(true, ""), Start);
            Assert.False(destination.IsDown);
        }

        Assert.Equal([1, 2, 4, 8, 8, 8], places);
    }

    [Fact]
    public void Destination_FailuresBesideEachOther_CountAsOneAndCloseTheWay()
    {
        var destination = new Destination(new());
        for (var i = 0; i < 3; i++)
        {
            destination.TryEnter(Start, out var one);
            Leave(destination, one, new(true, ""), Start);
        }

        List<int> bursts = [];
        while (destination.TryEnter(Start, out var burst))
        {
            bursts.Add(burst);
        }

        bursts.ForEach(burst => Leave(destination, burst, new(false, "HTTP 503"), Start));

        Assert.Equal(8, bursts.Count);
        Assert.Equal(Start.AddSeconds(1), destination.ClosedUntil);
        Assert.Equal(0, destination.Free(Start));
        Assert.Equal(1, destination.Free(Start.AddSeconds(1)));
        Assert.True(destination.Probes);
    }

    [Fact]
    public void Destination_MoreThanOneFailure_IsDownUntilItTakesOne()
    {
        var destination = new Destination(new());
        var now = Start;
        for (var i = 0; i < 2; i++)
        {
            Assert.True(destination.TryEnter(now, out var failing));
            Leave(destination, failing, new(false, "HTTP 503"), now);
            Assert.Equal(i > 0, destination.IsDown);
            now += TimeSpan.FromMinutes(10);
        }

        destination.TryEnter(now, out var probe);

        Assert.True(destination.IsDown);
        Leave(destination, probe, new(true, ""), now);
        Assert.False(destination.IsDown);
        Assert.Null(destination.FailingSince);
        Assert.Equal(2, destination.Free(now));
    }

    [Fact]
    public void Destination_ClosedByAClockThatWasAhead_IsOpen()
    {
        var destination = new Destination(new());
        destination.TryEnter(Start.AddYears(1), out var burst);
        Leave(destination, burst, new(false, ""), Start.AddYears(1));

        Assert.Equal(1, destination.Free(Start));
    }

    private static void Leave(Destination destination, int burst, AttemptOutcome outcome, DateTimeOffset now)
    {
        destination.Report(burst, outcome, now, random: 1);
        destination.Leave();
    }

    private static V1.Severity Severity(WebhookCall call) => V1.Notification.Parser.ParseJson(call.Notification.GetRawText()).Severity;

    private async Task ProbeAsync(int calls)
    {
        var key = new ChannelKey("recipients/desk", "hook");
        var destination = _suite.Get<Destinations>().Of(key);
        await Eventually.HoldsAsync(() => destination.ClosedUntil > _suite.Time.GetUtcNow(), "the way is closed");
        _suite.Advance(destination.ClosedUntil - _suite.Time.GetUtcNow());
        await Eventually.HoldsAsync(() => _receiver.Count >= calls, $"probe {calls}");
    }
}
