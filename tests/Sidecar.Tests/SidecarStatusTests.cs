using EarlyWarning.Sidecar.Broker;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Sidecar.Tests;

public sealed class SidecarStatusTests : IDeadLetters, IUndelivered
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly List<DeadLetter> _dead = [];
    private UndeliveredMessage? _oldest;

    int IDeadLetters.Count => _dead.Count;

    int IUndelivered.Count => _oldest is null ? 0 : 7;

    UndeliveredMessage? IUndelivered.Oldest => _oldest;

    IReadOnlyList<DeadLetter> IDeadLetters.List(int limit) => [.. _dead.Take(limit)];

    void IDeadLetters.Forget(string eventId) => _dead.RemoveAll(dead => dead.EventId == eventId);

    [Fact]
    public async Task GetLines_NothingWaits_IsOkWithoutAnAction()
    {
        var lines = await LinesAsync();

        Assert.Equal(["deliveries", "dead-letters"], lines.Select(line => line.Subject));
        Assert.All(lines, line => Assert.Equal((V1.Health.Ok, ""), (line.Health, line.Action)));
    }

    [Theory]
    [InlineData(9, V1.Health.Ok)]
    [InlineData(10, V1.Health.Attention)]
    [InlineData(120, V1.Health.Failing)]
    public async Task GetLines_MessagesWait_IsJudgedByTheOldest(int seconds, V1.Health expected)
    {
        _oldest = new("e1", "threshold-breaches", _time.GetUtcNow(), ["escalation"]);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        var line = (await LinesAsync())[0];

        Assert.Equal(expected, line.Health);
        Assert.StartsWith("Messages that wait for delivery: 7", line.Text, StringComparison.Ordinal);
        Assert.Equal(expected != V1.Health.Ok, line.Action.Contains("escalation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetLines_DeadLetters_NamesTheOldestAndWhatToDo()
    {
        _dead.Add(new(3, "e2", "t", "XAB", "threshold-breaches", "notification", "the app answered DROP", 1, _time.GetUtcNow()));

        var line = (await LinesAsync())[1];

        Assert.Equal(V1.Health.Attention, line.Health);
        Assert.Contains("e2 of threshold-breaches", line.Text, StringComparison.Ordinal);
        Assert.Contains("the app answered DROP", line.Text, StringComparison.Ordinal);
        Assert.NotEmpty(line.Action);
    }

    [Fact]
    public async Task Read_MessagesWaitAndAreDead_GivesTheSameAsGauges()
    {
        _oldest = new("e1", "threshold-breaches", _time.GetUtcNow(), ["escalation"]);
        _dead.Add(new(3, "e2", "t", "XAB", "threshold-breaches", "notification", "the app answered DROP", 1, _time.GetUtcNow()));
        _time.Advance(TimeSpan.FromSeconds(42));

        Assert.Equal([7, 42, 1], (await ReadAsync()).Measured.Select(measured => measured.Value));
    }

    private async Task<IReadOnlyList<V1.StatusLine>> LinesAsync() => (await ReadAsync()).Lines;

    private Task<ServiceDefaults.Status.StatusReport> ReadAsync() => new SidecarStatus(this, this, _time).ReadAsync(CancellationToken.None);
}
