namespace EarlyWarning.Store;

/// <summary>The store does not answer, or cannot write. The message says why, in words for an operator.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another writer has taken over the journal; this one must be opened again.</summary>
public sealed class FencedException(string journal)
    : Exception($"Another writer has taken over the journal {journal}.");
