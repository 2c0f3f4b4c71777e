namespace EarlyWarning.Store.Faults;

/// <summary>The store cannot be started. The message is one line for an operator: the reason and what to do.</summary>
public sealed class StoreStartException(string message, Exception? inner = null) : Exception(message, inner);
