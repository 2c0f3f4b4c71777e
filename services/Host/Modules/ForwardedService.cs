namespace EarlyWarning.Host.Modules;

/// <summary>Endpoint metadata: what is served there is not of this process, and is forwarded to one that serves it.</summary>
/// <param name="Service">The name of the service, as <c>--services</c> takes it.</param>
internal sealed record ForwardedService(string Service);
