namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>
/// Endpoint metadata: answers by whatever name it is called. What watches over processes calls them by addresses and names that nobody told
/// them of, and a suite that refused would be restarted for ever. Only for what a stranger may read.
/// </summary>
public sealed record AnyHost;
