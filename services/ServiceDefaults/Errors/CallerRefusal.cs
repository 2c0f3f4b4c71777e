using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// The feature of a call that says why its caller is refused. Whoever answers a call with 401 or 403 sets it; the error that the caller
/// reads is made of it.
/// </summary>
/// <param name="Fault">The error.</param>
public sealed record CallerRefusal(RpcException Fault);
