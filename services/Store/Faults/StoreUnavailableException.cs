namespace EarlyWarning.Store.Faults;

/// <summary>The store does not answer, or cannot write. The message says why, in words for an operator.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There is nothing to take over: the store is in use.</summary>
public sealed class StoreInUseException(string message) : Exception(message);

/// <summary>Another writer has taken over the journal; this one must be opened again.</summary>
public sealed class FencedException(string journal) : Exception($"Another writer has taken over the journal {journal}.");

/// <summary>
/// A change broke a rule of the tables, and nothing of it happened. That is a fault of whoever made it, not of the store.
/// </summary>
public sealed class StoreConflictException(string message, Exception? inner = null) : Exception(message, inner);
