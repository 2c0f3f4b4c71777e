using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Health;

namespace EarlyWarning.Store.Tests.Infrastructure;

internal static class Waiting
{
    /// <summary>Waits until the store says so of itself.</summary>
    public static async Task UntilAsync(this SuiteStore store, Func<StoreStatus, bool> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (!holds(store.Status))
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The store's status stays at {store.Status}.");
            }
        }
    }
}
