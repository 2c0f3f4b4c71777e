namespace EarlyWarning.Driver.Activities;

/// <summary>What callers of a flow do. Thread-safe: many call at once.</summary>
internal interface IActivity : IAsyncDisposable
{
    /// <summary>Calls once.</summary>
    /// <param name="number">Of a closed flow the caller's, from 0; of an open one the call's.</param>
    /// <param name="cancellationToken">The flow is over.</param>
    /// <exception cref="Grpc.Core.RpcException">The call failed.</exception>
    Task<Called> CallAsync(long number, CancellationToken cancellationToken);
}

/// <summary>What a call came to.</summary>
/// <param name="Items">Items that were acknowledged.</param>
/// <param name="Began">When it was sent, as a timestamp, where something was prepared before; 0 otherwise.</param>
/// <param name="Ended">When it came to its end, where that was before the call returned; 0 otherwise.</param>
internal readonly record struct Called(int Items, long Began = 0, long Ended = 0);
