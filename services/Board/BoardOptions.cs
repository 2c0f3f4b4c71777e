namespace EarlyWarning.Board;

/// <summary>Which suite the board shows.</summary>
public sealed record BoardOptions
{
    /// <summary>The suite's gRPC API.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The key with which the board calls it.</summary>
    public required string ApiKey { get; init; }
}
