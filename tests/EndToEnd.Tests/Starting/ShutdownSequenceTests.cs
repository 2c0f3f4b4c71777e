using EarlyWarning.Host.Composition;

namespace EarlyWarning.EndToEnd.Tests.Starting;

/// <summary>A stop ends, whatever a part of the suite does.</summary>
public sealed class ShutdownSequenceTests
{
    private readonly List<string> _stopped = [];
    private readonly List<string> _reported = [];

    [Fact]
    public async Task Stop_PartsThatStop_StopsTheLastFirst()
    {
        var parts = Parts();
        parts.Keep("The store", () => Note("store"));
        parts.Keep("A service", () => Note("service"));

        await parts.StopAsync();

        Assert.Equal(["service", "store"], _stopped);
        Assert.Empty(_reported);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_PartThatNeverStops_IsNamedAndTheOthersStop(bool blocks)
    {
        using var released = new ManualResetEventSlim();
        var parts = Parts();
        parts.Keep("The store", () => Note("store"));
        parts.Keep("The sidecar", () => blocks ? Blocking(released) : new TaskCompletionSource().Task);
        parts.Keep("A service", () => Note("service"));

        await parts.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
        released.Set();

        Assert.Equal(["service", "store"], _stopped);
        Assert.StartsWith("The sidecar did not stop in time", Assert.Single(_reported), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_PartThatFails_IsNamedAndTheOthersStop()
    {
        var parts = Parts();
        parts.Keep("The store", () => Note("store"));
        parts.Keep("A service", () => throw new InvalidOperationException("no"));

        await parts.StopAsync();

        Assert.Equal(["store"], _stopped);
        Assert.StartsWith("A service did not stop as it should (no)", Assert.Single(_reported), StringComparison.Ordinal);
    }

    private static Task Blocking(ManualResetEventSlim released)
    {
        released.Wait();
        return Task.CompletedTask;
    }

    private ShutdownSequence Parts() => new(TimeSpan.Zero, TimeProvider.System, _reported.Add);

    private Task Note(string part)
    {
        _stopped.Add(part);
        return Task.CompletedTask;
    }
}
