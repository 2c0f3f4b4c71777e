namespace EarlyWarning.Notification.Tests.Infrastructure;

/// <summary>Waits for a condition, not for a time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task<T> GetAsync<T>(Func<Task<T>> get, Func<T, bool> expected, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var limit = new CancellationTokenSource(s_patience);
        T seen;
        while (!expected(seen = await get()))
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Expected within {s_patience.TotalSeconds} s: {what}. Seen: {seen}");
            }
        }

        return seen;
    }

    public static Task HoldsAsync(Func<bool> condition, string what) => GetAsync(() => Task.FromResult(condition()), holds => holds, what);
}
