using Grpc.Net.Client;

namespace EarlyWarning.Board;

/// <summary>Which suite the board shows.</summary>
/// <param name="Connect">Opens a connection to the suite's gRPC API, with what it asks of a caller.</param>
public sealed record BoardOptions(Func<GrpcChannel> Connect);
