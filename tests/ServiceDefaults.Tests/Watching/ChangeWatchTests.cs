using EarlyWarning.ServiceDefaults.Watching;
using EarlyWarning.TestKit;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Found = (System.Collections.Generic.IReadOnlyList<(long Position, string Item)> Items, long Position);

namespace EarlyWarning.ServiceDefaults.Tests.Watching;

public sealed class ChangeWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(string? Item, long Position)> _written = [];

    [Fact]
    public async Task Run_ChangesThatAreNotWanted_AreLeftOutAndABookmarkLiesBehindThem()
    {
        using var caller = new CancellationTokenSource();
        var calls = 0;
        var watch = Watch(
            (position, _) =>
            {
                _time.Advance(TimeSpan.FromSeconds(6));
                return ++calls switch
                {
                    1 => Of((1, "wanted"), (2, "other")),
                    2 => Of((3, "other")),
                    3 => Of((4, "other")),
                    _ => EndAsync(caller, position),
                };
            }
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            watch.RunAsync(new FakeCall(cancellationToken: caller.Token), 0, 9, default)
        );
        Assert.Equal([("wanted", 1), (null, 4)], _written);
    }

    [Fact]
    public async Task Run_OlderThanIsKept_IsRefusedBeforeTheAnswerBegins()
    {
        var call = new FakeCall();
        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            Watch((_, _) => Task.FromResult<Found?>(null)).RunAsync(call, 0, 9, default)
        );
        Assert.Equal(StatusCode.OutOfRange, refused.StatusCode);
        Assert.False(call.AnswerBegan);
    }

    [Fact]
    public async Task Run_SuiteStops_EndsWithoutAFault()
    {
        using var stopping = new CancellationTokenSource();
        await Watch((position, _) => EndAsync(stopping, position)).RunAsync(new FakeCall(), 0, 0, stopping.Token);
        Assert.Empty(_written);
    }

    private ChangeWatch<string> Watch(Func<long, CancellationToken, Task<Found?>> next) =>
        new(
            next,
            item => item == "wanted",
            (item, position) =>
            {
                _written.Add((item, position));
                return Task.CompletedTask;
            },
            _time
        );

    private static Task<Found?> Of(params (long Position, string Item)[] items) => Task.FromResult<Found?>((items, items[^1].Position));

    private static async Task<Found?> EndAsync(CancellationTokenSource ending, long position)
    {
        await ending.CancelAsync();
        ending.Token.ThrowIfCancellationRequested();
        return ([], position);
    }
}
