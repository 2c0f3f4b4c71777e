namespace EarlyWarning.Messaging.Sidecars;

/// <summary>The environment does not say, or not rightly, where sidecars are. The message names the variable and what to give.</summary>
public sealed class DaprEndpointException(string message) : Exception(message);
