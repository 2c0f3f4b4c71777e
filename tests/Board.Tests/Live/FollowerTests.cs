using System.Threading.Channels;
using EarlyWarning.Board.Live;
using EarlyWarning.Board.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Board.Tests.Live;

/// <summary>When a page shows what has changed, by a clock of its own.</summary>
public sealed class FollowerTests : IAsyncDisposable
{
    private readonly LiveState _live = new();
    private readonly Clock _time = new();
    private readonly Channel<(double At, double Score)> _looks = Channel.CreateUnbounded<(double, double)>();
    private readonly CancellationTokenSource _closed = new();
    private Task _following = Task.CompletedTask;

    [Fact]
    public async Task Follow_SeveralChangesOfOneObservation_AreShownTogetherAndSoon()
    {
        Open();
        Hear(10);
        Assert.Equal(50, await _time.ArmedAsync());
        _time.Pass(20);
        Hear(20);
        _time.Pass(30);

        Assert.Equal((50, 20), await LookAsync());
    }

    [Fact]
    public async Task Follow_ChangesThatGoOn_AreShownTwiceASecond_AndNoneWaitsLongerThanTheHold()
    {
        Open();
        Hear(10);
        Assert.Equal(50, await _time.ArmedAsync());
        _time.Pass(50);
        Assert.Equal((50, 10), await LookAsync());
        Assert.Equal(500, await _time.ArmedAsync());

        Hear(20);
        _time.Pass(499);
        Assert.False(_looks.Reader.TryPeek(out _));
        _time.Pass(1);

        Assert.Equal((550, 20), await LookAsync());
        Assert.Equal(500, await _time.ArmedAsync());
    }

    [Fact]
    public async Task Follow_StatusOrAJournalThatGrew_HoldsBackNoNewsOfTheWorld()
    {
        Hear(10);
        Open();
        _live.Change(state => state with { Status = new() { Exercise = true } });
        Assert.Equal(50, await _time.ArmedAsync());
        _time.Pass(50);
        Assert.Equal((50, 10), await LookAsync());

        var grown = Known.Risk("AAA", 10);
        grown.Revision = 7;
        _live.Change(state => state.With([grown], Known.Now));
        Assert.Equal(50, await _time.ArmedAsync());
        _time.Pass(50);
        Assert.Equal((100, 10), await LookAsync());

        Hear(20);
        Assert.Equal(50, await _time.ArmedAsync());
        _time.Pass(50);
        Assert.Equal((150, 20), await LookAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    private void Open() =>
        _following = new Follower(_live, _time).FollowAsync(
            _live.Current,
            () =>
            {
                var seen = _live.Current;
                _looks.Writer.TryWrite((_time.Passed, seen.Risks.Values.Single().Score));
                return Task.FromResult(seen);
            },
            _closed.Token
        );

    private void Hear(double score) => _live.Change(state => state.With([Known.Risk("AAA", score)], Known.Now));

    private async Task<(double At, double Score)> LookAsync() => await _looks.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>A clock that says what is waited for by it.</summary>
    private sealed class Clock : FakeTimeProvider
    {
        private readonly Channel<double> _armed = Channel.CreateUnbounded<double>();

        public double Passed => (GetUtcNow() - Start).TotalMilliseconds;

        public async Task<double> ArmedAsync() => await _armed.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public void Pass(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _armed.Writer.TryWrite(dueTime.TotalMilliseconds);
            return timer;
        }
    }
}
