using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.EndToEnd.Tests.Apart;

internal static class Epochs
{
    /// <summary>Takes a store that is in use over, as an operator does after somebody else has touched it.</summary>
    public static async Task NextAsync(SuiteStore store)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await store.CommitApartAsync(new Unit().Add("update store set owner = 'somebody else'"), cancellation);
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    await store.ResumeAsync(cancellation);
                    return true;
                }
                catch (StoreInUseException)
                {
                    return false;
                }
            },
            "the store notices, and is taken over"
        );
    }
}
