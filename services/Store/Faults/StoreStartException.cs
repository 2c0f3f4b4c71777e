namespace EarlyWarning.Store.Faults;

/// <summary>The store cannot be started. The message is one line for an operator: the reason and what to do.</summary>
public sealed class StoreStartException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// Gets how long it is worth to wait for what hinders the start to pass by itself; <see langword="null"/> where it does not pass.
    /// </summary>
    public TimeSpan? PassesWithin { get; init; }
}
