namespace EarlyWarning.Sidecar.Tests.Infrastructure;

/// <summary>Waits for conditions, and says what was seen when one does not come.</summary>
internal static class Until
{
    /// <summary>Long enough for a loaded machine, and for a real daprd.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits for something that says nothing of itself when it changes, by looking again.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            try
            {
                await look.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Expected within {Patience}: {expected}");
            }
        }
    }

    public static Task TrueAsync(Func<bool> condition, string expected) => TrueAsync(() => Task.FromResult(condition()), expected);
}
