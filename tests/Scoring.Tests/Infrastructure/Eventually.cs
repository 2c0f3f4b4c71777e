namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>Waits for what comes about by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(string what, Func<Task<bool>> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < s_patience, $"After {s_patience.TotalSeconds:0} s still not: {what}.");
            await Task.Yield();
        }
    }
}
