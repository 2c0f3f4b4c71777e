using Grpc.Core;

namespace EarlyWarning.Board.Status;

/// <summary>What a question in a viewer's name has come to: an answer, a fault, or neither, because their role may not ask.</summary>
/// <param name="Answer">The answer; <see langword="null"/> for none.</param>
/// <param name="Fault">Why there is none; empty where there is one, and where it was not asked.</param>
public sealed record Asked<T>(T? Answer, string Fault = "")
    where T : class
{
    /// <summary>Gets whether nobody has asked.</summary>
    public bool IsRefused => Answer is null && Fault.Length == 0;

    /// <summary>Waits for an answer; the call is none where the viewer may not make it.</summary>
    internal static async Task<Asked<T>> Of(AsyncUnaryCall<T>? call)
    {
        if (call is null)
        {
            return new(Answer: null);
        }

        try
        {
            return new(await call.ResponseAsync);
        }
        catch (RpcException exception)
        {
            return new(Answer: null, exception.Status.Detail);
        }
    }
}
