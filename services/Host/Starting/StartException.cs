namespace EarlyWarning.Host.Starting;

/// <summary>The suite cannot start. The message is the one line that the operator sees: the reason and what to do.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
